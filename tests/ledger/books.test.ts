import { expect, test } from 'vitest';
import { giveUp, retryLater } from '../../src/fault.js';
import {
  beginDelivery, books, delivered, deliveryQuarantined, dropQuarantined, expireQuarantined, itemState, itemToRead, listQuarantine, markDelivery, renameItems, retire, retryQuarantined,
  settleDuplicate, settleQuarantined, settleRejected, settleUnchanged, showQuarantined, storeFill, takeIn, verify,
} from '../../src/ledger/index.js';
import { owedArticle, owedDelivery } from '../../src/queue/index.js';
import { useRedis } from '../redis.js';
import { acceptOne, keysOf, listed, takeOne } from './items.js';

const own = useRedis();
const { redis } = own;
const keys = keysOf(own);

const booksOf = async (source: string) => (await books(redis, keys)).get(source);
const isOwed = async (name: string): Promise<boolean> => (await redis.zscore(keys.owed, name)) !== null;

test('an item enters the books once, with its facts and the job it is owed', async () => {
  const first = await takeIn(redis, keys, 'intake', [listed('item-one'), listed('item-two')]);
  const again = await takeIn(redis, keys, 'intake', [listed('item-two'), listed('item-three')]);
  expect(first.map(({ item }) => item)).toEqual(['item-one', 'item-two']);
  expect(again).toEqual([{ source: 'intake', item: 'item-three', revision: 1 }]);
  expect(await booksOf('intake')).toMatchObject({ seen: 3, inFlight: 3, balanced: true });
  expect(await isOwed('article/intake/item-one/1')).toBe(true);
  expect(await itemToRead(redis, keys, again[0] ?? { source: '', item: '', revision: 0 })).toMatchObject({ url: 'https://wire.example/item-three' });
});

test('a job that runs twice moves the books once', async () => {
  const ref = await takeOne(own, 'twice', 'item-one');
  expect(await settleRejected(redis, keys, ref, 'http-404')).toBe(true);
  expect(await settleRejected(redis, keys, ref, 'http-404')).toBe(false);
  expect(await settleUnchanged(redis, keys, ref)).toBe(false);
  expect(await booksOf('twice')).toMatchObject({ seen: 1, inFlight: 0, rejected: { 'http-404': 1 }, unchanged: 0, balanced: true });
  expect(await isOwed(owedArticle(ref))).toBe(false);
  expect(await itemToRead(redis, keys, ref)).toBeNull();
});

test('accepted stories wait in the store until the last sink has them', async () => {
  const ref = await takeOne(own, 'sinks', 'item-one');
  expect(await acceptOne(own, ref, { sinks: ['ndjson', 'stream'] })).toBe('accepted');
  expect(await acceptOne(own, ref, { sinks: ['ndjson', 'stream'] })).toBe('settled');
  expect(await isOwed(owedArticle(ref))).toBe(false);
  expect((await storeFill(redis, keys, { maxSize: 1e6, maxStories: 1e3 })).count).toBe(1);

  const first = { ...ref, sink: 'ndjson' };
  const second = { ...ref, sink: 'stream' };
  expect(await isOwed(owedDelivery(first)) && await isOwed(owedDelivery(second))).toBe(true);
  expect((await beginDelivery(redis, keys, first, 'file 1'))?.stories).toHaveLength(1);
  expect(await delivered(redis, keys, first, 1)).toBe('waiting');
  expect(await delivered(redis, keys, first, 1)).toBe('settled');
  expect(await beginDelivery(redis, keys, first, 'file 1')).toBeNull();
  expect(await booksOf('sinks')).toMatchObject({ inFlight: 1, delivered: 0 });
  expect(await delivered(redis, keys, second, 1)).toBe('delivered');
  expect(await booksOf('sinks')).toMatchObject({ seen: 1, inFlight: 0, delivered: 1, balanced: true });
  expect(await storeFill(redis, keys, { maxSize: 1e6, maxStories: 1e3 })).toEqual({ bytes: 0, count: 0, full: false });
  expect(await redis.hgetall(keys.sinkCounts)).toEqual({ ndjson: '1', stream: '1' });
});

test('a delivery that began and was not booked tells its mark to the next attempt', async () => {
  const ref = { ...(await takeOne(own, 'marks', 'item-one')), sink: 'ndjson' };
  await acceptOne(own, ref);
  expect((await beginDelivery(redis, keys, ref, 'a.ndjson at 5'))?.earlier).toBeNull();
  expect((await beginDelivery(redis, keys, ref, 'b.ndjson at 9'))?.earlier).toBe('a.ndjson at 5');
  await delivered(redis, keys, ref, 1);
  expect(await redis.hlen(keys.marks('ndjson'))).toBe(0);
});

test('a mark gives way only to the attempt that knows it, and to none after the booking', async () => {
  const ref = { ...(await takeOne(own, 'remark', 'item-one')), sink: 'ndjson' };
  await acceptOne(own, ref);
  await beginDelivery(redis, keys, ref, 'a.ndjson at 5');
  expect(await markDelivery(redis, keys, ref, 'a.ndjson at 5', 'b.ndjson at 9')).toBe(true);
  expect(await markDelivery(redis, keys, ref, 'a.ndjson at 5', 'c.ndjson at 0')).toBe(false);
  expect((await beginDelivery(redis, keys, ref, ''))?.earlier).toBe('b.ndjson at 9');
  await delivered(redis, keys, ref, 1);
  expect(await markDelivery(redis, keys, ref, 'b.ndjson at 9', 'c.ndjson at 0')).toBe(false);
  expect(await markDelivery(redis, keys, ref, '', 'c.ndjson at 0')).toBe(false);
  expect(await redis.hlen(keys.marks('ndjson'))).toBe(0);
});

test('the store refuses beyond its bound, and takes one page however large when it is empty', async () => {
  const small = { maxSize: 300, maxStories: 10 };
  const [one, two] = [await takeOne(own, 'bound', 'item-one'), await takeOne(own, 'bound', 'item-two')];
  expect(await acceptOne(own, one, { bounds: small, size: 400 })).toBe('accepted');
  expect(await acceptOne(own, two, { bounds: small })).toBe('full');
  expect((await storeFill(redis, keys, small)).full).toBe(true);
  await delivered(redis, keys, { ...one, sink: 'ndjson' }, 1);
  expect(await acceptOne(own, two, { bounds: small })).toBe('accepted');
  await delivered(redis, keys, { ...two, sink: 'ndjson' }, 1);
});

test('two readings that count on the same past are not both accepted', async () => {
  const [one, two] = [await takeOne(own, 'race-a', 'item-one'), await takeOne(own, 'race-b', 'item-two')];
  expect(await acceptOne(own, one, { page: 'shared-page', text: 'one text' })).toBe('accepted');
  expect(await acceptOne(own, two, { page: 'shared-page', text: 'one text' })).toBe('stale');
  expect(await acceptOne(own, two, { page: 'other-page', text: 'one text' })).toBe('stale');
  expect(await settleDuplicate(redis, keys, two)).toBe(true);
  expect(await booksOf('race-b')).toMatchObject({ seen: 1, duplicate: 1, balanced: true });
});

test('a changed item is a new line of the books, not before a while and not while it is in flight', async () => {
  const ref = await takeOne(own, 'changed', 'item-one');
  expect(await takeIn(redis, keys, 'changed', [listed('item-one', 'm2')])).toEqual([]);
  await settleUnchanged(redis, keys, ref);
  expect(await takeIn(redis, keys, 'changed', [listed('item-one', 'm2')])).toEqual([]);
  const line = await redis.hget(keys.items('changed'), 'item-one');
  const [stage, revision, mark, since, ...rest] = line?.split('|') ?? [];
  await redis.hset(keys.items('changed'), 'item-one', [stage, revision, mark, Number(since) - 3_600, ...rest].join('|'));
  expect(await takeIn(redis, keys, 'changed', [listed('item-one', 'm2')])).toEqual([{ source: 'changed', item: 'item-one', revision: 2 }]);
  expect(await booksOf('changed')).toMatchObject({ seen: 2, unchanged: 1, inFlight: 1, balanced: true });
  expect((await verify(redis, keys)).imbalances).toEqual([]);
});

test('what failed for good is kept whole, and goes back to work on request', async () => {
  const ref = await takeOne(own, 'failed', 'item-one');
  await settleQuarantined(redis, keys, ref, retryLater({ code: 'http-503', message: 'the host is busy', hint: 'try tomorrow' }), 6);
  const [job] = await listQuarantine(redis, keys, { source: 'failed' });
  expect(job).toMatchObject({ code: 'http-503', hint: 'try tomorrow', attempts: 6, queue: 'article', item: 'item-one' });
  expect((await showQuarantined(redis, keys, job?.id ?? ''))?.facts?.title).toBe('Title of item-one');
  expect(await booksOf('failed')).toMatchObject({ quarantined: { 'http-503': 1 }, inFlight: 0, balanced: true });
  expect(await retryQuarantined(redis, keys, job?.id ?? '')).toBe(true);
  expect(await retryQuarantined(redis, keys, job?.id ?? '')).toBe(false);
  expect(await booksOf('failed')).toMatchObject({ seen: 1, quarantined: {}, inFlight: 1, balanced: true });
  expect(await isOwed(job?.id ?? '')).toBe(true);
});

test('a sink that gives up holds its stories in quarantine; the others keep what they took', async () => {
  const ref = await takeOne(own, 'half', 'item-one');
  await acceptOne(own, ref, { sinks: ['ndjson', 'stream'] });
  const fault = giveUp({ code: 'webhook-400', message: 'refused' });
  expect(await deliveryQuarantined(redis, keys, { ...ref, sink: 'stream' }, fault, 1)).toBe('waiting');
  expect(await delivered(redis, keys, { ...ref, sink: 'ndjson' }, 1)).toBe('quarantined');
  expect(await booksOf('half')).toMatchObject({ quarantined: { 'webhook-400': 1 }, delivered: 0, balanced: true });
  const [job] = await listQuarantine(redis, keys, { reason: 'webhook-400' });
  expect((await showQuarantined(redis, keys, job?.id ?? ''))?.stories).toHaveLength(1);
  await retryQuarantined(redis, keys, job?.id ?? '');
  expect(await beginDelivery(redis, keys, { ...ref, sink: 'ndjson' }, '')).toBeNull();
  expect(await delivered(redis, keys, { ...ref, sink: 'stream' }, 1)).toBe('delivered');
  expect(await booksOf('half')).toMatchObject({ quarantined: {}, delivered: 1, inFlight: 0, balanced: true });
});

test('a dropped entry is rejected, and nothing of it is kept', async () => {
  const before = await storeFill(redis, keys, { maxSize: 1e6, maxStories: 1e3 });
  const ref = await takeOne(own, 'dropped', 'item-one');
  await acceptOne(own, ref, { sinks: ['stream'] });
  await deliveryQuarantined(redis, keys, { ...ref, sink: 'stream' }, giveUp({ code: 'refused', message: 'no' }), 1);
  expect(await dropQuarantined(redis, keys, `deliver/dropped/item-one/1/stream`)).toBe(true);
  expect(await booksOf('dropped')).toMatchObject({ rejected: { dropped: 1 }, quarantined: {}, balanced: true });
  expect(await storeFill(redis, keys, { maxSize: 1e6, maxStories: 1e3 })).toEqual(before);
});

test('a replay knows what an attempt before the quarantine wrote and did not book', async () => {
  const ref = await takeOne(own, 'replayed', 'item-one');
  await acceptOne(own, ref, { sinks: ['ndjson'] });
  const payload = { ...ref, sink: 'ndjson' };
  await beginDelivery(redis, keys, payload, 'mark of the first attempt');
  await deliveryQuarantined(redis, keys, payload, retryLater({ code: 'disk-full', message: 'no room' }), 6);
  expect(await retryQuarantined(redis, keys, owedDelivery(payload))).toBe(true);
  expect(await beginDelivery(redis, keys, payload, 'another')).toMatchObject({ earlier: 'mark of the first attempt' });
  await delivered(redis, keys, payload, 1);
  expect(await redis.hget(keys.marks('ndjson'), owedDelivery(payload))).toBeNull();
});

test('what lies in quarantine too long, or too much of it, is dropped with its stories, the oldest first', async () => {
  const bounds = { maxSize: 1e6, maxStories: 1e3 };
  const before = await storeFill(redis, keys, bounds);
  const others = (await redis.zrange(keys.quarantineTimes, 0, '-1')).length;
  const names = ['item-one', 'item-two', 'item-three'];
  for (const [at, item] of names.entries()) {
    const ref = await takeOne(own, 'expired', item);
    await acceptOne(own, ref, { sinks: ['ndjson'] });
    const payload = { ...ref, sink: 'ndjson' };
    await beginDelivery(redis, keys, payload, 'a mark');
    await deliveryQuarantined(redis, keys, payload, giveUp({ code: 'sink-unknown', message: 'gone' }), 1);
    // Older than anything else in this quarantine.
    await redis.zadd(keys.quarantineTimes, at === 0 ? 1_000 : 2_000 + at, owedDelivery(payload));
  }
  const left = async () => (await listQuarantine(redis, keys, { source: 'expired' })).map(({ item }) => item).sort();
  expect(await expireQuarantined(redis, keys, { age: 500, count: 10_000 }, 2_000)).toBe(1);
  expect(await left()).toEqual(['item-three', 'item-two']);
  expect(await expireQuarantined(redis, keys, { age: Date.now(), count: others + 1 }, Date.now())).toBe(1);
  expect(await left()).toEqual(['item-three']);
  expect(await expireQuarantined(redis, keys, { age: Date.now(), count: others }, Date.now())).toBe(1);
  expect(await booksOf('expired')).toMatchObject({ seen: 3, rejected: { expired: 3 }, quarantined: {}, balanced: true });
  expect(await storeFill(redis, keys, bounds)).toEqual(before);
  expect(Object.keys(await redis.hgetall(keys.marks('ndjson'))).filter((name) => name.includes('/expired/'))).toEqual([]);
});

test('what a feed has long stopped listing is forgotten, its place in the books is not', async () => {
  const [one, two] = [await takeOne(own, 'old', 'item-one'), await takeOne(own, 'old', 'item-two')];
  await settleRejected(redis, keys, one, 'http-404');
  for (const { item } of [one, two]) await redis.zadd(keys.listed('old'), 1_000, item);
  expect(await retire(redis, keys, 'old', 86_400_000)).toBe(1);
  expect(await itemState(redis, keys, 'old', 'item-one')).toBeNull();
  expect(await itemState(redis, keys, 'old', 'item-two')).not.toBeNull();
  expect(await booksOf('old')).toMatchObject({ seen: 2, rejected: { 'http-404': 1 }, inFlight: 1, balanced: true });
  expect((await verify(redis, keys)).imbalances).toEqual([]);
});

test('a recount finds a counter that lies and an item that is gone', async () => {
  const ref = await takeOne(own, 'lying', 'item-one');
  await settleUnchanged(redis, keys, ref);
  await redis.hincrby(keys.books('lying'), 'n:delivered', 1);
  const verdict = await verify(redis, keys);
  expect(verdict.balanced).toBe(false);
  expect(verdict.imbalances).toEqual([{ source: 'lying', what: 'delivered', booked: 1, counted: 0 }]);
  await redis.hincrby(keys.books('lying'), 'n:delivered', -1);
  await redis.hdel(keys.items('lying'), 'item-one');
  expect((await verify(redis, keys)).imbalances.map(({ what }) => what)).toEqual(['seen', 'unchanged']);
});

test('a settled item can be given another name; one under way keeps its own', async () => {
  const [one, two] = [await takeOne(own, 'renamed', 'item-one'), await takeOne(own, 'renamed', 'item-two')];
  await settleUnchanged(redis, keys, one);
  expect(await renameItems(redis, keys, 'renamed', [['item-one', 'link-one'], ['item-two', 'link-two']])).toBe(1);
  expect(await takeIn(redis, keys, 'renamed', [listed('link-one')])).toEqual([]);
  expect(await itemState(redis, keys, 'renamed', two.item)).toMatchObject({ stage: 'queued' });
  expect((await verify(redis, keys)).imbalances.filter(({ source }) => source === 'renamed')).toEqual([]);
});
