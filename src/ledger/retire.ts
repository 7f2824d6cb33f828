import type { Redis } from 'ioredis';
import { RedisScript, type RedisKeys } from '../queue/index.js';
import { LUA_STATE } from './state.js';

/** Forgets settled items that their feed has not listed for long, and the oldest where there are too many; their place in the books stays, as a number. */
const RETIRE = new RedisScript(`${LUA_STATE}
local items, listed, books = KEYS[1], KEYS[2], KEYS[3]
local gone = 0
local names = redis.call('ZRANGEBYSCORE', listed, '-inf', now - ARGV[1], 'LIMIT', 0, ARGV[2])
local over = math.min(redis.call('ZCARD', listed) - tonumber(ARGV[3]), tonumber(ARGV[2]))
if over > #names then names = redis.call('ZRANGE', listed, 0, over - 1) end
for _, item in ipairs(names) do
  local state = read(redis.call('HGET', items, item))
  if not state then
    redis.call('ZREM', listed, item)
  elseif bucket(state) == 'in-flight' or state.stage == 'quarantined' then
    redis.call('ZADD', listed, now, item)
  else
    redis.call('HINCRBY', books, 'gone:' .. bucket(state), 1)
    redis.call('HDEL', items, item)
    redis.call('ZREM', listed, item)
    gone = gone + 1
  end
end
return gone
`);

const CHUNK = 500;

/** Gives the number of items forgotten, a few hundred at most. What is in flight or in quarantine is kept whatever its age. */
export async function retire(redis: Redis, keys: RedisKeys, source: string, retentionMs: number, maxItems = Number.MAX_SAFE_INTEGER): Promise<number> {
  const gone = await RETIRE.run(redis, [keys.items(source), keys.listed(source), keys.books(source)], [Math.floor(retentionMs / 1000), CHUNK, maxItems]);
  return Number(gone);
}
