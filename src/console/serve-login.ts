import type { Context, Hono, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { misconfigured, type Fault } from '../fault.js';
import { sameSecret } from '../access/index.js';
import type { Doorkeeper } from './access/doorkeeper.js';
import { addressOf, isForProgram } from './access/requests.js';
import { problemResponse } from './api/problem.js';
import type { Page } from './area.js';
import type { ConsoleEnv } from './console-env.js';
import { localPath } from './local-path.js';
import { CSRF_FIELD, faultNote, field, html, nothing } from './markup/index.js';
import { shown } from './show-page.js';

export const LOGIN_PATH = '/login';
const FORM_BYTES = 8 * 1024;

/** What is written down of a login or its refusal. */
export type OnLogin = (login: { readonly user: string; readonly role: string; readonly address: string; readonly action: 'login' | 'logout'; readonly fault: Fault | null }) => Promise<void>;

/** The way in, open to anyone, and the way out. */
export function serveLogin(app: Hono<ConsoleEnv>, doorkeeper: Doorkeeper, onLogin: OnLogin): void {
  const limit = bodyLimit({ maxSize: FORM_BYTES });
  app.get(LOGIN_PATH, (context) => shown(context, { areas: [] }, loginPage(nextOf(context), null, '')));
  app.post(LOGIN_PATH, limit, async (context) => {
    const form = await context.req.formData().catch(() => new FormData());
    const [name, secret, next] = ['name', 'password', 'next'].map((name) => textOf(form, name));
    const entered = await doorkeeper.login(context, (name ?? '').trim().slice(0, 64), secret ?? '');
    // The name of a failed login is what somebody typed; in a hurry, that is a password.
    const user = entered.ok ? entered.value.name : 'unknown';
    if (entered.ok || entered.fault.code !== 'too-many-attempts') {
      await onLogin({ user, role: entered.ok ? entered.value.role : 'none', address: addressOf(context), action: 'login', fault: entered.ok ? null : entered.fault });
    }
    if (entered.ok) return context.redirect(localPath(next ?? '/'), 303);
    if (entered.fault.retryAfterMs !== undefined) context.header('Retry-After', String(Math.ceil(entered.fault.retryAfterMs / 1_000)));
    return shown(context, { areas: [] }, loginPage(next ?? '/', entered.fault, name ?? ''), entered.fault.code === 'too-many-attempts' ? 429 : 401);
  });
}

export function serveLogout(app: Hono<ConsoleEnv>, doorkeeper: Doorkeeper, onLogin: OnLogin): void {
  app.post('/logout', bodyLimit({ maxSize: FORM_BYTES }), async (context) => {
    const visitor = context.get('visitor');
    const form = await context.req.formData().catch(() => new FormData());
    // Without its token, a page of another site could throw people out.
    if (visitor.csrf === null || sameSecret(textOf(form, CSRF_FIELD), visitor.csrf)) {
      await doorkeeper.logout(context);
      await onLogin({ user: visitor.name, role: visitor.role, address: addressOf(context), action: 'logout', fault: null });
    }
    return context.redirect(LOGIN_PATH, 303);
  });
}

/** Behind this only those who are known go on; a person is led to the login, a program told to bring a token. */
export const requireVisitor: MiddlewareHandler<ConsoleEnv> = async (context, next) => {
  if (context.get('visitor') === undefined) {
    const asked = new URL(context.req.url);
    if (context.req.method === 'GET' && !isForProgram(asked.pathname) && (context.req.header('accept') ?? '').includes('text/html')) {
      return context.redirect(`${LOGIN_PATH}?next=${encodeURIComponent(asked.pathname + asked.search)}`, 303);
    }
    const fault = misconfigured({ code: 'login-needed', message: 'This console wants to know who asks.', hint: 'Send Authorization: Bearer with a token, or log in at /login.' });
    const refusal = problemResponse(fault);
    refusal.headers.set('WWW-Authenticate', 'Bearer realm="Dateline"');
    return refusal;
  }
  await next();
  return undefined;
};

const nextOf = (context: Context): string => localPath(context.req.query('next') ?? '/');

const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

const loginPage = (next: string, fault: Fault | null, name: string): Page => ({
  title: 'Log in',
  body: html`${fault === null ? nothing : faultNote(fault)}<form method="post" action="${LOGIN_PATH}" class="sheet">
  <input type="hidden" name="next" value="${localPath(next)}">
  ${field({ name: 'name', label: 'Name', value: name.slice(0, 64), autocomplete: 'username', hint: 'Leave it empty to log in with the console’s token.' })}
  ${field({ name: 'password', label: 'Password or token', type: 'password', required: true, autocomplete: 'current-password' })}
  <button class="primary">Log in</button>
</form>`,
});
