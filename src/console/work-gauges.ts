import type { Redis } from 'ioredis';
import type { Settings } from '../config/index.js';
import { quarantined, storeFill } from '../ledger/index.js';
import { stageTotals, type RedisKeys, type StageTotals } from '../queue/index.js';
import { memoryFill } from '../redis/index.js';

/** Figures of the whole service that no page shows in a table; the metrics do. */
export interface WorkGauges {
  readonly stages: StageTotals;
  /** Bytes Redis uses and may use. */
  readonly memory: { readonly used: number; readonly limit: number };
  /** Pages whose stories wait for a sink, and their bytes. */
  readonly waiting: { readonly count: number; readonly bytes: number };
  /** Jobs in quarantine. */
  readonly quarantined: number;
}

export interface WorkGaugesInit {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly settings: Settings;
}

export async function workGauges({ redis, keys, settings }: WorkGaugesInit): Promise<WorkGauges> {
  const [stages, memory, waiting, inQuarantine] = await Promise.all([
    stageTotals(redis, keys), memoryFill(redis, settings.redis.memory), storeFill(redis, keys, settings.store), quarantined(redis, keys),
  ]);
  return { stages, memory, waiting, quarantined: inQuarantine };
}
