import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { misconfigured, type Fault } from '../fault.js';
import type { ConsoleEnv } from './console-env.js';

/** Addresses that only this machine reaches. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/;

export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

/** A bind that strangers can reach needs a token; gives the fault that says so. */
export function checkBind(host: string, token: string | undefined): Fault | null {
  if (isLoopback(host) || (token !== undefined && token.length >= 16)) return null;
  return misconfigured({
    code: 'console-open',
    message: `The console would listen on ${host}, where others reach it, without a token of at least 16 characters.`,
    hint: 'Set DATELINE_CONSOLE_TOKEN, or console.host back to 127.0.0.1.',
  });
}

/** The secret of this process that tokens of forms are made with where no session holds one. */
const FORM_SECRET = randomBytes(32);
const formToken = (of: string): string => createHmac('sha256', FORM_SECRET).update(of).digest('base64url');

/**
 * Says who asks, or refuses. On loopback only requests addressed to this machine by name are served, so that a page of another
 * site cannot reach the console by pointing its own name here (DNS rebinding). With a token, the
 * token decides: as `Authorization: Bearer`, or as the password of Basic, which browsers ask for.
 */
export function requireAccess(token: string | undefined): MiddlewareHandler<ConsoleEnv> {
  return async (context, next) => {
    if (token !== undefined) {
      if (!carriesToken(context.req.header('authorization'), token)) {
        return context.text('This console needs its token: Authorization: Bearer …, or any name with the token as password.\n', 401, {
          'WWW-Authenticate': 'Basic realm="Dateline", charset="UTF-8"',
        });
      }
      context.set('visitor', { name: 'token', role: 'operator', via: 'token', csrf: formToken('token') });
    } else if (isLoopback(hostName(context.req.header('host') ?? ''))) {
      context.set('visitor', { name: 'local', role: 'operator', via: 'loopback', csrf: formToken('loopback') });
    } else {
      return context.text('This console answers only to localhost.\n', 403);
    }
    await next();
    return undefined;
  };
}

/** A change must come from the console's own pages: browsers send Origin or Sec-Fetch-Site with every cross-site one. */
export const refuseForeignChanges: MiddlewareHandler = async (context, next) => {
  if (!['GET', 'HEAD', 'OPTIONS'].includes(context.req.method)) {
    const site = context.req.header('sec-fetch-site');
    const origin = context.req.header('origin');
    const foreignOrigin = origin !== undefined && originHost(origin) !== context.req.header('host');
    if (foreignOrigin || (site !== undefined && site !== 'same-origin' && site !== 'none')) {
      return context.text('Changes are taken only from the console itself.\n', 403);
    }
  }
  await next();
  return undefined;
};

function hostName(header: string): string {
  const bracketed = /^\[[^\]]*\]/.exec(header);
  return bracketed === null ? header.replace(/:\d+$/, '').toLowerCase() : bracketed[0];
}

function originHost(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

function carriesToken(header: string | undefined, token: string): boolean {
  const [scheme = '', value = ''] = (header ?? '').split(' ', 2);
  if (/^bearer$/i.test(scheme)) return sameSecret(value, token);
  if (!/^basic$/i.test(scheme)) return false;
  const credentials = Buffer.from(value, 'base64').toString('utf8');
  return sameSecret(credentials.slice(credentials.indexOf(':') + 1), token);
}

/** Compares digests, so that neither content nor length shows in the time taken. */
export function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
