import type { Redis } from 'ioredis';
import { z } from 'zod';
import { RedisScript, type RedisKeys } from '../queue/index.js';
import { isSameStory, likeness } from './likeness.js';
import { BAND_BYTES, NEAR_BYTES, SIGNATURE_BYTES } from './sketch.js';

const ID_BYTES = 26;
/** A story's place in the store: its id, its signature, the number of its source. */
const RECORD_BYTES = ID_BYTES + SIGNATURE_BYTES + 2;
/** Stories of one chunk of records. */
const CHUNK = 64;
/** Entries that a bucket has on average when its generation is full: below Redis's bound for the compact form of a hash (128). */
const BUCKET_FILL = 80;
/** Stories that a band may name; more have it by their common furniture, and it finds nothing any more. */
const MOST_IN_BAND = 4;
const MOST_FOUND = 24;
const BANDS = BAND_BYTES / 4;
/** Keys of a dead generation that go with each story remembered, and turns of that where a new one waits for the room. */
const CLEARED = 200;
const CLEARINGS = 20;

/** Length of one head in the arguments of `accept`. */
const HEAD_BYTES = ID_BYTES + NEAR_BYTES;

export interface NearBounds {
  /** Milliseconds a story is looked for: this to twice this. */
  readonly windowMs: number;
  /** Stories kept, at most. */
  readonly maxStories: number;
}

/**
 * The window: two generations, of which the older goes when the newer is full or old. Compact: bands are fields of small hashes
 * (listpacks), signatures stand in strings of fixed size. `near_state` holds the generation, its begin, its stories and its
 * buckets, and what is still to be cleared of the last one.
 */
export const LUA_NEAR = `
local function near_gen(state)
  local held = redis.call('HMGET', state, 'gen', 'since', 'count', 'buckets', 'before')
  return tonumber(held[1] or '0'), tonumber(held[2] or '0'), tonumber(held[3] or '0'), tonumber(held[4] or '0'), tonumber(held[5] or '0')
end
local function near_record(state, gen, number)
  return redis.call('GETRANGE', state .. ':' .. gen .. ':s:' .. math.floor(number / ${CHUNK}), (number % ${CHUNK}) * ${RECORD_BYTES}, (number % ${CHUNK} + 1) * ${RECORD_BYTES} - 1)
end
local function near_found(state, gen, buckets, bands, least, found)
  if buckets == 0 then return end
  for at = 1, ${BAND_BYTES}, 4 do
    local band = string.sub(bands, at, at + 3)
    local named = redis.call('HGET', state .. ':' .. gen .. ':b:' .. (struct.unpack('>I4', band) % buckets), band)
    if named then
      for place = 1, #named, 4 do
        local number = struct.unpack('>I4', string.sub(named, place, place + 3))
        if number >= least then found[gen .. '/' .. number] = (found[gen .. '/' .. number] or 0) + 1 end
      end
    end
  end
end
local function near_clear(state)
  local dead, at, buckets, chunks = unpack(redis.call('HMGET', state, 'dead', 'dead_at', 'dead_buckets', 'dead_chunks'))
  if not dead then return end
  local from, total, names = tonumber(at), tonumber(buckets) + tonumber(chunks), {}
  for place = from, math.min(from + ${CLEARED}, total) - 1 do
    local kind, number = ':b:', place
    if place >= tonumber(buckets) then kind, number = ':s:', place - tonumber(buckets) end
    names[#names + 1] = state .. ':' .. dead .. kind .. number
  end
  if #names > 0 then redis.call('UNLINK', unpack(names)) end
  if from + ${CLEARED} >= total then redis.call('HDEL', state, 'dead', 'dead_at', 'dead_buckets', 'dead_chunks')
  else redis.call('HSET', state, 'dead_at', from + ${CLEARED}) end
end
local function near_remember(state, source, id, bands, signature, window, most)
  local gen, since, count, buckets, before = near_gen(state)
  if buckets == 0 or count >= most or now_ms - since > window then
    -- What is left of the generation before the last is cleared as the new one fills; a window that filled faster waits for it.
    for _ = 1, ${CLEARINGS} do if redis.call('HEXISTS', state, 'dead') == 1 then near_clear(state) end end
    if redis.call('HEXISTS', state, 'dead') == 0 or buckets == 0 then
      if before > 0 then
        redis.call('HSET', state, 'dead', gen - 1, 'dead_at', 0, 'dead_buckets', before, 'dead_chunks', redis.call('HGET', state, 'before_chunks'))
      end
      redis.call('HSET', state, 'before', buckets, 'before_chunks', math.ceil(count / ${CHUNK}))
      gen, count, buckets = gen + 1, 0, math.max(1, math.ceil(most * ${BANDS} / ${BUCKET_FILL}))
      redis.call('HSET', state, 'gen', gen, 'since', now_ms, 'buckets', buckets)
    elseif count >= most then
      return
    end
  end
  near_clear(state)
  local number = redis.call('HGET', state, 's:' .. source)
  if not number then
    number = redis.call('HINCRBY', state, 'sources', 1) % 65536
    redis.call('HSET', state, 's:' .. source, number, 'n:' .. number, source)
  end
  local chunk = state .. ':' .. gen .. ':s:' .. math.floor(count / ${CHUNK})
  if count % ${CHUNK} == 0 then redis.call('SET', chunk, string.rep('\\0', ${CHUNK * RECORD_BYTES})) end
  redis.call('SETRANGE', chunk, (count % ${CHUNK}) * ${RECORD_BYTES}, id .. signature .. struct.pack('>I2', tonumber(number)))
  for at = 1, ${BAND_BYTES}, 4 do
    local band = string.sub(bands, at, at + 3)
    local bucket = state .. ':' .. gen .. ':b:' .. (struct.unpack('>I4', band) % buckets)
    local named = redis.call('HGET', bucket, band) or ''
    if #named < ${MOST_IN_BAND * 4} then redis.call('HSET', bucket, band, named .. struct.pack('>I4', count)) end
  end
  redis.call('HSET', state, 'count', count + 1)
end
-- True when a story like one of the heads came in since the place was read.
local function near_overtaken(state, place, heads)
  local seen_gen, seen_count = string.match(place, '^(%d+):(%d+)$')
  if not seen_gen then return false end
  local gen, since, count, buckets = near_gen(state)
  local least, found = 0, {}
  if gen == tonumber(seen_gen) then least = tonumber(seen_count) end
  if least >= count then return false end
  for at = 1, #heads, ${HEAD_BYTES} do near_found(state, gen, buckets, string.sub(heads, at + ${ID_BYTES}, at + ${ID_BYTES + BAND_BYTES} - 1), least, found) end
  return next(found) ~= nil
end
local function near_remember_all(state, source, heads, window, most)
  for at = 1, #heads, ${HEAD_BYTES} do
    near_remember(state, source, string.sub(heads, at, at + ${ID_BYTES} - 1), string.sub(heads, at + ${ID_BYTES}, at + ${ID_BYTES + BAND_BYTES} - 1),
      string.sub(heads, at + ${ID_BYTES + BAND_BYTES}, at + ${HEAD_BYTES} - 1), window, most)
  end
end
`;

/** Candidates of several stories at once, each as source, record and hits, and the window's place for the race in `accept`. */
const LOOK = new RedisScript(`${LUA_NEAR}
local state = KEYS[1]
local gen, since, count, buckets, before = near_gen(state)
local answer = { gen .. ':' .. count }
for at = 1, #ARGV do
  local found, list = {}, {}
  near_found(state, gen, buckets, ARGV[at], 0, found)
  near_found(state, gen - 1, before, ARGV[at], 0, found)
  for name, hits in pairs(found) do list[#list + 1] = { name, hits } end
  table.sort(list, function(a, b) return a[2] > b[2] or (a[2] == b[2] and a[1] < b[1]) end)
  local rows = {}
  for place = 1, math.min(#list, ${MOST_FOUND}) do
    local from, number = string.match(list[place][1], '^(%d+)/(%d+)$')
    local record = near_record(state, from, tonumber(number))
    if #record == ${RECORD_BYTES} then
      rows[#rows + 1] = record
      rows[#rows + 1] = redis.call('HGET', state, 'n:' .. struct.unpack('>I2', string.sub(record, -2))) or ''
    end
  end
  answer[#answer + 1] = rows
end
return answer
`);

/** A story to be looked for: its id, and what `sketchForDuplicates` gave. */
export interface NearStory {
  readonly id: string;
  readonly near: Uint8Array;
}

export interface Found {
  readonly story: string;
  /** Source that told it first. */
  readonly source: string;
}

const answerSchema = z.tuple([z.instanceof(Buffer)], z.array(z.instanceof(Buffer)));

/** The first telling of each story that is told already, by its id; and the window's place, for `nearArguments`. */
export async function nearStories(redis: Redis, keys: RedisKeys, stories: readonly NearStory[]): Promise<{ readonly found: ReadonlyMap<string, Found>; readonly place: string }> {
  const found = new Map<string, Found>();
  if (stories.length === 0) return { found, place: '' };
  const [place, ...lists] = answerSchema.parse(await LOOK.buffers(redis, [keys.near], stories.map(({ near }) => Buffer.from(near.subarray(0, BAND_BYTES)))));
  for (const [at, { id, near }] of stories.entries()) {
    const signature = near.subarray(BAND_BYTES);
    let best = 0;
    for (let row = 0; row + 1 < (lists[at]?.length ?? 0); row += 2) {
      const record = lists[at]?.[row];
      if (record === undefined) continue;
      const other = record.toString('latin1', 0, ID_BYTES);
      const alike = likeness(signature, record.subarray(ID_BYTES, ID_BYTES + SIGNATURE_BYTES));
      if (other === id || !isSameStory(alike) || alike.contained <= best) continue;
      best = alike.contained;
      found.set(id, { story: other, source: lists[at]?.[row + 1]?.toString('utf8') ?? '' });
    }
  }
  return { found, place: place.toString() };
}

/** Stories that begin a cluster of their own, as the script that accepts them takes them in. */
export interface Remembered {
  readonly place: string;
  readonly heads: readonly NearStory[];
  readonly bounds: NearBounds;
}

/** Place, window, stories of a generation, and the heads one after another in records of `ID_BYTES + NEAR_BYTES`. */
export const nearArguments = ({ place, heads, bounds }: Remembered): (string | number | Buffer)[] => [
  place, bounds.windowMs, Math.max(1, Math.floor(bounds.maxStories / 2)),
  Buffer.concat(heads.map(({ id, near }) => Buffer.concat([Buffer.from(id.padEnd(ID_BYTES).slice(0, ID_BYTES), 'latin1'), near]))),
];

