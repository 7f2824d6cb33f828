import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Fault } from '../fault.js';
import { RedisScript, type RedisKeys } from '../queue/index.js';
import { SINK_BUSY, SINK_GONE, SINK_THROTTLED } from './contract.js';

/**
 * - `closed`: deliveries go;
 * - `open`: none goes until a while is over;
 * - `half-open`: one goes, to try;
 * - `stopped`: none goes until a person says so.
 */
export type BreakerState = 'closed' | 'open' | 'half-open' | 'stopped';

export interface BreakerView {
  readonly state: BreakerState;
  /** Milliseconds of the epoch since when it is not closed; null when it is. */
  readonly since: number | null;
  /** Milliseconds of the epoch when one delivery may try again; null where that is not a matter of time. */
  readonly nextTryAt: number | null;
  /** Failures in a row. */
  readonly failures: number;
  readonly reason: { readonly code: string; readonly message: string } | null;
}

export interface BreakerSettings {
  /** Failures in a row that open it. */
  readonly failures: number;
  /** Milliseconds it stays open; doubled each time the try fails, up to `maxWaitMs`. */
  readonly waitMs: number;
  readonly maxWaitMs: number;
  /** After this time a try that was not heard of again is given to somebody else: its process died. */
  readonly tryMs: number;
}

const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

const ADMIT = new RedisScript(`${NOW}
local state = redis.call('HGET', KEYS[1], 'state')
if not state or state == 'closed' then return { 'go', 0, '' } end
if state == 'stopped' then return { 'stopped', 0, redis.call('HGET', KEYS[1], 'message') or '' } end
local till = tonumber(redis.call('HGET', KEYS[1], 'till'))
if now < till then return { 'wait', till - now, '' } end
redis.call('HSET', KEYS[1], 'state', 'half-open', 'till', now + ARGV[1])
return { 'try', 0, '' }
`);

/** A failure of a delivery that was let through before it opened does not make the wait longer. */
const FAILED = new RedisScript(`${NOW}
local key, code, message, ends = KEYS[1], ARGV[1], ARGV[2], ARGV[3]
local threshold, wait, max, least = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local before = redis.call('HGET', key, 'state') or 'closed'
if before == 'stopped' then return { before, before, 0 } end
local failures = redis.call('HINCRBY', key, 'failures', 1)
redis.call('HSET', key, 'code', code, 'message', message)
if ends == 'stop' then
  redis.call('HSET', key, 'state', 'stopped', 'since', now)
  return { before, 'stopped', 0 }
end
if before == 'closed' and failures < threshold and ends ~= 'open' then return { before, 'closed', 0 } end
local till = tonumber(redis.call('HGET', key, 'till') or '0')
if before == 'open' and now < till then return { before, 'open', till - now } end
local opened = redis.call('HINCRBY', key, 'opened', 1)
local pause = math.max(least, math.min(max, wait * 2 ^ math.min(opened - 1, 30)))
redis.call('HSET', key, 'state', 'open', 'till', string.format('%d', now + pause))
redis.call('HSETNX', key, 'since', now)
return { before, 'open', pause }
`);

const WELL = new RedisScript(`
local before = redis.call('HGET', KEYS[1], 'state') or 'closed'
if before == 'stopped' then return before end
redis.call('DEL', KEYS[1])
return before
`);

const admission = z.tuple([z.enum(['go', 'try', 'wait', 'stopped']), z.number(), z.string()]);
const stateSchema = z.enum(['closed', 'open', 'half-open', 'stopped']);
const failure = z.tuple([stateSchema, stateSchema, z.number()]);

export type Admission =
  | { readonly kind: 'go' | 'try' }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'stopped'; readonly message: string };

/** What a report changed. */
export interface BreakerChange {
  readonly before: BreakerState;
  readonly after: BreakerState;
  /** Until one delivery may try again. */
  readonly waitMs: number;
}

/** A process that saw it closed a moment ago does not ask again. */
const TRUST_MS = 1_000;
const MAX_MESSAGE = 300;

/**
 * Leaves a sink alone that fails again and again, over all processes: its state is in Redis, so that each of them, the console and
 * the command line see the same. While all is well it costs one look a second.
 */
export class Breaker {
  readonly #redis: Redis;
  readonly #key: string;
  readonly #settings: BreakerSettings;
  #trustedUntil = 0;
  /** Something may be in Redis that a success has to take away. */
  #suspect = true;

  constructor(redis: Redis, keys: RedisKeys, sink: string, settings: BreakerSettings) {
    this.#redis = redis;
    this.#key = breakerKey(keys, sink);
    this.#settings = settings;
  }

  async admit(): Promise<Admission> {
    if (performance.now() < this.#trustedUntil) return { kind: 'go' };
    const [kind, ms, message] = admission.parse(await ADMIT.run(this.#redis, [this.#key], [this.#settings.tryMs]));
    if (kind === 'go') this.#trustedUntil = performance.now() + TRUST_MS;
    else this.#suspect = true;
    if (kind === 'wait') return { kind, ms };
    return kind === 'stopped' ? { kind, message } : { kind };
  }

  /** Books a fault of the sink; a fault that concerns one delivery only changes nothing. */
  async failed(fault: Fault): Promise<BreakerChange> {
    if (fault.code === SINK_BUSY) return { before: 'closed', after: 'closed', waitMs: 0 };
    if (fault.consequence === 'give-up' && fault.code !== SINK_GONE) return this.well();
    this.#trustedUntil = 0;
    this.#suspect = true;
    const { failures, waitMs, maxWaitMs } = this.#settings;
    const atOnce = fault.consequence === 'misconfigured' || fault.code === SINK_THROTTLED;
    const ends = fault.code === SINK_GONE ? 'stop' : atOnce ? 'open' : 'count';
    const [before, after, ms] = failure.parse(await FAILED.run(
      this.#redis, [this.#key], [fault.code, fault.message.slice(0, MAX_MESSAGE), ends, failures, waitMs, maxWaitMs, fault.retryAfterMs ?? 0],
    ));
    return { before, after, waitMs: ms };
  }

  /** Books that the sink took something, or refused it with good reason: it is there. */
  async well(): Promise<BreakerChange> {
    if (!this.#suspect) return { before: 'closed', after: 'closed', waitMs: 0 };
    const before = stateSchema.parse(await WELL.run(this.#redis, [this.#key], []));
    if (before !== 'stopped') this.#suspect = false;
    return { before, after: before === 'stopped' ? 'stopped' : 'closed', waitMs: 0 };
  }

  view(): Promise<BreakerView> {
    return readBreaker(this.#redis, this.#key);
  }

  /** Closes it whatever it was, as a person wants it. */
  async reset(): Promise<void> {
    await this.#redis.del(this.#key);
  }
}

const breakerKey = (keys: RedisKeys, sink: string): string => keys.sink(sink, 'breaker');

const stored = z.object({
  state: stateSchema.optional(), since: z.coerce.number().optional(), till: z.coerce.number().optional(), failures: z.coerce.number().optional(),
  code: z.string().optional(), message: z.string().optional(),
});

async function readBreaker(redis: Redis, key: string): Promise<BreakerView> {
  const { state = 'closed', since, till, failures = 0, code, message } = stored.parse(await redis.hgetall(key));
  return {
    state, failures, since: state === 'closed' ? null : (since ?? null),
    nextTryAt: state === 'open' || state === 'half-open' ? (till ?? null) : null,
    reason: code === undefined ? null : { code, message: message ?? '' },
  };
}

/** How a sink stands, for whoever only looks. */
export const breakerOf = (redis: Redis, keys: RedisKeys, sink: string): Promise<BreakerView> => readBreaker(redis, breakerKey(keys, sink));

/** Lets deliveries go again to a sink that was stopped or is left alone. */
export async function resumeSink(redis: Redis, keys: RedisKeys, sink: string): Promise<void> {
  await redis.del(breakerKey(keys, sink));
}
