import type { Redis } from 'ioredis';
import type { Fault } from '../fault.js';
import { RedisScript, type RedisKeys } from '../queue/index.js';
import type { ItemRef } from './facts.js';
import { quarantineEntry } from './quarantine-entry.js';
import { LUA_STATE } from './state.js';

/** Ends an item that is being read: the disposition, both counters and the paid debt in one transaction. */
const SETTLE = new RedisScript(`${LUA_STATE}
local items, facts, books, owed, quarantine, times = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local source, item, revision, stage, code, entry = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local state = read(redis.call('HGET', items, item))
if not in_flight(state, revision) or state.stage ~= 'queued' then return 0 end
state.stage, state.code = stage, code
move(items, books, item, 'in-flight', state)
redis.call('ZREM', owed, 'article/' .. source .. '/' .. item .. '/' .. revision)
if stage == 'quarantined' then
  local id = 'article/' .. source .. '/' .. item .. '/' .. revision
  redis.call('HSET', quarantine, id, entry)
  redis.call('ZADD', times, now_ms, id)
else
  redis.call('HDEL', facts, item)
end
return 1
`);

async function settle(
  redis: Redis, keys: RedisKeys, { source, item, revision }: ItemRef, stage: string, code: string, entry: string,
): Promise<boolean> {
  const moved = await SETTLE.run(
    redis,
    [keys.items(source), keys.facts(source), keys.books(source), keys.owed, keys.quarantine, keys.quarantineTimes],
    [source, item, revision, stage, code, entry],
  );
  return moved === 1;
}

/** Each gives false when the item was settled before: a job may run twice. */
export const settleUnchanged = (redis: Redis, keys: RedisKeys, ref: ItemRef): Promise<boolean> =>
  settle(redis, keys, ref, 'unchanged', '', '');
export const settleDuplicate = (redis: Redis, keys: RedisKeys, ref: ItemRef): Promise<boolean> =>
  settle(redis, keys, ref, 'duplicate', '', '');
export const settleRejected = (redis: Redis, keys: RedisKeys, ref: ItemRef, reason: string): Promise<boolean> =>
  settle(redis, keys, ref, 'rejected', reason, '');
export const settleQuarantined = (redis: Redis, keys: RedisKeys, ref: ItemRef, fault: Fault, attempts: number): Promise<boolean> =>
  settle(redis, keys, ref, 'quarantined', fault.code, quarantineEntry({ queue: 'article', ...ref }, fault, attempts));
