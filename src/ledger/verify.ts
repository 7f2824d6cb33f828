import type { Redis } from 'ioredis';
import type { RedisKeys } from '../queue/index.js';
import { booksOf, counters, type Books } from './books.js';
import { bucketOf, parseState } from './state.js';
import { verifySpilled } from './verify-spilled.js';
import { verifyWaiting } from './verify-waiting.js';

/** One figure of the books that a recount does not confirm. */
export interface Imbalance {
  /** Id of a source; of what waits for a sink `sink NAME`, and `all sinks` of the store of stories. */
  readonly source: string;
  /** `seen`, a column of the books, or what the stores hold for an item. */
  readonly what: string;
  readonly booked: number;
  readonly counted: number;
}

export interface Verification {
  readonly balanced: boolean;
  readonly books: ReadonlyMap<string, Books>;
  readonly imbalances: readonly Imbalance[];
}

const SCAN_COUNT = 1_000;
const TRIES = 5;

/**
 * Recounts every source from the states of its items, what waits for each sink from the jobs owed and the stories kept, and what
 * lies on disk from the states that name it, and compares with the counters. Sources in motion are counted again.
 */
export async function verify(redis: Redis, keys: RedisKeys): Promise<Verification> {
  const books = new Map<string, Books>();
  const imbalances: Imbalance[] = [];
  for (const source of (await redis.smembers(keys.sources)).sort()) {
    let found = await recount(redis, keys, source);
    for (let tries = 1; tries < TRIES && found.imbalances.length > 0; tries += 1) found = await recount(redis, keys, source);
    books.set(source, found.books);
    imbalances.push(...found.imbalances);
  }
  imbalances.push(...await verifyWaiting(redis, keys), ...await verifySpilled(redis, keys));
  return { balanced: imbalances.length === 0, books, imbalances };
}

async function recount(redis: Redis, keys: RedisKeys, source: string): Promise<{ readonly books: Books; readonly imbalances: Imbalance[] }> {
  const counted = new Map<string, number>();
  const imbalances: Imbalance[] = [];
  const add = (column: string): void => void counted.set(column, (counted.get(column) ?? 0) + 1);
  // HSCAN may give a field twice; each counts once.
  const met = new Set<string>();
  let cursor = '0';
  do {
    const [next, fields] = await redis.hscan(keys.items(source), cursor, 'COUNT', SCAN_COUNT);
    cursor = next;
    for (let at = 0; at + 1 < fields.length; at += 2) {
      const item = fields[at] ?? '';
      if (met.has(item)) continue;
      met.add(item);
      const state = parseState(fields[at + 1] ?? '');
      if (state === null) imbalances.push({ source, what: `state of ${item}`, booked: 1, counted: 0 });
      else add(bucketOf(state));
    }
  } while (cursor !== '0');
  const { seen, columns, gone, again } = await counters(redis, keys, source);
  const goneTotal = [...gone.values()].reduce((sum, count) => sum + count, 0);
  if (seen !== met.size + goneTotal) imbalances.push({ source, what: 'seen', booked: seen, counted: met.size + goneTotal });
  for (const column of new Set([...columns.keys(), ...counted.keys()])) {
    const booked = columns.get(column) ?? 0;
    const total = (counted.get(column) ?? 0) + (gone.get(column) ?? 0);
    if (booked !== total) imbalances.push({ source, what: column, booked, counted: total });
  }
  return { books: booksOf({ seen, columns, again }), imbalances };
}
