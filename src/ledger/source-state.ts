import type { Redis } from 'ioredis';
import type { Fault } from '../fault.js';
import type { RedisKeys } from '../queue/index.js';

/** What is kept of a source between two polls. */
export interface SourceState {
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** ISO 8601, or null before the first poll. */
  readonly polledAt: string | null;
  /** Polls that failed in a row. */
  readonly failures: number;
  /** Last fault in one line, or null when the last poll went well. */
  readonly trouble: string | null;
  readonly title: string | null;
  /** What the polls so far have taught, as the poll stage writes it; null before the first one. */
  readonly history: string | null;
  /** How it names its items, as the feed task writes it; null before the first poll that was read. */
  readonly identity: string | null;
}

export async function sourceState(redis: Redis, keys: RedisKeys, source: string): Promise<SourceState> {
  const fields = await redis.hgetall(keys.source(source));
  return {
    etag: fields['etag'] ?? null,
    lastModified: fields['lastModified'] ?? null,
    polledAt: fields['polledAt'] ?? null,
    failures: Number(fields['failures'] ?? 0),
    trouble: fields['trouble'] ?? null,
    title: fields['title'] ?? null,
    history: fields['history'] ?? null,
    identity: fields['identity'] ?? null,
  };
}

export interface GoodPoll {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
  readonly title?: string | null;
  readonly history?: string | undefined;
  /** Undefined: as before. */
  readonly identity?: string | undefined;
}

/** A poll went well and all it listed is in the books: only now may its validators be kept, for they ask the host to send no more of it. */
export async function pollWentWell(redis: Redis, keys: RedisKeys, source: string, poll: GoodPoll): Promise<void> {
  const key = keys.source(source);
  const fields: Record<string, string> = { polledAt: new Date().toISOString(), failures: '0' };
  for (const name of ['etag', 'lastModified', 'title'] as const) {
    const value = poll[name];
    if (value !== undefined && value !== null) fields[name] = value.slice(0, 1_000);
  }
  if (poll.history !== undefined) fields['history'] = poll.history;
  if (poll.identity !== undefined) fields['identity'] = poll.identity;
  // Written together: a validator of this answer beside one of the last could match a state that never was.
  const gone = (['etag', 'lastModified'] as const).filter((name) => poll[name] === undefined);
  await redis.multi().hset(key, fields).hdel(key, 'trouble', ...gone).exec();
}

export async function pollFailed(redis: Redis, keys: RedisKeys, source: string, fault: Fault, history?: string): Promise<number> {
  const key = keys.source(source);
  await redis.hset(key, {
    polledAt: new Date().toISOString(), trouble: `${fault.code}: ${fault.message}`.slice(0, 500),
    ...(history === undefined ? {} : { history }),
  });
  return redis.hincrby(key, 'failures', 1);
}
