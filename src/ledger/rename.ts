import type { Redis } from 'ioredis';
import { RedisScript, type RedisKeys } from '../queue/index.js';
import { LUA_STATE } from './state.js';

/** Only what is settled: a job under way knows its item by the old name. */
const RENAME = new RedisScript(`${LUA_STATE}
local items, listed = KEYS[1], KEYS[2]
local renamed = 0
for at = 1, #ARGV, 2 do
  local old, new = ARGV[at], ARGV[at + 1]
  local line = redis.call('HGET', items, old)
  local state = read(line)
  if state and bucket(state) ~= 'in-flight' and state.stage ~= 'quarantined' and redis.call('HEXISTS', items, new) == 0 then
    redis.call('HSET', items, new, line)
    redis.call('HDEL', items, old)
    redis.call('ZADD', listed, redis.call('ZSCORE', listed, old) or now, new)
    redis.call('ZREM', listed, old)
    tell(items, new, state.revision, 'renamed', old)
    renamed = renamed + 1
  end
end
return renamed
`);

/** Gives settled items the names that their source's items go by from now on, so that what was seen is not new. Gives how many. */
export async function renameItems(redis: Redis, keys: RedisKeys, source: string, names: readonly (readonly [string, string])[]): Promise<number> {
  if (names.length === 0) return 0;
  return Number(await RENAME.run(redis, [keys.items(source), keys.listed(source)], names.flat()));
}
