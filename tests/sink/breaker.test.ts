import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { giveUp, misconfigured, retryLater } from '../../src/fault.js';
import { redisKeys } from '../../src/queue/index.js';
import { Breaker, breakerOf, resumeSink, SINK_BUSY, SINK_GONE, SINK_THROTTLED, type BreakerSettings } from '../../src/sink/index.js';
import { useRedis } from '../redis.js';

const { redis, prefix } = useRedis();
const keys = redisKeys(prefix);
let sinks = 0;

const down = retryLater({ code: 'sink-unreachable', message: 'nobody answers' });

function newSink(change: Partial<BreakerSettings> = {}) {
  sinks += 1;
  const name = `sink-${sinks}`;
  const settings = { failures: 3, waitMs: 150, maxWaitMs: 400, tryMs: 300, ...change };
  const open = (): Breaker => new Breaker(redis, keys, name, settings);
  return { name, breaker: open(), another: open(), view: () => breakerOf(redis, keys, name) };
}

async function fail(breaker: Breaker, times: number): Promise<void> {
  for (let at = 0; at < times; at += 1) await breaker.failed(down);
}

test('it opens after so many failures in a row, for every process, and tells why', async () => {
  const { breaker, another, view } = newSink();
  await fail(breaker, 2);
  expect(await another.admit()).toEqual({ kind: 'go' });
  expect(await breaker.failed(down)).toMatchObject({ before: 'closed', after: 'open', waitMs: 150 });
  expect(await breaker.admit()).toMatchObject({ kind: 'wait' });
  expect(await view()).toMatchObject({ state: 'open', failures: 3, reason: { code: 'sink-unreachable', message: 'nobody answers' } });
});

test('a success in between begins the count anew', async () => {
  const { breaker, view } = newSink();
  await fail(breaker, 2);
  await breaker.well();
  await fail(breaker, 2);
  expect(await view()).toMatchObject({ state: 'closed', failures: 2 });
});

test('after the wait one delivery tries, and only one', async () => {
  const { breaker, another } = newSink();
  await fail(breaker, 3);
  await sleep(170);
  const kinds = (await Promise.all([breaker.admit(), another.admit(), another.admit()])).map(({ kind }) => kind);
  expect(kinds.toSorted()).toEqual(['try', 'wait', 'wait']);
  expect(await breaker.well()).toMatchObject({ before: 'half-open', after: 'closed' });
  expect(await another.admit()).toEqual({ kind: 'go' });
});

test('each try that fails doubles the wait, up to the longest', async () => {
  const { breaker } = newSink();
  await fail(breaker, 3);
  const waits: number[] = [];
  for (let at = 0; at < 3; at += 1) {
    for (let admitted = await breaker.admit(); admitted.kind !== 'try'; admitted = await breaker.admit()) await sleep(20);
    waits.push((await breaker.failed(down)).waitMs);
  }
  expect(waits).toEqual([300, 400, 400]);
});

test('a try whose process died is given to another', async () => {
  const { breaker, another } = newSink();
  await fail(breaker, 3);
  await sleep(170);
  expect(await breaker.admit()).toEqual({ kind: 'try' });
  expect(await another.admit()).toMatchObject({ kind: 'wait' });
  await sleep(320);
  expect(await another.admit()).toEqual({ kind: 'try' });
});

test('a late failure of a delivery that was let through before does not make the wait longer', async () => {
  const { breaker, view } = newSink();
  await fail(breaker, 3);
  const before = (await view()).nextTryAt;
  await fail(breaker, 5);
  expect((await view()).nextTryAt).toBe(before);
});

test('what the other end asks for is waited out, beyond the longest wait', async () => {
  const { breaker } = newSink();
  expect(await breaker.failed(retryLater({ code: SINK_THROTTLED, message: 'too many requests', retryAfterMs: 5_000 }))).toMatchObject({ after: 'open', waitMs: 5_000 });
});

test('what a person must mend opens it at once', async () => {
  const { breaker } = newSink();
  expect(await breaker.failed(misconfigured({ code: 'sink-refused', message: 'wrong password' }))).toMatchObject({ after: 'open' });
});

test('what concerns one delivery only leaves it closed', async () => {
  const { breaker, view } = newSink();
  for (let at = 0; at < 9; at += 1) {
    await breaker.failed(retryLater({ code: SINK_BUSY, message: 'busy' }));
    await breaker.failed(giveUp({ code: 'story-refused', message: 'no such field' }));
  }
  expect((await view()).state).toBe('closed');
});

test('one that is gone stays stopped, whatever is heard later, until a person lets it go on', async () => {
  const { name, breaker, another, view } = newSink();
  expect(await breaker.failed(giveUp({ code: SINK_GONE, message: '410' }))).toMatchObject({ after: 'stopped' });
  await another.well();
  await another.failed(down);
  expect(await another.admit()).toEqual({ kind: 'stopped', message: '410' });
  expect((await view()).state).toBe('stopped');
  await resumeSink(redis, keys, name);
  expect(await another.admit()).toEqual({ kind: 'go' });
});
