import type { Redis } from 'ioredis';
import { z } from 'zod';
import { parseOwed, RedisScript, sharedNow, type DeliverPayload, type RedisKeys } from '../queue/index.js';
import { LUA_SEGMENT } from './spill.js';
import { LUA_STATE } from './state.js';

/** One delivery as a segment keeps it. */
export interface SpilledDelivery {
  /** Name of the delivery owed. */
  readonly name: string;
  /** The stories as the store keeps them; see `stories.ts`. */
  readonly body: Buffer;
}

/** The next deliveries of a sink that are to go to disk, with their stories: the oldest, no more than fit the bounds, but one at least. */
export async function toSpill(redis: Redis, keys: RedisKeys, sink: string, most: number, mostBytes: number): Promise<SpilledDelivery[]> {
  const names = await redis.lrange(keys.spillTodo(sink), 0, most - 1);
  const waiting: SpilledDelivery[] = [];
  let bytes = 0;
  for (const name of names) {
    const payload = deliveryOf(name);
    const body = payload === null ? null : await redis.getBuffer(keys.stories(payload.source, payload.item, payload.revision));
    bytes += body?.byteLength ?? 0;
    if (waiting.length > 0 && bytes > mostBytes) break;
    waiting.push({ name, body: body ?? Buffer.alloc(0) });
  }
  return waiting;
}

export function deliveryOf(name: string): DeliverPayload | null {
  const owed = parseOwed(name);
  return owed?.queue === 'deliver' ? owed.payload : null;
}

/** Writes down that a segment is begun, before its file is. */
export async function beginSegment(redis: Redis, keys: RedisKeys, id: string, sink: string): Promise<void> {
  await redis.hset(keys.spillSegments, id, `${sink}|writing|0|0|${await sharedNow(redis)}`);
}

/** The file is safe on the disk: the states name it, and stories that nobody else waits for leave Redis. */
const MARK = new RedisScript(`${LUA_STATE}${LUA_SEGMENT}
local todo, segments, spill, by_source, backlog, bytes, count, owed = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[8]
local prefix, segment, place, size = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local entry = segment_of(redis.call('HGET', segments, segment))
if not entry or entry.state ~= 'writing' then return -1 end
local sink = entry.sink
for at = 5, #ARGV do
  local name = ARGV[at]
  redis.call('LREM', todo, 1, name)
  local source, item, revision = string.match(name, '^deliver/([^/]+)/([^/]+)/(%d+)/')
  local items = prefix .. ':items:' .. source
  local state = read(redis.call('HGET', items, item))
  if in_flight(state, revision) and state.stage == 'accepted' and waits(state.pending, sink) then
    local stories = prefix .. ':stories:' .. source .. ':' .. item .. ':' .. revision
    if redis.call('EXISTS', stories) == 0 then
      -- Stories that are missing are no matter of the disk: the delivery shows it.
      redis.call('ZADD', owed, now_ms, name)
    else
      redis.call('HINCRBY', backlog, sink .. ':n', -1)
      redis.call('HINCRBY', backlog, sink .. ':b', 0 - redis.call('STRLEN', stories))
      redis.call('HINCRBY', by_source, sink .. '/' .. source, 1)
      state.pending = with(without(state.pending, sink), sink .. '=' .. segment)
      free(state, stories, bytes, count)
      redis.call('HSET', items, item, table.concat({ state.stage, string.format('%d', state.revision), state.mark, string.format('%d', state.since),
        state.code, state.pending, state.failed }, '|'))
      tell(items, item, revision, 'to-disk', sink)
      entry.live = entry.live + 1
    end
  end
end
entry.state, entry.bytes = 'held', size
keep_segment(segments, segment, entry)
redis.call('HINCRBY', spill, 'n:' .. sink, entry.live)
redis.call('HINCRBY', spill, 'b:' .. place, size)
return entry.live
`);

/**
 * Marks the deliveries of a segment whose file is on the disk, `bytes` long. Gives how many it holds: fewer than were given
 * where some had gone meanwhile, and null where it was given up because it took too long.
 */
export async function markSpilled(
  redis: Redis, keys: RedisKeys, segment: { readonly id: string; readonly place: string; readonly bytes: number }, sink: string, names: readonly string[],
): Promise<number | null> {
  const live = z.int().parse(await MARK.run(
    redis, [keys.spillTodo(sink), keys.spillSegments, keys.spill, keys.spillSources, keys.backlog, keys.storeBytes, keys.storeCount, keys.owed],
    [keys.prefix, segment.id, segment.place, segment.bytes, ...names],
  ));
  return live < 0 ? null : live;
}

/** Gives up a segment that was begun long ago and never marked; it can never be marked then. False when it was marked meanwhile. */
const ABANDON = new RedisScript(`${LUA_SEGMENT}
local entry = segment_of(redis.call('HGET', KEYS[1], ARGV[1]))
if not entry or entry.state ~= 'writing' then return 0 end
entry.state = 'held'
keep_segment(KEYS[1], ARGV[1], entry)
return 1
`);
export const abandonSegment = async (redis: Redis, keys: RedisKeys, id: string): Promise<boolean> =>
  (await ABANDON.run(redis, [keys.spillSegments], [id])) === 1;

/** Takes an empty segment out of the register, after its file. */
const CLOSE = new RedisScript(`${LUA_SEGMENT}
local segments, spill, segment, place = KEYS[1], KEYS[2], ARGV[1], ARGV[2]
local entry = segment_of(redis.call('HGET', segments, segment))
if not entry or entry.state ~= 'held' or entry.live > 0 then return 0 end
redis.call('HDEL', segments, segment)
if redis.call('HINCRBY', spill, 'b:' .. place, 0 - entry.bytes) == 0 then redis.call('HDEL', spill, 'b:' .. place) end
return 1
`);
export const closeSegment = async (redis: Redis, keys: RedisKeys, id: string, place: string): Promise<boolean> =>
  (await CLOSE.run(redis, [keys.spillSegments, keys.spill], [id, place])) === 1;
