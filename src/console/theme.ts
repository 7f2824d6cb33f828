/** How the console looks; `auto` follows the reader's system. */
export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const THEME_COOKIE = 'dateline_theme';

export const themeOf = (text: string | undefined): Theme => THEMES.find((theme) => theme === text) ?? 'auto';
