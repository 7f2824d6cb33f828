import { afterAll, expect, test } from 'vitest';
import { settingsOf } from '../../src/config/index.js';
import { giveUp, retryLater } from '../../src/fault.js';
import { done, endedBy, later, openQueues, openWorker, owedArticle, type ArticlePayload, type JobContext, type JobEnd } from '../../src/queue/index.js';
import { useRedis } from '../redis.js';

const { redis, prefix } = useRedis();
const settings = settingsOf({ redis: { prefix }, retries: { attempts: 3, backoff: '10ms', jitter: 0 } });
const queues = openQueues(redis, settings, ['ndjson'], () => undefined);
const open: { close(): Promise<void> }[] = [queues];
afterAll(async () => {
  for (const one of open.reverse()) await one.close();
});

const runs: { item: string; attempt: number }[] = [];
const quarantined: { item: string; code: string; attempts: number }[] = [];
const script = new Map<string, (context: JobContext) => Promise<JobEnd>>();
open.push(openWorker('article', redis, settings, {
  concurrency: 5,
  handle: (payload, context) => {
    runs.push({ item: payload.item, attempt: context.attempt });
    return script.get(payload.item)?.(context) ?? Promise.resolve(done);
  },
  quarantine: (payload, fault, attempts) => Promise.resolve(void quarantined.push({ item: payload.item, code: fault.code, attempts })),
  onError: () => undefined,
}));

const ref = (item: string): ArticlePayload => ({ source: 'wire', item, revision: 1 });
const add = (item: string): Promise<void> => queues.addOwed([{ queue: 'article', payload: ref(item) }]);
const runsOf = (item: string): number => runs.filter((run) => run.item === item).length;

test('a job added twice is there once', async () => {
  await queues.article.pause();
  await add('added-twice');
  await add('added-twice');
  await queues.article.resume();
  await expect.poll(() => runsOf('added-twice')).toBe(1);
  await expect.poll(() => queues.stateOf(owedArticle(ref('added-twice')))).toBe('unknown');
  expect(runsOf('added-twice')).toBe(1);
});

test('a fault to retry is retried, then goes to quarantine once', async () => {
  script.set('always-busy', () => Promise.resolve(endedBy(retryLater({ code: 'http-503', message: 'busy' }))));
  await add('always-busy');
  await expect.poll(() => quarantined.filter(({ item }) => item === 'always-busy'), { timeout: 10_000 })
    .toEqual([{ item: 'always-busy', code: 'http-503', attempts: 3 }]);
  expect(runs.filter(({ item }) => item === 'always-busy').map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  await expect.poll(() => queues.stateOf(owedArticle(ref('always-busy')))).toBe('failed');
});

test('a thrown error is retried, a fault to give up on is not', async () => {
  script.set('throws-once', ({ attempt }) => (attempt === 1 ? Promise.reject(new Error('bad luck')) : Promise.resolve(done)));
  script.set('gives-up', () => Promise.resolve(endedBy(giveUp({ code: 'refused', message: 'no' }))));
  await add('throws-once');
  await add('gives-up');
  await expect.poll(() => [runsOf('throws-once'), runsOf('gives-up')], { timeout: 10_000 }).toEqual([2, 1]);
  await expect.poll(() => quarantined.some(({ item }) => item === 'gives-up')).toBe(true);
});

test('a job told to come later does so without losing an attempt', async () => {
  let closed = 4;
  script.set('gate-closed', ({ attempt }) => {
    expect(attempt).toBe(1);
    closed -= 1;
    return Promise.resolve(closed > 0 ? later(5) : done);
  });
  await add('gate-closed');
  await expect.poll(() => runsOf('gate-closed'), { timeout: 10_000 }).toBe(4);
});

test('a failed job can be forgotten, so that it can be added again', async () => {
  script.set('failed-once', () => Promise.resolve(endedBy(giveUp({ code: 'refused', message: 'no' }))));
  await add('failed-once');
  await expect.poll(() => queues.stateOf(owedArticle(ref('failed-once')))).toBe('failed');
  await queues.forget(owedArticle(ref('failed-once')));
  script.delete('failed-once');
  await add('failed-once');
  await expect.poll(() => runsOf('failed-once')).toBe(2);
});

test('a job that carries more than ids is refused at the door', async () => {
  await expect(queues.article.add('article', { ...ref('too-large'), html: 'x'.repeat(1_000) })).rejects.toThrow(/size|limit/i);
  const before = runs.length;
  await queues.article.add('article', { source: 'wire' });
  await expect.poll(() => queues.article.getFailedCount(), { timeout: 10_000 }).toBeGreaterThan(2);
  expect(runs.length).toBe(before);
});

test('a job whose payload is none goes to quarantine at once, by the item that its id names', async () => {
  const before = runs.length;
  const owed = owedArticle(ref('no-payload'));
  await queues.article.add('article', { source: 'wire', item: 7 }, { jobId: owed });
  await expect.poll(() => quarantined.filter(({ item }) => item === 'no-payload')).toEqual([{ item: 'no-payload', code: 'payload-invalid', attempts: 1 }]);
  await expect.poll(() => queues.stateOf(owed)).toBe('failed');
  expect(runs.length).toBe(before);
});

test('a job that a clock running ahead put off is brought forward, one that waits as it was told is not', async () => {
  const id = (item: string): string => owedArticle(ref(item));
  await queues.article.add('article', ref('told-to-wait'), { jobId: id('told-to-wait'), delay: 3_600_000 });
  await queues.article.add('article', ref('put-off-by-clock'), { jobId: id('put-off-by-clock'), delay: 5_000, timestamp: Date.now() + 3_600_000 });
  expect(await queues.promoteMisdated(id('told-to-wait'))).toBe(false);
  expect(await queues.stateOf(id('put-off-by-clock'))).toBe('delayed');
  expect(await queues.promoteMisdated(id('put-off-by-clock'))).toBe(true);
  await expect.poll(() => runsOf('put-off-by-clock')).toBe(1);
  expect(runsOf('told-to-wait')).toBe(0);
});
