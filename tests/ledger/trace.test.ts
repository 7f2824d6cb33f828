import { expect, test } from 'vitest';
import { giveUp } from '../../src/fault.js';
import {
  booksSince, delivered, deliveryQuarantined, dropQuarantined, flowHours, renameItems, retryQuarantined, settleQuarantined, settleRejected, stagesInFlight, storiesOf,
  trace, traceAttempts, trimFlow, trimTrace, takeIn,
} from '../../src/ledger/index.js';
import { owedArticle, owedDelivery } from '../../src/queue/index.js';
import { useRedis } from '../redis.js';
import { acceptOne, keysOf, listed, takeOne } from './items.js';

const own = useRedis();
const { redis } = own;
const keys = keysOf(own);
const refusal = giveUp({ code: 'http-403', message: 'The host refuses us.', hint: 'Ask it why.' });

test('a trace tells an item from its listing to its last sink, with every failed attempt', async () => {
  const ref = await takeOne(own, 'life', 'item-one');
  await takeOne(own, 'life', 'item-two');
  await traceAttempts(redis, keys, [{ ...ref, detail: 'article, attempt 1: http-503, busy' }]);
  await acceptOne(own, ref, { sinks: ['ndjson', 'stream'] });
  await delivered(redis, keys, { ...ref, sink: 'ndjson' }, 1);
  await deliveryQuarantined(redis, keys, { ...ref, sink: 'stream' }, refusal, 6);
  const steps = await trace(redis, keys, { id: 'item-one' });
  expect(steps.map(({ step, detail }) => [step, detail])).toEqual([
    ['listed', 'https://wire.example/item-one'],
    ['attempt', 'article, attempt 1: http-503, busy'],
    ['accepted', '[["story-item-one",1]]'],
    ['taken', 'ndjson'],
    ['refused', 'stream=http-403'],
    ['quarantined', 'http-403'],
  ]);
  expect(steps.flatMap(storiesOf)).toEqual([{ id: 'story-item-one', version: 1 }]);
  for (const wanted of [{ id: 'story-item-one' }, { isAddress: (url: string) => url === 'https://wire.example/item-one' }]) {
    expect(await trace(redis, keys, wanted)).toEqual(steps);
    expect(await trace(redis, keys, wanted, 'another')).toEqual([]);
  }
  await retryQuarantined(redis, keys, owedDelivery({ ...ref, sink: 'stream' }));
  expect((await trace(redis, keys, { id: 'item-one' })).at(-1)?.step).toBe('accepted');
});

test('a job that runs twice leaves one step', async () => {
  const ref = await takeOne(own, 'once', 'item-one');
  await settleRejected(redis, keys, ref, 'http-404');
  await settleRejected(redis, keys, ref, 'http-404');
  expect((await trace(redis, keys, { id: 'item-one' }, 'once')).map(({ step }) => step)).toEqual(['listed', 'rejected']);
});

test('an item that got another name is followed under both', async () => {
  const ref = await takeOne(own, 'renames', 'item-one');
  await settleRejected(redis, keys, ref, 'http-404');
  await renameItems(redis, keys, 'renames', [['item-one', 'item-new']]);
  expect((await trace(redis, keys, { id: 'item-new' }, 'renames')).map(({ step }) => step)).toEqual(['listed', 'rejected', 'renamed']);
  expect(await trace(redis, keys, { id: 'item-one' }, 'renames')).toHaveLength(3);
});

test('the trace of a busy source is bounded, and old steps go', async () => {
  for (let batch = 0; batch < 30; batch += 1) {
    await takeIn(redis, keys, 'busy', Array.from({ length: 200 }, (_, at) => listed(`item-${batch}-${at}`)));
  }
  // Redis trims whole nodes of 100 entries.
  expect(await redis.xlen(keys.trace('busy'))).toBeLessThan(4_200);
  expect((await trace(redis, keys, { id: 'item-29-199' }, 'busy')).map(({ step }) => step)).toEqual(['listed']);
  expect(await trimTrace(redis, keys, 'busy', 60_000)).toBe(0);
  await trimTrace(redis, keys, 'busy', 0, Date.now() + 1_000);
  expect(await redis.xlen(keys.trace('busy'))).toBe(0);
});

test('the books of a stretch of time balance by themselves, through retries and drops', async () => {
  const refs = await takeIn(redis, keys, 'flow', ['one', 'two', 'three', 'four'].map((name) => listed(`item-${name}`)));
  const [one, two, three] = refs;
  if (one === undefined || two === undefined || three === undefined) throw new Error('four items were to be taken in');
  await settleRejected(redis, keys, one, 'http-404');
  await settleQuarantined(redis, keys, two, refusal, 6);
  await settleQuarantined(redis, keys, three, refusal, 6);
  expect(await booksSince(redis, keys, 'flow', Date.now())).toMatchObject({ seen: 4, rejected: { 'http-404': 1 }, quarantined: { 'http-403': 2 }, inFlight: 1, balanced: true });
  await retryQuarantined(redis, keys, owedArticle(two));
  await dropQuarantined(redis, keys, owedArticle(three));
  expect(await booksSince(redis, keys, 'flow', Date.now())).toMatchObject({ seen: 4, rejected: { 'http-404': 1, dropped: 1 }, quarantined: {}, inFlight: 2, balanced: true });
  expect(await flowHours(redis, keys, 'flow', Date.now() + 2 * 3_600_000)).toEqual([]);

  await redis.hset(keys.flow('flow'), `${Math.floor(Date.now() / 3_600_000) - 24 * 40}:seen`, 7);
  expect(await booksSince(redis, keys, 'flow', 0)).toMatchObject({ seen: 11, balanced: false });
  expect(await trimFlow(redis, keys, 'flow')).toBe(1);
  expect(await booksSince(redis, keys, 'flow', 0)).toMatchObject({ seen: 4, balanced: true });
});

test('what is in flight is counted by what it waits for', async () => {
  const first = await takeOne(own, 'stages', 'item-one');
  await takeOne(own, 'stages', 'item-two');
  await acceptOne(own, first, { sinks: ['ndjson', 'stream'], text: 'stages' });
  expect(Object.fromEntries((await stagesInFlight(redis, keys)).get('stages') ?? [])).toEqual({ read: 1, 'deliver to ndjson': 1, 'deliver to stream': 1 });
});
