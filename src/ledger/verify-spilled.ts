import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { owedDelivery, type RedisKeys } from '../queue/index.js';
import { placeOf, segments, spillMarks } from './spill.js';
import type { Imbalance } from './verify.js';

const TRIES = 5;
const AGAIN_MS = 100;

/**
 * Recounts what lies on disk: the deliveries that states name against those that the register of segments has not got back, and
 * both against the counters. While deliveries go out or come back the two are seen at different moments, so they are counted again.
 */
export async function verifySpilled(redis: Redis, keys: RedisKeys): Promise<Imbalance[]> {
  let found = await recount(redis, keys);
  for (let tries = 1; tries < TRIES && found.length > 0; tries += 1) {
    await pause(AGAIN_MS);
    found = await recount(redis, keys);
  }
  return found;
}

async function recount(redis: Redis, keys: RedisKeys): Promise<Imbalance[]> {
  const [counted, bySource, bySink, bytes] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
  const add = (sums: Map<string, number>, key: string, by = 1): void => void sums.set(key, (sums.get(key) ?? 0) + by);
  const met = new Set<string>();
  for await (const mark of spillMarks(redis, keys)) {
    const name = owedDelivery(mark);
    if (met.has(name)) continue;
    met.add(name);
    add(counted, mark.segment);
    add(bySource, `${mark.sink}/${mark.source}`);
    add(bySink, `n:${mark.sink}`);
  }
  const held = await segments(redis, keys);
  for (const each of held) add(bytes, `b:${placeOf(each.id)}`, each.bytes);
  const imbalances: Imbalance[] = [];
  const compare = (source: string, what: string, booked: number, sum: number): void => {
    if (booked !== sum) imbalances.push({ source, what, booked, counted: sum });
  };
  const known = new Map(held.map(({ id, live }) => [id, live]));
  for (const id of new Set([...known.keys(), ...counted.keys()])) compare('on disk', `deliveries of segment ${id}`, known.get(id) ?? 0, counted.get(id) ?? 0);
  const [totals, sources] = await Promise.all([redis.hgetall(keys.spill), redis.hgetall(keys.spillSources)]);
  const recounted = new Map([...bySink, ...bytes]);
  for (const field of new Set([...Object.keys(totals), ...recounted.keys()])) {
    compare('on disk', `${field.startsWith('n:') ? 'deliveries for' : 'bytes at'} ${field.slice(2)}`, Number(totals[field] ?? 0), recounted.get(field) ?? 0);
  }
  for (const field of new Set([...Object.keys(sources), ...bySource.keys()])) compare('on disk', `deliveries of ${field}`, Number(sources[field] ?? 0), bySource.get(field) ?? 0);
  return imbalances;
}
