import type { Redis } from 'ioredis';
import type { RedisKeys } from '../src/queue/index.js';

/** Sources whose memory one process holds, and that Redis keeps, at most; under 30 kB each. */
const MOST_HELD = 300;
const MOST_KEPT = 2_000;
const KEPT_S = 30 * 86_400;
/** A memory is a hint: what a killed process had not written yet is learned again. */
const WRITE_EVERY_MS = 5_000;

/**
 * What repeats on each source's pages: in this process, and in Redis for the next start and for other processes. A page costs no
 * round trip: a source's memory is read once, and written in a batch every few seconds.
 */
export class FurnitureStore {
  readonly #redis: Redis;
  readonly #keys: RedisKeys;
  /** The least recently used source first. */
  readonly #held = new Map<string, Promise<string | null>>();
  readonly #changed = new Map<string, string>();
  #writtenAt = Date.now();

  constructor(redis: Redis, keys: RedisKeys) {
    this.#redis = redis;
    this.#keys = keys;
  }

  /** Null before the source's first page. */
  of(source: string): Promise<string | null> {
    const held = this.#held.get(source) ?? this.#redis.get(this.#keys.furniture(source));
    this.#hold(source, held);
    // One that could not be read is asked for again by the next page.
    held.catch(() => this.#held.delete(source));
    return held;
  }

  #hold(source: string, memory: Promise<string | null>): void {
    this.#held.delete(source);
    this.#held.set(source, memory);
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= MOST_HELD) break;
      this.#held.delete(oldest);
    }
  }

  /** The newest word wins: pages of one source come one after another, for its host's gate spaces them. */
  async learn(source: string, memory: string): Promise<void> {
    this.#hold(source, Promise.resolve(memory));
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
