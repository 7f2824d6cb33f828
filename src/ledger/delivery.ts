import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Fault } from '../fault.js';
import { owedDelivery, RedisScript, type DeliverPayload, type RedisKeys } from '../queue/index.js';
import { quarantineEntry } from './quarantine-entry.js';
import { LUA_STATE } from './state.js';
import { decodeStories, type StoredStory } from './stories.js';

/** Begins one sink's delivery: its stories, and the sink's mark written before the sink is touched. An earlier mark stays and is told. */
const BEGIN_DELIVERY = new RedisScript(`${LUA_STATE}
local items, stories, marks = KEYS[1], KEYS[2], KEYS[3]
local item, revision, sink, debt, mark = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local state = read(redis.call('HGET', items, item))
if not in_flight(state, revision) or state.stage ~= 'accepted' then return {} end
if not waits(state.pending, sink) then return {} end
local earlier = redis.call('HGET', marks, debt)
if not earlier and mark ~= '' then redis.call('HSET', marks, debt, mark) end
return { redis.call('GET', stories) or '', earlier or '' }
`);

export interface BegunDelivery {
  readonly stories: readonly StoredStory[];
  /** Mark of an attempt that began and was never booked; null for the first attempt. */
  readonly earlier: string | null;
}

const begun = z.union([z.tuple([]), z.tuple([z.string(), z.string()])]);

/** Null when there is nothing to deliver (any more). */
export async function beginDelivery(redis: Redis, keys: RedisKeys, payload: DeliverPayload, mark: string): Promise<BegunDelivery | null> {
  const { source, item, revision, sink } = payload;
  const [body, earlier] = begun.parse(await BEGIN_DELIVERY.run(
    redis,
    [keys.items(source), keys.stories(source, item, revision), keys.marks(sink)],
    [item, revision, sink, owedDelivery(payload), mark],
  ));
  if (body === undefined) return null;
  return { stories: decodeStories(body), earlier: earlier === '' || earlier === undefined ? null : earlier };
}

const MARK_DELIVERY = new RedisScript(`${LUA_STATE}
local items, marks = KEYS[1], KEYS[2]
local item, revision, sink, debt, earlier, mark = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local state = read(redis.call('HGET', items, item))
if not in_flight(state, revision) or state.stage ~= 'accepted' or not waits(state.pending, sink) then return 0 end
if (redis.call('HGET', marks, debt) or '') ~= earlier then return 0 end
redis.call('HSET', marks, debt, mark)
return 1
`);

/**
 * Puts a new mark in the place of the one that an attempt knows. False when that is not the mark any more, or the delivery has
 * ended: an attempt that was stopped for long must not write what another has written meanwhile.
 */
export async function markDelivery(redis: Redis, keys: RedisKeys, payload: DeliverPayload, earlier: string, mark: string): Promise<boolean> {
  const { source, item, revision, sink } = payload;
  return (await MARK_DELIVERY.run(redis, [keys.items(source), keys.marks(sink)], [item, revision, sink, owedDelivery(payload), earlier, mark])) === 1;
}

/**
 * Ends one sink's delivery, well (`code` empty) or for good. When no sink is left to wait for, the item gets its disposition:
 * delivered when all took it, and its stories leave the store; else quarantined, and they stay for a replay.
 */
const END_DELIVERY = new RedisScript(`${LUA_STATE}
local items, facts, books, owed, stories, bytes, count = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7]
local quarantine, times, sinks, marks, backlog, left_out = KEYS[8], KEYS[9], KEYS[10], KEYS[11], KEYS[12], KEYS[13]
local item, revision, sink, code, entry, debt, taken = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7]
local unrouted = tonumber(ARGV[8])
local state = read(redis.call('HGET', items, item))
if not in_flight(state, revision) or state.stage ~= 'accepted' then return 'settled' end
if not waits(state.pending, sink) then return 'settled' end
state.pending = without(state.pending, sink)
redis.call('ZREM', owed, debt)
redis.call('HINCRBY', backlog, sink .. ':n', -1)
redis.call('HINCRBY', backlog, sink .. ':b', 0 - redis.call('STRLEN', stories))
-- A delivery that failed for good keeps its mark: an attempt that wrote but was not booked must be found by a replay, too.
if code == '' then
  redis.call('HDEL', marks, debt)
  redis.call('HINCRBY', sinks, sink, taken)
  if unrouted > 0 then redis.call('HINCRBY', left_out, sink, unrouted) end
  tell(items, item, revision, 'taken', sink)
else
  tell(items, item, revision, 'refused', sink .. '=' .. code)
  state.failed = with(state.failed, sink .. '=' .. code)
  redis.call('HSET', quarantine, debt, entry)
  redis.call('ZADD', times, now_ms, debt)
end
if state.pending == '' then
  if state.failed == '' then
    state.stage = 'delivered'
    free(state, stories, bytes, count)
    redis.call('HDEL', facts, item)
  else
    state.stage = 'quarantined'
    state.code = string.match(state.failed, '=([^,]*)')
  end
  move(items, books, item, 'in-flight', state)
  return state.stage
end
free(state, stories, bytes, count)
redis.call('HSET', items, item, table.concat({ state.stage, string.format('%d', state.revision), state.mark, string.format('%d', now),
  state.code, state.pending, state.failed }, '|'))
return 'waiting'
`);

/** `settled`: it had ended before. `waiting`: other sinks are still to come. */
export type DeliveryEnd = 'settled' | 'waiting' | 'delivered' | 'quarantined';

const ends = z.enum(['settled', 'waiting', 'delivered', 'quarantined']);

async function endDelivery(
  redis: Redis, keys: RedisKeys, payload: DeliverPayload, counts: { readonly taken: number; readonly unrouted: number }, code: string, entry: string,
): Promise<DeliveryEnd> {
  const { source, item, revision, sink } = payload;
  const reply = await END_DELIVERY.run(
    redis,
    [keys.items(source), keys.facts(source), keys.books(source), keys.owed, keys.stories(source, item, revision), keys.storeBytes,
      keys.storeCount, keys.quarantine, keys.quarantineTimes, keys.sinkCounts, keys.marks(sink), keys.backlog, keys.sinkUnrouted],
    [item, revision, sink, code, entry, owedDelivery(payload), counts.taken, counts.unrouted],
  );
  return ends.parse(reply);
}

/** `unrouted`: stories of the item that the sink's filter left out. */
export const delivered = (redis: Redis, keys: RedisKeys, payload: DeliverPayload, stories: number, unrouted = 0): Promise<DeliveryEnd> =>
  endDelivery(redis, keys, payload, { taken: stories, unrouted }, '', '');

export const deliveryQuarantined = (
  redis: Redis, keys: RedisKeys, payload: DeliverPayload, fault: Fault, attempts: number,
): Promise<DeliveryEnd> =>
  endDelivery(redis, keys, payload, { taken: 0, unrouted: 0 }, fault.code, quarantineEntry({ queue: 'deliver', ...payload }, fault, attempts));
