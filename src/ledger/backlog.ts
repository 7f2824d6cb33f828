import type { Redis } from 'ioredis';
import type { RedisKeys } from '../queue/index.js';
import { INTAKE_STOPS_AT, storeFill, type SinkBound, type StoreBounds } from './accept.js';

/** What waits for one sink. The stories of a page count for every sink that they wait for. */
export interface Backlog {
  readonly deliveries: number;
  readonly bytes: number;
  /** Share of its bound, of deliveries or of bytes, whichever is nearer; 1 is full. */
  readonly share: number;
  /** Reading pauses, because what is in flight needs the room that is left. */
  readonly full: boolean;
}

/** What waits for each of these sinks, by name. */
export async function backlogs(redis: Redis, keys: RedisKeys, sinks: readonly SinkBound[]): Promise<ReadonlyMap<string, Backlog>> {
  const fields = sinks.flatMap(({ name }) => [`${name}:n`, `${name}:b`]);
  const values = fields.length === 0 ? [] : await redis.hmget(keys.backlog, ...fields);
  return new Map(sinks.map(({ name, maxDeliveries, maxBytes }, at) => {
    const deliveries = Math.max(0, Number(values[2 * at] ?? 0));
    const bytes = Math.max(0, Number(values[2 * at + 1] ?? 0));
    const share = Math.max(deliveries / maxDeliveries, bytes / maxBytes);
    return [name, { deliveries, bytes, share, full: share >= INTAKE_STOPS_AT }];
  }));
}

/** Names of sinks that something waits for, whether they are configured or not. */
export async function sinksOwed(redis: Redis, keys: RedisKeys): Promise<ReadonlyMap<string, number>> {
  const fields = Object.entries(await redis.hgetall(keys.backlog));
  return new Map(fields.flatMap(([field, count]) => (field.endsWith(':n') && Number(count) > 0 ? [[field.slice(0, -2), Number(count)]] : [])));
}

/** What waits in all, and whether no new items may be taken in: too much waits for all sinks together, or for one of them. */
export async function intakeFill(
  redis: Redis, keys: RedisKeys, bounds: StoreBounds, sinks: readonly SinkBound[],
): Promise<{ readonly bytes: number; readonly count: number; readonly full: boolean }> {
  const [store, waiting] = await Promise.all([storeFill(redis, keys, bounds), backlogs(redis, keys, sinks)]);
  return { ...store, full: store.full || [...waiting.values()].some(({ full }) => full) };
}
