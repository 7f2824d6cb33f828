import type { Redis } from 'ioredis';
import { memoryFill, type MemoryFill } from '../redis/index.js';
import { every } from './every.js';

const LOOK_MS = 1_000;

/** Looks every second how full Redis is, so that intake stops while there is still room for deliveries to end. */
export interface MemoryWatch {
  /** As last seen; null before the first look. */
  readonly fill: MemoryFill | null;
  stop(): void;
}

export function watchMemory(redis: Redis, limit: number | null, onError: (error: Error) => void): MemoryWatch {
  let fill: MemoryFill | null = null;
  const stop = every(LOOK_MS, async () => {
    fill = await memoryFill(redis, limit);
  }, onError);
  return {
    get fill() { return fill; },
    stop,
  };
}
