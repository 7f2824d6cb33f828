import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, MiddlewareHandler } from 'hono';
import { misconfigured, type Fault } from '../../fault.js';
import { problemResponse } from '../api/problem.js';
import { API_PATH } from '../api/route.js';

/** Addresses that only this machine reaches. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/;

export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

/** A bind that strangers can reach needs somebody to let in; gives the fault that says so. */
export function checkBind(host: string, token: string | undefined, users: number): Fault | null {
  if (isLoopback(host) || users > 0 || (token !== undefined && token.length >= 16)) return null;
  return misconfigured({
    code: 'console-open',
    message: `The console would listen on ${host} (console.host), where others reach it, and there are neither users nor a token of at least 16 characters.`,
    hint: 'Add a user (dateline users add), or set console.token (DATELINE_CONSOLE_TOKEN), or console.host back to 127.0.0.1.',
  });
}

/** A change must come from the console's own pages: browsers send Origin or Sec-Fetch-Site with every cross-site one. */
export const refuseForeignChanges: MiddlewareHandler = async (context, next) => {
  if (!['GET', 'HEAD', 'OPTIONS'].includes(context.req.method)) {
    const site = context.req.header('sec-fetch-site');
    const origin = context.req.header('origin');
    const foreignOrigin = origin !== undefined && originHost(origin) !== context.req.header('host');
    if (foreignOrigin || (site !== undefined && site !== 'same-origin' && site !== 'none')) {
      const fault = misconfigured({
        code: 'foreign-change', message: 'Changes are taken only from the console itself.',
        hint: 'Behind a proxy, let it hand on the Host header as the browser sent it.',
      });
      return isForProgram(context.req.path) ? problemResponse(fault) : context.text(`${fault.message} ${fault.hint ?? ''}\n`, 403);
    }
  }
  await next();
  return undefined;
};

/** Whether a program asks rather than a person: it gets an answer it can read. */
export const isForProgram = (path: string): boolean => path.startsWith(`${API_PATH}/`);

/** The name that the request was addressed to, without its port. */
export function hostName(header: string): string {
  const bracketed = /^\[[^\]]*\]/.exec(header);
  return bracketed === null ? header.replace(/:\d+$/, '').toLowerCase() : bracketed[0];
}

function originHost(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

/**
 * Where the request came from. A proxy on this machine is believed what it says of its visitor (the last entry of
 * X-Forwarded-For, which is the one it wrote itself); anybody else could say anything.
 */
export function addressOf(context: Context): string {
  // Without a socket, as in tests that ask the application directly, there is no address.
  const remote = 'incoming' in Object(context.env) ? getConnInfo(context).remote.address ?? '' : '';
  const forwarded = context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
  const address = isLoopback(remote.replace(/^::ffff:/, '')) && forwarded !== undefined && forwarded !== '' ? forwarded : remote;
  return address === '' ? 'unknown' : address.replace(/^::ffff:/, '').slice(0, 100);
}
