import type { Redis } from 'ioredis';
import { RedisScript, type RedisKeys } from '../queue/index.js';
import { itemFactsSchema, type ItemFacts } from './facts.js';
import { parseQuarantineEntry, type QuarantineEntry } from './quarantine-entry.js';
import { LUA_STATE } from './state.js';
import { storedStories, type StoredStory } from './stories.js';

export interface QuarantineFilter {
  readonly source?: string | undefined;
  /** Code of the fault. */
  readonly reason?: string | undefined;
  /** Milliseconds of the epoch. */
  readonly since?: number | undefined;
  /** Milliseconds of the epoch; entries of that time and before. */
  readonly until?: number | undefined;
  /** Most entries given, newest first. */
  readonly limit?: number | undefined;
}

export interface QuarantinedJob extends QuarantineEntry {
  /** What `show`, `retry` and `drop` take. */
  readonly id: string;
}

export interface QuarantinedWhole extends QuarantinedJob {
  readonly facts: ItemFacts | null;
  /** Stories that a sink did not take; empty where reading already failed. */
  readonly stories: readonly StoredStory[];
}

const PAGE = 500;

/** Jobs that failed for good, newest first. */
export async function listQuarantine(redis: Redis, keys: RedisKeys, filter: QuarantineFilter = {}): Promise<QuarantinedJob[]> {
  const { source, reason, since = 0, until, limit = 100 } = filter;
  const jobs: QuarantinedJob[] = [];
  for (let offset = 0; jobs.length < limit; offset += PAGE) {
    const ids = await redis.zrange(keys.quarantineTimes, until === undefined ? '+inf' : String(until), String(since), 'BYSCORE', 'REV', 'LIMIT', offset, PAGE);
    if (ids.length === 0) break;
    const entries = await redis.hmget(keys.quarantine, ...ids);
    for (const [at, json] of entries.entries()) {
      if (json === null || jobs.length >= limit) continue;
      const entry = parseQuarantineEntry(json);
      if ((source === undefined || entry.source === source) && (reason === undefined || entry.code === reason)) {
        jobs.push({ ...entry, id: ids[at] ?? '' });
      }
    }
  }
  return jobs;
}

/** One job with all that is kept of it, or null when there is none of that id. */
export async function showQuarantined(redis: Redis, keys: RedisKeys, id: string): Promise<QuarantinedWhole | null> {
  const json = await redis.hget(keys.quarantine, id);
  if (json === null) return null;
  const entry = parseQuarantineEntry(json);
  const [told, stories] = await Promise.all([
    redis.hget(keys.facts(entry.source), entry.item),
    storedStories(redis, keys, entry),
  ]);
  return { ...entry, id, facts: told === null ? null : itemFactsSchema.parse(JSON.parse(told)), stories: stories ?? [] };
}

/**
 * Puts a job back to work: its item is in flight again and the job is owed at once. Whatever the item became meanwhile stands:
 * an entry that no longer fits is only taken away.
 */
const RETRY = new RedisScript(`${LUA_STATE}
local items, books, owed, quarantine, times, stories, backlog = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7]
local id, item, revision, sink = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local state = read(redis.call('HGET', items, item))
local fits = state and state.revision == tonumber(revision)
-- Stories that were lost from the disk: there is nothing to send again, and the entry stays until a person drops it.
if fits and sink ~= '' and select(2, without(state.failed, sink)) and redis.call('EXISTS', stories) == 0 then return 0 end
if redis.call('HDEL', quarantine, id) == 0 then return 0 end
redis.call('ZREM', times, id)
if not fits then return 0 end
local before = bucket(state)
if sink == '' then
  if state.stage ~= 'quarantined' then return 0 end
  state.stage = 'queued'
else
  local rest, found = without(state.failed, sink)
  if not found then return 0 end
  state.failed, state.pending, state.stage = rest, with(state.pending, sink), 'accepted'
  redis.call('HINCRBY', backlog, sink .. ':n', 1)
  redis.call('HINCRBY', backlog, sink .. ':b', redis.call('STRLEN', stories))
end
state.code = ''
move(items, books, item, before, state)
redis.call('ZADD', owed, now_ms, id)
return 1
`);

/** Takes the entry away; an item that only it held back is rejected for that reason, and nothing of it is kept. */
const DROP = new RedisScript(`${LUA_STATE}
local items, facts, books, stories, bytes, count, quarantine, times, marks =
  KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[8], KEYS[9]
local id, item, revision, sink, why = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
if redis.call('HDEL', quarantine, id) == 0 then return 0 end
redis.call('ZREM', times, id)
redis.call('HDEL', marks, id)
local state = read(redis.call('HGET', items, item))
if not state or state.revision ~= tonumber(revision) then return 0 end
local before = bucket(state)
if sink ~= '' then
  state.failed = without(state.failed, sink)
  if state.failed ~= '' or state.pending ~= '' then
    free(state, stories, bytes, count)
    if state.stage == 'quarantined' then state.code = string.match(state.failed, '=([^,]*)') end
    move(items, books, item, before, state)
    return 1
  end
elseif state.stage ~= 'quarantined' then
  return 0
end
state.stage, state.code = 'rejected', why
move(items, books, item, before, state)
redis.call('HDEL', facts, item)
if redis.call('EXISTS', stories) == 1 then
  redis.call('DECRBY', bytes, redis.call('STRLEN', stories))
  redis.call('DECR', count)
  redis.call('DEL', stories)
end
return 1
`);

/** How many jobs lie in quarantine. */
export const quarantined = (redis: Redis, keys: RedisKeys): Promise<number> => redis.zcard(keys.quarantineTimes);

async function entryOf(redis: Redis, keys: RedisKeys, id: string): Promise<QuarantineEntry | null> {
  const json = await redis.hget(keys.quarantine, id);
  return json === null ? null : parseQuarantineEntry(json);
}

/**
 * False when there was nothing to retry. The sweep of jobs owed adds the job within seconds; the caller has first removed the
 * failed job of that id from its queue (`Queues.forget`), for BullMQ adds no job whose id it still holds.
 */
export async function retryQuarantined(redis: Redis, keys: RedisKeys, id: string): Promise<boolean> {
  const entry = await entryOf(redis, keys, id);
  if (entry === null) return false;
  const { source, item, revision, sink = '' } = entry;
  return (await RETRY.run(redis, [keys.items(source), keys.books(source), keys.owed, keys.quarantine, keys.quarantineTimes,
    keys.stories(source, item, revision), keys.backlog], [id, item, revision, sink])) === 1;
}

/** False when there was nothing to drop. `why` is the reason in the books. */
export async function dropQuarantined(redis: Redis, keys: RedisKeys, id: string, why: 'dropped' | 'expired' = 'dropped'): Promise<boolean> {
  const entry = await entryOf(redis, keys, id);
  if (entry === null) return false;
  const { source, item, revision, sink = '' } = entry;
  return (await DROP.run(redis, [keys.items(source), keys.facts(source), keys.books(source), keys.stories(source, item, revision),
    keys.storeBytes, keys.storeCount, keys.quarantine, keys.quarantineTimes, keys.marks(sink)], [id, item, revision, sink, why])) === 1;
}

export interface QuarantineBounds {
  /** Milliseconds a job is kept. */
  readonly age: number;
  /** Jobs that are kept; the oldest go first. */
  readonly count: number;
}

/** Drops what is past the bounds, so that stories nobody asks for do not fill the store for ever. Gives how many. `now` is Redis's time, in ms. */
export async function expireQuarantined(redis: Redis, keys: RedisKeys, { age, count }: QuarantineBounds, now: number): Promise<number> {
  const old = await redis.zrange(keys.quarantineTimes, '-inf', String(now - age), 'BYSCORE', 'LIMIT', 0, PAGE);
  const over = (await redis.zcard(keys.quarantineTimes)) - count;
  const surplus = over > 0 ? await redis.zrange(keys.quarantineTimes, 0, String(Math.min(over, PAGE) - 1)) : [];
  let gone = 0;
  for (const id of new Set([...old, ...surplus])) if (await dropQuarantined(redis, keys, id, 'expired')) gone += 1;
  return gone;
}
