import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { changeUsers, hashPassword, readUsers, USER_ROLES, withChanged, withUser, type User } from '../../src/access/index.js';
import { readAudit } from '../../src/console/access/audit.js';
import { createConsoleApp } from '../../src/console/app.js';
import { useRedis } from '../redis.js';
import { wrongByDocument } from './document.js';
import { useServices } from './services.js';

const store = useRedis();
const dir = await mkdtemp(join(tmpdir(), 'dl-users-pages-'));
const usersFile = join(dir, 'users.yaml');
const services = useServices(store, { usersFile });
const app = createConsoleApp({ services });
const withToken = createConsoleApp({ services: { ...services, settings: { ...services.settings, console: { ...services.settings.console, token: 'the token of the whole console' } } } });
afterAll(() => rm(dir, { recursive: true, force: true }));

const PASSWORD = 'three words in a row';
const password = await hashPassword(PASSWORD);
const host = { host: 'news.example' };
beforeEach(async () => {
  await rm(usersFile, { force: true });
  for (const role of USER_ROLES) await changeUsers(usersFile, (users) => withUser(users, { name: role, role, password }));
});

interface Person {
  readonly cookie: string;
  readonly csrf: string;
}
async function enter(name: string, secret = PASSWORD, at = app): Promise<Person | null> {
  const response = await at.request('/login', { method: 'POST', headers: host, body: new URLSearchParams({ name, password: secret }) });
  const cookie = /dateline_session=([^;]*)/.exec(response.headers.get('set-cookie') ?? '')?.[1];
  if (cookie === undefined) return null;
  const session = await at.request('/api/v1/session', { headers: { ...host, cookie: `dateline_session=${cookie}` } });
  return { cookie, csrf: z.object({ csrf: z.string() }).parse(await session.json()).csrf };
}
async function entered(name: string, secret?: string): Promise<Person> {
  const person = await enter(name, secret);
  if (person === null) throw new Error(`${name} was not let in`);
  return person;
}
const is = async ({ cookie }: Person, at = app): Promise<number> => (await at.request('/api/v1/session', { headers: { ...host, cookie: `dateline_session=${cookie}` } })).status;
const page = async ({ cookie }: Person, path: string) => {
  const response = await app.request(path, { headers: { ...host, cookie: `dateline_session=${cookie}` } });
  return { status: response.status, text: await response.text() };
};
const post = async ({ cookie, csrf }: Person, path: string, fields: Record<string, string>) => {
  const response = await app.request(path, { method: 'POST', headers: { ...host, cookie: `dateline_session=${cookie}` }, body: new URLSearchParams({ _csrf: csrf, ...fields }) });
  return { status: response.status, to: response.headers.get('location'), text: await response.text() };
};
const named = async (name: string): Promise<User | undefined> => {
  const users = await readUsers(usersFile);
  return users.ok ? users.value.find((user) => user.name === name) : undefined;
};
const lastAudit = async () => (await readAudit(store.redis, services.keys, { limit: 1 })).entries[0];

describe('an operator, on the pages', () => {
  test('adds a person, who comes in with the role given', async () => {
    const operator = await entered('operator');
    const name = 'Чинь.Тхи+1@desk';
    expect(await post(operator, '/users', { name, role: 'editor', password: 'a long enough one' })).toMatchObject({ status: 303, to: '/users' });
    expect(await lastAudit()).toMatchObject({ user: 'operator', via: 'session', action: 'user.add', target: `${name}: editor`, outcome: 'done' });
    const editor = await entered(name, 'a long enough one');
    expect((await page(editor, '/sources/-/add')).status).toBe(200);
    expect((await page(editor, '/users')).status).toBe(403);
    const own = await page(operator, `/users/${encodeURIComponent(name)}`);
    expect(own.status).toBe(200);
    expect(own.text).toContain('End this login');
    expect(await readFile(usersFile, 'utf8')).not.toContain('a long enough one');
    expect((await page(operator, '/users')).text).not.toContain('$argon2id$');
  });
  test('adds a program, whose token is shown once and works', async () => {
    const operator = await entered('operator');
    const shown = await post(operator, '/users', { name: 'prometheus', role: 'viewer', program: 'yes' });
    expect(shown.status).toBe(200);
    const token = /<code class="token">([\w-]{43})<\/code>/.exec(shown.text)?.[1] ?? '';
    expect((await app.request('/metrics', { headers: { ...host, authorization: `Bearer ${token}` } })).status).toBe(200);
    expect(await lastAudit()).toMatchObject({ action: 'user.add', target: 'prometheus: viewer', outcome: 'done' });
    expect(await readFile(usersFile, 'utf8')).not.toContain(token);
    expect(JSON.stringify(await store.redis.xrange(services.keys.audit, '-', '+'))).not.toContain(token);
    expect((await page(operator, '/users/prometheus')).text).not.toContain('New password');
    expect((await post(operator, '/users/prometheus/password', { password: 'a long enough one' })).text).toContain('user-is-program');
  });
  test.each([
    ['a short password', { name: 'ada', role: 'viewer', password: 'short' }, 'password-length'], ['no password', { name: 'ada', role: 'viewer' }, 'password-length'],
    ['a name that is taken', { name: 'viewer', role: 'viewer', password: PASSWORD }, 'user-present'], ['no name', { name: ' ', role: 'viewer', password: PASSWORD }, 'user-invalid'],
    ['markup for a name', { name: '<script>alert(1)</script>', role: 'viewer', password: PASSWORD }, 'user-invalid'], ['a role that there is not', { name: 'ada', role: 'king', password: PASSWORD }, 'no-role'],
  ])('is told of %s, and nothing is written', async (_, fields, code) => {
    const before = await readFile(usersFile, 'utf8');
    const answer = await post(await entered('operator'), '/users', fields);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(`<code>${code}</code>`);
    expect(answer.text).not.toContain('<script>alert');
    expect(await readFile(usersFile, 'utf8')).toBe(before);
  });
  test('gives another role, which ends what was begun with the one before', async () => {
    const [operator, editor] = [await entered('operator'), await entered('editor')];
    expect((await page(editor, '/audit')).status).toBe(403);
    expect(await post(operator, '/users/editor/role', { role: 'operator' })).toMatchObject({ status: 303, to: '/users/editor' });
    expect(await lastAudit()).toMatchObject({ action: 'user.change', target: 'editor: operator' });
    expect(await is(editor)).toBe(401);
    const now = await entered('editor');
    expect((await page(now, '/audit')).status).toBe(200);
    await post(operator, '/users/editor/role', { role: 'viewer' });
    expect(await is(now)).toBe(401);
    expect((await page(await entered('editor'), '/audit')).status).toBe(403);
  });
  test('who is changed on the machine has the new role at the next request, and no login of an old password', async () => {
    const viewer = await entered('viewer');
    await changeUsers(usersFile, (users) => withChanged(users, 'viewer', { role: 'operator' }));
    expect((await page(viewer, '/audit')).status).toBe(200);
    const other = await hashPassword('another long one');
    await changeUsers(usersFile, (users) => withChanged(users, 'viewer', { password: other }));
    expect(await is(viewer)).toBe(401);
  });
  test('gives another password: the old one and its logins are over', async () => {
    const [operator, viewer] = [await entered('operator'), await entered('viewer')];
    expect(await post(operator, '/users/viewer/password', { password: 'short' })).toMatchObject({ status: 422 });
    expect(await is(viewer)).toBe(200);
    expect(await post(operator, '/users/viewer/password', { password: 'another long one' })).toMatchObject({ status: 303 });
    expect(await is(viewer)).toBe(401);
    expect(await enter('viewer')).toBeNull();
    expect(await enter('viewer', 'another long one')).not.toBeNull();
    expect(JSON.stringify(await store.redis.xrange(services.keys.audit, '-', '+'))).not.toContain('another long one');
  });
  test('ends the logins of one, and of nobody else', async () => {
    const [operator, viewer, again] = [await entered('operator'), await entered('viewer'), await entered('viewer')];
    expect(await post(operator, '/users/viewer/logout', {})).toMatchObject({ status: 303 });
    expect([await is(viewer), await is(again), await is(operator)]).toEqual([401, 401, 200]);
    expect(await lastAudit()).toMatchObject({ action: 'sessions.end', target: 'viewer' });
  });
  test('removes one, whose logins do not come to life again with another of that name', async () => {
    const [operator, viewer] = [await entered('operator'), await entered('viewer')];
    expect(await post(operator, '/users/viewer/remove', {})).toMatchObject({ status: 303, to: '/users' });
    expect(await named('viewer')).toBeUndefined();
    await changeUsers(usersFile, byHand('viewer', 'operator'));
    expect(await is(viewer)).toBe(401);
  });
  test('never takes the last operator away, himself included', async () => {
    const operator = await entered('operator');
    for (const [path, fields] of [['/users/operator/remove', {}], ['/users/operator/role', { role: 'viewer' }]] as const) {
      const answer = await post(operator, path, fields);
      expect(answer.status).toBe(422);
      expect(answer.text).toContain('last-operator');
      expect(await lastAudit()).toMatchObject({ outcome: 'last-operator' });
    }
    expect(await named('operator')).toMatchObject({ role: 'operator' });
    // Both ask at once, each sees the other left: one is refused.
    await changeUsers(usersFile, byHand('second', 'operator'));
    const both = await Promise.all(['operator', 'second'].map((name) => post(operator, `/users/${name}/role`, { role: 'editor' })));
    expect(both.map(({ status }) => status)).not.toEqual([303, 303]);
    const users = await readUsers(usersFile);
    expect(users.ok && users.value.filter(({ role }) => role === 'operator')).toHaveLength(1);
  });
  test.each(['/users', '/users/viewer/role', '/users/viewer/password', '/users/viewer/logout', '/users/viewer/remove'])('does nothing at %s without the token of the visit', async (path) => {
    const operator = await entered('operator');
    const before = await readFile(usersFile, 'utf8');
    const answer = await post({ ...operator, csrf: 'wrong' }, path, { name: 'ada', role: 'operator', password: PASSWORD });
    expect(answer.status).toBe(409);
    expect(await readFile(usersFile, 'utf8')).toBe(before);
  });
});

/** Adds one by another writer, as the command line does. */
function byHand(name: string, role: User['role']) {
  return (users: readonly User[]) => withUser(users, { name, role, password: `${password.slice(0, -1)}_` });
}

describe('the same for programs', () => {
  const api = async ({ cookie, csrf }: Person, method: string, path: string, body?: unknown) => {
    const response = await app.request(`/api/v1${path}`, {
      method, headers: { ...host, cookie: `dateline_session=${cookie}`, 'x-csrf-token': csrf, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  test('add, list, change, end logins, remove: each as the document says', async () => {
    const operator = await entered('operator');
    const added = await api(operator, 'POST', '/users', { name: 'ada', role: 'viewer', password: PASSWORD });
    expect(added).toEqual({ status: 201, body: { name: 'ada', role: 'viewer', by: 'password', token: null } });
    expect(wrongByDocument('post', '/users', 201, added.body)).toEqual([]);
    const program = await api(operator, 'POST', '/users', { name: 'bot', role: 'editor' });
    const session = await app.request('/api/v1/session', { headers: { ...host, authorization: `Bearer ${String(program.body['token'])}` } });
    expect(await session.json()).toMatchObject({ name: 'bot', role: 'editor' });
    const listed = await api(operator, 'GET', '/users');
    expect(wrongByDocument('get', '/users', 200, listed.body)).toEqual([]);
    expect(JSON.stringify(listed.body)).not.toMatch(/argon2|sha256/);
    const ada = await entered('ada');
    expect(await api(operator, 'PATCH', '/users/ada', { role: 'editor' })).toEqual({ status: 200, body: { name: 'ada', role: 'editor', by: 'password' } });
    expect(await is(ada)).toBe(401);
    const ended = await entered('ada');
    expect(await api(operator, 'DELETE', '/users/ada/sessions')).toEqual({ status: 200, body: { ended: 1 } });
    expect(await is(ended)).toBe(401);
    const again = await entered('ada');
    expect((await api(operator, 'PATCH', '/users/ada', { password: 'another long one' })).status).toBe(200);
    expect(await is(again)).toBe(401);
    expect(await api(operator, 'DELETE', '/users/ada')).toEqual({ status: 200, body: { removed: 'ada' } });
    expect(await lastAudit()).toMatchObject({ action: 'user.remove', target: 'ada', outcome: 'done' });
  });
  test.each([
    ['PATCH', '/users/nobody', { role: 'viewer' }, 404, 'no-such-user'], ['DELETE', '/users/nobody', undefined, 404, 'no-such-user'], ['DELETE', '/users/nobody/sessions', undefined, 404, 'no-such-user'],
    ['DELETE', '/users/operator', undefined, 409, 'last-operator'], ['PATCH', '/users/operator', { role: 'editor' }, 409, 'last-operator'],
    ['POST', '/users', { name: 'viewer', role: 'viewer' }, 409, 'user-present'], ['POST', '/users', { name: 'ada', role: 'king' }, 400, 'input-invalid'],
    ['POST', '/users', { name: 'ada', role: 'viewer', password: 'short' }, 422, 'password-length'],
  ])('%s %s with %j is refused', async (method, path, body, status, code) => {
    const answer = await api(await entered('operator'), method, path, body);
    expect(answer).toMatchObject({ status, body: { code } });
    expect(await named('operator')).toMatchObject({ role: 'operator' });
  });
  test('an editor is refused, and it is written down', async () => {
    expect(await api(await entered('editor'), 'POST', '/users', { name: 'eve', role: 'operator' })).toMatchObject({ status: 403 });
    expect(await lastAudit()).toMatchObject({ user: 'editor', action: 'user.add', outcome: 'role-too-low' });
    expect(await named('eve')).toBeUndefined();
  });
});

describe('the first user', () => {
  test('has to be an operator, for the console then lets in nobody else', async () => {
    await rm(usersFile);
    const add = (body: Record<string, unknown>) => app.request('/api/v1/users', { method: 'POST', headers: { host: 'localhost', 'content-type': 'application/json' }, body: JSON.stringify(body) });
    const viewer = await add({ name: 'vera', role: 'viewer', password: PASSWORD });
    expect(await viewer.json()).toMatchObject({ status: 409, code: 'last-operator', detail: expect.stringContaining('first user') as unknown });
    expect((await add({ name: 'olga', role: 'operator', password: PASSWORD })).status).toBe(201);
    expect((await add({ name: 'vera', role: 'viewer', password: PASSWORD })).status).toBe(401);
    expect(await enter('olga')).not.toBeNull();
  });
});

test('a viewer who is called like the console’s token does not become an operator by it', async () => {
  await changeUsers(usersFile, (users) => withUser(users, { name: 'token', role: 'viewer', password }));
  const named = await enter('token', PASSWORD, withToken);
  const answer = await withToken.request('/api/v1/session', { headers: { ...host, cookie: `dateline_session=${named?.cookie ?? ''}` } });
  expect(await answer.json()).toMatchObject({ name: 'token', role: 'viewer' });
  const byToken = await enter('', 'the token of the whole console', withToken);
  expect(byToken === null ? 0 : await is(byToken, withToken)).toBe(200);
  // Without the token in the settings, or with another one, that login is over.
  expect(byToken === null ? 0 : await is(byToken)).toBe(401);
});
