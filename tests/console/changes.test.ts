import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { changeUsers, digestOfSecret, hashPassword, USER_ROLES, withUser, type UserRole } from '../../src/access/index.js';
import { loadSources, type SourceConfig } from '../../src/config/index.js';
import { readAudit } from '../../src/console/access/audit.js';
import { createConsoleApp } from '../../src/console/app.js';
import { retryLater } from '../../src/fault.js';
import { countPageLanguage, itemToRead, listQuarantine, settleQuarantined } from '../../src/ledger/index.js';
import { takeOne } from '../ledger/items.js';
import { useRedis } from '../redis.js';
import { wrongByDocument } from './document.js';
import { useServices } from './services.js';

const store = useRedis();
const dir = await mkdtemp(join(tmpdir(), 'dl-changes-'));
const sourcesFile = join(dir, 'sources.yaml');
const usersFile = join(dir, 'users.yaml');
let sources: readonly SourceConfig[] = [];
const base = useServices(store, { sourcesFile, usersFile });
const services = { ...base, sources: () => sources };
const app = createConsoleApp({ services });
afterAll(() => rm(dir, { recursive: true, force: true }));

const FILE = `# Wires of the desk.
sources:
  - id: b-wire   # the second wire
    url: https://b.example/feed
    interval: 5m
    headers: { X-Key: top-secret }
  - { id: a-wire, url: "https://a.example/feed", enabled: false }
`;
const reload = async (): Promise<void> => {
  const loaded = await loadSources(sourcesFile);
  if (!loaded.ok) throw loaded.fault;
  sources = loaded.value.sources;
};
beforeAll(async () => {
  const password = await hashPassword('three words in a row');
  for (const role of USER_ROLES) {
    await changeUsers(usersFile, (users) => withUser(users, { name: role, role, token: `sha256:${digestOfSecret(`secret of ${role}`)}` }));
    await changeUsers(usersFile, (users) => withUser(users, { name: `${role}-person`, role, password }));
  }
});
beforeEach(async () => {
  await writeFile(sourcesFile, FILE);
  await reload();
});

interface Asked {
  readonly status: number;
  readonly body: unknown;
  /** What the document finds wrong with the answer. */
  readonly wrong: readonly string[];
}
/** `route` as the document writes it, `path` with the parts filled in. */
async function ask(role: UserRole, method: string, route: string, { path = route, body, type = 'application/json' }: { readonly path?: string; readonly body?: unknown; readonly type?: string } = {}): Promise<Asked> {
  const response = await app.request(`/api/v1${path}`, {
    method: method.toUpperCase(), headers: { host: 'news.example', authorization: `Bearer secret of ${role}`, ...(body === undefined ? {} : { 'content-type': type }) },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer: unknown = (response.headers.get('content-type') ?? '').includes('json') ? JSON.parse(text) : text;
  return { status: response.status, body: answer, wrong: response.status < 300 && typeof answer !== 'string' ? wrongByDocument(method, route, response.status, answer) : [] };
}

describe('sources', () => {
  test('are listed in pages by id, without the values of their headers', async () => {
    const first = await ask('viewer', 'get', '/sources', { path: '/sources?limit=1' });
    expect(first).toMatchObject({ status: 200, wrong: [], body: { items: [{ id: 'a-wire', enabled: false }], next: 'a-wire' } });
    const second = await ask('viewer', 'get', '/sources', { path: '/sources?limit=1&cursor=a-wire' });
    expect(second).toMatchObject({ wrong: [], body: { items: [{ id: 'b-wire', interval: 300_000, headers: ['X-Key'] }], next: null } });
    expect(JSON.stringify([first, second])).not.toContain('top-secret');
    expect(await ask('viewer', 'get', '/sources/:id', { path: '/sources/b-wire' })).toMatchObject({ status: 200, wrong: [], body: { id: 'b-wire' } });
    expect(await ask('viewer', 'get', '/sources/:id', { path: '/sources/none' })).toMatchObject({ status: 404, body: { code: 'source-unknown' } });
  });

  test('tell the languages of their pages, and the last change of language', async () => {
    const at = new Date('2026-11-23T12:00:00Z');
    for (const tag of ['hr', 'sr-Latn']) for (let count = 0; count < 40; count++) await countPageLanguage(store.redis, services.keys, 'b-wire', tag, at);
    expect(await ask('viewer', 'get', '/sources/:id/languages', { path: '/sources/b-wire/languages' })).toMatchObject({
      status: 200, wrong: [], body: { pages: { hr: 40, 'sr-Latn': 40 }, usual: 'sr-Latn', changed: { from: 'hr', to: 'sr-Latn', at: at.toISOString() } },
    });
    expect(await ask('viewer', 'get', '/sources/:id/languages', { path: '/sources/a-wire/languages' })).toMatchObject({ status: 200, wrong: [], body: { pages: {}, usual: null, changed: null } });
    expect(await ask('viewer', 'get', '/sources/:id/languages', { path: '/sources/none/languages' })).toMatchObject({ status: 404, body: { code: 'source-unknown' } });
  });
  test('are added, changed, paused and resumed in the file, whose comments stay', async () => {
    expect(await ask('editor', 'post', '/sources', { body: { id: 'c-wire', url: 'https://c.example/rss', interval: '10m' } })).toMatchObject({ status: 201, wrong: [], body: { interval: 600_000 } });
    expect(await ask('editor', 'patch', '/sources/:id', { path: '/sources/b-wire', body: { interval: null, name: 'B', tags: ['desk'] } })).toMatchObject({ status: 200, wrong: [], body: { interval: null, name: 'B' } });
    expect(await ask('editor', 'post', '/sources/:id/pause', { path: '/sources/b-wire/pause' })).toMatchObject({ status: 200, wrong: [], body: { enabled: false } });
    expect(await ask('editor', 'post', '/sources/:id/resume', { path: '/sources/a-wire/resume' })).toMatchObject({ status: 200, wrong: [], body: { enabled: true } });
    const text = await readFile(sourcesFile, 'utf8');
    expect(text).toContain('# Wires of the desk.');
    expect(text).toContain('# the second wire');
    expect(text).toContain('interval: 10m');
    await reload();
    expect(sources.map(({ id, enabled, name, tags }) => [id, enabled, name, tags])).toEqual([['b-wire', false, 'B', ['desk']], ['a-wire', true, 'a-wire', []], ['c-wire', true, 'c-wire', []]]);
  });
  test.each([
    [{ id: 'a-wire', url: 'https://d.example/' }, 409, 'id-taken'], [{ id: 'd-wire', url: 'https://a.example/feed' }, 409, 'source-present'],
    [{ id: 'D wire', url: 'https://d.example/' }, 400, 'input-invalid'], [{ id: 'd', url: 'https://d.example/', interval: 5 }, 400, 'input-invalid'],
    [{ id: 'd', url: 'https://d.example/', sauce: 1 }, 400, 'input-invalid'], ['{', 400, 'input-invalid'],
    [{ id: 'd', url: 'http://10.0.0.1/', allowPrivate: true }, 403, 'role-too-low'], [{ id: 'd', url: 'sample:' }, 403, 'role-too-low'],
    [{ id: 'd', url: 'https://d.example/', proxy: 'http://10.0.0.1:3128' }, 403, 'role-too-low'], [{ id: 'd', kind: 'folder', path: '/etc' }, 403, 'role-too-low'],
  ])('%j is refused to an editor: %i %s', async (body, status, code) => {
    expect(await ask('editor', 'post', '/sources', { body })).toMatchObject({ status, body: { code } });
    expect(await readFile(sourcesFile, 'utf8')).toBe(FILE);
  });
  test('reach beyond the open network only by an operator', async () => {
    expect(await ask('operator', 'post', '/sources', { body: { id: 'd', url: 'http://10.0.0.1/', allowPrivate: true } })).toMatchObject({ status: 201 });
    expect(await ask('editor', 'patch', '/sources/:id', { path: '/sources/b-wire', body: { robots: 'ignore' } })).toMatchObject({ status: 403 });
  });
  test('are polled now, and left alone', async () => {
    await services.due.sync(['b-wire']);
    expect(await ask('editor', 'post', '/sources/:id/park', { path: '/sources/b-wire/park', body: { days: 2 } })).toMatchObject({ status: 200, wrong: [] });
    expect(((await services.due.times()).get('b-wire') ?? 0) - Date.now()).toBeGreaterThan(1.9 * 86_400_000);
    expect(await ask('editor', 'post', '/sources/:id/poll', { path: '/sources/b-wire/poll' })).toMatchObject({ status: 202, wrong: [] });
    expect(((await services.due.times()).get('b-wire') ?? Infinity) - Date.now()).toBeLessThanOrEqual(0);
    expect(await ask('editor', 'post', '/sources/:id/poll', { path: '/sources/a-wire/poll' })).toMatchObject({ status: 422, body: { code: 'source-off' } });
  });
  test('come and go as OPML', async () => {
    const { body } = await ask('viewer', 'get', '/sources.opml');
    expect(body).toContain('xmlUrl="https://b.example/feed"');
    const list = String(body).replaceAll('b.example', 'c.example');
    expect(await ask('editor', 'post', '/sources.opml', { body: list, type: 'text/x-opml' })).toMatchObject({ status: 200, wrong: [], body: { present: 1, added: [expect.any(String)] } });
    expect(await ask('editor', 'post', '/sources.opml', { body: list })).toMatchObject({ status: 415 });
  });
});

describe('quarantine', () => {
  const quarantineOne = async (item: string, message = 'the host answers 503'): Promise<void> => {
    const { redis, keys } = services;
    await settleQuarantined(redis, keys, await takeOne(store, 'b-wire', item), retryLater({ code: 'http-503', message, hint: 'Wait.' }), 6);
  };
  test('is looked at by all, and acted on by operators alone, into the audit list', async () => {
    await quarantineOne('one');
    await quarantineOne('two');
    const listed = await ask('viewer', 'get', '/quarantine');
    expect(listed).toMatchObject({ status: 200, wrong: [], body: { items: [{ reason: 'http-503', stage: 'article' }, { reason: 'http-503' }], next: null } });
    expect(await ask('viewer', 'get', '/quarantine', { path: '/quarantine?limit=1&cursor=1' })).toMatchObject({ wrong: [], body: { items: [{}], next: null } });
    const [one] = await listQuarantine(services.redis, services.keys);
    const path = `/quarantine/${encodeURIComponent(one?.id ?? '')}`;
    expect(await ask('viewer', 'get', '/quarantine/:id', { path })).toMatchObject({ status: 200, wrong: [], body: { id: one?.id } });
    expect(await ask('editor', 'post', '/quarantine/retry', { body: { all: true } })).toMatchObject({ status: 403, body: { code: 'role-too-low' } });
    expect(await ask('operator', 'post', '/quarantine/retry', { body: {} })).toMatchObject({ status: 422, body: { code: 'nothing-picked' } });
    expect(await ask('operator', 'post', '/quarantine/retry', { body: { ids: [one?.id] } })).toMatchObject({ status: 202, wrong: [], body: { done: 1 } });
    expect(await ask('operator', 'post', '/quarantine/drop', { body: { reason: 'http-503' } })).toMatchObject({ status: 200, wrong: [], body: { done: 1, more: false } });
    expect(await listQuarantine(services.redis, services.keys)).toEqual([]);
    expect(await itemToRead(services.redis, services.keys, { source: 'b-wire', item: one?.item ?? '', revision: 1 })).not.toBeNull();
    const { entries } = await readAudit(services.redis, services.keys, { limit: 4 });
    expect(entries.map(({ user, action, outcome, target }) => [user, action, outcome, target])).toEqual([
      ['operator', 'quarantine.drop', 'done', '1 jobs, http-503'], ['operator', 'quarantine.retry', 'done', '1 jobs'],
      ['operator', 'quarantine.retry', 'nothing-picked', null], ['editor', 'quarantine.retry', 'role-too-low', null],
    ]);
    expect(await ask('operator', 'get', '/audit', { path: '/audit?limit=2' })).toMatchObject({ status: 200, wrong: [] });
  });

  const HOSTILE = `</p><script>alert(1)</script><img src=x onerror=alert(1)>"'\u202Egnp.exe\u2066${'x'.repeat(1_000_000)}`;
  test('shows what a host said as text, cut to a length', async () => {
    await quarantineOne('hostile', HOSTILE);
    const page = await (await app.request('/quarantine', { headers: { host: 'news.example', authorization: 'Bearer secret of operator' } })).text();
    expect(page).not.toContain('<script>');
    expect(page).not.toContain('<img src=x');
    expect(page).toContain('&lt;script&gt;');
    expect(page).toMatch(/<bdi>[^<]*\u202E/);
    expect(page.length).toBeLessThan(30_000);
  });
});

describe('a form', () => {
  const enter = async (name: string): Promise<{ cookie: string; csrf: string }> => {
    const response = await app.request('/login', { method: 'POST', headers: { host: 'news.example' }, body: new URLSearchParams({ name, password: 'three words in a row' }) });
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    const session = (await (await app.request('/api/v1/session', { headers: { host: 'news.example', cookie } })).json()) as { csrf: string };
    return { cookie, csrf: session.csrf };
  };
  const post = (cookie: string, fields: Record<string, string>) => app.request('/quarantine/drop', { method: 'POST', headers: { host: 'news.example', cookie }, body: new URLSearchParams(fields) });
  test('changes nothing without the token of the visit, nor with that of another', async () => {
    const { cookie, csrf } = await enter('operator-person');
    const other = await enter('operator-person');
    expect((await post(cookie, { reason: 'none' })).status).toBe(409);
    expect((await post(cookie, { reason: 'none', _csrf: other.csrf })).status).toBe(409);
    const done = await post(cookie, { reason: 'none', _csrf: csrf });
    expect([done.status, done.headers.get('location')]).toEqual([303, '/quarantine']);
  });
  test('of the interface wants the token in a header', async () => {
    const { cookie, csrf } = await enter('operator-person');
    const drop = (headers: Record<string, string>) => app.request('/api/v1/quarantine/drop', { method: 'POST', headers: { host: 'news.example', cookie, 'content-type': 'application/json', ...headers }, body: '{"reason":"none"}' });
    expect((await drop({})).status).toBe(403);
    expect((await drop({ 'x-csrf-token': 'guess' })).status).toBe(403);
    expect((await drop({ 'x-csrf-token': csrf })).status).toBe(200);
  });
  test('that is too large is refused before it is read', async () => {
    const { cookie, csrf } = await enter('operator-person');
    expect((await post(cookie, { _csrf: csrf, reason: 'x'.repeat(100_000) })).status).toBe(413);
  });
  test('of a viewer is refused, and the buttons are not shown', async () => {
    const { cookie, csrf } = await enter('viewer-person');
    expect((await post(cookie, { reason: 'none', _csrf: csrf })).status).toBe(403);
    const page = await (await app.request('/quarantine', { headers: { host: 'news.example', cookie } })).text();
    expect(page).not.toContain('/quarantine/drop');
    expect(page).not.toContain('href="/audit"');
  });
});
