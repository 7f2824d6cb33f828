import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Redis } from 'ioredis';
import type { RedisKeys } from '../queue/index.js';
import { releaseLease, renewLease, takeLease } from '../redis-lease.js';

const LEASE_MS = 15_000;
const RENEW_MS = 4_000;
/** Not used up to its last moment: between the check and the kernel's write some time passes. */
const SAFE_MS = 11_000;
const MAX_SLOTS = 1_000;

/** Who holds a slot: `host/pid/nonce`. */
const isDeadHere = (token: string): boolean => {
  const [host, pid] = token.split('/');
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
};

/**
 * A number that one process at a time holds, so that each file has one writer. Held by a lease in Redis; the slot of a process
 * that died on this machine is taken over at once, of one elsewhere when its lease has run out.
 */
export class WriterSlot {
  readonly number: number;
  readonly token: string;
  readonly key: string;
  readonly #redis: Redis;
  readonly #timer: NodeJS.Timeout;
  #renewedAt = performance.now();
  #lost = false;

  private constructor(redis: Redis, key: string, number: number, token: string) {
    this.#redis = redis;
    this.key = key;
    this.number = number;
    this.token = token;
    this.#timer = setInterval(() => void this.#renew(), RENEW_MS);
    this.#timer.unref();
  }

  /** The lowest number that nobody alive holds. */
  static async take(redis: Redis, keys: RedisKeys, sink: string): Promise<WriterSlot> {
    for (let number = 0; number < MAX_SLOTS; number += 1) {
      const slot = await WriterSlot.tryTake(redis, keys, sink, number);
      if (slot !== null) return slot;
    }
    throw new Error(`more than ${MAX_SLOTS} processes write ${sink}`);
  }

  /** Null when somebody holds that number. */
  static async tryTake(redis: Redis, keys: RedisKeys, sink: string, number: number): Promise<WriterSlot | null> {
    const token = `${hostname()}/${process.pid}/${randomBytes(6).toString('hex')}`;
    const key = keys.sink(sink, `slot:${number}`);
    const holder = await redis.get(key);
    // The dead holder's key goes only if it is still his: two that find him dead do not take the slot from each other.
    if (holder !== null && isDeadHere(holder)) await releaseLease(redis, key, holder);
    return (await takeLease(redis, key, token, LEASE_MS)) ? new WriterSlot(redis, key, number, token) : null;
  }

  async #renew(): Promise<void> {
    const before = performance.now();
    try {
      if (await renewLease(this.#redis, this.key, this.token, LEASE_MS)) this.#renewedAt = before;
      else this.#lost = true;
    } catch {
      // Redis is away: the lease runs out by itself, and `held` says so.
    }
  }

  /** Whether this process may write: by its own steady clock, so that a process that was stopped for long knows it on waking. */
  get held(): boolean {
    return !this.#lost && performance.now() - this.#renewedAt < SAFE_MS;
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    await releaseLease(this.#redis, this.key, this.token).catch(() => undefined);
  }
}

/** How the process that wrote a token stands to its slot: `lost` is one whose lease ran out and that may live on, or be stopped. */
export async function holderOf(redis: Redis, keys: RedisKeys, sink: string, number: number, token: string): Promise<'holds' | 'lost' | 'dead'> {
  if (isDeadHere(token)) return 'dead';
  return (await redis.get(keys.sink(sink, `slot:${number}`))) === token ? 'holds' : 'lost';
}
