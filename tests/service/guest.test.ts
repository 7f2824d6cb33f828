import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { sourceState, verify } from '../../src/ledger/index.js';
import { storedHealth } from '../../src/poll/index.js';
import { body, inTurn, redirect, slow, status, withEtag } from '../http-replies.js';
import { startHttpServer, type HttpServer } from '../http-server.js';
import { useRedis } from '../redis.js';
import { serve } from './service.js';

/** The service as the hosts see it: each case is a host of its own, so that no gate stands between two of them. */
const { url: redisUrl, prefix } = useRedis();
const open: HttpServer[] = [];
afterAll(() => Promise.all(open.map((server) => server.close())));
async function host(): Promise<HttpServer> {
  const server = await startHttpServer();
  open.push(server);
  return server;
}

const feed = (links: readonly string[]): string =>
  `<rss version="2.0"><channel><title>Loopback wire</title>${links.map((link, at) => `<item><title>Item ${at}</title><link>${link}</link><guid>${link}</guid></item>`).join('')}</channel></rss>`;
const page = (place: string) =>
  `<html lang="en"><title>Bridge opens in ${place}</title><article><h1>Bridge opens in ${place}</h1>${`<p>The bridge of ${place} was opened to walkers on Sunday after two years of work by the town.</p>`.repeat(3)}</article></html>`;
const source = (id: string, server: HttpServer, path = '/feed') => ({ id, url: server.url(path), allowPrivate: true, interval: '150ms' });
const EMPTY = feed([]);

test('the service is a good guest', async () => {
  const [unchanged, busy, gone, shut, twice, moved, own] = await Promise.all([host(), host(), host(), host(), host(), host(), host()]);
  unchanged.route('/feed', withEtag(EMPTY, '"v1"', { 'last-modified': 'Mon, 23 Nov 2026 10:00:00 GMT' }));
  busy.route('/feed', status(429, { 'retry-after': '3600' }));
  gone.route('/feed', status(410));
  shut.route('/robots.txt', body('User-agent: Dateline\nDisallow: /closed'));
  shut.route('/feed', body(feed([shut.url('/closed/1'), shut.url('/open/1')])));
  shut.route('/open/1', body(page('Aleppo')));
  shut.route('/closed/1', body(page('Homs')));
  twice.route('/feed', body(feed([twice.url('/page?utm_source=one')])));
  twice.route('/other', body(feed([twice.url('/page?utm_source=two')])));
  twice.route('/page', slow({ headMs: 500, chunks: [page('Hama')], type: 'text/html' }));
  moved.route('/feed', redirect('/new', 301));
  moved.route('/new', inTurn(body(EMPTY), status(503, { 'retry-after': '1800' })));
  own.route('/feed', body(EMPTY));

  const sources = [
    source('unchanged', unchanged), source('busy', busy), source('gone', gone), source('shut', shut), source('one', twice), source('two', twice, '/other'),
    source('moved', moved), { ...source('own', own), headers: { 'X-Key': 'key of the source' } },
  ];
  const service = await serve(redisUrl, prefix, sources, { fetch: { userAgent: 'Dateline/1.2', contact: 'https://example.org/bot' } });
  const { redis, keys } = service;
  const state = async (id: string, server: HttpServer) => storedHealth((await sourceState(redis, keys, id)).history, server.url('/feed'), Date.now());

  await expect.poll(() => Math.min(unchanged.count('/feed'), own.count('/feed')), { timeout: 25_000 }).toBeGreaterThan(6);
  await expect.poll(async () => [...(await verify(redis, keys)).books.values()].reduce((sum, { inFlight }) => sum + inFlight, 0), { timeout: 25_000 }).toBe(0);
  await sleep(500);

  // Who asks is told, and where the owner is found.
  for (const server of open) for (const { headers } of server.seen) expect(headers['user-agent']).toBe('Dateline/1.2 (+https://example.org/bot)');
  expect(own.seen.every(({ path, headers }) => (headers['x-key'] === 'key of the source') === (path === '/feed'))).toBe(true);

  // Validators go back as they came; a poll without them is a test of the host, one in fifty.
  const [first, ...later] = unchanged.seen.filter(({ path }) => path === '/feed');
  expect(first?.headers).not.toHaveProperty('if-none-match');
  const conditional = later.filter(({ headers }) => headers['if-none-match'] === '"v1"' && headers['if-modified-since'] === 'Mon, 23 Nov 2026 10:00:00 GMT');
  expect(conditional.length).toBeGreaterThan(later.length / 2);

  // Retry-After is kept, also by a host that had been redirected to.
  expect(busy.count('/feed')).toBe(1);
  expect(await redis.zscore(keys.due, 'busy').then(Number)).toBeGreaterThan(Date.now() + 3_500_000);
  expect(moved.count('/new')).toBe(2);
  expect(await redis.zscore(keys.due, 'moved').then(Number)).toBeGreaterThan(Date.now() + 1_700_000);

  // What is gone is left alone, and said to be.
  expect(gone.count('/feed')).toBe(1);
  expect(await state('gone', gone)).toMatchObject({ state: 'parked' });
  expect(await redis.zscore(keys.due, 'gone').then(Number)).toBeGreaterThan(Date.now() + 29 * 86_400_000);

  // robots.txt is asked once, and kept to.
  expect([shut.count('/robots.txt'), shut.count('/closed/1'), shut.count('/open/1')]).toEqual([1, 0, 1]);
  expect((await verify(redis, keys)).books.get('shut')).toMatchObject({ rejected: { robots: 1 }, delivered: 1 });

  // One address is fetched once, however many sources list it.
  expect(twice.count('/page')).toBe(1);
  expect(await state('own', own)).toMatchObject({ state: 'healthy' });

  // A new address is asked at once, whatever the old one had said.
  gone.route('/risen', body(EMPTY));
  await service.writeSources(sources.map((one) => (one.id === 'gone' ? source('gone', gone, '/risen') : one)));
  await expect.poll(() => gone.count('/risen'), { timeout: 20_000 }).toBeGreaterThan(0);
  expect(gone.count('/feed')).toBe(1);
}, 90_000);
