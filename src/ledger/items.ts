import type { Redis } from 'ioredis';
import type { RedisKeys } from '../queue/index.js';
import { itemFactsSchema, type ItemFacts, type ItemRef } from './facts.js';
import { parseState, type ItemState } from './state.js';

export async function itemState(redis: Redis, keys: RedisKeys, source: string, item: string): Promise<ItemState | null> {
  const line = await redis.hget(keys.items(source), item);
  return line === null ? null : parseState(line);
}

/** Facts of an item that is still to be read; null when this revision of it has got further or is gone. */
export async function itemToRead(redis: Redis, keys: RedisKeys, { source, item, revision }: ItemRef): Promise<ItemFacts | null> {
  const [line, told] = await Promise.all([redis.hget(keys.items(source), item), redis.hget(keys.facts(source), item)]);
  const state = line === null ? null : parseState(line);
  if (state === null || told === null || state.stage !== 'queued' || state.revision !== revision) return null;
  return itemFactsSchema.parse(JSON.parse(told));
}
