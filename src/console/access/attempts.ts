import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import type { Redis } from 'ioredis';
import { retryLater, type Fault } from '../../fault.js';
import type { RedisKeys } from '../../queue/index.js';

const WINDOW_S = 15 * 60;
/** A person mistypes; a machine tries. An office may share one address. */
const MOST = { user: 10, address: 50 } as const;
/** Counters of each kind: whoever tries from ever new addresses, with ever new names, meets those that are there. Some 12 MB of Redis at worst. */
export const COUNTERS = 65_536;

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
      if ((await this.#move(key, 1)) > most) return this.#full(key);
    }
    return null;
  }

  /** The fault that {@link begin} would answer to this address, without counting. */
  async look(address: string): Promise<Fault | null> {
    const key = this.#ofAddress(address);
    return Number(await this.#redis.get(key)) > MOST.address ? this.#full(key) : null;
  }

  /** The attempt was right: it counts no more, and the user's earlier mistakes are forgotten; the address keeps its own. */
  async succeeded(user: string | null, address: string): Promise<void> {
    if (user !== null) await this.#redis.del(this.#ofUser(user));
    await this.#move(this.#ofAddress(address), -1);
  }

  /** A counter is made with its end, and by every write: it could have ended since the attempt began. */
  async #move(key: string, by: number): Promise<number> {
    const [, count] = await this.#redis.multi().set(key, 0, 'EX', WINDOW_S, 'NX').incrby(key, by).exec() ?? [];
    if (count === undefined || count[0] !== null) throw count?.[0] ?? new Error('Redis did not count an attempt.');
    return Number(count[1]);
  }

  async #full(key: string): Promise<Fault> {
    const seconds = Math.max(1, await this.#redis.ttl(key));
    return retryLater({
      code: 'too-many-attempts', message: 'Too many logins have failed.', hint: `Wait ${Math.ceil(seconds / 60)} minutes.`, retryAfterMs: seconds * 1_000,
    });
  }

  #counters(user: string | null, address: string): [string, number][] {
    const byAddress: [string, number] = [this.#ofAddress(address), MOST.address];
    return user === null ? [byAddress] : [byAddress, [this.#ofUser(user), MOST.user]];
  }

  #ofUser = (user: string): string => this.#keys.attempts(`user:${counterOf(user)}`);
  #ofAddress = (address: string): string => this.#keys.attempts(`address:${counterOf(networkOf(address))}`);
}

const counterOf = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE(0) % COUNTERS;

/** Who has one address of IPv6 has the 2⁶⁴ of its network (RFC 6177): they count as one. */
export function networkOf(address: string): string {
  if (isIP(address.split('%', 1)[0] ?? '') !== 6) return address;
  const [head = '', tail] = (address.split('%', 1)[0] ?? '').toLowerCase().split('::');
  const [before, after] = [head, tail ?? ''].map((part) => (part === '' ? [] : part.split(':')));
  const zeros = tail === undefined ? 0 : 8 - (before?.length ?? 0) - (after?.length ?? 0);
  const groups = [...(before ?? []), ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...(after ?? [])];
  return `${groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
