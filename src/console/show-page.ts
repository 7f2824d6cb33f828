import type { Context } from 'hono';
import { deleteCookie, getCookie } from 'hono/cookie';
import type { Fault } from '../fault.js';
import type { Area, Page } from './area.js';
import type { ConsoleEnv } from './console-env.js';
import { layout } from './layout.js';
import { faultNote } from './markup/index.js';
import { THEME_COOKIE, themeOf } from './theme.js';

/** Carries the sentence of what was done over the redirect. */
export const FLASH_COOKIE = 'dateline_said';

/** Puts a page into its frame. */
export async function shown(context: Context<ConsoleEnv>, { areas }: { readonly areas: readonly Area[] }, page: Page, status?: 401 | 403 | 429): Promise<Response> {
  const flash = getCookie(context, FLASH_COOKIE);
  if (flash !== undefined) deleteCookie(context, FLASH_COOKIE, { path: '/' });
  const text = await layout(page, {
    visitor: context.get('visitor') ?? null, areas, path: context.req.path, theme: themeOf(getCookie(context, THEME_COOKIE)), now: new Date(), flash,
  });
  return context.html(text, status ?? page.status ?? 200);
}

export const faultPage = (fault: Fault, status: NonNullable<Page['status']>): Page => ({ title: 'That did not go', body: faultNote(fault), status });
