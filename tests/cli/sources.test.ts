import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadSources, settingsOf, type SourceConfig } from '../../src/config/index.js';
import { checkSource } from '../../src/cli/check-source.js';
import { afterFailure, newHistory } from '../../src/poll/index.js';
import { redisKeys } from '../../src/queue/index.js';
import { openFetcher } from '../../src/service/index.js';
import { body, redirect } from '../http-replies.js';
import { startHttpServer, type HttpServer } from '../http-server.js';
import { useRedis } from '../redis.js';
import { dateline } from './dateline.js';

const store = useRedis();
const fetcher = openFetcher(settingsOf());
let config = '';
let server: HttpServer;

beforeAll(async () => {
  server = await startHttpServer({
    '/page': body('<!doctype html><title>News</title><h1>News</h1><p>No feed is here.</p>', { 'content-type': 'text/html' }),
    '/old': redirect('/feed', 301),
    '/feed': (request, response) => response.end(`<rss version="2.0"><channel><title>Wire</title><item><guid>1</guid><title>Bridge reopens</title>
      <link>http://${request.headers.host ?? ''}/story</link><pubDate>${new Date().toUTCString()}</pubDate></item></channel></rss>`),
    '/story': body(`<html lang="en"><body><article><h1>Bridge reopens</h1>${'<p>The old bridge over the river was opened again on Monday after two years of careful work by local masons.</p>'.repeat(4)}</article></body></html>`,
      { 'content-type': 'text/html; charset=utf-8' }),
  });
  config = await mkdtemp(join(tmpdir(), 'dateline-cli-'));
  await writeFile(join(config, 'sources.yaml'), [
    'sources:',
    '  - { id: sample, url: "sample:", name: Sample }',
    '  - { id: closed, url: "http://127.0.0.1:9/feed", enabled: false, allowPrivate: true }',
    `  - { id: page, url: "${server.url('/page')}", enabled: false, allowPrivate: true }`,
    `  - { id: moved, url: "${server.url('/old')}", enabled: false, allowPrivate: true, language: fr }`,
  ].join('\n'));
});
afterAll(async () => {
  await fetcher.close();
  await server.close();
  await rm(config, { recursive: true, force: true });
});

const run = (...args: string[]) => dateline(['--config', config, 'sources', ...args], { env: { DATELINE_REDIS_URL: store.url, DATELINE_REDIS_PREFIX: store.prefix } });
const sourceOf = async (id: string): Promise<SourceConfig> => {
  const loaded = await loadSources(join(config, 'sources.yaml'));
  if (!loaded.ok) throw loaded.fault;
  const source = loaded.value.sources.find((entry) => entry.id === id);
  if (source === undefined) throw new Error(`no source ${id}`);
  return source;
};

test('list shows every source, on or off, with its books', async () => {
  const { code, stdout } = await run('list');
  expect(code).toBe(0);
  expect(stdout).toMatch(/sample +on/);
  expect(stdout).toMatch(/closed +off/);
  expect((await run('list', '--enabled')).stdout).not.toContain('closed');
});

test('list says how each source stands, since when and why; of one that is off nothing is expected', async () => {
  const now = Date.parse('2026-03-01T10:00:00Z');
  const failing = (url: string): string => {
    const fault = { code: 'http-500', message: 'the host answers 500' };
    const rules = { minMs: 1_000, maxMs: 60_000, startMs: 1_000 };
    return JSON.stringify(afterFailure(afterFailure(newHistory(url, now), fault, rules, now, 0).history, fault, rules, now + 60_000, 0).history);
  };
  const keys = redisKeys(store.prefix);
  await store.redis.hset(keys.source('sample'), { history: failing('sample:') });
  await store.redis.hset(keys.source('closed'), { history: failing('http://127.0.0.1:9/feed') });
  const { stdout } = await run('list');
  expect(stdout).toMatch(/sample +on +failing +2026-03-01T10:00:00\.000Z +it has never answered well; the last of 2 tries: the host answers 500/);
  expect(stdout).toMatch(/closed +off +0/);
});

test('wake brings a parked source forward; one that is off or unknown is told', async () => {
  const keys = redisKeys(store.prefix);
  await store.redis.zadd(keys.due, Date.now() + 86_400_000, 'sample');
  expect((await run('wake', 'sample')).stdout).toContain('sample is polled now');
  expect(Number(await store.redis.zscore(keys.due, 'sample'))).toBeLessThanOrEqual(Date.now());
  expect((await run('wake', 'closed')).stderr).toContain('switched off');
  expect((await run('wake', 'nowhere')).stderr).toContain('nowhere');
});

test('check reads the feed and one page of it', async () => {
  const found = await checkSource(await sourceOf('sample'), { fetcher, settings: settingsOf() });
  expect(found).toMatchObject({ id: 'sample', readable: true });
  expect(found.items).toBeGreaterThanOrEqual(8);
  expect(found.page).toMatch(/^\d+ stor(y|ies), \d+ characters$/);
});

test('check --verbose shows items and page before the table', async () => {
  const { code, stdout } = await run('check', 'moved', '--verbose');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^moved\n {2}feed +http.*\/feed “Wire”\n[\s\S]*Bridge reopens[\s\S]*\n {2}page +http.*\/story\n[\s\S]*opened again on Monday[\s\S]*\nsource +items +newest/);
});

test('check says in one line what is wrong, and fails', async () => {
  const { code, stdout } = await run('check', 'closed');
  expect(code).toBe(1);
  expect(stdout.trimEnd().split('\n')).toHaveLength(2);
  expect(stdout).toMatch(/closed +– .*127\.0\.0\.1:9/);
});

test('a page in the place of a feed is told from one', async () => {
  const found = await checkSource(await sourceOf('page'), { fetcher, settings: settingsOf() });
  expect(found).toMatchObject({ readable: false, items: null });
  expect(found.mend).toMatch(/HTML|page/i);
});

test('a feed that moved for good is read where it is now, and the new address is named', async () => {
  const found = await checkSource(await sourceOf('moved'), { fetcher, settings: settingsOf() });
  expect(found).toMatchObject({ readable: true, items: 1, language: 'en' });
  expect(found.mend).toContain(server.url('/feed'));
});

test('a source that is not there is named', async () => {
  const { code, stderr } = await run('check', 'nobody');
  expect(code).toBe(2);
  expect(stderr).toContain('"nobody"');
});
