import type { Redis } from 'ioredis';

/**
 * Milliseconds of the epoch by Redis's clock: the one that all processes share. What is compared over processes and days goes by
 * it, for the clock of one process may be wrong.
 */
export async function sharedNow(redis: Redis): Promise<number> {
  const [seconds, micros] = await redis.time();
  return Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000);
}
