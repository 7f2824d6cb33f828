import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { sourceLanguages, verify } from '../../src/ledger/index.js';
import { storyRecordSchema } from '../../src/story/index.js';
import { useRedis } from '../redis.js';
import { linesIn } from '../sink/folder.js';
import { serve } from './service.js';

const { url, prefix } = useRedis();
vi.setConfig({ testTimeout: 120_000 });

test('the sample wire goes from feed to records, and the books balance', async () => {
  const service = await serve(url, prefix, [{ id: 'sample', url: 'sample:' }]);
  const { redis, keys } = service;
  await expect.poll(async () => (await verify(redis, keys)).books.get('sample'), { timeout: 60_000 })
    .toMatchObject({ seen: 12, delivered: 12, inFlight: 0, rejected: {}, quarantined: {}, balanced: true });
  expect((await verify(redis, keys)).imbalances).toEqual([]);
  const records = (await linesIn(join(service.dir, 'stories'))).map((line) => storyRecordSchema.parse(JSON.parse(line)));
  expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
  expect(records.length).toBeGreaterThan(12);
  expect(new Set(records.map(({ language }) => language.tag)).size).toBeGreaterThanOrEqual(8);
  expect(await redis.xlen(`${prefix}:stories`)).toBe(records.length);
  // Told by the texts themselves, so the pages' own words decide: each of the twelve is counted once.
  const { pages } = await sourceLanguages(redis, keys, 'sample');
  expect(Object.values(pages).reduce((sum, count) => sum + count, 0)).toBe(12);
  expect(Object.keys(pages).length).toBeGreaterThanOrEqual(8);
  expect(await redis.zcard(keys.owed)).toBe(0);
  expect(await redis.mget(keys.storeBytes, keys.storeCount)).toEqual(['0', '0']);
});
