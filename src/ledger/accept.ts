import type { Redis } from 'ioredis';
import { z } from 'zod';
import { LUA_NEAR, nearArguments, type Remembered } from '../duplicate/index.js';
import { OWED_GRACE_MS, RedisScript, type RedisKeys } from '../queue/index.js';
import type { ItemFacts, ItemRef } from './facts.js';
import { LUA_HISTORY, tallyOf, type ToldStory } from './history.js';
import { encodeAddress, encodePagePointer } from './pages.js';
import { LUA_REASK, reaskArguments, type Reask, type ReaskBounds } from './reask.js';
import { LUA_STATE } from './state.js';

/**
 * Accepts the stories of an item: their bodies into the store, the page's known stories, the claim on their texts, the item's
 * new state, one delivery owed to each sink and the time its page is asked again, all in one transaction. From here on the stories
 * reach every sink. A page asked again that has news is the next revision of its item, as if the feed had shown it changed.
 */
const ACCEPT = new RedisScript(`${LUA_STATE}${LUA_REASK}${LUA_NEAR}${LUA_HISTORY}
local items, owed, stories, bytes, count = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local page, address, own_page = KEYS[6], KEYS[7], KEYS[8]
local source, item, revision, sinks, body = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local page_before, page_after, page_name, address_after = ARGV[6], ARGV[7], ARGV[8], ARGV[9]
local page_ttl, text_ttl, max_bytes, max_count, grace = ARGV[10], ARGV[11], tonumber(ARGV[12]), tonumber(ARGV[13]), tonumber(ARGV[14])
local pointer, again, bounds, unrouted = ARGV[15], tonumber(ARGV[16]), ARGV[23], ARGV[24]
local books, asked, leased, young, facts, backlog, left_out, near = KEYS[9], KEYS[10], KEYS[11], KEYS[12], KEYS[13], KEYS[14], KEYS[15], KEYS[16]
local spill, texts_from = KEYS[18], 19
local state = read(redis.call('HGET', items, item))
if again == 0 then
  if not in_flight(state, revision) or state.stage ~= 'queued' then return 'settled' end
elseif not state or state.revision + 1 ~= tonumber(revision) or bucket(state) == 'in-flight' or state.stage == 'quarantined' or round_of(young, item) ~= again then
  return 'settled'
end
if (redis.call('GET', page) or '') ~= page_before then return 'stale' end
for at = texts_from, #KEYS do
  local owner = redis.call('GET', KEYS[at])
  if owner and string.match(owner, '^%S+') ~= page_name then return 'stale' end
end
if near_overtaken(near, ARGV[25], ARGV[28]) then return 'near' end
local held = tonumber(redis.call('GET', bytes) or '0')
local waiting = tonumber(redis.call('GET', count) or '0')
if sinks ~= '' and waiting > 0 and (held + #body > max_bytes or waiting >= max_count) then return 'full' end
local diverted, told_diverted = {}, ''
for sink, most, most_bytes, from, from_bytes in string.gmatch(bounds, '([^,=]+)=(%d+)=(%d+)=(%d+)=(%d+)') do
  local n = tonumber(redis.call('HGET', backlog, sink .. ':n') or '0')
  local b = tonumber(redis.call('HGET', backlog, sink .. ':b') or '0')
  if n > 0 and (n >= tonumber(most) or b + #body > tonumber(most_bytes)) then return 'full' end
  -- What comes after something that went to disk goes there, too, so that the oldest is delivered first.
  if n >= tonumber(from) or b >= tonumber(from_bytes) or tonumber(redis.call('HGET', spill, 'n:' .. sink) or '0') > 0
    or redis.call('EXISTS', spill .. ':todo:' .. sink) == 1 then diverted[sink] = true end
end
redis.call('SET', page, page_after, 'EX', page_ttl)
redis.call('SET', address, address_after, 'EX', page_ttl)
if own_page ~= page then redis.call('SET', own_page, pointer, 'EX', page_ttl) end
for at = texts_from, #KEYS do redis.call('SET', KEYS[at], page_name .. ' ' .. ARGV[at + 11], 'EX', text_ttl, 'NX') end
redis.call('ZREM', owed, 'article/' .. source .. '/' .. item .. '/' .. revision)
for sink, n in string.gmatch(unrouted, '([^,=]+)=(%d+)') do redis.call('HINCRBY', left_out, sink, n) end
if again > 0 then
  redis.call('HINCRBY', books, 'gone:' .. bucket(state), 1)
  redis.call('HINCRBY', books, 'seen', 1)
  redis.call('HINCRBY', books, 'again:' .. ARGV[17], 1)
  redis.call('HSET', facts, item, ARGV[18])
  state.revision, state.code, state.failed, state.stage = state.revision + 1, '', '', 'accepted'
  move(items, books, item, nil, state)
  tell(items, item, state.revision, 'asked-again', ARGV[17])
end
if ARGV[19] ~= '' then schedule(asked, leased, young, books, ARGV[19], item, math.max(again, round_of(young, item) or 0) + 1, ARGV[20], ARGV[21], ARGV[22]) end
if sinks == '' then
  state.stage, state.code = 'rejected', 'not-routed'
  move(items, books, item, 'in-flight', state)
  redis.call('HDEL', facts, item)
  return 'not-routed'
end
redis.call('SET', stories, body)
redis.call('INCRBY', bytes, #body)
redis.call('INCR', count)
state.stage, state.pending = 'accepted', sinks
redis.call('HSET', items, item, table.concat({ state.stage, string.format('%d', state.revision), state.mark, string.format('%d', now),
  state.code, state.pending, state.failed }, '|'))
tell(items, item, revision, 'accepted', string.match(body, '^[^\\n]*') or '')
for sink in string.gmatch(sinks, '[^,]+') do
  redis.call('HINCRBY', backlog, sink .. ':n', 1)
  redis.call('HINCRBY', backlog, sink .. ':b', #body)
  local debt = 'deliver/' .. source .. '/' .. item .. '/' .. revision .. '/' .. sink
  if diverted[sink] then
    redis.call('RPUSH', spill .. ':todo:' .. sink, debt)
    told_diverted = with(told_diverted, sink)
  else
    redis.call('ZADD', owed, now_ms + grace, debt)
  end
end
count_stories(KEYS[17], ARGV[29])
near_remember_all(near, source, ARGV[28], tonumber(ARGV[26]), tonumber(ARGV[27]))
return 'accepted ' .. told_diverted
`);

export interface Acceptance {
  readonly ref: ItemRef;
  /** Sinks that the stories go to; for none at all the item is rejected as `not-routed`. */
  readonly sinks: readonly string[];
  /** How much may wait for each of them. */
  readonly bounds?: readonly SinkBound[];
  /** Stories that a sink's filter leaves out, by sink: of sinks that get none of them, whole. */
  readonly unrouted?: ReadonlyMap<string, number>;
  /** The stories as the store keeps them; see `stories.ts`. */
  readonly body: Uint8Array;
  /** Name of the page, as `knownPage` gave it. */
  readonly page: string;
  /** What `page` held when the stories were identified, as read: '' for nothing. */
  readonly pageBefore: string;
  readonly pageAfter: string;
  /** Hash of the item's canonical address. */
  readonly address: string;
  /** Texts that this page claims to be the first to tell. */
  readonly texts: readonly { readonly hash: string; readonly story: string }[];
  /** Stories that are looked for from now on among those of others. */
  readonly near?: Remembered | undefined;
  /** What the history counts, when they are accepted. */
  readonly told?: readonly ToldStory[] | undefined;
  /** When the page is asked again; left out: as it stood. */
  readonly reask?: Reask | undefined;
  /** Of a page asked again: the round that this ends, what it is booked as, and the facts of the item's new revision. */
  readonly again?: { readonly round: number; readonly outcome: 'changed' | 'withdrawn'; readonly facts: ItemFacts } | undefined;
}

export interface SinkBound {
  readonly name: string;
  readonly maxDeliveries: number;
  readonly maxBytes: number;
  /** How much waits for it when further deliveries go to disk; left out where none do. */
  readonly spillFrom?: { readonly deliveries: number; readonly bytes: number };
}

export interface StoreBounds extends Partial<ReaskBounds> {
  readonly maxSize: number;
  readonly maxStories: number;
}

/** How long a page's stories are known after their last change, and a text after it was first told; in seconds. */
export const PAGE_LIFETIME_S = 30 * 86_400;
export const TEXT_LIFETIME_S = 7 * 86_400;

/**
 * - `accepted`: it is written;
 * - `settled`: another run of the same job was first;
 * - `stale`: the page or one of its texts was told by somebody else since they were looked up; read again;
 * - `near`: a story like one of these came in since they were looked up; look again;
 * - `full`: too much waits for the sinks already, or for one of those it goes to;
 * - `not-routed`: it goes to no sink, and is rejected for that.
 */
export type AcceptOutcome = 'accepted' | 'settled' | 'stale' | 'near' | 'full' | 'not-routed';
const outcomes = z.enum(['accepted', 'settled', 'stale', 'near', 'full', 'not-routed']);

export interface Accepted {
  readonly outcome: AcceptOutcome;
  /** Sinks whose deliveries are to go to disk: the keeper of the disk has them, and no job is made. */
  readonly diverted: readonly string[];
}

export async function accept(redis: Redis, keys: RedisKeys, acceptance: Acceptance, bounds: StoreBounds): Promise<Accepted> {
  const { ref: { source, item, revision }, sinks, bounds: sinkBounds = [], unrouted, body, page, pageBefore, pageAfter, address, texts, near, told = [], reask, again } = acceptance;
  const owner = `${source}/${item}`;
  const scheduled = reask === undefined ? ['', 0, '', 0] : reaskArguments({ source, item }, reask, { maxPages: bounds.maxPages ?? NO_BOUND });
  const [outcome, diverted = ''] = z.string().parse(await ACCEPT.run(
    redis,
    [keys.items(source), keys.owed, keys.stories(source, item, revision), keys.storeBytes, keys.storeCount, keys.page(page),
      keys.address(address), keys.page(owner), keys.books(source), keys.reask, keys.reaskLeased, keys.young(source), keys.facts(source),
      keys.backlog, keys.sinkUnrouted, keys.near, keys.history, keys.spill, ...texts.map(({ hash }) => keys.text(hash))],
    [source, item, revision, sinks.join(','), Buffer.from(body.buffer, body.byteOffset, body.byteLength), pageBefore, pageAfter, page,
      encodeAddress(page, owner), PAGE_LIFETIME_S, TEXT_LIFETIME_S, bounds.maxSize, bounds.maxStories, OWED_GRACE_MS, encodePagePointer(page),
      again?.round ?? 0, again?.outcome ?? '', again === undefined ? '' : JSON.stringify(again.facts), ...scheduled,
      sinkBounds.map(({ name, maxDeliveries, maxBytes, spillFrom }) =>
        [name, maxDeliveries, maxBytes, spillFrom?.deliveries ?? NO_BOUND, spillFrom?.bytes ?? NO_BOUND].join('=')).join(','),
      [...unrouted ?? []].map(([name, count]) => `${name}=${count}`).join(','),
      ...(near === undefined ? ['', 0, 0, ''] : nearArguments(near)),
      tallyOf(told),
      ...texts.map(({ story }) => story)],
  )).split(' ');
  return { outcome: outcomes.parse(outcome), diverted: diverted === '' ? [] : diverted.split(',') };
}

const NO_BOUND = Number.MAX_SAFE_INTEGER;

/** How full the store of stories is: above this share no new items are taken in, so that what is in flight has room. */
export const INTAKE_STOPS_AT = 0.9;

export async function storeFill(redis: Redis, keys: RedisKeys, bounds: StoreBounds): Promise<{ readonly bytes: number; readonly count: number; readonly full: boolean }> {
  const [bytes, count] = (await redis.mget(keys.storeBytes, keys.storeCount)).map((value) => Number(value ?? 0));
  const held = { bytes: bytes ?? 0, count: count ?? 0 };
  return { ...held, full: held.bytes > bounds.maxSize * INTAKE_STOPS_AT || held.count > bounds.maxStories * INTAKE_STOPS_AT };
}
