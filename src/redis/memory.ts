import type { Redis } from 'ioredis';

/** From this share of what Redis may use on, nothing new is taken in: what is on its way has the rest. */
export const MEMORY_INTAKE_STOPS_AT = 0.85;
/** Where neither the settings nor the server set a limit: this share of the machine's memory. */
const OF_THE_MACHINE = 0.5;

export interface MemoryFill {
  /** Bytes Redis uses, the copy-on-write and client buffers included. */
  readonly used: number;
  /** Bytes it may use. */
  readonly limit: number;
  readonly full: boolean;
}

/** Reads the reply of `INFO memory`. `limit` in bytes; null takes the server's `maxmemory`, else half of its machine. */
export function readMemory(info: string, limit: number | null): MemoryFill {
  const field = (name: string): number => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1] ?? 0);
  const used = field('used_memory');
  const own = field('maxmemory');
  // The server refuses writes at its own limit, whatever ours says.
  const limits = [limit ?? 0, own].filter((each) => each > 0);
  const allowed = limits.length > 0 ? Math.min(...limits) : field('total_system_memory') * OF_THE_MACHINE;
  return { used, limit: allowed, full: allowed > 0 && used > allowed * MEMORY_INTAKE_STOPS_AT };
}

export const memoryFill = async (redis: Redis, limit: number | null): Promise<MemoryFill> => readMemory(await redis.info('memory'), limit);
