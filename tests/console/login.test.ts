import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeUsers, digestOfSecret, hashPassword, withoutUser, withUser } from '../../src/access/index.js';
import { Attempts, COUNTERS, networkOf } from '../../src/console/access/attempts.js';
import { readAudit } from '../../src/console/access/audit.js';
import { Sessions } from '../../src/console/access/sessions.js';
import { createConsoleApp } from '../../src/console/app.js';
import { redisKeys } from '../../src/queue/index.js';
import { useRedis } from '../redis.js';
import { useServices } from './services.js';

const store = useRedis();
const dir = await mkdtemp(join(tmpdir(), 'dl-login-'));
const usersFile = join(dir, 'users.yaml');
const services = useServices(store, { usersFile });
const app = createConsoleApp({ services });
const keys = redisKeys(store.prefix);
const PASSWORD = 'three words in a row';
afterAll(() => rm(dir, { recursive: true, force: true }));

beforeAll(async () => {
  const password = await hashPassword(PASSWORD);
  await changeUsers(usersFile, (users) => withUser(users, { name: 'vera', role: 'viewer', password }));
  await changeUsers(usersFile, (users) => withUser(users, { name: 'otto', role: 'operator', password }));
  await changeUsers(usersFile, (users) => withUser(users, { name: 'bot', role: 'viewer', token: `sha256:${digestOfSecret('a token of the bot')}` }));
});

const host = { host: 'news.example' };
const login = (name: string, password: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) => app.request('/login', {
  method: 'POST', headers: { ...host, ...headers }, body: new URLSearchParams({ name, password, ...fields }),
});
const cookieOf = (response: Response): string => /dateline_session=([^;]*)/.exec(response.headers.get('set-cookie') ?? '')?.[1] ?? '';
const enter = async (name: string): Promise<string> => cookieOf(await login(name, PASSWORD));
const get = (path: string, cookie: string, headers: Record<string, string> = {}) => app.request(path, { headers: { ...host, cookie: `dateline_session=${cookie}`, ...headers } });
const csrfOf = async (cookie: string): Promise<string> => ((await (await get('/api/v1/session', cookie)).json()) as { csrf: string }).csrf;

describe('the way in', () => {
  test('a person without a login is led to it and back; a program is told what to bring', async () => {
    const person = await app.request('/?a=1', { headers: { ...host, accept: 'text/html' } });
    expect([person.status, person.headers.get('location')]).toEqual([303, '/login?next=%2F%3Fa%3D1']);
    const program = await app.request('/api/v1/status', { headers: host });
    expect([program.status, program.headers.get('www-authenticate'), program.headers.get('content-type')]).toEqual([401, 'Bearer realm="Dateline"', 'application/problem+json']);
    expect(await (await app.request('/login', { headers: host })).text()).toContain('name="password"');
  });
  test('the cookie is out of reach of scripts and other sites', async () => {
    const response = await login('vera', PASSWORD, { next: '/?a=1' });
    expect([response.status, response.headers.get('location')]).toEqual([303, '/?a=1']);
    expect(response.headers.get('set-cookie')).toMatch(/dateline_session=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/);
    expect((await login('vera', PASSWORD, {}, { 'x-forwarded-proto': 'https' })).headers.get('set-cookie')).toContain('; Secure');
  });
  test.each(['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)', '/\nx'])('it never leads to another host: %s', async (next) => {
    expect((await login('vera', PASSWORD, { next })).headers.get('location')).toBe('/');
  });
  test.each([['vera', 'wrong password'], ['nobody', PASSWORD], ['', PASSWORD], ['bot', 'a token of the bot']])('%s with %s stays outside', async (name, password) => {
    const response = await login(name, password);
    expect(response.status).toBe(401);
    expect(cookieOf(response)).toBe('');
    expect(await response.text()).toContain('do not fit');
  });
  test('a program comes in with its token, and only with it', async () => {
    const ask = (authorization: string) => app.request('/api/v1/session', { headers: { ...host, authorization } });
    expect(await (await ask('Bearer a token of the bot')).json()).toMatchObject({ name: 'bot', role: 'viewer', via: 'token', csrf: null });
    for (const wrong of ['Bearer another', 'Bearer', 'Basic dmVyYTp4', `Bearer ${PASSWORD}`]) expect((await ask(wrong)).status).toBe(401);
  });
  test('a login from another site is refused', async () => {
    expect((await login('vera', PASSWORD, {}, { origin: 'https://evil.example' })).status).toBe(403);
  });
});

describe('a session', () => {
  test('begins anew at each login, and the one before it is over', async () => {
    const first = await enter('vera');
    const second = cookieOf(await login('vera', PASSWORD, {}, { cookie: `dateline_session=${first}` }));
    expect(second).not.toBe(first);
    expect((await get('/api/v1/session', first)).status).toBe(401);
    expect((await get('/api/v1/session', second)).status).toBe(200);
  });
  test('ends with the logout, which wants the token of its form', async () => {
    const cookie = await enter('vera');
    const out = (token: string) => app.request('/logout', { method: 'POST', headers: { ...host, cookie: `dateline_session=${cookie}` }, body: new URLSearchParams({ _csrf: token }) });
    await out('wrong');
    expect((await get('/api/v1/session', cookie)).status).toBe(200);
    await out(await csrfOf(cookie));
    expect((await get('/api/v1/session', cookie)).status).toBe(401);
  });
  test('ends when its user is removed', async () => {
    await changeUsers(usersFile, (users) => withUser(users, { name: 'gast', role: 'viewer' }));
    const password = await hashPassword(PASSWORD);
    await changeUsers(usersFile, (users) => users.length === 0 ? withoutUser(users, '') : { ok: true, value: users.map((user) => (user.name === 'gast' ? { ...user, password } : user)) });
    const cookie = await enter('gast');
    expect((await get('/api/v1/session', cookie)).status).toBe(200);
    await changeUsers(usersFile, (users) => withoutUser(users, 'gast'));
    expect((await get('/api/v1/session', cookie)).status).toBe(401);
  });
  test('its id is not in the store', async () => {
    const cookie = await enter('vera');
    const found = await store.redis.keys(`${store.prefix}:console:*`);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((key) => key.includes(cookie))).toEqual([]);
  });

  const MINUTE = 60_000;
  const HOUR = 60 * MINUTE;
  const sessions = new Sessions(store.redis, keys, { idleMs: HOUR, lifetimeMs: 5 * HOUR });
  const from = { address: '192.0.2.1', agent: 'test' };
  test('ends after an hour of silence, and after five hours whatever happens', async () => {
    const start = Date.now();
    let id = await sessions.begin('vera', from, start);
    expect(await sessions.find(id, start + 59 * MINUTE)).toMatchObject({ user: 'vera' });
    const silent = await sessions.begin('vera', from, start);
    expect(await sessions.find(silent, start + 61 * MINUTE)).toBeNull();
    expect(await sessions.find(silent, start)).toBeNull();
    id = await sessions.begin('vera', from, start);
    for (let at = 20 * MINUTE; at < 5 * HOUR; at += 20 * MINUTE) {
      const live = await sessions.find(id, start + at);
      expect(live).not.toBeNull();
      id = live?.renewed ?? id;
    }
    expect(await sessions.find(id, start + 5 * HOUR)).toBeNull();
  });
  test('gets a new id after half an hour, once, while requests on their way still bring the old one', async () => {
    const start = Date.now();
    const id = await sessions.begin('vera', from, start);
    expect((await sessions.find(id, start + 29 * MINUTE))?.renewed).toBeNull();
    const both = await Promise.all([sessions.find(id, start + 31 * MINUTE), sessions.find(id, start + 31 * MINUTE)]);
    const renewed = both.flatMap((live) => live?.renewed ?? []);
    expect(renewed).toHaveLength(1);
    expect(new Set(both.map((live) => live?.csrf)).size).toBe(1);
    expect(await store.redis.pttl(keys.session(digestOfSecret(id)))).toBeLessThanOrEqual(30_000);
    expect(await sessions.find(renewed[0] ?? '', start + 32 * MINUTE)).toMatchObject({ user: 'vera', renewed: null });
    expect(await sessions.find(id, start + 31 * MINUTE)).toMatchObject({ user: 'vera', renewed: null });
    await sessions.endById(renewed[0] ?? '');
    expect(await sessions.find(id, start + 31 * MINUTE)).toBeNull();
  });
});

describe('a stream of events', () => {
  const open = async (path: string, headers: Record<string, string>) => {
    const response = await app.request(path, { headers: { ...host, ...headers } });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    return (response.body ?? new ReadableStream<Uint8Array<ArrayBuffer>>()).pipeThrough(new TextDecoderStream()).getReader();
  };
  const nextEvent = async (reader: ReadableStreamDefaultReader<string>): Promise<string> => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return 'the end';
      if (value.startsWith('event: ')) return value;
    }
  };
  test.each(['/overview/events', '/queues/events', '/api/v1/overview/stream'])('%s tells nothing more after the logout', async (path) => {
    const cookie = await enter('vera');
    const reader = await open(path, { cookie: `dateline_session=${cookie}` });
    expect(await nextEvent(reader)).toMatch(/^event: (parts|overview)\ndata: \{/);
    await app.request('/logout', { method: 'POST', headers: { ...host, cookie: `dateline_session=${cookie}` }, body: new URLSearchParams({ _csrf: await csrfOf(cookie) }) });
    expect(await nextEvent(reader)).toBe('the end');
  }, 15_000);
  test('goes on while the session does, and leaves it as it is', async () => {
    const cookie = await enter('vera');
    const reader = await open('/queues/events', { cookie: `dateline_session=${cookie}` });
    for (let event = 0; event < 2; event += 1) expect(await nextEvent(reader)).toMatch(/^event: parts/);
    await reader.cancel();
    expect((await get('/api/v1/session', cookie)).status).toBe(200);
  }, 15_000);
  test('ends when the token of its program is changed, and when its user gets another role', async () => {
    await changeUsers(usersFile, (users) => withUser(users, { name: 'feeder', role: 'viewer', token: `sha256:${digestOfSecret('a token of the feeder')}` }));
    const program = await open('/api/v1/overview/stream', { authorization: 'Bearer a token of the feeder' });
    const person = await open('/queues/events', { cookie: `dateline_session=${await enter('otto')}` });
    expect(await nextEvent(program)).toMatch(/^event: overview/);
    expect(await nextEvent(person)).toMatch(/^event: parts/);
    const changed = await changeUsers(usersFile, (users) => ({ ok: true, value: users.map((user) => (
      user.name === 'feeder' ? { ...user, token: `sha256:${digestOfSecret('another token')}` } : user.name === 'otto' ? { ...user, role: 'viewer' as const } : user)) }));
    expect(changed.ok).toBe(true);
    expect(await nextEvent(program)).toBe('the end');
    expect(await nextEvent(person)).toBe('the end');
    await changeUsers(usersFile, (users) => ({ ok: true, value: users.map((user) => (user.name === 'otto' ? { ...user, role: 'operator' as const } : user)) }));
  }, 15_000);
});

describe('logins that fail', () => {
  test('are bounded for a user: the right password does not help for a while', async () => {
    await changeUsers(usersFile, (users) => withUser(users, { name: 'ziel', role: 'viewer' }));
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 11; attempt += 1) statuses.push((await login('ziel', 'guess')).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
    const blocked = await login('ziel', PASSWORD);
    expect(blocked.status).toBe(429);
    expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(600);
    expect((await login('vera', PASSWORD)).status).toBe(303);
  });
  test('are bounded for an address, over all names; those that go well do not count', async () => {
    const attempts = new Attempts(store.redis, keys);
    for (let attempt = 0; attempt < 100; attempt += 1) {
      expect(await attempts.begin('vera', '192.0.2.7')).toBeNull();
      await attempts.succeeded('vera', '192.0.2.7');
    }
    for (let attempt = 0; attempt < 50; attempt += 1) expect(await attempts.begin(`name-${attempt}`, '192.0.2.7')).toBeNull();
    expect(await attempts.begin('another', '192.0.2.7')).toMatchObject({ code: 'too-many-attempts' });
    expect(await attempts.begin('another', '192.0.2.8')).toBeNull();
  });
  test('with the console’s token are bounded in a header too, where the right one does not help either', async () => {
    const withToken = createConsoleApp({ services: { ...services, settings: { ...services.settings, console: { ...services.settings.console, token: 'the token of the whole console' } } } });
    const ask = async (token: string) => (await withToken.request('/api/v1/session', { headers: { ...host, authorization: `Bearer ${token}` } })).status;
    await store.redis.del(...await store.redis.keys(keys.attempts('*')));
    expect(await ask('the token of the whole console')).toBe(200);
    for (let attempt = 0; attempt < 50; attempt += 1) expect(await ask(`guess ${attempt}`)).toBe(401);
    expect([await ask('one more'), await ask('the token of the whole console'), await ask('a token of the bot')]).toEqual([429, 429, 200]);
    await store.redis.del(...await store.redis.keys(keys.attempts('*')));
  });
  test('take a bounded number of counters, each of which ends by itself', async () => {
    const attempts = new Attempts(store.redis, keys);
    const addresses = Array.from({ length: 400 }, (_, at) => `2001:db8:0:7:${at.toString(16)}::1`);
    await Promise.all(addresses.map((address) => attempts.begin(null, address)));
    expect(await attempts.look('2001:db8:0:7::9')).toMatchObject({ code: 'too-many-attempts' });
    expect(await attempts.look('2001:db8:0:8::9')).toBeNull();
    // Its window ended while the password was looked at.
    await attempts.succeeded('vera', '198.51.100.9');
    const found = await store.redis.keys(keys.attempts('*'));
    for (const key of found) {
      expect(Number(key.split(':').at(-1))).toBeLessThan(COUNTERS);
      expect(await store.redis.ttl(key)).toBeGreaterThan(0);
    }
  });
  test.each([
    ['192.0.2.7', '192.0.2.7'], ['unknown', 'unknown'], ['2001:DB8::1', '2001:db8:0:0::/64'], ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'], ['::1', '0:0:0:0::/64'], ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['1:2:3:4::', '1:2:3:4::/64'], ['2001:0db8:0000:0000:1::', '2001:db8:0:0::/64'],
  ])('%s counts as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('the audit list', () => {
  test('tells of logins, never of what was typed', async () => {
    await login('hunter2', 'my bank password');
    await enter('otto');
    const { entries } = await readAudit(store.redis, keys, { limit: 2 });
    expect(entries.map(({ user, role, action, outcome }) => [user, role, action, outcome])).toEqual([['otto', 'operator', 'login', 'done'], ['unknown', 'none', 'login', 'login-wrong']]);
    expect(JSON.stringify(await store.redis.xrange(keys.audit, '-', '+'))).not.toMatch(/hunter2|bank/);
  });
});
