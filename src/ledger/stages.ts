import type { Redis } from 'ioredis';
import { parseOwed, type RedisKeys } from '../queue/index.js';
import { sinksOwed } from './backlog.js';

/** What is in flight, by source and by what it waits for: `read`, `deliver to` a sink, or `on disk for` one. */
export type Stages = ReadonlyMap<string, ReadonlyMap<string, number>>;

const SCAN_COUNT = 1_000;

/** Counts the jobs that the ledger owes, and what lies on disk. An item that waits for two sinks counts at both. */
export async function stagesInFlight(redis: Redis, keys: RedisKeys): Promise<Stages> {
  const stages = new Map<string, Map<string, number>>();
  const met = new Set<string>();
  const add = (source: string, stage: string, by: number): void => {
    const counts = stages.get(source) ?? new Map<string, number>();
    stages.set(source, counts.set(stage, (counts.get(stage) ?? 0) + by));
  };
  let cursor = '0';
  do {
    const [next, members] = await redis.zscan(keys.owed, cursor, 'COUNT', SCAN_COUNT);
    cursor = next;
    for (let at = 0; at < members.length; at += 2) {
      const name = members[at] ?? '';
      const owed = met.has(name) ? null : parseOwed(name);
      met.add(name);
      if (owed === null) continue;
      add(owed.payload.source, owed.queue === 'deliver' ? `deliver to ${owed.payload.sink}` : 'read', 1);
    }
  } while (cursor !== '0');
  for (const sink of (await sinksOwed(redis, keys)).keys()) {
    for (const name of await redis.lrange(keys.spillTodo(sink), 0, -1)) {
      const owed = parseOwed(name);
      if (owed !== null) add(owed.payload.source, `deliver to ${sink}`, 1);
    }
  }
  for (const [field, count] of Object.entries(await redis.hgetall(keys.spillSources))) {
    const [sink = '', source = ''] = field.split('/');
    add(source, `on disk for ${sink}`, Number(count));
  }
  return stages;
}
