import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import type { SettingsInput, SourceInput } from '../../src/config/index.js';
import { books, verify } from '../../src/ledger/index.js';
import { pageHtml } from '../e2e/world.js';
import { body, redirect, silent } from '../http-replies.js';
import { startHttpServer } from '../http-server.js';
import { useRedis } from '../redis.js';
import { linesIn } from '../sink/folder.js';
import { serve, type TestService } from './service.js';

const { url, prefix } = useRedis();
const web = await startHttpServer();
afterAll(() => web.close());

let feeds = 0;
/** A feed of pages on loopback; a path without a route of its own gets a page. */
function wire(paths: readonly string[]): SourceInput {
  feeds += 1;
  const items = paths.map((path, at) => {
    web.route(path, body(pageHtml(feeds * 100 + at)));
    return `<item><title>Note at ${path}</title><link>${web.url(path)}</link></item>`;
  });
  const id = `wire-${feeds}`;
  web.route(`/${id}.xml`, body(`<rss version="2.0"><channel><title>${id}</title>${items.join('')}</channel></rss>`, { 'content-type': 'application/rss+xml' }));
  return { id, url: web.url(`/${id}.xml`), allowPrivate: true, interval: '1s' };
}

const started = (name: string, sources: readonly SourceInput[], settings: SettingsInput = {}, dir?: string): Promise<TestService> =>
  serve(url, `${prefix}-${name}`, sources, settings, dir);
const booksOf = async ({ redis, keys }: TestService, id: string) => (await books(redis, keys)).get(id);
const linesOf = ({ dir }: TestService): Promise<string[]> => linesIn(join(dir, 'stories')).catch(() => []);
vi.setConfig({ testTimeout: 120_000 });
const wait = { timeout: 60_000, interval: 50 };

test('a second start goes on where the first stopped: nothing twice, nothing lost', async () => {
  const source = wire(['/a1.html', '/a2.html']);
  const first = await started('twice', [source]);
  await expect.poll(() => booksOf(first, source.id), wait).toMatchObject({ seen: 2, delivered: 2 });
  expect(await first.stop()).toEqual({ clean: true });
  const lines = await linesOf(first);
  const second = await started('twice', [source], {}, first.dir);
  await expect.poll(() => second.told.filter(({ event }) => event === 'polled').length, wait).toBeGreaterThan(1);
  expect(await booksOf(second, source.id)).toMatchObject({ seen: 2, delivered: 2, inFlight: 0, balanced: true });
  expect(await linesOf(second)).toEqual(lines);
  expect(web.count('/a1.html')).toBe(1);
});

test('a changed sources file is taken up without a restart', async () => {
  const [first, second] = [wire(['/b1.html']), wire(['/b2.html'])];
  const service = await started('reload', [first]);
  await expect.poll(() => booksOf(service, first.id), wait).toMatchObject({ delivered: 1 });
  await service.writeSources([second]);
  await expect.poll(() => booksOf(service, second.id), wait).toMatchObject({ delivered: 1 });
  await expect.poll(async () => [...(await service.due.times()).keys()], wait).toEqual([second.id]);
});

test('the same story from two sources is delivered once, the second is a duplicate', async () => {
  const [first, second] = [wire(['/c1.html']), wire(['/c2.html'])];
  web.route('/c2.html', body(pageHtml((feeds - 1) * 100)));
  const service = await started('duplicate', [first]);
  await expect.poll(() => booksOf(service, first.id), wait).toMatchObject({ delivered: 1 });
  await service.writeSources([first, second, { ...wire([]), id: 'same-address', url: first.url }]);
  await expect.poll(() => booksOf(service, second.id), wait).toMatchObject({ seen: 1, duplicate: 1, inFlight: 0 });
  await expect.poll(() => booksOf(service, 'same-address'), wait).toMatchObject({ seen: 1, duplicate: 1, inFlight: 0 });
  expect(await linesOf(service)).toHaveLength(1);
  expect(web.count('/c1.html')).toBe(1);
});

test('pages that robots.txt keeps for itself are not asked for', async () => {
  const source = wire(['/closed/d1.html', '/d2.html']);
  web.route('/robots.txt', body('User-agent: *\nDisallow: /closed/\n', { 'content-type': 'text/plain' }));
  const service = await started('robots', [source]);
  await expect.poll(() => booksOf(service, source.id), wait).toMatchObject({ delivered: 1, rejected: { robots: 1 }, inFlight: 0 });
  expect(web.count('/closed/d1.html')).toBe(0);
});

test('a source that cannot be had is told with its reason and asked again; the others go on', async () => {
  const good = wire(['/e1.html']);
  const bad = { id: 'unreachable', url: 'http://127.0.0.1:9/feed.xml', allowPrivate: true, interval: '1s' };
  const html = { id: 'page-not-feed', url: web.url('/e1.html'), allowPrivate: true, interval: '1s' };
  const closed = { id: 'private', url: web.url('/e1.html'), interval: '1s' };
  web.route('/loop.xml', redirect('/loop.xml'));
  const loop = { id: 'loop', url: web.url('/loop.xml'), allowPrivate: true, interval: '1s' };
  const service = await started('trouble', [good, bad, html, closed, loop]);
  await expect.poll(() => booksOf(service, good.id), wait).toMatchObject({ delivered: 1 });
  await expect.poll(() => new Set(service.told.flatMap((told) => (told.event === 'source-trouble' ? [told.fields.source] : []))), wait)
    .toEqual(new Set(['unreachable', 'page-not-feed', 'private', 'loop']));
  expect(service.told.filter(({ event }) => event === 'trouble')).toEqual([]);
});

test('when too much waits for the sinks intake stops, delivery goes on, and then intake goes on too', async () => {
  const source = wire(Array.from({ length: 12 }, (_, at) => `/f${at}.html`));
  const reader = await started('full', [source], { roles: ['poll', 'article'], store: { maxStories: 5 } });
  await expect.poll(() => reader.told.some(({ event }) => event === 'intake-paused'), wait).toBe(true);
  expect(Number(await reader.redis.get(reader.keys.storeCount))).toBe(5);
  expect(await booksOf(reader, source.id)).toMatchObject({ seen: 12, inFlight: 12 });
  await started('full', [source], { roles: ['deliver'] }, reader.dir);
  await expect.poll(() => booksOf(reader, source.id), wait).toMatchObject({ delivered: 12, inFlight: 0, balanced: true });
  await expect.poll(() => reader.told.some(({ event }) => event === 'intake-resumed'), wait).toBe(true);
});

test('a stop does not wait for a host that is silent; what was in hand goes on at the next start', async () => {
  const source = wire(['/g1.html', '/g2.html']);
  web.route('/g1.html', silent);
  const settings: SettingsInput = { shutdownGrace: '1s', lock: { duration: '1s', stalledInterval: '1s' } };
  const first = await started('hang', [source], settings);
  await expect.poll(() => booksOf(first, source.id), wait).toMatchObject({ delivered: 1, inFlight: 1 });
  const before = performance.now();
  expect(await first.stop()).toEqual({ clean: false });
  expect(performance.now() - before).toBeLessThan(10_000);
  web.route('/g1.html', body(pageHtml(9_999)));
  const second = await started('hang', [source], settings, first.dir);
  await expect.poll(() => booksOf(second, source.id), wait).toMatchObject({ delivered: 2, inFlight: 0 });
  expect((await verify(second.redis, second.keys)).imbalances).toEqual([]);
});
