import type { Redis } from 'ioredis';
import { books } from '../../src/ledger/index.js';
import type { RedisKeys } from '../../src/queue/index.js';
import type { Sample } from './recovery.js';

const LOOK_MS = 250;

/** Samples of what the sinks took, as far as Redis answers; where it does not, nothing moves either. */
export class SinkWatch {
  readonly samples: Sample[] = [];
  readonly #redis: Redis;
  readonly #keys: RedisKeys;
  readonly #timer: NodeJS.Timeout;
  #busy = false;

  constructor(redis: Redis, keys: RedisKeys) {
    this.#redis = redis;
    this.#keys = keys;
    this.#timer = setInterval(() => void this.#look(), LOOK_MS);
  }

  get taken(): number {
    return this.samples.at(-1)?.taken ?? 0;
  }

  async #look(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      const counts = Object.values(await this.#redis.hgetall(this.#keys.sinkCounts));
      this.samples.push({ at: performance.now(), taken: counts.reduce((sum, count) => sum + Number(count), 0) });
    } catch {
      // Redis is away: told by the next sample, which is late.
    } finally {
      this.#busy = false;
    }
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

export interface Totals {
  readonly seen: number;
  readonly inFlight: number;
  /** By column of the books; `delivered` holds duplicates and unchanged ones too. */
  readonly columns: ReadonlyMap<string, number>;
}

/** The books of all sources together. */
export async function totals(redis: Redis, keys: RedisKeys): Promise<Totals> {
  let [seen, inFlight] = [0, 0];
  const columns = new Map<string, number>();
  const add = (column: string, count: number): void => {
    if (count > 0) columns.set(column, (columns.get(column) ?? 0) + count);
  };
  for (const one of (await books(redis, keys)).values()) {
    seen += one.seen;
    inFlight += one.inFlight;
    add('delivered', one.delivered + one.duplicate + one.unchanged);
    for (const [reason, count] of Object.entries(one.rejected)) add(`rejected:${reason}`, count);
    for (const [reason, count] of Object.entries(one.quarantined)) add(`quarantined:${reason}`, count);
  }
  return { seen, inFlight, columns };
}
