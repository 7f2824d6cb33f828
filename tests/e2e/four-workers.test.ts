import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { books } from '../../src/ledger/index.js';
import { redisKeys } from '../../src/queue/index.js';
import { body } from '../http-replies.js';
import { startHttpServer } from '../http-server.js';
import { useRedis } from '../redis.js';
import { Fleet } from './processes.js';
import { pageHtml } from './world.js';

const { redis, url, prefix } = useRedis();
const ends: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});
const DELAY_MS = 300;
const PAGES = 20;

test('four processes of the service ask one host as one guest: feed, robots.txt and pages at its pace, each once', { timeout: 150_000 }, async () => {
  const dir = await mkdtemp(join(tmpdir(), 'dl-four-'));
  ends.push(() => rm(dir, { recursive: true, force: true }));
  const server = await startHttpServer({ '/robots.txt': body('') });
  ends.push(() => server.close());
  const paths = Array.from({ length: PAGES }, (_, at) => `/${at}.html`);
  for (const [at, path] of paths.entries()) server.route(path, body(pageHtml(at)));
  // Two sources list the same pages.
  const feed = body(`<rss version="2.0"><channel><title>Wire</title>${paths.map((path) => `<item><title>Note ${path}</title><link>${server.url(path)}</link></item>`).join('')}</channel></rss>`);
  for (const path of ['/one', '/two']) server.route(path, feed);
  const fleet = await Fleet.prepare(dir, {
    dataDir: join(dir, 'data'), redis: { url, prefix }, politeness: { minDelay: `${DELAY_MS}ms` }, article: { threads: 1 },
  }, ['one', 'two'].map((id) => ({ id, url: server.url(`/${id}`), allowPrivate: true, interval: '1h' })));
  ends.push(() => fleet.stop());
  for (let started = 0; started < 4; started += 1) fleet.start(started === 0 ? 'poll,article,deliver' : 'poll,article');
  await expect.poll(async () => [...(await books(redis, redisKeys(prefix))).values()].map(({ seen, inFlight }) => [seen, inFlight]), { timeout: 120_000, interval: 200 })
    .toEqual([[PAGES, 0], [PAGES, 0]]);

  const asked = server.seen.map(({ path }) => path);
  expect(asked.toSorted()).toEqual(['/robots.txt', '/one', '/two', ...paths].toSorted());
  const times = server.seen.map(({ at }) => at);
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  // A process that is put to sleep on its way from the gate to the host makes one gap longer and the next one shorter; together they hold.
  expect(span).toBeGreaterThan(0.95 * DELAY_MS * (times.length - 1));
});
