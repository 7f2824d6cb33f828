import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { verify } from '../../src/ledger/index.js';
import { redisKeys } from '../../src/queue/index.js';
import { useRedis } from '../redis.js';
import { linesIn } from '../sink/folder.js';
import { Fleet } from './processes.js';

const { redis, url, prefix } = useRedis();
vi.setConfig({ testTimeout: 180_000 });
const ends: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

test('Ctrl-C ends the process cleanly within ten seconds, and the next start does nothing twice', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'dl-ctrl-c-'));
  ends.push(() => rm(dir, { recursive: true, force: true }));
  const fleet = await Fleet.prepare(dir, { dataDir: join(dir, 'data'), redis: { url, prefix } }, [{ id: 'sample', url: 'sample:', interval: '1s' }]);
  ends.push(() => fleet.stop());
  const keys = redisKeys(prefix);
  const delivered = async () => (await verify(redis, keys)).books.get('sample');
  const lines = () => linesIn(join(dir, 'data', 'stories')).catch(() => []);

  const first = fleet.start('poll,article,deliver');
  // In the middle of its work.
  await expect.poll(async () => (await lines()).length, { timeout: 90_000, interval: 20 }).toBeGreaterThan(0);
  const ended = await first.interrupt();
  expect(ended.code).toBe(0);
  expect(ended.ms).toBeLessThan(10_000);

  const second = fleet.start('poll,article,deliver');
  await expect.poll(delivered, { timeout: 90_000 }).toMatchObject({ seen: 12, delivered: 12, inFlight: 0, balanced: true });
  expect((await second.interrupt()).code).toBe(0);
  const ids = (await lines()).map((line) => (JSON.parse(line) as { id: string }).id);
  expect(new Set(ids).size).toBe(ids.length);
  expect((await verify(redis, keys)).imbalances).toEqual([]);
});
