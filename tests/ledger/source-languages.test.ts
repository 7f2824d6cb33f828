import { expect, test } from 'vitest';
import { countPageLanguage, sourceLanguages } from '../../src/ledger/index.js';
import { useRedis } from '../redis.js';
import { keysOf } from './items.js';

const own = useRedis();
const { redis } = own;
const keys = keysOf(own);

test('a source without pages has no languages', async () => {
  expect(await sourceLanguages(redis, keys, 'silent')).toEqual({ recent: {}, pages: {}, usual: null, changed: null });
});

test('pages that end at the same time are each counted once', async () => {
  await Promise.all(['fr', 'fr', 'de', 'fr'].map((tag) => countPageLanguage(redis, keys, 'busy', tag)));
  expect((await sourceLanguages(redis, keys, 'busy')).pages).toEqual({ fr: 3, de: 1 });
  expect((await sourceLanguages(redis, keys, 'other')).pages).toEqual({});
});

test('a source that changes its language shows from what to what and when', async () => {
  for (let page = 0; page < 40; page++) await countPageLanguage(redis, keys, 'changing', 'sr-Latn');
  const at = new Date('2026-11-23T12:00:00Z');
  for (let page = 0; page < 40; page++) await countPageLanguage(redis, keys, 'changing', 'hr', at);
  const { usual, changed } = await sourceLanguages(redis, keys, 'changing');
  expect(usual).toBe('hr');
  expect(changed).toEqual({ from: 'sr-Latn', to: 'hr', at: at.toISOString() });
});

test('what cannot be read is counted anew', async () => {
  await redis.set(keys.languages('broken'), '{"recent":');
  await countPageLanguage(redis, keys, 'broken', 'ja');
  expect((await sourceLanguages(redis, keys, 'broken')).pages).toEqual({ ja: 1 });
});
