import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { RedisScript, type RedisKeys } from '../queue/index.js';
import { noteHub, subscriptionSchema, type Fresh, type NamedHub, type Planned, type Subscription } from './subscription.js';

const LIMIT_AT_ONCE = 20;
/** A process that dies while it asks: another one asks after this time. */
const CLAIM_MS = 120_000;

const CLAIM = new RedisScript(`
local sources = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
for _, source in ipairs(sources) do redis.call('ZADD', KEYS[1], ARGV[1] + ARGV[2], source) end
return sources
`);

/** Writes only over what it was made from: two processes may hear of one subscription at the same time. */
const REPLACE = new RedisScript(`
local now = redis.call('HGET', KEYS[1], ARGV[1])
if (now or '') ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
if ARGV[4] ~= '' then redis.call('ZADD', KEYS[2], ARGV[4], ARGV[1]) end
if ARGV[5] ~= '' then redis.call('HDEL', KEYS[3], ARGV[5]) end
redis.call('HSET', KEYS[3], ARGV[6], ARGV[1])
return 1
`);

const names = z.array(z.string());
const TRIES = 5;

/** The subscriptions of all sources, in Redis. */
export class SubscriptionStore {
  readonly #redis: Redis;
  readonly #keys: RedisKeys;

  constructor(redis: Redis, keys: RedisKeys) {
    this.#redis = redis;
    this.#keys = keys;
  }

  async of(source: string): Promise<Subscription | null> {
    return parse(await this.#redis.hget(this.#keys.hubSubscriptions, source));
  }

  /** Every subscription there is. */
  async all(): Promise<Subscription[]> {
    return (await this.#redis.hvals(this.#keys.hubSubscriptions)).flatMap((stored) => parse(stored) ?? []);
  }

  /** The source whose callback has this path; null for a path that was never given out. */
  async sourceAt(path: string): Promise<string | null> {
    return this.#redis.hget(this.#keys.hubPaths, path);
  }

  /** What a poll says of its hub is kept; a new hub is asked at once. */
  async note(source: string, named: NamedHub, now: number): Promise<void> {
    await this.change(source, (before) => noteHub(before, named, fresh(), now));
  }

  /** The subscription is over: the source or its hub is gone. A hub that goes on is told so by its callback. */
  async drop(source: string): Promise<void> {
    const subscription = await this.of(source);
    const { hubSubscriptions, hubPaths, hubAsk } = this.#keys;
    const steps = this.#redis.multi().hdel(hubSubscriptions, source).zrem(hubAsk, source);
    await (subscription === null ? steps : steps.hdel(hubPaths, subscription.path)).exec();
  }

  /** Sources whose hub is to be asked now, taken by the caller. */
  async claim(now: number): Promise<string[]> {
    return names.parse(await CLAIM.run(this.#redis, [this.#keys.hubAsk], [now, CLAIM_MS, LIMIT_AT_ONCE]));
  }

  /** Puts off the next request to the hub. */
  async askAt(source: string, at: number): Promise<void> {
    await this.#redis.zadd(this.#keys.hubAsk, 'XX', Math.round(at), source);
  }

  /** Applies a change to what stands there now; null from `next` leaves it. Gives what stands there after. */
  async change(source: string, next: (before: Subscription | null) => Planned | { readonly subscription: Subscription; readonly askAt: null } | null): Promise<Subscription | null> {
    const { hubSubscriptions, hubAsk, hubPaths } = this.#keys;
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const stored = await this.#redis.hget(hubSubscriptions, source);
      const before = parse(stored);
      const planned = next(before);
      if (planned === null) return before;
      const { subscription, askAt } = planned;
      const gone = before !== null && before.path !== subscription.path ? before.path : '';
      const args = [source, stored ?? '', JSON.stringify(subscription), askAt === null ? '' : Math.round(askAt), gone, subscription.path];
      if ((await REPLACE.run(this.#redis, [hubSubscriptions, hubAsk, hubPaths], args)) === 1) return subscription;
    }
    throw new Error(`the subscription of ${source} kept changing`);
  }
}

/** 256 bits each, from the system's own randomness. */
const fresh = (): Fresh => ({ path: randomBytes(32).toString('base64url'), secret: randomBytes(32).toString('hex') });

function parse(stored: string | null): Subscription | null {
  if (stored === null) return null;
  try {
    const read = subscriptionSchema.safeParse(JSON.parse(stored));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
