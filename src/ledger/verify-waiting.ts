import type { Redis } from 'ioredis';
import { z } from 'zod';
import { RedisScript, type RedisKeys } from '../queue/index.js';
import type { Imbalance } from './verify.js';

/**
 * Recounts what waits for each sink, and what the store of stories holds, from the jobs owed, the quarantine and the stories
 * themselves. In one script, because the figures of a service at work agree only within one moment; it takes a few microseconds a
 * delivery that waits, of which the settings bound the number.
 */
const RECOUNT = new RedisScript(`
local owed, quarantine, backlog, bytes, count, prefix = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], ARGV[1]
local sinks, held, pages, held_bytes = {}, {}, 0, 0
local function of(sink)
  sinks[sink] = sinks[sink] or { n = 0, b = 0, missing = 0 }
  return sinks[sink]
end
local function meet(name, waits)
  local source, item, revision, sink = string.match(name, '^deliver/([^/]+)/([^/]+)/(%d+)/([^/]+)$')
  if not sink then return end
  local key = prefix .. source .. ':' .. item .. ':' .. revision
  local size = redis.call('STRLEN', key)
  if not held[key] then
    held[key] = true
    if size > 0 then pages, held_bytes = pages + 1, held_bytes + size end
  end
  if waits then
    local sums = of(sink)
    sums.n, sums.b = sums.n + 1, sums.b + size
    if size == 0 then sums.missing = sums.missing + 1 end
  end
end
for _, name in ipairs(redis.call('ZRANGE', owed, 0, -1)) do meet(name, true) end
for _, name in ipairs(redis.call('HKEYS', quarantine)) do meet(name, false) end
local fields = redis.call('HKEYS', backlog)
for _, field in ipairs(fields) do of(string.sub(field, 1, -3)) end
-- What is to go to disk waits here until it is there.
for sink in pairs(sinks) do
  for _, name in ipairs(redis.call('LRANGE', ARGV[2] .. sink, 0, -1)) do meet(name, true) end
end
local found = { '', 'pages held for sinks', tonumber(redis.call('GET', count) or '0'), pages,
  '', 'bytes held for sinks', tonumber(redis.call('GET', bytes) or '0'), held_bytes }
local function add(...) for _, value in ipairs({ ... }) do found[#found + 1] = value end end
for sink, sums in pairs(sinks) do
  add(sink, 'deliveries that wait', tonumber(redis.call('HGET', backlog, sink .. ':n') or '0'), sums.n)
  add(sink, 'bytes that wait', tonumber(redis.call('HGET', backlog, sink .. ':b') or '0'), sums.b)
  add(sink, 'deliveries without their stories', 0, sums.missing)
end
return found
`);

const flat = z.array(z.union([z.string(), z.number()]));

/** The figures of the backlogs and of the story store that a recount does not confirm; `source` names the sink. */
export async function verifyWaiting(redis: Redis, keys: RedisKeys): Promise<Imbalance[]> {
  const found = flat.parse(await RECOUNT.run(
    redis, [keys.owed, keys.quarantine, keys.backlog, keys.storeBytes, keys.storeCount], [keys.storiesPrefix, keys.spillTodo('')],
  ));
  const imbalances: Imbalance[] = [];
  for (let at = 0; at + 3 < found.length; at += 4) {
    const [sink, what, booked, counted] = found.slice(at, at + 4);
    if (booked !== counted) imbalances.push({ source: sink === '' ? 'all sinks' : `sink ${String(sink)}`, what: String(what), booked: Number(booked), counted: Number(counted) });
  }
  return imbalances;
}
