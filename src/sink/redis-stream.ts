import type { Redis } from 'ioredis';
import { ok, type Outcome } from '../fault.js';
import { RedisScript, type RedisKeys } from '../queue/index.js';
import type { Sink, SinkBatch } from './contract.js';
import { REDIS_STREAM } from './plan.js';

/** How long a story version is known to be in the stream: longer than any retry of a delivery. */
const SENT_LIFETIME_S = 2 * 86_400;

/** Adds a story unless its mark is there; mark and entry are written together. */
const ADD = new RedisScript(`
if redis.call('SET', KEYS[2], '1', 'NX', 'EX', ARGV[2]) then
  redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', 'id', ARGV[3], 'version', ARGV[4], 'story', ARGV[5])
end
return 1
`);

export interface RedisStreamOptions {
  /** Name of the stream, behind the prefix. */
  readonly key: string;
  /** Entries the stream keeps, about; the oldest go first. */
  readonly maxLength: number;
}

/** Adds each story to a Redis stream once, with the fields `id`, `version` and `story` (the record as JSON). */
export function redisStreamSink(redis: Redis, keys: RedisKeys, { key, maxLength }: RedisStreamOptions): Sink {
  const stream = `${keys.prefix}:${key}`;
  const name = REDIS_STREAM;
  return {
    name,
    where: `Redis stream ${stream}`,
    begin: () => Promise.resolve(ok('')),
    async deliver({ stories }: SinkBatch): Promise<Outcome<void>> {
      for (const { id, version, json } of stories) {
        await ADD.run(redis, [stream, keys.sink(name, `${id}:${version}`)], [maxLength, SENT_LIFETIME_S, id, version, json]);
      }
      return ok(undefined);
    },
    async check() {
      return ok(`${await redis.xlen(stream)} entries`);
    },
    close: () => Promise.resolve(),
  };
}
