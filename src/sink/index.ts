export type { Sink, SinkBatch, SinkStory } from './contract.js';
export { NdjsonSink, type NdjsonOptions } from './ndjson.js';
export { redisStreamSink, type RedisStreamOptions } from './redis-stream.js';
export { openSinks } from './open.js';
