import { expect, test } from 'vitest';
import { owedArticle, owedDelivery, parseOwed, redisKeys, sweepOwed } from '../../src/queue/index.js';
import { useRedis } from '../redis.js';

const { redis, prefix } = useRedis();

test('the name of a job owed says all that the job carries', () => {
  const article = { source: 'sana-ar', item: 'abcd1234', revision: 2 };
  const deliver = { ...article, sink: 'redis-stream' };
  expect(parseOwed(owedArticle(article))).toEqual({ queue: 'article', payload: article });
  expect(parseOwed(owedDelivery(deliver))).toEqual({ queue: 'deliver', payload: deliver });
  expect(['', 'article/x', 'poll/x/abcd1234/1', 'article/x/abcd1234/zero'].map(parseOwed)).toEqual([null, null, null, null]);
});

test('a debt is looked at when its time has come, by one of many, and again later', async () => {
  const keys = redisKeys(prefix);
  await redis.zadd(keys.owed, Date.now() - 1, 'article/sana/overdue1/1', Date.now() + 60_000, 'article/sana/on-time1/1');
  const swept = await Promise.all([sweepOwed(redis, keys, 100), sweepOwed(redis, keys, 100)]);
  expect(swept.flat()).toEqual(['article/sana/overdue1/1']);
  expect(Number(await redis.zscore(keys.owed, 'article/sana/overdue1/1'))).toBeGreaterThan(Date.now() + 30_000);
});
