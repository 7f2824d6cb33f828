import type { Redis } from 'ioredis';
import type { RedisKeys } from '../queue/index.js';

/** What became of the items of one source: `seen` is the sum of the rest, at any moment. */
export interface Books {
  readonly seen: number;
  readonly delivered: number;
  readonly unchanged: number;
  readonly duplicate: number;
  /** Count by reason. */
  readonly rejected: Readonly<Record<string, number>>;
  readonly quarantined: Readonly<Record<string, number>>;
  readonly inFlight: number;
  /** Young pages asked again, by how that ended: beside the sum, for an item has one disposition however often its page is asked. */
  readonly again: Readonly<Record<string, number>>;
  readonly balanced: boolean;
}

export const NO_ITEMS: Books = { seen: 0, delivered: 0, unchanged: 0, duplicate: 0, rejected: {}, quarantined: {}, inFlight: 0, again: {}, balanced: true };

/** Counters of one source by column, the columns of settled items that were forgotten since (`gone`) apart. */
export interface Counters {
  readonly seen: number;
  readonly columns: ReadonlyMap<string, number>;
  readonly gone: ReadonlyMap<string, number>;
  readonly again: ReadonlyMap<string, number>;
}

export async function counters(redis: Redis, keys: RedisKeys, source: string): Promise<Counters> {
  const fields = await redis.hgetall(keys.books(source));
  const under = (prefix: string): ReadonlyMap<string, number> =>
    new Map(Object.entries(fields).filter(([name]) => name.startsWith(prefix)).map(([name, count]) => [name.slice(prefix.length), Number(count)]));
  return { seen: Number(fields['seen'] ?? 0), columns: under('n:'), gone: under('gone:'), again: under('again:') };
}

export function booksOf({ seen, columns, again }: Pick<Counters, 'seen' | 'columns' | 'again'>): Books {
  const byReason = (disposition: string): Record<string, number> => {
    const reasons: Record<string, number> = {};
    for (const [column, count] of columns) {
      if (count !== 0 && column.startsWith(`${disposition}:`)) reasons[column.slice(disposition.length + 1)] = count;
    }
    return reasons;
  };
  const total = [...columns.values()].reduce((sum, count) => sum + count, 0);
  return {
    seen,
    delivered: columns.get('delivered') ?? 0,
    unchanged: columns.get('unchanged') ?? 0,
    duplicate: columns.get('duplicate') ?? 0,
    rejected: byReason('rejected'),
    quarantined: byReason('quarantined'),
    inFlight: columns.get('in-flight') ?? 0,
    again: Object.fromEntries(again),
    balanced: seen === total,
  };
}

/** The books of every source that ever had an item. */
export async function books(redis: Redis, keys: RedisKeys): Promise<ReadonlyMap<string, Books>> {
  const sources = (await redis.smembers(keys.sources)).sort();
  return new Map(await Promise.all(sources.map(async (source) => [source, booksOf(await counters(redis, keys, source))] as const)));
}
