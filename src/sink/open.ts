import { isAbsolute, join, resolve } from 'node:path';
import type { Redis } from 'ioredis';
import type { Settings } from '../config/index.js';
import type { RedisKeys } from '../queue/index.js';
import type { Sink } from './contract.js';
import { NdjsonSink } from './ndjson.js';
import { redisStreamSink } from './redis-stream.js';

/** The sinks that the settings switch on, by name. */
export function openSinks(settings: Pick<Settings, 'sinks' | 'dataDir'>, redis: Redis, keys: RedisKeys): ReadonlyMap<string, Sink> {
  const { ndjson, redisStream } = settings.sinks;
  const sinks: Sink[] = [];
  if (ndjson.enabled) {
    const dir = isAbsolute(ndjson.dir) ? ndjson.dir : join(resolve(settings.dataDir), ndjson.dir);
    sinks.push(new NdjsonSink(redis, keys, { dir, rotateSize: ndjson.rotateSize, rotateAge: ndjson.rotateAge }));
  }
  if (redisStream.enabled) sinks.push(redisStreamSink(redis, keys, redisStream));
  return new Map(sinks.map((sink) => [sink.name, sink]));
}
