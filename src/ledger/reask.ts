import type { Redis } from 'ioredis';
import { z } from 'zod';
import { RedisScript, type RedisKeys } from '../queue/index.js';
import { itemFactsSchema, type ItemRef } from './facts.js';
import { LUA_STATE, parseState, type ItemState } from './state.js';

const youngSchema = z.strictObject({
  /** Steps of the schedule that are done. */
  step: z.int().min(0),
  /** Times in a row that the page was not there. */
  misses: z.int().min(0),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  /** Hash of the page's bytes. */
  bytes: z.string(),
  facts: itemFactsSchema,
});

/** What is kept of an item whose page is to be asked again. */
export type YoungPage = z.infer<typeof youngSchema>;

/** A page's place in the schedule; `delayMs` 0 takes it out. */
export interface Reask {
  readonly host: string;
  readonly delayMs: number;
  readonly young: YoungPage;
}

export interface ReaskBounds {
  /** Pages that wait to be asked again, at most. */
  readonly maxPages: number;
}

/** Named with its host, so that the claim can count per host without looking elsewhere. */
const memberOf = (host: string, { source, item }: Pick<ItemRef, 'source' | 'item'>): string => `${host === '' ? '-' : host} ${source}/${item}`;

/**
 * Puts a page into the schedule, or takes it out; for scripts that already have `now_ms` and `books`. The round rises with every
 * end, so that a job run twice ends its round once.
 */
export const LUA_REASK = `
local function schedule(asked, leased, young, books, member, item, round, delay, page, most)
  redis.call('ZREM', leased, member)
  if tonumber(delay) <= 0 then
    redis.call('ZREM', asked, member)
    redis.call('HDEL', young, item)
  elseif redis.call('HEXISTS', young, item) == 0 and redis.call('ZCARD', asked) + redis.call('ZCARD', leased) >= tonumber(most) then
    redis.call('HINCRBY', books, 'again:no-room', 1)
  else
    redis.call('HSET', young, item, string.format('%d', round) .. ' ' .. page)
    redis.call('ZADD', asked, now_ms + delay, member)
  end
end
local function round_of(young, item)
  return tonumber(string.match(redis.call('HGET', young, item) or '', '^(%d+) '))
end
`;

/** The arguments of `schedule` from `member` on, without the item and the round. */
export const reaskArguments = (ref: Pick<ItemRef, 'source' | 'item'>, { host, delayMs, young }: Reask, { maxPages }: ReaskBounds): (string | number)[] =>
  [memberOf(host, ref), Math.round(delayMs), JSON.stringify(young), maxPages];

const CLAIM = new RedisScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local asked, leased = KEYS[1], KEYS[2]
local limit, lease, per_host, most, later = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
for _, member in ipairs(redis.call('ZRANGEBYSCORE', leased, '-inf', now, 'LIMIT', 0, limit)) do
  redis.call('ZREM', leased, member)
  redis.call('ZADD', asked, 'LT', now, member)
end
local hosts, out = {}, 0
for _, member in ipairs(redis.call('ZRANGE', leased, 0, -1)) do
  local host = string.match(member, '^(%S+) ')
  hosts[host] = (hosts[host] or 0) + 1
  out = out + 1
end
local claimed = {}
for _, member in ipairs(redis.call('ZRANGEBYSCORE', asked, '-inf', now, 'LIMIT', 0, limit)) do
  if out >= most then break end
  local host = string.match(member, '^(%S+) ')
  if (hosts[host] or 0) < per_host then
    redis.call('ZREM', asked, member)
    redis.call('ZADD', leased, now + lease, member)
    hosts[host] = (hosts[host] or 0) + 1
    out = out + 1
    claimed[#claimed + 1] = member
  else
    -- Aside for a while, so that the pages of one busy host do not stand before those of all others.
    redis.call('ZADD', asked, now + later, member)
  end
end
return claimed
`);

export interface ReaskClaim {
  /** Members looked at in one claim. */
  readonly limit: number;
  /** After this time a page that was claimed and not heard of is due again. */
  readonly leaseMs: number;
  readonly perHost: number;
  /** Claimed and not yet ended, over all hosts. */
  readonly most: number;
}

const ASIDE_MS = 20_000;
const names = z.array(z.string());

/** Pages that are due to be asked again, now leased to the caller, with the round that their jobs are to end. */
export async function claimReasks(redis: Redis, keys: RedisKeys, { limit, leaseMs, perHost, most }: ReaskClaim): Promise<(ItemRef & { readonly again: number })[]> {
  const members = names.parse(await CLAIM.run(redis, [keys.reask, keys.reaskLeased], [limit, leaseMs, perHost, most, ASIDE_MS]));
  const refs = members.flatMap((member) => {
    const [, source = '', item = ''] = /^\S+ ([^/]+)\/(.+)$/.exec(member) ?? [];
    return source === '' || item === '' ? [] : [{ member, source, item }];
  });
  const found = await Promise.all(refs.map(async ({ member, source, item }) => {
    const [line, held] = await Promise.all([redis.hget(keys.items(source), item), redis.hget(keys.young(source), item)]);
    const state = line === null ? null : parseState(line);
    const again = Number(held?.split(' ', 1)[0] ?? 0);
    if (state !== null && again > 0) return [{ source, item, revision: state.revision, again }];
    // Renamed by its feed, or long forgotten: nobody will end this round.
    await redis.multi().zrem(keys.reaskLeased, member).hdel(keys.young(source), item).exec();
    return [];
  }));
  return found.flat();
}

export interface FoundYoung {
  readonly young: YoungPage;
  readonly state: ItemState;
}

/** The page of one round; null when another run has ended it. */
export async function youngPage(redis: Redis, keys: RedisKeys, { source, item }: ItemRef, again: number): Promise<FoundYoung | null> {
  const [line, held] = await Promise.all([redis.hget(keys.items(source), item), redis.hget(keys.young(source), item)]);
  const state = line === null ? null : parseState(line);
  const [, round = '', json = ''] = /^(\d+) (.*)$/s.exec(held ?? '') ?? [];
  return state === null || Number(round) !== again ? null : { state, young: youngSchema.parse(JSON.parse(json)) };
}

const END = new RedisScript(`${LUA_STATE}${LUA_REASK}
local asked, leased, young, books, items = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local item, round, outcome = ARGV[1], tonumber(ARGV[2]), ARGV[3]
if round_of(young, item) ~= round then return 0 end
redis.call('HINCRBY', books, 'again:' .. outcome, 1)
tell(items, item, tonumber(ARGV[8]), 'asked-again', outcome)
schedule(asked, leased, young, books, ARGV[4], item, round + 1, ARGV[5], ARGV[6], ARGV[7])
return 1
`);

/** Ends a round that gave no new version, and books it apart from the items' dispositions; false when it was ended before. */
export async function endReask(
  redis: Redis, keys: RedisKeys, ref: ItemRef & { readonly again: number }, outcome: string, next: Reask, bounds: ReaskBounds,
): Promise<boolean> {
  const { source, item, again } = ref;
  return (await END.run(redis, [keys.reask, keys.reaskLeased, keys.young(source), keys.books(source), keys.items(source)],
    [item, again, outcome, ...reaskArguments(ref, next, bounds), ref.revision])) === 1;
}

/** Pages that wait to be asked again, those being asked included. */
export async function reaskBacklog(redis: Redis, keys: RedisKeys): Promise<number> {
  const [waiting, leased] = await Promise.all([redis.zcard(keys.reask), redis.zcard(keys.reaskLeased)]);
  return waiting + leased;
}
