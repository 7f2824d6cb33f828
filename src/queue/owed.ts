import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { RedisKeys } from './keys.js';
import { articlePayload, deliverPayload, type ArticlePayload, type DeliverPayload } from './payloads.js';
import { RedisScript } from '../redis-script.js';

/**
 * A job that the ledger owes: written in the same transaction as the state that calls for it, removed in the one that
 * settles it. The job itself is added to its queue right after; should the process die in between, or the job vanish in any
 * other way, the sweep finds the debt and adds it again. Its name is also the job's id, so that adding twice adds once.
 */
export type OwedJob =
  | { readonly queue: 'article'; readonly payload: ArticlePayload }
  | { readonly queue: 'deliver'; readonly payload: DeliverPayload };

/** How long a job just written has to arrive in its queue before the sweep looks for it. */
export const OWED_GRACE_MS = 20_000;
const LOOK_AGAIN_MS = 60_000;

export const owedArticle = ({ source, item, revision }: ArticlePayload): string => `article/${source}/${item}/${revision}`;
export const owedDelivery = ({ source, item, revision, sink }: DeliverPayload): string =>
  `deliver/${source}/${item}/${revision}/${sink}`;

export function parseOwed(name: string): OwedJob | null {
  const [queue, source, item, revision, sink] = name.split('/');
  if (queue === 'article') {
    const payload = articlePayload.safeParse({ source, item, revision: Number(revision) });
    return payload.success ? { queue, payload: payload.data } : null;
  }
  if (queue === 'deliver') {
    const payload = deliverPayload.safeParse({ source, item, revision: Number(revision), sink });
    return payload.success ? { queue, payload: payload.data } : null;
  }
  return null;
}

const SWEEP = new RedisScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local names = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[1])
for _, name in ipairs(names) do redis.call('ZADD', KEYS[1], 'XX', now + ARGV[2], name) end
return names
`);

/** Names of jobs whose debt has stood long enough to look for them; each is given to one caller, and again a minute later. */
export async function sweepOwed(redis: Redis, keys: RedisKeys, limit: number): Promise<string[]> {
  return z.array(z.string()).parse(await SWEEP.run(redis, [keys.owed], [limit, LOOK_AGAIN_MS]));
}
