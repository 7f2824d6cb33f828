import type { Redis } from 'ioredis';
import { z } from 'zod';
import { RedisScript, type RedisKeys } from '../queue/index.js';
import type { ItemFacts } from './facts.js';
import { LUA_STATE } from './state.js';

/** A settled item goes back to be read as its next revision; the mark of what its feed said last stays, so that the feed's next poll finds nothing changed. */
const REREAD = new RedisScript(`${LUA_STATE}
local items, facts, books, owed = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local source, item, told, why = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local state = read(redis.call('HGET', items, item))
if not state then return 'forgotten' end
if bucket(state) == 'in-flight' or state.stage == 'quarantined' then return 'busy' end
local revision = state.revision + 1
redis.call('HINCRBY', books, 'gone:' .. bucket(state), 1)
redis.call('HINCRBY', books, 'seen', 1)
tell(items, item, revision, 'reread', why)
move(items, books, item, nil, { stage = 'queued', revision = revision, mark = state.mark, code = '', pending = '', failed = '' })
redis.call('HSET', facts, item, told)
redis.call('ZADD', owed, now_ms, 'article/' .. source .. '/' .. item .. '/' .. revision)
return 'taken'
`);

/** `forgotten`: the ledger does not know the item any more. `busy`: it is in flight or in quarantine. */
export type RereadOutcome = 'taken' | 'forgotten' | 'busy';
const outcomes = z.enum(['taken', 'forgotten', 'busy']);

/** Puts an item back to be read from the page archive; the sweep of jobs owed adds its job within seconds. */
export async function takeToReread(redis: Redis, keys: RedisKeys, source: string, item: string, facts: ItemFacts, why: string): Promise<RereadOutcome> {
  return outcomes.parse(await REREAD.run(redis, [keys.items(source), keys.facts(source), keys.books(source), keys.owed],
    [source, item, JSON.stringify(facts), why]));
}
