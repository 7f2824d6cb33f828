import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { auditOf } from '../../bench/faults/audit.js';
import { TOLD_ONCE } from '../../bench/faults/world.js';
import { verify } from '../../src/ledger/index.js';
import { redisKeys } from '../../src/queue/index.js';
import { connectRedis } from '../../src/redis/index.js';
import { startOwnServer } from '../redis.js';
import { linesIn } from '../sink/folder.js';
import { Fleet } from './processes.js';
import { startWorld } from './world.js';

const ends: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

test('through kill -9 of workers and of Redis every story comes out exactly once, and the books balance', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'dl-e2e-'));
  ends.push(() => rm(dir, { recursive: true, force: true }));
  const server = await startOwnServer();
  ends.push(() => server.stop());
  const world = await startWorld();
  ends.push(() => world.close());
  const { origin } = world.server;
  const source = (id: string) => ({ id, url: `${origin}/${id}.xml`, allowPrivate: true, interval: '1s' });
  const fleet = await Fleet.prepare(dir, {
    dataDir: join(dir, 'data'), redis: { url: server.url, prefix: 'e2e' }, log: { level: 'debug', format: 'json' },
    politeness: { minDelay: '0ms' }, fetch: { maxPageSize: '1MB' }, article: { concurrency: 4, threads: 1 },
    lock: { duration: '3s', stalledInterval: '2s' }, retries: { backoff: '200ms', attempts: 8 },
  }, ['feed', 'broken', 'html'].map(source));
  ends.push(() => fleet.stop());
  const redis = connectRedis(server.endpoint, 'producer');
  ends.push(() => Promise.resolve(redis.disconnect()));
  const keys = redisKeys('e2e');

  world.publish(60);
  const poller = fleet.start('poll');
  const readers = [fleet.start('article'), fleet.start('article')];
  const deliverer = fleet.start('deliver');

  // Mid-flight: pages are being fetched, read and written when each of these dies.
  await expect.poll(() => world.asked(), { timeout: 90_000, interval: 10 }).toBeGreaterThan(10);
  await readers[0]?.kill();
  await expect.poll(() => linesIn(join(dir, 'data', 'stories')).then((lines) => lines.length, () => 0), { timeout: 90_000, interval: 10 }).toBeGreaterThan(5);
  await deliverer.kill();
  fleet.start('deliver');
  await expect.poll(() => world.asked(), { timeout: 90_000, interval: 10 }).toBeGreaterThan(35);
  server.kill();
  fleet.start('article');
  await sleep(500);
  world.publish(40);
  await expect.poll(() => world.asked(), { timeout: 90_000, interval: 10 }).toBeGreaterThan(70);
  await poller.kill();
  await readers[1]?.kill();
  world.publish(10);
  fleet.start('poll,article,deliver');

  const totals = async () => {
    const { books } = await verify(redis, keys);
    return [...books.values()].reduce((sum, { seen, delivered, inFlight }) => ({ seen: sum.seen + seen, delivered: sum.delivered + delivered, inFlight: sum.inFlight + inFlight }), { seen: 0, delivered: 0, inFlight: 0 });
  };
  const bad = ['gone', 'empty', 'endless', 'missing', 'the item that the broken feed cuts off'].length;
  await expect.poll(totals, { timeout: 120_000, interval: 500 }).toEqual({ seen: world.published.size + bad, delivered: world.published.size, inFlight: 0 });
  const verdict = await verify(redis, keys);
  expect(verdict.imbalances).toEqual([]);
  expect(verdict.books.get('feed')).toMatchObject({ quarantined: {}, rejected: { 'http-404': 1, 'http-410': 1, 'too-large': 1, empty: 1 } });
  expect(verdict.books.get('broken')).toMatchObject({ delivered: 2, rejected: { 'no-link': 1 } });
  expect(verdict.books.get('html')).toBeUndefined();
  expect(await redis.hget(keys.source('html'), 'trouble')).toMatch(/html/);
  const told = new Map([...world.published].map((url) => [url, TOLD_ONCE]));
  const clean = { stale: [], lost: [], doubled: [], foreign: [], torn: 0 };
  expect(auditOf(await linesIn(join(dir, 'data', 'stories'))).against(told)).toMatchObject(clean);
  const stream = (await redis.xrange('e2e:stories', '-', '+')).map(([, fields]) => fields[5] ?? '');
  expect(auditOf(stream).against(told)).toMatchObject(clean);
  expect(await redis.mget(keys.storeBytes, keys.storeCount)).toEqual(['0', '0']);
}, 400_000);
