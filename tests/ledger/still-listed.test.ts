import { expect, test } from 'vitest';
import { knownPage, stillListed, takeIn } from '../../src/ledger/index.js';
import { sharedNow } from '../../src/queue/index.js';
import { useRedis } from '../redis.js';
import { acceptOne, keysOf, listed, takeOne } from './items.js';

const own = useRedis();
const { redis } = own;
const keys = keysOf(own);
const DAY_S = 86_400;
const MONTH_MS = 30 * DAY_S * 1_000;
const now = async () => Math.floor((await sharedNow(redis)) / 1_000);

/** An accepted item that its feed listed so many days ago last, and whose page is forgotten in a second. */
async function nearlyForgotten(source: string, daysAgo: number) {
  const ref = await takeOne(own, source, 'item-one');
  await acceptOne(own, ref, { sinks: ['ndjson'] });
  await redis.zadd(keys.listed(source), (await now()) - daysAgo * DAY_S, ref.item);
  for (const key of [keys.page(`${source}/item-one`), keys.address('address-item-one')]) await redis.expire(key, 60);
  return ref;
}
const livesFor = (source: string) => redis.pttl(keys.page(`${source}/item-one`));

test('what is known of a page does not end while its feed lists the item', async () => {
  await redis.set(keys.address('address-item-one'), '{"page":"a/b","owner":"a/b"}');
  await nearlyForgotten('listed-on', 1);
  await takeIn(redis, keys, 'listed-on', [listed('item-one')]);
  expect(await livesFor('listed-on')).toBeGreaterThan(MONTH_MS - 60_000);
  expect(await redis.pttl(keys.address('address-item-one'))).toBeGreaterThan(MONTH_MS - 60_000);
  expect((await knownPage(redis, keys, 'listed-on', 'item-one', 'address-item-one')).raw).not.toBe('');
});

test('the first list of a day does it, not every one', async () => {
  await nearlyForgotten('listed-often', 0);
  await takeIn(redis, keys, 'listed-often', [listed('item-one')]);
  expect(await livesFor('listed-often')).toBeLessThanOrEqual(60_000);
});

test('a feed that has not changed still lists what it listed last, and not what it listed before', async () => {
  await nearlyForgotten('not-modified', 29);
  await redis.zadd(keys.listed('not-modified'), (await now()) - 31 * DAY_S, 'item-gone');
  await stillListed(redis, keys, 'not-modified', await now());
  expect(await livesFor('not-modified')).toBeGreaterThan(MONTH_MS - 60_000);
  const scores = await redis.zmscore(keys.listed('not-modified'), 'item-one', 'item-gone');
  expect(Number(scores[0])).toBeGreaterThan((await now()) - 60);
  expect(Number(scores[1])).toBeLessThan((await now()) - 30 * DAY_S);
});

test('the page that an item is known under by another name lives on with it', async () => {
  await nearlyForgotten('pointing', 2);
  await redis.set(keys.page('pointing/item-one'), JSON.stringify({ see: 'pointing/first-name' }), 'EX', 60);
  await redis.set(keys.page('pointing/first-name'), JSON.stringify({ owner: 'pointing/item-one', stories: [] }), 'EX', 60);
  await stillListed(redis, keys, 'pointing', await now());
  expect(await redis.pttl(keys.page('pointing/first-name'))).toBeGreaterThan(MONTH_MS - 60_000);
});
