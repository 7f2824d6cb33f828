import type { Area, FormRequest } from '../area.js';
import { localPath } from '../local-path.js';
import { THEME_COOKIE, themeOf } from '../theme.js';

const YEAR_S = 31_536_000;

/** Keeps the reader's choice of colours, in the browser alone. */
export const theme: Area = {
  pages: [{ method: 'post', path: '/theme', access: 'viewer', action: 'theme', handle: keepTheme }],
};

function keepTheme({ form }: FormRequest): Promise<Response> {
  const text = (name: string): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  const chosen = themeOf(text('theme'));
  return Promise.resolve(new Response(null, {
    status: 303,
    headers: { Location: localPath(text('back')), 'Set-Cookie': `${THEME_COOKIE}=${chosen}; Path=/; Max-Age=${chosen === 'auto' ? 0 : YEAR_S}; HttpOnly; SameSite=Strict` },
  }));
}
