import type { Redis } from 'ioredis';
import { z } from 'zod';
import { OWED_GRACE_MS, RedisScript, sharedNow, type RedisKeys } from '../queue/index.js';
import type { ItemFacts, ItemRef } from './facts.js';
import { LUA_STATE, parseState } from './state.js';
import { noteListed } from './still-listed.js';

export interface ListedItem {
  /** Id of the item within its source, 8–64 letters of base64url. */
  readonly item: string;
  /** Hash of what tells a changed item: its times and title. */
  readonly mark: string;
  readonly facts: ItemFacts;
}

/** An item that the feed shows changed is read again at most this often; a feed that redates every item at every poll costs no more. */
export const REREAD_AFTER_S = 15 * 60;
const CHUNK = 200;

/** Takes in items not known, or known and changed; the ledger entry, its counters and the job owed are written together. */
const INTAKE = new RedisScript(`${LUA_STATE}
local items, facts, books, owed, sources = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local source, grace, reread = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local taken = {}
redis.call('SADD', sources, source)
for at = 4, #ARGV, 3 do
  local item, mark, told = ARGV[at], ARGV[at + 1], ARGV[at + 2]
  local state = read(redis.call('HGET', items, item))
  local revision = nil
  if not state then
    revision = 1
  elseif bucket(state) ~= 'in-flight' and state.stage ~= 'quarantined' and state.mark ~= mark and state.since + reread <= now then
    revision = state.revision + 1
    redis.call('HINCRBY', books, 'gone:' .. bucket(state), 1)
  end
  if revision then
    redis.call('HINCRBY', books, 'seen', 1)
    move(items, books, item, nil, { stage = 'queued', revision = revision, mark = mark, code = '', pending = '', failed = '' })
    redis.call('HSET', facts, item, told)
    tell(items, item, revision, 'listed', string.match(told, '"url":"([^"]*)"') or '')
    redis.call('ZADD', owed, now_ms + grace, 'article/' .. source .. '/' .. item .. '/' .. revision)
    taken[#taken + 1] = item
    taken[#taken + 1] = revision
  end
end
return taken
`);

const takenSchema = z.array(z.union([z.string(), z.number()]));

/**
 * Writes what a feed lists into the books. Gives the items that are to be read now: the new ones, and those the feed shows
 * changed, if they were last settled `rereadAfterS` ago. The caller adds their jobs; should it die first, the sweep of jobs owed does.
 */
export async function takeIn(redis: Redis, keys: RedisKeys, source: string, listed: readonly ListedItem[], rereadAfterS = REREAD_AFTER_S): Promise<ItemRef[]> {
  const refs: ItemRef[] = [];
  for (let start = 0; start < listed.length; start += CHUNK) {
    const chunk = listed.slice(start, start + CHUNK);
    const states = await redis.hmget(keys.items(source), ...chunk.map(({ item }) => item));
    const open = chunk.filter(({ mark }, at) => parseState(states[at] ?? '')?.mark !== mark);
    // The ledger forgets an item a while after its feed last showed it, never while it still does.
    const seconds = Math.floor((await sharedNow(redis)) / 1_000);
    await noteListed(redis, keys, source, chunk.map(({ item, facts: { address } }) => ({ item, address })), seconds);
    if (open.length === 0) continue;
    const reply = takenSchema.parse(await INTAKE.run(
      redis,
      [keys.items(source), keys.facts(source), keys.books(source), keys.owed, keys.sources],
      [source, OWED_GRACE_MS, rereadAfterS, ...open.flatMap(({ item, mark, facts }) => [item, mark, JSON.stringify(facts)])],
    ));
    for (let at = 0; at + 1 < reply.length; at += 2) refs.push({ source, item: String(reply[at]), revision: Number(reply[at + 1]) });
  }
  return refs;
}

/** What the books could not take yet. */
export interface HeldBack {
  /** An earlier revision is still on its way, or in quarantine. */
  readonly held: number;
  /** Of these, those whose earlier revision is in quarantine: they wait for a person. */
  readonly quarantined: number;
}

export async function heldBack(redis: Redis, keys: RedisKeys, source: string, listed: readonly ListedItem[]): Promise<HeldBack> {
  if (listed.length === 0) return { held: 0, quarantined: 0 };
  const states = await redis.hmget(keys.items(source), ...listed.map(({ item }) => item));
  const held = listed.flatMap(({ mark }, at) => {
    const state = parseState(states[at] ?? '');
    return state?.mark === mark ? [] : [state];
  });
  return { held: held.length, quarantined: held.filter((state) => state?.stage === 'quarantined').length };
}
