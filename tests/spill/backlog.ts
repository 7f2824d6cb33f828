import type { Redis } from 'ioredis';
import { accept, beginDelivery, delivered, deliveryOf, encodeStories, takeIn, type AcceptOutcome, type ItemRef, type SinkBound } from '../../src/ledger/index.js';
import { redisKeys, type OwedJob, type RedisKeys } from '../../src/queue/index.js';
import { SpillKeeper, type SpillKeeperInit, type SpillNews, type SpillStanding } from '../../src/spill/index.js';
import type { UnseenPlace } from '../../src/ledger/index.js';
import { listed } from '../ledger/items.js';

/** A sink with little room: `bound` pages at most, to disk from 70 % of it on. */
export const tight = (name: string, bound: number): SinkBound =>
  ({ name, maxDeliveries: bound, maxBytes: 1 << 30, spillFrom: { deliveries: Math.floor(bound * 0.7), bytes: 1 << 30 } });

const STORE = { maxSize: 1 << 30, maxStories: 100_000 };

export interface TakenIn {
  readonly ref: ItemRef;
  readonly outcome: AcceptOutcome;
  readonly diverted: readonly string[];
}

/** One page with one story, as the workers take it in: accepted for these sinks at their bounds. */
export async function pageFor(redis: Redis, keys: RedisKeys, item: string, sinks: readonly SinkBound[], version = 1): Promise<TakenIn> {
  const [ref] = await takeIn(redis, keys, 'wire', [listed(item, `m${version}`)], 0);
  if (ref === undefined) throw new Error(`${item} cannot be taken in`);
  const key = keys.page(`wire/${item}`);
  const accepted = await accept(redis, keys, {
    ref, sinks: sinks.map(({ name }) => name), bounds: sinks, page: `wire/${item}`, pageBefore: (await redis.get(key)) ?? '', pageAfter: `{"version":${version}}`,
    address: `address-${item}`, texts: [], body: encodeStories([{ id: item, version, json: JSON.stringify({ id: item, version, text: 'א “quoted” text' }) }]),
  }, STORE);
  return { ref, ...accepted };
}

/** A keeper of the disk, and what it told. */
export function keeperOf(redis: Redis, prefix: string, dir: string, sinks: readonly SinkBound[], change: Partial<Pick<SpillKeeperInit, 'maxSize' | 'giveUpMs'>> = {}) {
  const told = { standings: [] as SpillStanding[], lost: [] as { deliveries: number; why: string }[], unseen: [] as UnseenPlace[], jobs: [] as OwedJob[] };
  const news: SpillNews = {
    standing: ({ state }) => void told.standings.push(state),
    lost: ({ deliveries, why }) => void told.lost.push({ deliveries, why }),
    unseen: (place) => void told.unseen.push(place),
  };
  const keeper = new SpillKeeper({
    redis, keys: redisKeys(prefix), sinks, dir, maxSize: 1 << 30, news, ...change,
    addOwed: (jobs) => Promise.resolve(void told.jobs.push(...jobs)),
  });
  return { keeper, told };
}

/** What a sink does that takes everything: every delivery owed to it, the oldest debt first. Gives `id:version` of each story, in order. */
export async function drain(redis: Redis, keys: RedisKeys, sink: string): Promise<string[]> {
  const got: string[] = [];
  const owed = (await redis.zrange(keys.owed, 0, '-1')).flatMap((name) => deliveryOf(name) ?? []).filter((payload) => payload.sink === sink);
  for (const payload of owed) {
    const begun = await beginDelivery(redis, keys, payload, '');
    if (begun === null) continue;
    got.push(...begun.stories.map(({ id, version }) => `${id}:${version}`));
    await delivered(redis, keys, payload, begun.stories.length);
  }
  return got;
}
