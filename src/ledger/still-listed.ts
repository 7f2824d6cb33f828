import type { Redis } from 'ioredis';
import type { RedisKeys } from '../queue/index.js';
import { PAGE_LIFETIME_S } from './accept.js';
import { knownUnder } from './pages.js';

const DAY_S = 86_400;
/** The items of one list are booked within this time of each other. */
const ONE_LIST_S = 10 * 60;
const CHUNK = 200;

const isOtherDay = (before: number, now: number): boolean => Math.floor(before / DAY_S) !== Math.floor(now / DAY_S);

/**
 * Notes that a feed lists these items, `now` in seconds by the clock of Redis. On the first list of a day, what is known of their
 * pages gets its whole lifetime again: were it to end while they are still listed, their next change would begin at version 1.
 * In this order, for a crash in between makes the next list do it again.
 */
export async function noteListed(redis: Redis, keys: RedisKeys, source: string, items: readonly { readonly item: string; readonly address?: string }[], now: number): Promise<void> {
  if (items.length === 0) return;
  const before = await redis.zmscore(keys.listed(source), ...items.map(({ item }) => item));
  await keepKnown(redis, keys, source, items.filter((_, at) => before[at] != null && isOtherDay(Number(before[at]), now)));
  await redis.zadd(keys.listed(source), 'GT', ...items.flatMap(({ item }) => [now, item]));
}

/** A feed that answers that nothing has changed lists what it listed last. Costs two reads, but for the first time in a day. */
export async function stillListed(redis: Redis, keys: RedisKeys, source: string, now: number): Promise<void> {
  const [, newest] = await redis.zrange(keys.listed(source), '-1', '-1', 'WITHSCORES');
  if (newest === undefined || !isOtherDay(Number(newest), now)) return;
  const items = await redis.zrange(keys.listed(source), String(Number(newest) - ONE_LIST_S), '+inf', 'BYSCORE');
  for (let start = 0; start < items.length; start += CHUNK) {
    await noteListed(redis, keys, source, items.slice(start, start + CHUNK).map((item) => ({ item })), now);
  }
}

async function keepKnown(redis: Redis, keys: RedisKeys, source: string, items: readonly { readonly item: string; readonly address?: string }[]): Promise<void> {
  if (items.length === 0) return;
  const own = items.map(({ item }) => keys.page(`${source}/${item}`));
  // An item whose page is known under another name keeps that one, too.
  const elsewhere = (await redis.mget(own)).flatMap((raw) => knownUnder(raw) ?? []).map((page) => keys.page(page));
  const addresses = items.flatMap(({ address }) => (address === undefined ? [] : [keys.address(address)]));
  const pipeline = redis.pipeline();
  for (const key of [...own, ...elsewhere, ...addresses]) pipeline.expire(key, PAGE_LIFETIME_S);
  await pipeline.exec();
}
