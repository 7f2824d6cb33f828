import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

/** A Lua script run by its hash, sent whole only to a server that does not know it yet. */
export interface RedisScript {
  run(keys: readonly string[], args: ReadonlyArray<string | number>): Promise<unknown>;
}

export function redisScript(redis: Redis, lua: string): RedisScript {
  const hash = createHash('sha1').update(lua).digest('hex');
  return {
    async run(keys, args) {
      try {
        return await redis.evalsha(hash, keys.length, ...keys, ...args);
      } catch (error) {
        if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
        return redis.eval(lua, keys.length, ...keys, ...args);
      }
    },
  };
}
