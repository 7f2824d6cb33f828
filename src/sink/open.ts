import { isAbsolute, join, resolve } from 'node:path';
import type { Redis } from 'ioredis';
import type { Settings } from '../config/index.js';
import { createDispatchers, resolveBySystem, type Dispatchers } from '../fetch/index.js';
import type { RedisKeys } from '../queue/index.js';
import type { Sink } from './contract.js';
import { elasticsearchSink } from './elasticsearch.js';
import { kafkaSink } from './kafka.js';
import { NdjsonSink } from './ndjson.js';
import { sinkPlans } from './plan.js';
import { postgresSink } from './postgres.js';
import { redisStreamSink } from './redis-stream.js';
import { webhookSink } from './webhook.js';

/** The sinks that the settings switch on, by name. None is connected before its first delivery. */
export function openSinks(settings: Pick<Settings, 'sinks' | 'dataDir' | 'deliver' | 'fetch' | 'console' | 'store'>, redis: Redis, keys: RedisKeys): ReadonlyMap<string, Sink> {
  const { ndjson, redisStream, webhook, postgres, kafka, elasticsearch } = settings.sinks;
  const plans = new Map(sinkPlans(settings).map((plan) => [plan.name, plan]));
  const sinks: Sink[] = [];
  if (ndjson.enabled) {
    const dir = isAbsolute(ndjson.dir) ? ndjson.dir : join(resolve(settings.dataDir), ndjson.dir);
    sinks.push(new NdjsonSink(redis, keys, { dir, rotateSize: ndjson.rotateSize, rotateAge: ndjson.rotateAge }));
  }
  if (redisStream.enabled) sinks.push(redisStreamSink(redis, keys, redisStream));
  for (const [name, sink] of Object.entries(webhook)) {
    const plan = plans.get(name);
    if (plan !== undefined) sinks.push(closing(webhookSink, name, sink, dispatchersFor(settings, plan)));
  }
  for (const [name, sink] of Object.entries(elasticsearch)) {
    const plan = plans.get(name);
    if (plan !== undefined) sinks.push(closing((...given) => elasticsearchSink(...given, plan), name, sink, dispatchersFor(settings, plan)));
  }
  for (const [name, sink] of Object.entries(postgres)) {
    const plan = plans.get(name);
    if (plan !== undefined) sinks.push(postgresSink(name, sink, plan));
  }
  for (const [name, sink] of Object.entries(kafka)) {
    const plan = plans.get(name);
    if (plan !== undefined) sinks.push(kafkaSink(name, sink, plan));
  }
  return new Map(sinks.map((sink) => [sink.name, sink]));
}

/** Guarded as the way out to the hosts of feeds is: an address in the settings may lead anywhere by its DNS. */
const dispatchersFor = ({ fetch }: Pick<Settings, 'fetch'>, { concurrency, timeoutMs }: { readonly concurrency: number; readonly timeoutMs: number }): Dispatchers =>
  createDispatchers({ connectMs: fetch.connectTimeout, idleMs: timeoutMs, maxHeaderBytes: 65_536, connectionsPerOrigin: concurrency, resolve: resolveBySystem });

/** A sink with its own connections, which end with it. */
function closing<Own>(make: (name: string, settings: Own, dispatchers: Dispatchers) => Sink, name: string, settings: Own, dispatchers: Dispatchers): Sink {
  return { ...make(name, settings, dispatchers), close: () => dispatchers.close() };
}
