import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeUsers, checkPassword, digestOfSecret, hashPassword, keepingOperator, mayAct, passwordTrouble, readUsers, UserList, USER_ROLES, withChanged, withoutUser, withUser, type User } from '../../src/access/index.js';

let dir: string;
beforeAll(async () => { dir = await mkdtemp(join(tmpdir(), 'dl-users-')); });
afterAll(() => rm(dir, { recursive: true, force: true }));

describe('passwords', () => {
  test('a hash tells its own password and no other, however it was typed', async () => {
    const hashed = await hashPassword('schl\u00FCssel im blumentopf');
    expect(hashed).toMatch(/^\$argon2id\$/);
    expect(await checkPassword('schlu\u0308ssel im blumentopf', hashed)).toBe(true);
    expect(await checkPassword('schlussel im blumentopf', hashed)).toBe(false);
    expect(await checkPassword('nobody has this password', null)).toBe(false);
  });
  test('more at once than the threads can bear are turned away', async () => {
    const hashed = await hashPassword('a password of a crowd');
    const answers = await Promise.all(Array.from({ length: 40 }, () => checkPassword('a password of a crowd', hashed)));
    expect(answers.filter((answer) => answer === true).length).toBeGreaterThanOrEqual(20);
    expect(answers.filter((answer) => answer === null).length).toBeGreaterThan(0);
  });
});

describe('changes of the list', () => {
  const users: readonly User[] = [{ name: 'otto', role: 'operator', password: '$argon2id$x' }, { name: 'vera', role: 'viewer', password: '$argon2id$y' }, { name: 'plan', role: 'operator' }];
  test('one is changed, the others stay', () => {
    expect(withChanged(users, 'vera', { role: 'editor' })).toEqual({ ok: true, value: [users[0], { name: 'vera', role: 'editor', password: '$argon2id$y' }, users[2]] });
    expect(withChanged(users, 'dora', { role: 'editor' })).toMatchObject({ ok: false, fault: { code: 'no-such-user' } });
  });
  test('an operator who can come in is left, or it is no change', () => {
    expect(keepingOperator(users).ok).toBe(true);
    expect(keepingOperator(users.slice(1))).toMatchObject({ ok: false, fault: { code: 'last-operator' } });
    expect(keepingOperator([])).toMatchObject({ ok: false, fault: { code: 'last-operator' } });
    expect(keepingOperator([{ name: 'bot', role: 'operator', token: `sha256:${digestOfSecret('x')}` }]).ok).toBe(true);
  });
  test.each([[null, false], ['x'.repeat(9), false], ['x'.repeat(10), true], ['x'.repeat(200), true], ['x'.repeat(201), false]])('a password of a length that is kept: %s', (password, fits) => {
    expect(passwordTrouble(password) === null).toBe(fits);
  });
});

describe('the users file', () => {
  test('is made, readable by its owner only, and loses nobody to two writers at once', async () => {
    const path = join(dir, 'new', 'users.yaml');
    expect(await readUsers(path)).toEqual({ ok: true, value: [] });
    await Promise.all(['ada', 'bela', 'чинь'].map((name) => changeUsers(path, (users) => withUser(users, { name, role: 'editor' }))));
    const read = await readUsers(path);
    expect(read.ok && read.value.map(({ name }) => name).sort()).toEqual(['ada', 'bela', 'чинь']);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await changeUsers(path, (users) => withUser(users, { name: 'ada', role: 'viewer' }))).toMatchObject({ ok: false, fault: { code: 'user-present' } });
    expect(await changeUsers(path, (users) => withoutUser(users, 'dora'))).toMatchObject({ ok: false, fault: { code: 'no-such-user' } });
  });
  test.each([
    ['a role that there is not', 'users: [{ name: a, role: king }]'], ['a password in the clear', 'users: [{ name: a, role: viewer, password: secret }]'],
    ['two of a name', 'users: [{ name: a, role: viewer }, { name: a, role: operator }]'], ['no list', 'hello'], ['broken YAML', 'users: [{'],
    ['an alias bomb', 'a: &a [1]\nusers: [*a, *a]'],
  ])('%s is a fault, and lets nobody in', async (_, text) => {
    const path = join(dir, 'broken.yaml');
    await writeFile(path, text);
    expect(await readUsers(path)).toMatchObject({ ok: false, fault: { code: 'users-invalid', consequence: 'misconfigured' } });
    expect(await new UserList(path).named('a')).toBeNull();
  });
  test('a change of the file is seen at once', async () => {
    const path = join(dir, 'seen.yaml');
    const list = new UserList(path);
    expect(await list.withToken('the secret')).toBeNull();
    await changeUsers(path, (users) => withUser(users, { name: 'bot', role: 'viewer', token: `sha256:${digestOfSecret('the secret')}` }));
    expect(await list.withToken('the secret')).toMatchObject({ name: 'bot' });
    await changeUsers(path, (users) => withoutUser(users, 'bot'));
    expect(await list.withToken('the secret')).toBeNull();
  });
});

test('each role may do what those before it may', () => {
  expect(USER_ROLES.map((role) => USER_ROLES.map((needed) => mayAct(role, needed)))).toEqual([[true, false, false], [true, true, false], [true, true, true]]);
});
