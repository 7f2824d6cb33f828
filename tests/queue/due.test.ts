import { expect, test } from 'vitest';
import { DueSet, redisKeys } from '../../src/queue/index.js';
import { useRedis } from '../redis.js';

const { redis, prefix } = useRedis();
let sets = 0;
const dueSet = (): DueSet => new DueSet(redis, redisKeys(`${prefix}-${(sets += 1)}`));
const now = { limit: 100, leaseMs: 60_000, tickMs: 0 };

test('new sources are due at once, and a claimed one is not given twice', async () => {
  const due = dueSet();
  await due.sync(['sana-ar', 'tass']);
  expect((await due.claim(now)).sort()).toEqual(['sana-ar', 'tass']);
  expect(await due.claim(now)).toEqual([]);
});

test('a rescheduled source comes back when its time has come', async () => {
  const due = dueSet();
  await due.sync(['one', 'two']);
  await due.claim(now);
  await due.reschedule('one', 60_000);
  await due.reschedule('two', 0);
  expect(await due.claim(now)).toEqual(['two']);
  expect([...(await due.times()).keys()]).toEqual(['one']);
});

test('the source of a poller that died comes back when its lease has lapsed', async () => {
  const due = dueSet();
  await due.sync(['one']);
  expect(await due.claim({ ...now, leaseMs: 0 })).toEqual(['one']);
  expect(await due.claim(now)).toEqual(['one']);
});

test('one process makes the tick, however many try', async () => {
  const due = dueSet();
  await due.sync(['one', 'two', 'three']);
  const claims = await Promise.all([1, 2, 3].map(() => due.claim({ limit: 1, leaseMs: 60_000, tickMs: 5_000 })));
  expect(claims.flat()).toHaveLength(1);
});

test('a sync forgets what is gone and leaves the others their time', async () => {
  const due = dueSet();
  await due.sync(['stays', 'goes', 'leased']);
  await due.claim(now);
  await due.reschedule('stays', 60_000);
  await due.reschedule('goes', 60_000);
  await due.sync(['stays', 'leased', 'comes']);
  expect([...(await due.times()).keys()].sort()).toEqual(['comes', 'stays']);
  expect(await due.claim(now)).toEqual(['comes']);
});

test('a source that waits can be hastened; one that is polled, unknown or due sooner is left alone', async () => {
  const due = dueSet();
  await due.sync(['waits', 'polled', 'sooner']);
  await due.claim(now);
  await due.reschedule('waits', 3_600_000);
  await due.reschedule('sooner', 1_000);
  expect(await due.hasten('waits', 0)).toBe(true);
  expect(await due.hasten('sooner', 60_000)).toBe(false);
  expect(await due.hasten('polled', 0)).toBe(false);
  expect(await due.hasten('unknown', 0)).toBe(false);
  expect(await due.claim(now)).toEqual(['waits']);
  expect([...(await due.times()).keys()]).toEqual(['sooner']);
});

test('a claim lasts as long as it is renewed, and one that is given back is renewed no more', async () => {
  const due = dueSet();
  await due.sync(['works', 'died', 'rests']);
  await due.claim({ ...now, leaseMs: 0 });
  await due.giveBack('rests', 60_000);
  expect(await due.renew(['works', 'rests', 'unknown'], 60_000)).toBe(1);
  expect(await due.claim(now)).toEqual(['died']);
  expect([...(await due.times()).keys()]).toEqual(['rests']);
});

test('a time that somebody set while a source was polled outlasts the poll; one that was taken out does not come back', async () => {
  const due = dueSet();
  await due.sync(['parked', 'polled', 'gone']);
  await due.claim(now);
  await due.reschedule('parked', 3_600_000);
  await due.sync(['parked', 'polled']);
  expect([await due.giveBack('parked', 0), await due.giveBack('polled', 60_000), await due.giveBack('gone', 0)]).toEqual([false, true, false]);
  const times = await due.times();
  expect([...times.keys()].sort()).toEqual(['parked', 'polled']);
  expect(times.get('parked') ?? 0).toBeGreaterThan(Date.now() + 3_000_000);
});
