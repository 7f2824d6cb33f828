import type { Redis } from 'ioredis';
import { parseOwed, type RedisKeys } from '../queue/index.js';

/** What is in flight, by source and by what it waits for: `read`, or `deliver to` a sink. */
export type Stages = ReadonlyMap<string, ReadonlyMap<string, number>>;

const SCAN_COUNT = 1_000;

/** Counts the jobs that the ledger owes. An item that waits for two sinks counts at both. */
export async function stagesInFlight(redis: Redis, keys: RedisKeys): Promise<Stages> {
  const stages = new Map<string, Map<string, number>>();
  const met = new Set<string>();
  let cursor = '0';
  do {
    const [next, members] = await redis.zscan(keys.owed, cursor, 'COUNT', SCAN_COUNT);
    cursor = next;
    for (let at = 0; at < members.length; at += 2) {
      const name = members[at] ?? '';
      const owed = met.has(name) ? null : parseOwed(name);
      met.add(name);
      if (owed === null) continue;
      const stage = owed.queue === 'deliver' ? `deliver to ${owed.payload.sink}` : 'read';
      const counts = stages.get(owed.payload.source) ?? new Map<string, number>();
      stages.set(owed.payload.source, counts.set(stage, (counts.get(stage) ?? 0) + 1));
    }
  } while (cursor !== '0');
  return stages;
}
