import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { changeUsers, digestOfSecret, USER_ROLES, withUser, type UserRole } from '../../src/access/index.js';
import { loadSources, type SourceConfig } from '../../src/config/index.js';
import { createConsoleApp } from '../../src/console/app.js';
import { countPageLanguage } from '../../src/ledger/index.js';
import { afterFailure, newHistory } from '../../src/poll/index.js';
import { takeOne } from '../ledger/items.js';
import { useRedis } from '../redis.js';
import { useServices } from './services.js';

const store = useRedis();
const dir = await mkdtemp(join(tmpdir(), 'dl-sources-pages-'));
const sourcesFile = join(dir, 'sources.yaml');
const usersFile = join(dir, 'users.yaml');
let sources: readonly SourceConfig[] = [];
const services = useServices(store, { sourcesFile, usersFile, sources: () => sources });
const app = createConsoleApp({ services });
afterAll(() => rm(dir, { recursive: true, force: true }));

const FILE = `# Wires of the desk.
sources:
  - id: b-wire   # the second wire
    name: Bravo wire
    url: https://b.example/feed
    language: ar
    interval: 5m
  - { id: a-wire, url: "https://a.example/feed", enabled: false }
  - { id: c-wire, url: "https://c.example/feed", language: pt }
`;
async function reload(): Promise<void> {
  const loaded = await loadSources(sourcesFile);
  if (!loaded.ok) throw loaded.fault;
  sources = loaded.value.sources;
}
beforeAll(async () => {
  for (const role of USER_ROLES) await changeUsers(usersFile, (users) => withUser(users, { name: role, role, token: `sha256:${digestOfSecret(`secret of ${role}`)}` }));
});
beforeEach(async () => {
  await writeFile(sourcesFile, FILE);
  await reload();
  await services.due.sync(['b-wire', 'c-wire']);
});

const headers = (role: UserRole) => ({ host: 'news.example', authorization: `Bearer secret of ${role}` });
const page = async (path: string, role: UserRole = 'viewer') => {
  const response = await app.request(path, { headers: headers(role) });
  return { status: response.status, text: await response.text() };
};
const post = (path: string, fields: Record<string, string> = {}, role: UserRole = 'editor') => app.request(path, { method: 'POST', headers: headers(role), body: new URLSearchParams(fields) });
const listed = async (query: string): Promise<string[]> => [...(await page(`/sources${query}`)).text.matchAll(/<th scope="row"><a href="\/sources\/([^"]+)"/g)].map(([, id]) => id ?? '');

/** As two polls that failed leave a source. */
async function fail(id: string, url: string): Promise<void> {
  const fault = { code: 'http-503', message: 'the host answers 503' };
  const rules = { minMs: 1_000, maxMs: 60_000, startMs: 1_000 };
  const once = afterFailure(newHistory(url, Date.now()), fault, rules, Date.now(), 0).history;
  const history = JSON.stringify(afterFailure(once, fault, rules, Date.now(), 0).history);
  await store.redis.hset(services.keys.source(id), { history, trouble: 'http-503: the host answers 503', polledAt: new Date().toISOString() });
}

describe('the list', () => {
  test.each([
    ['', ['a-wire', 'b-wire', 'c-wire']], ['?sort=-name', ['c-wire', 'b-wire', 'a-wire']], ['?state=off', ['a-wire']], ['?language=pt', ['c-wire']],
    ['?host=b.example', ['b-wire']], ['?text=BRAVO', ['b-wire']], ['?error=any', ['c-wire']], ['?error=http-503', ['c-wire']], ['?error=http-404', []],
    ['?state=failing&sort=seen', ['c-wire']], ['?sort=seen', ['b-wire', 'a-wire', 'c-wire']], ['?sort=polled', ['c-wire', 'a-wire', 'b-wire']],
    ['?sort=__proto__&page=-7', ['a-wire', 'b-wire', 'c-wire']], ['?page=99', ['a-wire', 'b-wire', 'c-wire']],
  ])('%s shows %j', async (query, ids) => {
    await fail('c-wire', 'https://c.example/feed');
    await takeOne(store, 'b-wire', `item for ${query}`);
    expect(await listed(query)).toEqual(ids);
  });
  test('is cut into pages', async () => {
    await writeFile(sourcesFile, `sources:\n${Array.from({ length: 120 }, (_, at) => `  - { id: s${String(at).padStart(3, '0')}, url: "https://s${at}.example/" }\n`).join('')}`);
    await reload();
    const first = await listed('?text=s');
    expect([first.length, first[0]]).toEqual([50, 's000']);
    expect((await listed('?text=example&page=3')).length).toBe(20);
    expect((await page('/sources?text=example&page=2')).text).toContain('Page 2 of 3');
  });
  test('offers a viewer nothing to change', async () => {
    const { text } = await page('/sources');
    expect(text).not.toMatch(/action="\/sources\/[^"]+\/(?:poll|resume)"|\/sources\/-\/add/);
    expect((await page('/sources', 'editor')).text).toContain('action="/sources/b-wire/poll"');
  });
});

describe('one source', () => {
  test('tells how it stands, its last error with how to mend it, its books, its languages and its items', async () => {
    await fail('c-wire', 'https://c.example/feed');
    await takeOne(store, 'c-wire', 'first');
    await countPageLanguage(store.redis, services.keys, 'c-wire', 'pt');
    const { status, text } = await page('/sources/c-wire');
    expect(status).toBe(200);
    expect(text).toContain('2 polls in a row failed');
    expect(text).toContain('http-503: the host answers 503');
    expect(text).toContain('The host is in trouble itself');
    expect(text.replaceAll(/<[^>]*>/g, '|')).toMatch(/in flight\|+[^a-z]*1\|/);
    expect(text).toMatch(/<code>pt<\/code>[\s\S]*100 %/);
    expect(text).toContain('https://wire.example/first');
    expect(text).not.toContain('It changed its language');
  });
  test('tells that it changed its language', async () => {
    const at = new Date('2026-11-23T12:00:00Z');
    for (const tag of ['ar', 'fa']) for (let count = 0; count < 40; count++) await countPageLanguage(store.redis, services.keys, 'b-wire', tag, at);
    expect((await page('/sources/b-wire')).text).toMatch(/It changed its language: <code>ar<\/code> until 2026-11-23T12:00:00\.000Z, <code>fa<\/code> since/);
  });
  test('that is none is a 404', async () => {
    expect(await page('/sources/none')).toMatchObject({ status: 404, text: expect.stringContaining('There is no source none') as unknown });
    expect((await page('/sources/none/edit', 'editor')).status).toBe(404);
  });
  test('shows what its host said as text', async () => {
    await store.redis.hset(services.keys.source('b-wire'), { trouble: `parse: <script>alert(1)</script>\u202E${'x'.repeat(100_000)}` });
    const { text } = await page('/sources/b-wire', 'operator');
    expect(text).not.toContain('<script>alert');
    expect(text.length).toBeLessThan(40_000);
    await store.redis.hdel(services.keys.source('b-wire'), 'trouble');
  });
  test('is paused, resumed, polled and parked by its buttons', async () => {
    expect((await post('/sources/b-wire/pause')).headers.get('location')).toBe('/sources/b-wire');
    expect((await post('/sources/a-wire/resume')).status).toBe(303);
    const text = await readFile(sourcesFile, 'utf8');
    expect(text).toContain('# the second wire');
    await reload();
    expect(sources.map(({ id, enabled }) => [id, enabled])).toEqual([['b-wire', false], ['a-wire', true], ['c-wire', true]]);
    expect((await post('/sources/c-wire/park')).status).toBe(303);
    expect(((await services.due.times()).get('c-wire') ?? 0) - Date.now()).toBeGreaterThan(6 * 86_400_000);
    expect((await post('/sources/c-wire/poll')).status).toBe(303);
    expect(((await services.due.times()).get('c-wire') ?? Infinity) - Date.now()).toBeLessThan(1_000);
    expect((await post('/sources/b-wire/poll')).status).toBe(422);
    expect((await post('/sources/b-wire/pause', {}, 'viewer')).status).toBe(403);
  });
});

describe('the look before', () => {
  test('says what went wrong, keeps the address and writes nothing', async () => {
    const response = await post('/sources/-/look', { address: 'news.example.org' });
    const text = await response.text();
    expect(response.status).toBe(422);
    expect(text).toContain('no feed here');
    expect(text).toContain('value="https://news.example.org"');
    expect(await readFile(sourcesFile, 'utf8')).toBe(FILE);
  });
  test('lets only an operator reach a private host', async () => {
    const refused = await post('/sources/-/look', { address: 'http://10.0.0.1/', allowPrivate: 'yes' });
    expect([refused.status, (await refused.text()).includes('Only an operator')]).toEqual([422, true]);
    expect((await page('/sources/-/add', 'editor')).text).not.toContain('name="allowPrivate"');
    expect((await page('/sources/-/add', 'operator')).text).toContain('name="allowPrivate"');
    expect((await post('/sources/-/add', { id: 'd', url: 'http://10.0.0.1/', allowPrivate: 'true' })).status).toBe(422);
    expect((await post('/sources/-/look', { address: 'x.example' }, 'viewer')).status).toBe(403);
  });
});

describe('the form', () => {
  test('adds a source, comments kept', async () => {
    const added = await post('/sources/-/add', { id: 'd-wire', url: 'https://d.example/rss', language: 'fr', tags: 'desk, night', interval: '10m', stories: 'many' });
    expect(added.headers.get('location')).toBe('/sources/d-wire');
    expect(await readFile(sourcesFile, 'utf8')).toContain('# Wires of the desk.');
    await reload();
    expect(sources.at(-1)).toMatchObject({ id: 'd-wire', name: 'd-wire', language: 'fr', tags: ['desk', 'night'], interval: 600_000, stories: 'many', robots: 'obey' });
  });
  test.each([
    [{ id: 'D wire', url: 'https://d.example/' }, 'small letters'], [{ id: 'd', url: 'gopher://d.example/' }, 'expected an http'],
    [{ id: 'd', url: 'https://d.example/', language: 'zz_top!' }, 'language tag'], [{ id: 'a-wire', url: 'https://d.example/' }, 'is taken'],
    [{ id: 'd', url: 'https://a.example/feed' }, 'reads this feed already'], [{ id: 'd', url: 'https://d.example/', robots: 'ignore' }, 'Only an operator'],
    [{}, 'small letters'],
  ])('says what is wrong with %j, keeps what was typed and writes nothing', async (fields, said) => {
    const response = await post('/sources/-/add', fields);
    expect(response.status).toBe(422);
    const text = await response.text();
    expect(text).toContain(said);
    for (const value of Object.values(fields)) expect(text).toContain(value);
    expect(await readFile(sourcesFile, 'utf8')).toBe(FILE);
  });
  test('changes just what was changed', async () => {
    const { text } = await page('/sources/b-wire/edit', 'editor');
    expect(text).toContain('value="300s"');
    const shown = { name: 'Bravo wire', url: 'https://b.example/feed', language: 'ar', timeZone: '', agency: '', stories: 'auto', robots: 'obey', interval: '300s', tags: '' };
    expect((await post('/sources/b-wire/edit', { ...shown, name: 'Bravo', language: '' })).status).toBe(303);
    const file = await readFile(sourcesFile, 'utf8');
    expect(file).toMatch(/ # the second wire\n {4}name: Bravo\n {4}url: https:\/\/b.example\/feed\n {4}interval: 5m\n/);
    expect((await post('/sources/b-wire/edit', { ...shown, timeZone: 'Nowhere/Land' })).status).toBe(422);
    expect(await readFile(sourcesFile, 'utf8')).toBe(file);
  });
  test('takes an OPML list', async () => {
    const form = new FormData();
    form.set('list', new File(['<opml version="2.0"><body><outline type="rss" text="E" xmlUrl="https://e.example/rss"/></body></opml>'], 'list.opml'));
    const response = await app.request('/sources/-/import', { method: 'POST', headers: headers('editor'), body: form });
    expect(response.status).toBe(303);
    await reload();
    expect(sources.at(-1)).toMatchObject({ url: 'https://e.example/rss', enabled: false });
  });
});
