import type { Redis } from 'ioredis';
import type { RedisKeys } from '../queue/index.js';
import { booksOf, type Books } from './books.js';

const HOUR_MS = 3_600_000;

/** How long hours are kept apart: a month and a day. */
export const FLOW_KEPT_MS = 32 * 24 * HOUR_MS;

/** Hours of a flow, oldest first: by how much each column of the books moved in it. */
export interface FlowHour {
  /** Milliseconds of the epoch at which the hour begins. */
  readonly begins: number;
  readonly columns: ReadonlyMap<string, number>;
}

export async function flowHours(redis: Redis, keys: RedisKeys, source: string, since: number): Promise<FlowHour[]> {
  const hours = new Map<number, Map<string, number>>();
  for (const [field, count] of Object.entries(await redis.hgetall(keys.flow(source)))) {
    const colon = field.indexOf(':');
    const begins = Number(field.slice(0, colon)) * HOUR_MS;
    if (begins + HOUR_MS <= since) continue;
    const columns = hours.get(begins) ?? new Map<string, number>();
    hours.set(begins, columns.set(field.slice(colon + 1), Number(count)));
  }
  return [...hours].sort(([a], [b]) => a - b).map(([begins, columns]) => ({ begins, columns }));
}

/**
 * The books of a stretch of time, from the hour that `since` falls in: what was seen in it equals what was settled in it and by
 * how much more is in flight. A column may be negative: what was quarantined before and put back to work since.
 */
export async function booksSince(redis: Redis, keys: RedisKeys, source: string, since: number): Promise<Books> {
  const columns = new Map<string, number>();
  for (const hour of await flowHours(redis, keys, source, since)) {
    for (const [column, count] of hour.columns) columns.set(column, (columns.get(column) ?? 0) + count);
  }
  const seen = columns.get('seen') ?? 0;
  columns.delete('seen');
  return booksOf({ seen, columns, again: new Map() });
}

/** Drops hours that nobody can ask for any more. Gives how many fields went. */
export async function trimFlow(redis: Redis, keys: RedisKeys, source: string, now = Date.now()): Promise<number> {
  const oldest = Math.floor((now - FLOW_KEPT_MS) / HOUR_MS);
  const old = (await redis.hkeys(keys.flow(source))).filter((field) => Number(field.slice(0, field.indexOf(':'))) < oldest);
  return old.length === 0 ? 0 : redis.hdel(keys.flow(source), ...old);
}
