import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeUsers, digestOfSecret, USER_ROLES, withUser, type UserRole } from '../../src/access/index.js';
import { API_PATH } from '../../src/console/api/route.js';
import { AREAS } from '../../src/console/areas.js';
import { BOARD_PATH, createConsoleApp } from '../../src/console/app.js';
import { createBoard } from '../../src/console/board.js';
import { useRedis } from '../redis.js';
import { useServices } from './services.js';

/**
 * Walks every route that the application has, by its own list: a route that somebody adds beside the tables of pages and
 * interface fails here until it says whom it lets in.
 */

const store = useRedis();
const dir = await mkdtemp(join(tmpdir(), 'dl-walk-'));
const usersFile = join(dir, 'users.yaml');
const errors: unknown[] = [];
const services = useServices(store, { usersFile, onError: (error) => errors.push(error) });
const app = createConsoleApp({ services, board: createBoard([services.queues.article], BOARD_PATH), callback: new Hono().get('/:secret', (context) => context.notFound()) });
afterAll(() => rm(dir, { recursive: true, force: true }));

const tokenOf = (role: UserRole): string => `the secret of a ${role}`;
beforeAll(async () => {
  for (const role of USER_ROLES) await changeUsers(usersFile, (users) => withUser(users, { name: role, role, token: `sha256:${digestOfSecret(tokenOf(role))}` }));
});

interface Route {
  readonly method: string;
  readonly path: string;
}

/** Open to anyone, each with its reason. */
const OPEN: ReadonlyMap<string, string> = new Map([
  ['GET /healthz', 'says only that the process answers'],
  ['GET /websub/:secret', 'each path is a secret of its own'],
  ['GET /login', 'the way in'],
  ['POST /login', 'the way in'],
  ['GET /assets/:name', 'style and scripts, the same for everyone, which the login needs'],
]);

/** Not in the tables, and for whoever is known. */
const FOR_VISITORS = ['GET /readyz', 'GET /metrics', 'POST /logout', `GET ${API_PATH}/openapi.json`, `ALL ${API_PATH}/*`];

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;
const guarded: readonly (Route & { readonly access: UserRole })[] = AREAS.flatMap(({ pages, api = [] }) => [
  ...pages.map(({ method, path, access }) => ({ method: method.toUpperCase(), path, access })),
  ...api.map(({ method, path, access }) => ({ method: method.toUpperCase(), path: API_PATH + path, access })),
]);
const registered: readonly Route[] = [...new Map(app.routes.filter(({ method, path }) => !(method === 'ALL' && path === '/*')).map((route) => [nameOf(route), route])).values()];
const onBoard = registered.filter(({ path }) => path === BOARD_PATH || path.startsWith(`${BOARD_PATH}/`));

test('no route stands beside the tables', () => {
  const known = new Set([...OPEN.keys(), ...FOR_VISITORS, ...guarded.map(nameOf), ...onBoard.map(nameOf)]);
  expect(registered.map(nameOf).filter((name) => !known.has(name))).toEqual([]);
  expect([...known].filter((name) => !registered.map(nameOf).includes(name))).toEqual([]);
});

/** Asks with something in place of each named part, and lets go of an answer that would not end. */
async function ask({ method, path }: Route, headers: Record<string, string> = {}): Promise<Response> {
  const leaving = new AbortController();
  const response = await app.request(path.replaceAll(/:\w+(?:\{[^}]*\})?/g, 'something').replace('*', 'something'), {
    method: method === 'ALL' ? 'GET' : method, headers: { host: 'news.example', ...headers }, signal: leaving.signal,
    ...(['POST', 'PUT', 'PATCH'].includes(method) ? { body: new URLSearchParams({ a: '1' }) } : {}),
  });
  await response.body?.cancel();
  leaving.abort();
  return response;
}
const as = (role: UserRole) => ({ authorization: `Bearer ${tokenOf(role)}` });
const named = (routes: readonly Route[]) => routes.map((route) => [nameOf(route), route] as const);

describe('a stranger', () => {
  test.each(named(registered.filter((route) => !OPEN.has(nameOf(route)))))('gets nothing from %s', async (_, route) => {
    expect((await ask(route)).status).toBe(401);
    expect((await ask(route, { authorization: 'Bearer a guess' })).status).toBe(401);
    expect((await ask(route, { cookie: 'dateline_session=a-guess' })).status).toBe(401);
    const page = await ask(route, { accept: 'text/html' });
    expect(page.status === 401 || (page.status === 303 && page.headers.get('location')?.startsWith('/login?') === true)).toBe(true);
    // A wrong token counts against its address, and the walk guesses more often than a stranger may.
    await store.redis.del(...await store.redis.keys(services.keys.attempts('address:*')));
  });
});

const tooLow = guarded.flatMap((route) => {
  const below = USER_ROLES[USER_ROLES.indexOf(route.access) - 1];
  return below === undefined ? [] : [[`${nameOf(route)} as ${below}`, route, below] as const];
});
describe('too little right', () => {
  test.each(tooLow)('%s is refused', async (_, route, below) => {
    expect((await ask(route, as(below))).status).toBe(403);
  });
});

describe('enough right', () => {
  test.each(named(guarded))('%s lets its role in', async (_, route) => {
    const { access } = guarded.find((one) => nameOf(one) === nameOf(route)) ?? { access: 'operator' };
    expect([401, 403]).not.toContain((await ask(route, as(access))).status);
  });
});

describe('every answer', () => {
  const everything = named([...registered, { method: 'GET', path: '/nowhere' }]);
  test.each(everything)('%s forbids framing, sniffing, inline scripts and other hosts', async (_, route) => {
    for (const headers of [as('operator'), {}]) {
      const response = await ask(route, headers);
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("base-uri '");
      expect(policy).not.toMatch(/https?:|\*|'unsafe-eval'|script-src[^;]*'unsafe-inline'/);
      expect(response.headers.get('x-frame-options')).toBe('DENY');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('referrer-policy')).toBe('same-origin');
      expect(response.headers.get('cache-control')).toMatch(/no-store|private/);
    }
  });
});

test('no route failed on the way', () => {
  expect(errors).toEqual([]);
});
