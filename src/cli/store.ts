import type { Redis } from 'ioredis';
import type { LoadedConfig } from '../config/index.js';
import { redisKeys, type RedisKeys } from '../queue/index.js';
import { connectRedis, openRedis, type RedisEndpoint } from '../redis/index.js';

export interface Store {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly endpoint: RedisEndpoint;
}

/**
 * The books, for a command that looks or changes and goes: joins the running service's Redis, or wakes the one of the data
 * folder for as long as the command takes.
 */
export async function withStore<T>({ settings }: LoadedConfig, use: (store: Store) => Promise<T>): Promise<T> {
  const opened = await openRedis(settings, (line) => process.stderr.write(`dateline: ${line}\n`));
  if (!opened.ok) throw opened.fault;
  const redis = connectRedis(opened.value.endpoint, 'producer');
  try {
    return await use({ redis, keys: redisKeys(settings.redis.prefix), endpoint: opened.value.endpoint });
  } finally {
    redis.disconnect();
    await opened.value.release();
  }
}
