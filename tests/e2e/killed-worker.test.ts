import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { redisKeys } from '../../src/queue/index.js';
import { books } from '../../src/ledger/index.js';
import { startHttpServer } from '../http-server.js';
import { useRedis } from '../redis.js';
import { Fleet } from './processes.js';

const { redis, url, prefix } = useRedis();
/** A try has books of its own. */
let tries = 0;
const ends: (() => Promise<unknown>)[] = [];
/** Workers of a queue that Redis knows of, by the names BullMQ gives their connections. */
const workersOf = async (own: string, queue: string): Promise<number> =>
  String(await redis.client('LIST')).split('\n').filter((line) => line.includes(`name=${own}:q:${Buffer.from(queue).toString('base64')}`)).length;
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

test('with the locks as they are by default, the job of a killed worker goes on elsewhere within fifteen seconds', { timeout: 200_000, retry: 2 }, async () => {
  tries += 1;
  const own = `${prefix}-${tries}`;
  const dir = await mkdtemp(join(tmpdir(), 'dl-killed-'));
  ends.push(() => rm(dir, { recursive: true, force: true }));
  let hangs = true;
  const server = await startHttpServer({
    '/feed': (_, response) => response.setHeader('content-type', 'application/rss+xml').end(
      `<rss version="2.0"><channel><title>T</title><item><title>Bridge</title><link>${server.origin}/page</link></item></channel></rss>`,
    ),
    '/page': (_, response) => {
      // The first worker never gets its answer: it holds the job when it dies.
      if (!hangs) response.setHeader('content-type', 'text/html; charset=utf-8').end(
        '<html><body><h1>Bridge opens over the river</h1><p>GENEVA, March 3 (Reuters) - The bridge over the river was opened on Tuesday, officials said.</p></body></html>',
      );
    },
  });
  ends.push(() => server.close());
  const fleet = await Fleet.prepare(dir, { dataDir: join(dir, 'data'), redis: { url, prefix: own }, politeness: { minDelay: '0ms' } },
    [{ id: 'wire', url: `${server.origin}/feed`, allowPrivate: true }]);
  ends.push(() => fleet.stop());

  const first = fleet.start('poll,article,deliver');
  await expect.poll(() => server.count('/page'), { timeout: 60_000, interval: 20 }).toBe(1);
  // Its neighbour is at work before it dies, so that what is measured is the job going on, not a process starting.
  fleet.start('article,deliver');
  await expect.poll(() => workersOf(own, 'article'), { timeout: 60_000, interval: 50 }).toBe(2);
  const killedAt = performance.now();
  await first.kill();
  hangs = false;
  await expect.poll(() => server.count('/page'), { timeout: 60_000, interval: 50 }).toBe(2);
  const again = server.seen.findLast(({ path }) => path === '/page')?.at ?? Infinity;
  expect(again - killedAt).toBeLessThan(15_000);
  await expect.poll(async () => (await books(redis, redisKeys(own))).get('wire'), { timeout: 60_000 })
    .toMatchObject({ seen: 1, delivered: 1, inFlight: 0, balanced: true });
});
