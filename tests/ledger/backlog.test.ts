import { expect, test } from 'vitest';
import { retryLater } from '../../src/fault.js';
import { accept, backlogs, books, delivered, deliveryQuarantined, encodeStories, intakeFill, retryQuarantined, showQuarantined, listQuarantine, sinksOwed } from '../../src/ledger/index.js';
import { useRedis } from '../redis.js';
import { acceptOne, keysOf, ROOMY, takeOne } from './items.js';

const own = useRedis();
const keys = keysOf(own);
const bound = (name: string, maxDeliveries = 10, maxBytes = 100_000) => ({ name, maxDeliveries, maxBytes });
const waiting = async (name: string) => (await backlogs(own.redis, keys, [bound(name)])).get(name);

test('what waits for each sink is counted by itself, with every end of a delivery', async () => {
  const ref = await takeOne(own, 'backlog', 'item-one');
  await acceptOne(own, ref, { sinks: ['fast', 'slow'] });
  const one = await waiting('slow');
  expect(one).toMatchObject({ deliveries: 1, full: false });
  expect(one?.bytes).toBeGreaterThan(0);
  await delivered(own.redis, keys, { ...ref, sink: 'fast' }, 1);
  expect(await waiting('fast')).toMatchObject({ deliveries: 0, bytes: 0 });
  expect(await waiting('slow')).toEqual(one);
  expect(await sinksOwed(own.redis, keys)).toEqual(new Map([['slow', 1]]));
  await deliveryQuarantined(own.redis, keys, { ...ref, sink: 'slow' }, retryLater({ code: 'x', message: 'x' }), 6);
  expect(await waiting('slow')).toMatchObject({ deliveries: 0, bytes: 0 });
  const [job] = await listQuarantine(own.redis, keys);
  expect((await showQuarantined(own.redis, keys, job?.id ?? ''))?.stories).toHaveLength(1);
  await retryQuarantined(own.redis, keys, job?.id ?? '');
  expect(await waiting('slow')).toEqual(one);
  // Told twice, booked once.
  await delivered(own.redis, keys, { ...ref, sink: 'slow' }, 1);
  await delivered(own.redis, keys, { ...ref, sink: 'slow' }, 1);
  expect(await waiting('slow')).toMatchObject({ deliveries: 0, bytes: 0 });
});

async function acceptBounded(item: string, sinks: readonly string[], bounds: readonly ReturnType<typeof bound>[], unrouted?: ReadonlyMap<string, number>) {
  const ref = await takeOne(own, 'bounded', item);
  const page = `bounded/${item}`;
  return { ref, ...await accept(own.redis, keys, {
    ref, sinks, bounds, ...(unrouted === undefined ? {} : { unrouted }), page, pageBefore: '', pageAfter: '{}', address: `address-${item}`,
    texts: [], body: encodeStories([{ id: item, version: 1, json: '{}' }]),
  }, ROOMY) };
}

test('at the bound of one sink what goes to it waits, and what does not is accepted', async () => {
  const bounds = [bound('tight', 2)];
  for (const item of ['tight-one', 'tight-two']) expect((await acceptBounded(item, ['tight'], bounds)).outcome).toBe('accepted');
  expect((await acceptBounded('tight-three', ['tight'], bounds)).outcome).toBe('full');
  expect((await acceptBounded('other-one', ['roomy'], [bound('roomy')])).outcome).toBe('accepted');
  expect(await intakeFill(own.redis, keys, ROOMY, bounds)).toMatchObject({ full: true });
  expect(await intakeFill(own.redis, keys, ROOMY, [bound('roomy')])).toMatchObject({ full: false });
});

test('an item that goes to no sink is rejected as not-routed, its stories are counted for each sink, and nothing of it stays', async () => {
  const before = await own.redis.get(keys.storeBytes);
  const { ref, outcome } = await acceptBounded('nowhere-one', [], [], new Map([['north', 2], ['south', 2]]));
  expect(outcome).toBe('not-routed');
  expect((await books(own.redis, keys)).get('bounded')).toMatchObject({ rejected: { 'not-routed': 1 }, balanced: true });
  expect(await own.redis.hmget(keys.sinkUnrouted, 'north', 'south')).toEqual(['2', '2']);
  expect(await own.redis.get(keys.storeBytes)).toBe(before);
  expect(await own.redis.exists(keys.stories(ref.source, ref.item, ref.revision))).toBe(0);
});
