import type { Redis } from 'ioredis';
import type { RedisKeys } from '../src/queue/index.js';

/** Sources whose memory one process holds, and that Redis keeps, at most; under 30 kB each. */
const MOST_HELD = 300;
const MOST_KEPT = 2_000;
const KEPT_S = 30 * 86_400;
/** A memory is a hint: what a killed process had not written yet is learned again. */
const WRITE_EVERY_MS = 5_000;

interface Held {
  readonly memory: Promise<string | null>;
  /** As this process learned it last. */
  readonly latest?: string;
}

/**
 * What repeats on each source's pages: in this process, and in Redis for the next start and for other processes. A page costs no
 * round trip: a source's memory is read once, and written in a batch every few seconds.
 */
export class FurnitureStore {
  readonly #redis: Redis;
  readonly #keys: RedisKeys;
  /** The least recently used source first. */
  readonly #held = new Map<string, Held>();
  readonly #changed = new Map<string, string>();
  #writtenAt = Date.now();

  constructor(redis: Redis, keys: RedisKeys) {
    this.#redis = redis;
    this.#keys = keys;
  }

  /** What gives the memory as it is by then: a page waits for its thread while the pages before it teach. Null before the source's first page. */
  async of(source: string): Promise<() => string | null> {
    const held = this.#held.get(source) ?? { memory: this.#redis.get(this.#keys.furniture(source)) };
    this.#hold(source, held);
    try {
      const read = await held.memory;
      return () => this.#held.get(source)?.latest ?? read;
    } catch (error) {
      // One that could not be read is asked for again by the next page.
      if (this.#held.get(source) === held) this.#held.delete(source);
      throw error;
    }
  }

  #hold(source: string, held: Held): void {
    this.#held.delete(source);
    this.#held.set(source, held);
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= MOST_HELD) break;
      this.#held.delete(oldest);
    }
  }

  /** The newest word wins: pages of one source come one after another, for its host's gate spaces them. */
  async learn(source: string, memory: string): Promise<void> {
    this.#hold(source, { memory: Promise.resolve(memory), latest: memory });
    this.#changed.set(source, memory);
    if (Date.now() - this.#writtenAt >= WRITE_EVERY_MS) await this.write();
  }

  async write(): Promise<void> {
    this.#writtenAt = Date.now();
    if (this.#changed.size === 0) return;
    const changed = [...this.#changed];
    this.#changed.clear();
    const pipeline = this.#redis.pipeline();
    for (const [source, memory] of changed) {
      pipeline.set(this.#keys.furniture(source), memory, 'EX', KEPT_S);
      pipeline.zadd(this.#keys.furnitureUsed, this.#writtenAt, source);
    }
    pipeline.zcard(this.#keys.furnitureUsed);
    const answers = await pipeline.exec();
    const over = Number(answers?.at(-1)?.[1] ?? 0) - MOST_KEPT;
    if (over <= 0) return;
    const gone = await this.#redis.zpopmin(this.#keys.furnitureUsed, over);
    await this.#redis.unlink(gone.filter((_, at) => at % 2 === 0).map((source) => this.#keys.furniture(source)));
  }
}
