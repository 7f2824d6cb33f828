import { afterAll, beforeAll, expect, test } from 'vitest';
import { Worker } from 'bullmq';
import { WorkMonitor } from '../../src/console/index.js';
import { openQueues, redisKeys, type Queues } from '../../src/queue/index.js';
import { settingsOf } from '../../src/config/index.js';
import { useRedis } from '../redis.js';

const store = useRedis();
let queues: Queues;
let clock = 0;

beforeAll(() => {
  queues = openQueues(store.redis, { ...settingsOf(), redis: { prefix: store.prefix } }, ['ndjson'], (_queue, error) => { throw error; });
});
afterAll(() => queues.close());

const monitorOf = (): WorkMonitor => new WorkMonitor({
  redis: store.redis, keys: redisKeys(store.prefix), queues, stuckAfterMs: 60_000, onError: (error) => { throw error; }, now: () => clock,
});
const checkOf = async (monitor: WorkMonitor, name: string) => (await monitor.checks()).find((check) => check.name === name);

test('a queue whose jobs wait while nothing moves has stopped, and is well again when something moves', async () => {
  const monitor = monitorOf();
  await queues.addPolls(['first', 'second']);
  expect(await checkOf(monitor, 'work: poll')).toMatchObject({ ok: true });
  clock += 59_000;
  expect(await checkOf(monitor, 'work: poll')).toMatchObject({ ok: true });
  clock += 2_000;
  const stopped = await checkOf(monitor, 'work: poll');
  expect(stopped?.ok).toBe(false);
  expect(stopped?.detail).toContain('role poll');

  const worker = new Worker('poll', async () => undefined, { connection: store.redis.duplicate({ maxRetriesPerRequest: null }), prefix: `${store.prefix}:q` });
  await new Promise((resolve) => { worker.once('completed', resolve); });
  expect(await checkOf(monitor, 'work: poll')).toMatchObject({ ok: true });
  await worker.close();
});

test('a source long past its time means that nobody polls', async () => {
  const keys = redisKeys(store.prefix);
  const monitor = monitorOf();
  expect(await checkOf(monitor, 'schedule')).toMatchObject({ ok: true });
  await store.redis.zadd(keys.due, clock + 5_000, 'late');
  expect(await checkOf(monitor, 'schedule')).toMatchObject({ ok: true });
  clock += 70_000;
  const late = await checkOf(monitor, 'schedule');
  expect(late?.ok).toBe(false);
  expect(late?.detail).toContain('late should have been polled');
});

test('a delayed job long past its time means that nobody takes it up', async () => {
  const monitor = monitorOf();
  await queues.article.add('article', {}, { delay: 30_000, timestamp: clock });
  expect(await checkOf(monitor, 'work: article')).toMatchObject({ ok: true });
  clock += 30_000 + 59_000;
  expect(await checkOf(monitor, 'work: article')).toMatchObject({ ok: true });
  clock += 2_000;
  const overdue = await checkOf(monitor, 'work: article');
  expect(overdue?.ok).toBe(false);
  expect(overdue?.detail).toContain('should have begun 61 s ago');
});
