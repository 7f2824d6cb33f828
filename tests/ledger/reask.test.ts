import { expect, test } from 'vitest';
import {
  accept, books, claimReasks, delivered, encodeStories, endReask, reaskBacklog, verify, youngPage, type AcceptOutcome, type ItemRef, type Reask, type ReaskClaim,
} from '../../src/ledger/index.js';
import { useRedis } from '../redis.js';
import { keysOf, listed, ROOMY, takeOne } from './items.js';

const own = useRedis();
const { redis } = own;
const keys = keysOf(own);
const CLAIM: ReaskClaim = { limit: 100, leaseMs: 60_000, perHost: 10, most: 100 };
const BOUNDS = { maxPages: 1_000 };

const young = (item: string, step = 0): Reask['young'] => ({ step, misses: 0, etag: '"e"', lastModified: null, bytes: 'hash', facts: listed(item).facts });
const soon = (item: string, host = 'wire.example', delayMs = 1): Reask => ({ host, delayMs, young: young(item) });

async function told(ref: ItemRef, change: { readonly reask?: Reask; readonly again?: number; readonly pageBefore?: string; readonly maxPages?: number } = {}): Promise<AcceptOutcome> {
  const { source, item } = ref;
  const { reask, again, pageBefore = '', maxPages = 1_000 } = change;
  const { outcome } = await accept(redis, keys, {
    ref, sinks: ['ndjson'], page: `${source}/${item}`, pageBefore, pageAfter: JSON.stringify({ owner: `${source}/${item}`, stories: [] }), address: `address-${source}-${item}`,
    texts: [], body: encodeStories([{ id: `story-${item}`, version: ref.revision, json: '{}' }]), reask,
    again: again === undefined ? undefined : { round: again, outcome: 'changed', facts: listed(item).facts },
  }, { ...ROOMY, maxPages });
  return outcome;
}

async function readOnce(source: string, item: string, reask: Reask = soon(item), maxPages?: number): Promise<ItemRef> {
  const ref = await takeOne(own, source, item);
  await told(ref, { reask, ...(maxPages === undefined ? {} : { maxPages }) });
  await delivered(redis, keys, { ...ref, sink: 'ndjson' }, 1);
  return ref;
}

const claim = async (change: Partial<ReaskClaim> = {}): ReturnType<typeof claimReasks> => {
  await new Promise((resolve) => { setTimeout(resolve, 15); });
  return claimReasks(redis, keys, { ...CLAIM, ...change });
};
const first = async (change: Partial<ReaskClaim> = {}) => {
  const [page] = await claim(change);
  if (page === undefined) throw new Error('nothing was due');
  return page;
};

test('a page is due once, ends its round once, and is booked beside the items', async () => {
  await readOnce('once', 'item-one');
  const page = await first();
  expect(page).toEqual({ source: 'once', item: 'item-one', revision: 1, again: 1 });
  expect(await claim()).toEqual([]);
  expect(await youngPage(redis, keys, page, 1)).toMatchObject({ young: { step: 0, etag: '"e"' }, state: { stage: 'delivered' } });
  expect(await endReask(redis, keys, page, 'unchanged', { ...soon('item-one'), young: young('item-one', 1) }, BOUNDS)).toBe(true);
  expect(await endReask(redis, keys, page, 'unchanged', soon('item-one'), BOUNDS)).toBe(false);
  expect(await youngPage(redis, keys, page, 1)).toBeNull();
  const next = await first();
  expect(next.again).toBe(2);
  expect(await youngPage(redis, keys, next, 2)).toMatchObject({ young: { step: 1 } });
  expect(await endReask(redis, keys, next, 'not-modified', soon('item-one', 'wire.example', 0), BOUNDS)).toBe(true);
  expect(await reaskBacklog(redis, keys)).toBe(0);
  expect(await redis.exists(keys.young('once'))).toBe(0);
  expect((await books(redis, keys)).get('once')).toMatchObject({ seen: 1, delivered: 1, again: { unchanged: 1, 'not-modified': 1 }, balanced: true });
});

test('a page claimed by a worker that died is due again when its lease lapses', async () => {
  await readOnce('lapsed', 'item-one');
  const page = await first({ leaseMs: 1 });
  expect(await first()).toEqual(page);
  await endReask(redis, keys, page, 'unchanged', soon('item-one', 'wire.example', 0), BOUNDS);
});

test('news of a page asked again is the next revision of its item, told once', async () => {
  await readOnce('news', 'item-one');
  const page = await first();
  const before = (await redis.get(keys.page('news/item-one'))) ?? '';
  const next = { ...page, revision: 2 };
  const change = { again: page.again, pageBefore: before, reask: soon('item-one', 'wire.example', 50_000) };
  expect(await told(next, change)).toBe('accepted');
  expect(await told(next, change)).toBe('settled');
  expect(await redis.zscore(keys.owed, 'deliver/news/item-one/2/ndjson')).not.toBeNull();
  expect((await books(redis, keys)).get('news')).toMatchObject({ seen: 2, delivered: 1, inFlight: 1, again: { changed: 1 }, balanced: true });
  await delivered(redis, keys, { ...next, sink: 'ndjson' }, 1);
  expect((await verify(redis, keys)).imbalances).toEqual([]);
  expect((await books(redis, keys)).get('news')).toMatchObject({ seen: 2, delivered: 2, inFlight: 0, balanced: true });
  expect(await claim()).toEqual([]);
});

test('an item that is being read for its feed is not told over', async () => {
  await readOnce('race', 'item-one');
  const page = await first();
  const line = await redis.hget(keys.items('race'), 'item-one');
  await redis.hset(keys.items('race'), 'item-one', line?.replace('delivered|1', 'queued|2') ?? '');
  expect(await told({ ...page, revision: 2 }, { again: page.again })).toBe('settled');
  expect(await told({ ...page, revision: 3 }, { again: page.again })).toBe('settled');
  await redis.hset(keys.items('race'), 'item-one', line ?? '');
  await endReask(redis, keys, page, 'busy', soon('item-one', 'wire.example', 0), BOUNDS);
});

test('one host has no more than its share under way, and does not hold up the others', async () => {
  for (const item of ['busy-one', 'busy-two', 'busy-three', 'busy-four']) await readOnce('hosts', item, soon(item, 'busy.example'));
  await readOnce('hosts', 'calm-one', soon('calm-one', 'calm.example'));
  const claimed = await claim({ perHost: 2 });
  expect(claimed.map(({ item }) => item.slice(0, 4)).sort()).toEqual(['busy', 'busy', 'calm']);
  expect(await claim({ perHost: 2 })).toEqual([]);
  for (const page of claimed) await endReask(redis, keys, page, 'unchanged', { ...soon(page.item, page.item.startsWith('busy') ? 'busy.example' : 'calm.example', 0) }, BOUNDS);
  expect(await reaskBacklog(redis, keys)).toBe(3);
});

test('the schedule has a bound, and what finds no room in it is counted', async () => {
  const held = await reaskBacklog(redis, keys);
  await readOnce('full', 'item-one', soon('item-one'), held);
  expect(await reaskBacklog(redis, keys)).toBe(held);
  expect((await books(redis, keys)).get('full')).toMatchObject({ delivered: 1, again: { 'no-room': 1 } });
});

test('an item that its feed renamed is let go', async () => {
  await readOnce('let-go', 'item-one', soon('item-one', 'let-go.example'));
  await redis.hdel(keys.items('let-go'), 'item-one');
  expect((await claim()).filter(({ source }) => source === 'let-go')).toEqual([]);
  expect(await redis.exists(keys.young('let-go'))).toBe(0);
});
