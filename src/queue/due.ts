import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { RedisKeys } from './keys.js';
import { RedisScript } from '../redis-script.js';

/**
 * Time is Redis's own, so that a process whose clock jumps polls nothing early or late. Claims whose poller died come back
 * first: their lease has lapsed.
 */
const CLAIM = new RedisScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if ARGV[3] ~= '0' and not redis.call('SET', KEYS[3], '1', 'NX', 'PX', ARGV[3]) then return {} end
local lapsed = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, ARGV[1])
for _, source in ipairs(lapsed) do
  redis.call('ZREM', KEYS[2], source)
  redis.call('ZADD', KEYS[1], 'LT', now, source)
end
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[1])
for _, source in ipairs(due) do
  redis.call('ZREM', KEYS[1], source)
  redis.call('ZADD', KEYS[2], now + ARGV[2], source)
end
return due
`);

/** Only what is still claimed: a source that was given back or taken out meanwhile is somebody else's. */
const RENEW = new RedisScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local held = 0
for at = 2, #ARGV do
  if redis.call('ZSCORE', KEYS[1], ARGV[at]) then
    redis.call('ZADD', KEYS[1], now + ARGV[1], ARGV[at])
    held = held + 1
  end
end
return held
`);

const GIVE_BACK = new RedisScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if redis.call('ZREM', KEYS[2], ARGV[1]) == 0 then return 0 end
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
return 1
`);

const RESCHEDULE = new RedisScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
return now + ARGV[2]
`);

/** A source that is being polled has no time here, and keeps none. */
const HASTEN = new RedisScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
return redis.call('ZADD', KEYS[1], 'XX', 'LT', 'CH', now + ARGV[2], ARGV[1])
`);

const SYNC = new RedisScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local wanted = {}
for _, source in ipairs(ARGV) do
  wanted[source] = true
  if not redis.call('ZSCORE', KEYS[2], source) then redis.call('ZADD', KEYS[1], 'NX', now, source) end
end
for _, key in ipairs(KEYS) do
  for _, source in ipairs(redis.call('ZRANGE', key, 0, -1)) do
    if not wanted[source] then redis.call('ZREM', key, source) end
  end
end
return 1
`);

const names = z.array(z.string());

export interface ClaimOptions {
  readonly limit: number;
  /** After this time a claimed source that was neither renewed nor given back is due again: its poller is dead. */
  readonly leaseMs: number;
  /** At most one claim in this time over all processes; 0 claims at once. */
  readonly tickMs: number;
}

/** Which source is polled when, for thousands of sources in one sorted set instead of a scheduler each. */
export class DueSet {
  readonly #redis: Redis;
  readonly #keys: RedisKeys;

  constructor(redis: Redis, keys: RedisKeys) {
    this.#redis = redis;
    this.#keys = keys;
  }

  /** Sources whose poll is due, now leased to the caller; empty when another process made this tick. */
  async claim({ limit, leaseMs, tickMs }: ClaimOptions): Promise<string[]> {
    const { due, leased, tick } = this.#keys;
    return names.parse(await CLAIM.run(this.#redis, [due, leased, tick], [limit, leaseMs, tickMs]));
  }

  /** Makes claims last `leaseMs` from now. Gives how many of the sources are still claimed; the others are left as they are. */
  async renew(sources: readonly string[], leaseMs: number): Promise<number> {
    return Number(await RENEW.run(this.#redis, [this.#keys.leased], [leaseMs, ...sources]));
  }

  /** Gives a claimed source back, due again in `ms`; false for one that is claimed no more, whose time somebody else has set. */
  async giveBack(source: string, ms: number): Promise<boolean> {
    return (await GIVE_BACK.run(this.#redis, [this.#keys.due, this.#keys.leased], [source, Math.round(ms)])) === 1;
  }

  /** Sets when a source is next due, in `ms`, whatever it was before; a poll of it that is under way changes nothing of that. */
  async reschedule(source: string, ms: number): Promise<void> {
    await RESCHEDULE.run(this.#redis, [this.#keys.due, this.#keys.leased], [source, Math.round(ms)]);
  }

  /** Brings the next poll of a source that waits forward, to `ms` from now at the latest; one that is polled, unknown, or due sooner is left alone: false. */
  async hasten(source: string, ms: number): Promise<boolean> {
    return Number(await HASTEN.run(this.#redis, [this.#keys.due], [source, Math.round(ms)])) > 0;
  }

  /** Makes the set hold just these sources: new ones are due at once, gone ones are forgotten, the others keep their time. */
  async sync(sources: readonly string[]): Promise<void> {
    await SYNC.run(this.#redis, [this.#keys.due, this.#keys.leased], sources);
  }

  /** When each source is next due, in milliseconds of the epoch. */
  async times(): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#redis.zrange(this.#keys.due, 0, '-1', 'WITHSCORES');
    const times = new Map<string, number>();
    for (let at = 0; at + 1 < rows.length; at += 2) times.set(rows[at] ?? '', Number(rows[at + 1]));
    return times;
  }
}
