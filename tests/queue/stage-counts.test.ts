import { expect, test } from 'vitest';
import { giveUp } from '../../src/fault.js';
import { done, endedBy, later, redisKeys, StageCounter, stageTotals } from '../../src/queue/index.js';
import { useRedis } from '../redis.js';

const { redis, prefix } = useRedis();
const keys = redisKeys(prefix);
const failedBy = (code: string) => endedBy(giveUp({ code, message: 'no' }));

test('runs of several processes are counted together, with their time and the share that failed', async () => {
  const [one, other] = [new StageCounter(redis, keys), new StageCounter(redis, keys)];
  one.ended('article', done, 400);
  one.ended('article', failedBy('http-503'), 100);
  other.ended('article', done, 500);
  other.ended('article', done, 1_000);
  // Put back is neither well nor failed.
  other.ended('article', later(5), 1);
  other.ended('poll', done, 10);
  await Promise.all([one.write(), other.write()]);
  await one.write();
  const { counts, seconds, failing } = await stageTotals(redis, keys);
  expect(counts.map(({ stage, outcome, reason, runs }) => `${stage} ${outcome} ${reason} ${runs}`).sort()).toEqual([
    'article done  3', 'article failed http-503 1', 'article later  1', 'poll done  1',
  ]);
  expect(seconds.get('article')).toBeCloseTo(2.001, 3);
  expect(Object.fromEntries(failing)).toEqual({ article: 0.25, poll: 0 });
});

test('what failed an hour ago is in the totals and not in the share of late', async () => {
  const { counts, failing } = await stageTotals(redis, keys, Date.now() + 3_600_000);
  expect(counts.length).toBeGreaterThan(0);
  expect([...failing]).toEqual([]);
});

test('whatever a fault is called, the reasons stay few and harmless', async () => {
  const counter = new StageCounter(redis, keys);
  for (let at = 0; at < 500; at += 1) counter.ended('deliver', failedBy(`sink-http-${at}`), 1);
  counter.ended('deliver', failedBy('https://news.example/?token=abc'), 1);
  counter.ended('deliver', failedBy('x:y:z'), 1);
  await counter.write();
  const delivered = (await stageTotals(redis, keys)).counts.filter(({ stage }) => stage === 'deliver');
  expect(delivered).toHaveLength(101);
  expect(delivered.find(({ reason }) => reason === 'other')?.runs).toBe(402);
  expect(delivered.reduce((sum, { runs }) => sum + runs, 0)).toBe(502);
});
