import type { Redis } from 'ioredis';
import { SinkAudit } from './audit.js';

const AT_ONCE = 1_000;

/** Reads a Redis stream as somebody downstream would: from where it stopped, while it fills and is trimmed. */
export class StreamReader {
  readonly audit = new SinkAudit();
  readonly #redis: Redis;
  readonly #key: string;
  #last = '0-0';

  constructor(redis: Redis, key: string) {
    this.#redis = redis;
    this.#key = key;
  }

  /** Reads all there is now. */
  async read(): Promise<void> {
    for (;;) {
      const entries = await this.#redis.xrange(this.#key, `(${this.#last}`, '+', 'COUNT', AT_ONCE);
      for (const [id, fields] of entries) {
        this.audit.take(fields[fields.indexOf('story') + 1] ?? '');
        this.#last = id;
      }
      if (entries.length < AT_ONCE) return;
    }
  }
}
