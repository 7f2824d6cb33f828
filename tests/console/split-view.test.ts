import { load } from 'cheerio';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createConsoleApp } from '../../src/console/app.js';
import { failed, giveUp, ok } from '../../src/fault.js';
import { fixtureNames, readFixture } from '../../src/fixture/index.js';
import { pageVerdict, readPage, seePage, verdictDifferences } from '../../src/story/index.js';
import { useRedis } from '../redis.js';
import { idOf } from '../store/records.js';
import { useStore } from '../store/use-store.js';
import { wrongByDocument } from './document.js';
import { useServices } from './services.js';

const PAGE = Buffer.from(`<html lang="en"><head><title>Morning round-up</title></head><body><main><article><h1>Morning round-up</h1>
<h2>Flood in the valley</h2><p>GENEVA, March 3 (Reuters) - Heavy rain fell over the valley on Tuesday and the river left its bed, officials said. Help is on its way.</p>
<p>Schools stay closed until the water has gone, the mayor said in a statement to the press on Tuesday.</p>
<h2>Bridge opens in Lyon</h2><p>LYON, March 3 (AFP) - A new bridge over the river was opened on Tuesday by the mayor of the town, who thanked the builders.</p>
<p>Traffic will be let over it from Wednesday on, the town said.</p><p>Share this</p></article></main></body></html>`);

const redis = useRedis();
const { store, put } = useStore();
const dir = await mkdtemp(join(tmpdir(), 'dateline-split-'));
afterAll(() => rm(dir, { recursive: true }));
const options = { url: 'https://example.org/split' };
let away = false;
const services = useServices(redis, {
  stories: store, settings: { dataDir: dir },
  lookAtPage: ({ url }) => Promise.resolve(away ? failed(giveUp({ code: 'http-404', message: 'gone' }))
    : ok({ url, fetchedAt: '2026-03-03T10:00:00Z', bytes: PAGE, options, seen: seePage(readPage(PAGE, options)) })),
});
const app = createConsoleApp({ services });
const local = { host: '127.0.0.1:4700' };
const path = `/stories/${idOf('split')}`;
beforeAll(() => put({ name: 'split' }));

test('every block of the page stands in its order, with what it was taken for', async () => {
  const $ = load(await (await app.request(`${path}/page`, { headers: local })).text());
  const { article, split } = readPage(PAGE, options);
  expect($('.cut li')).toHaveLength(article.blocks.length + article.furniture.length);
  expect($('.key li')).toHaveLength(split.stories.length);
  expect($('.cut .said').text()).toContain('Heavy rain fell');
  expect($('.cut mark').first().text()).toContain('GENEVA');
  expect($('.slot.place bdi').first().text()).toBe('GENEVA');
  expect($('.cut li.opens')).toHaveLength(split.stories.length);
});

test('a page that is gone is told of, with a way back', async () => {
  away = true;
  const response = await app.request(`${path}/page`, { headers: local });
  away = false;
  expect(response.status).toBe(422);
  expect(await response.text()).toContain('http-404');
});

test('page and verdict are saved, read back, and an edited verdict is seen to differ', async () => {
  const form = load(await (await app.request(`${path}/page`, { headers: local })).text());
  const csrf = form(`form[action="${path}/fixture"] input[name=_csrf]`).attr('value') ?? '';
  const send = (token: string) => app.request(`${path}/fixture`, { method: 'POST', headers: { ...local, 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ _csrf: token, note: 'good' }).toString() });
  expect((await send('wrong')).status).toBe(409);
  expect(await fixtureNames(join(dir, 'fixtures'))).toEqual([]);
  expect((await send(csrf)).status).toBe(303);
  const [name = ''] = await fixtureNames(join(dir, 'fixtures'));
  const read = await readFixture(join(dir, 'fixtures'), name);
  if (!read.ok) throw read.fault;
  const { fixture, bytes } = read.value;
  expect(fixture).toMatchObject({ note: 'good', savedBy: 'local' });
  const found = pageVerdict(readPage(bytes, fixture.options));
  expect(verdictDifferences(fixture.expected, found)).toEqual([]);
  expect(verdictDifferences({ ...fixture.expected, headline: 'Other' }, found)).toEqual([expect.stringMatching(/^headline: "Other" expected/)]);
  const file = join(dir, 'fixtures', name, 'verdict.json');
  await writeFile(file, (await readFile(file, 'utf8')).slice(1));
  expect(await readFixture(join(dir, 'fixtures'), name)).toMatchObject({ ok: false, fault: { code: 'fixture-broken' } });
});

test('a program sees the same, as the document says, and keeps it as a fixture', async () => {
  const response = await app.request(`/api/v1${path}/page`, { headers: local });
  const body = (await response.json()) as { blocks: { text: string; dateline: string | null }[]; stories: unknown[] };
  expect(wrongByDocument('get', '/stories/:id/page', 200, body)).toEqual([]);
  const { article, split } = readPage(PAGE, options);
  expect([body.blocks.length, body.stories.length]).toEqual([article.blocks.length + article.furniture.length, split.stories.length]);
  expect(body.blocks.find(({ dateline }) => dateline !== null)?.text).toContain('GENEVA');
  const keep = (at: string) => app.request(`/api/v1${at}/fixture`, { method: 'POST', headers: { ...local, 'content-type': 'application/json' }, body: JSON.stringify({ note: 'by a program' }) });
  const saved = await keep(path);
  const kept = (await saved.json()) as { name: string };
  expect(saved.status).toBe(201);
  expect(wrongByDocument('post', '/stories/:id/fixture', 201, kept)).toEqual([]);
  expect(await readFixture(join(dir, 'fixtures'), kept.name)).toMatchObject({ ok: true, value: { fixture: { note: 'by a program', savedBy: 'local' } } });
  expect((await keep('/stories/none')).status).toBeGreaterThanOrEqual(400);
});

test('a story under embargo has no page for programs', async () => {
  await put({ name: 'held', embargoedUntil: '2999-01-01T00:00:00Z' });
  expect(await (await app.request(`/api/v1/stories/${idOf('held')}/page`, { headers: local })).json()).toMatchObject({ code: 'no-such-story' });
});
