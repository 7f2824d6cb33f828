import type { Redis } from 'ioredis';
import { digestOfSecret } from '../../access/index.js';
import { retryLater, type Fault } from '../../fault.js';
import type { RedisKeys } from '../../queue/index.js';

const WINDOW_S = 15 * 60;
/** A person mistypes; a machine tries. An office may share one address. */
const MOST = { user: 10, address: 50 } as const;

/** Counts logins that failed, for each user and each address; past the bound none is tried for a quarter of an hour. */
export class Attempts {
  readonly #redis: Redis;
  readonly #keys: RedisKeys;

  constructor(redis: Redis, keys: RedisKeys) {
    this.#redis = redis;
    this.#keys = keys;
  }

  /** The fault to answer with where too many have failed; null lets the attempt be made, and counts it until {@link succeeded}. */
  async begin(user: string | null, address: string): Promise<Fault | null> {
    for (const [key, most] of this.#counters(user, address)) {
      const count = await this.#redis.incr(key);
      if (count === 1) await this.#redis.expire(key, WINDOW_S);
      if (count > most) {
        const left = await this.#redis.ttl(key);
        // A counter that was left without an end, by a process that died between the two commands, would lock its user out for good.
        if (left < 0) await this.#redis.expire(key, WINDOW_S);
        const seconds = left < 0 ? WINDOW_S : left;
        return retryLater({
          code: 'too-many-attempts', message: 'Too many logins have failed.', hint: `Wait ${Math.ceil(seconds / 60)} minutes.`, retryAfterMs: seconds * 1_000,
        });
      }
    }
    return null;
  }

  /** The attempt was right: it counts no more, and the user's earlier mistakes are forgotten; the address keeps its own. */
  async succeeded(user: string | null, address: string): Promise<void> {
    if (user !== null) await this.#redis.del(this.#keys.attempts(`user:${digestOfSecret(user)}`));
    await this.#redis.decr(this.#keys.attempts(`address:${address}`));
  }

  #counters(user: string | null, address: string): [string, number][] {
    const byAddress: [string, number] = [this.#keys.attempts(`address:${address}`), MOST.address];
    return user === null ? [byAddress] : [byAddress, [this.#keys.attempts(`user:${digestOfSecret(user)}`), MOST.user]];
  }
}
