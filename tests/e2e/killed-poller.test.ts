import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DueSet, redisKeys } from '../../src/queue/index.js';
import { body } from '../http-replies.js';
import { startHttpServer } from '../http-server.js';
import { useRedis } from '../redis.js';
import { startRedisRelay } from '../redis-relay.js';
import { Fleet } from './processes.js';

const { redis, endpoint, url, prefix } = useRedis();
const ends: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

test('a poller killed between its claim and its jobs holds its sources up for seconds', { timeout: 120_000 }, async () => {
  const keys = redisKeys(prefix);
  const dir = await mkdtemp(join(tmpdir(), 'dl-poller-'));
  ends.push(() => rm(dir, { recursive: true, force: true }));
  const server = await startHttpServer({ '/feed': body('<rss version="2.0"><channel><title>Wire</title></channel></rss>', { 'content-type': 'application/rss+xml' }) });
  ends.push(() => server.close());
  const relay = await startRedisRelay(endpoint);
  ends.push(() => relay.close());
  const sources = [{ id: 'wire', url: server.url('/feed'), allowPrivate: true }];
  const fleetAt = async (name: string, redisUrl: string): Promise<Fleet> => {
    const fleet = await Fleet.prepare(join(dir, name), { dataDir: join(dir, name, 'data'), redis: { url: redisUrl, prefix } }, sources);
    ends.push(() => fleet.stop());
    return fleet;
  };
  const first = await fleetAt('first', relay.url);
  const second = await fleetAt('second', url);

  // Redis knows the script already, so that the first call of it is the claim, not a question for its text.
  await new DueSet(redis, redisKeys(`${prefix}:other`)).claim({ limit: 1, leaseMs: 1, tickMs: 0 });
  // The only command that names the tick is the claim: it is done in Redis, and the poller never hears what it got.
  const claimed = relay.silentAfter(keys.tick);
  const doomed = first.start('poll');
  await claimed;
  await doomed.kill();
  const [seconds] = await redis.time();
  expect(await redis.zscore(keys.due, 'wire')).toBeNull();
  expect(Number(await redis.zscore(keys.leased, 'wire')) - Number(seconds) * 1_000).toBeLessThan(12_000);
  expect(server.count('/feed')).toBe(0);

  // The next one need not wait for the five minutes that a poll may take.
  second.start('poll');
  await expect.poll(() => server.count('/feed'), { timeout: 60_000 }).toBe(1);
  await expect.poll(() => redis.zscore(keys.due, 'wire'), { timeout: 20_000 }).not.toBeNull();
  expect(server.count('/feed')).toBe(1);
});
