import type { Redis } from 'ioredis';
import { z } from 'zod';
import { giveUp } from '../fault.js';
import { OWED_GRACE_MS, owedDelivery, RedisScript, type RedisKeys } from '../queue/index.js';
import { quarantineEntry } from './quarantine-entry.js';
import { LUA_SEGMENT, type SpillMark } from './spill.js';
import type { SpilledDelivery } from './spill-out.js';
import { LUA_STATE } from './state.js';

/** What the scripts below have in common: a delivery leaves its segment. */
const LUA_BACK = `${LUA_STATE}${LUA_SEGMENT}
local segments, spill, by_source, backlog, bytes, count, owed, quarantine, times = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[8], KEYS[9]
local prefix, segment, grace = ARGV[1], ARGV[2], tonumber(ARGV[3])
local entry = segment_of(redis.call('HGET', segments, segment))
if not entry then return {} end
local sink, left = entry.sink, 0

local function place_of(name)
  local source, item, revision = string.match(name, '^deliver/([^/]+)/([^/]+)/(%d+)/')
  return source, item, revision, prefix .. ':items:' .. source, prefix .. ':stories:' .. source .. ':' .. item .. ':' .. revision
end

-- The state of an item whose delivery lies in this segment, the mark taken out of it.
local function unmarked(items, item, revision, source)
  local state = read(redis.call('HGET', items, item))
  if not in_flight(state, revision) or state.stage ~= 'accepted' or not waits(state.pending, sink .. '=' .. segment) then return nil end
  state.pending = without(state.pending, sink)
  left = left + 1
  if redis.call('HINCRBY', by_source, sink .. '/' .. source, -1) == 0 then redis.call('HDEL', by_source, sink .. '/' .. source) end
  return state
end

local function keep(items, item, state)
  redis.call('HSET', items, item, table.concat({ state.stage, string.format('%d', state.revision), state.mark, string.format('%d', state.since),
    state.code, state.pending, state.failed }, '|'))
end

local function owe(name, items, item, stories, state)
  state.pending = with(state.pending, sink)
  redis.call('HINCRBY', backlog, sink .. ':n', 1)
  redis.call('HINCRBY', backlog, sink .. ':b', redis.call('STRLEN', stories))
  redis.call('ZADD', owed, now_ms + grace, name)
  keep(items, item, state)
  tell(items, item, state.revision, 'from-disk', sink)
end

local function count_left()
  entry.live = entry.live - left
  keep_segment(segments, segment, entry)
  if redis.call('HINCRBY', spill, 'n:' .. sink, 0 - left) == 0 then redis.call('HDEL', spill, 'n:' .. sink) end
end
`;

const TAKE_BACK = new RedisScript(`${LUA_BACK}
local taken = {}
for at = 4, #ARGV, 2 do
  local name, body = ARGV[at], ARGV[at + 1]
  local source, item, revision, items, stories = place_of(name)
  local state = unmarked(items, item, revision, source)
  if state then
    if redis.call('EXISTS', stories) == 0 then
      redis.call('SET', stories, body)
      redis.call('INCRBY', bytes, #body)
      redis.call('INCR', count)
    end
    owe(name, items, item, stories, state)
    taken[#taken + 1] = name
  end
end
count_left()
return taken
`);

/** What a segment holds and nobody can read any more. Stories that are still here for another sink were not lost. */
const LOSE = new RedisScript(`${LUA_BACK}
local taken = {}
for at = 4, #ARGV, 2 do
  local name, told = ARGV[at], ARGV[at + 1]
  local source, item, revision, items, stories = place_of(name)
  local state = unmarked(items, item, revision, source)
  if state and redis.call('EXISTS', stories) == 1 then
    owe(name, items, item, stories, state)
    taken[#taken + 1] = name
  elseif state then
    tell(items, item, revision, 'refused', sink .. '=spill-lost')
    state.failed = with(state.failed, sink .. '=spill-lost')
    redis.call('HSET', quarantine, name, told)
    redis.call('ZADD', times, now_ms, name)
    if state.pending == '' then
      state.stage, state.code = 'quarantined', string.match(state.failed, '=([^,]*)')
      move(items, prefix .. ':books:' .. source, item, 'in-flight', state)
    else
      keep(items, item, state)
    end
  end
end
count_left()
return taken
`);

const names = z.array(z.string());
const keysFor = (keys: RedisKeys): string[] =>
  [keys.spillSegments, keys.spill, keys.spillSources, keys.backlog, keys.storeBytes, keys.storeCount, keys.owed, keys.quarantine, keys.quarantineTimes];

/** Deliveries come back from a segment. Gives the names of those that are owed from now on; the caller adds their jobs, or the sweep does. */
export const takeBack = async (redis: Redis, keys: RedisKeys, segment: string, deliveries: readonly SpilledDelivery[]): Promise<string[]> =>
  names.parse(await TAKE_BACK.run(redis, keysFor(keys), [keys.prefix, segment, OWED_GRACE_MS, ...deliveries.flatMap(({ name, body }) => [name, body])]));

/** Deliveries whose segment is lost go to quarantine as `spill-lost`. Gives the names of those whose stories were still here, and are owed again. */
export async function loseSpilled(redis: Redis, keys: RedisKeys, segment: string, marks: readonly SpillMark[], why: string): Promise<string[]> {
  const fault = giveUp({
    code: 'spill-lost', message: `the stories waited on disk, and ${why}`,
    hint: 'Send them again from the story store with dateline replay, or drop the entry and read the page again with dateline reread.',
  });
  return names.parse(await LOSE.run(redis, keysFor(keys), [keys.prefix, segment, OWED_GRACE_MS, ...marks.flatMap(({ source, item, revision, sink }) => [
    owedDelivery({ source, item, revision, sink }), quarantineEntry({ queue: 'deliver', source, item, revision, sink }, fault, 0),
  ])]));
}

/** Deliveries that were to go to disk need not, for there is room again. */
const RELEASE = new RedisScript(`${LUA_STATE}
local todo, owed, prefix, grace = KEYS[1], KEYS[2], ARGV[1], tonumber(ARGV[2])
local taken = {}
for _, name in ipairs(redis.call('LPOP', todo, ARGV[3]) or {}) do
  local source, item, revision, sink = string.match(name, '^deliver/([^/]+)/([^/]+)/(%d+)/([^/]+)$')
  local state = read(redis.call('HGET', prefix .. ':items:' .. source, item))
  if in_flight(state, revision) and state.stage == 'accepted' and waits(state.pending, sink) then
    redis.call('ZADD', owed, now_ms + grace, name)
    taken[#taken + 1] = name
  end
end
return taken
`);
export const releaseTodo = async (redis: Redis, keys: RedisKeys, sink: string, most: number): Promise<string[]> =>
  names.parse(await RELEASE.run(redis, [keys.spillTodo(sink), keys.owed], [keys.prefix, OWED_GRACE_MS, most]));
