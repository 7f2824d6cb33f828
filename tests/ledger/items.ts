import { redisKeys } from '../../src/queue/index.js';
import { accept, encodeStories, takeIn, type AcceptOutcome, type ItemRef, type ListedItem, type StoreBounds, type ToldStory } from '../../src/ledger/index.js';
import type { TestRedis } from '../redis.js';

/** An item as a feed lists it, made of a few words. */
export const listed = (item: string, mark = 'm1'): ListedItem => ({
  item, mark,
  facts: { id: item, url: `https://wire.example/${item}`, address: `address-${item}`, title: `Title of ${item}`, summary: null, language: null,
    feedLanguage: 'en', published: null, updated: null },
});

export const keysOf = ({ prefix }: TestRedis) => redisKeys(prefix);

export const ROOMY: StoreBounds = { maxSize: 1_000_000, maxStories: 1_000 };

export async function takeOne({ redis, prefix }: TestRedis, source: string, item: string): Promise<ItemRef> {
  const [ref] = await takeIn(redis, redisKeys(prefix), source, [listed(item)]);
  if (ref === undefined) throw new Error(`${item} was known already`);
  return ref;
}

export async function acceptOne(test: TestRedis, ref: ItemRef, change: { readonly sinks?: readonly string[]; readonly text?: string; readonly page?: string; readonly bounds?: StoreBounds; readonly size?: number; readonly told?: readonly ToldStory[] } = {}): Promise<AcceptOutcome> {
  const { sinks = ['ndjson'], text = `text of ${ref.source} ${ref.item}`, page = `${ref.source}/${ref.item}`, bounds = ROOMY, size = 10, told } = change;
  const { outcome } = await accept(test.redis, redisKeys(test.prefix), {
    ref, sinks, page, pageBefore: '', pageAfter: JSON.stringify({ owner: `${ref.source}/${ref.item}`, stories: [] }),
    address: `address-${ref.source}-${ref.item}`,
    texts: [{ hash: text, story: `story-${ref.source}-${ref.item}` }],
    told,
    body: encodeStories([{ id: `story-${ref.item}`, version: 1, json: JSON.stringify({ filler: 'x'.repeat(size) }) }]),
  }, bounds);
  return outcome;
}
