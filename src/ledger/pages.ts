import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { RedisKeys } from '../queue/index.js';
import type { KnownStory } from '../story/index.js';

const knownStory = z.strictObject({
  id: z.string(), version: z.int(), fingerprint: z.string(), headlineHash: z.string(), sketch: z.string(),
});
const addressSchema = z.strictObject({ page: z.string(), owner: z.string() });
const pageSchema = z.strictObject({ owner: z.string(), stories: z.array(knownStory) });

/** What is known of the page behind an item's address, from earlier readings by whatever source. */
export interface KnownPage {
  /** `source/item` that last brought it. */
  readonly owner: string;
  readonly stories: readonly KnownStory[];
  /** As stored: what `accept` compares, so that two readings at once cannot both count on the same past. */
  readonly raw: string;
}

/** Null for a page never read. */
export async function knownPage(redis: Redis, keys: RedisKeys, address: string): Promise<KnownPage | null> {
  const led = await redis.get(keys.address(address));
  if (led === null) return null;
  const raw = await redis.get(keys.page(addressSchema.parse(JSON.parse(led)).page));
  return raw === null ? null : { ...pageSchema.parse(JSON.parse(raw)), raw };
}

export const encodeAddress = (page: string, owner: string): string => JSON.stringify({ page, owner });
export const encodePage = (owner: string, stories: readonly KnownStory[]): string => JSON.stringify({ owner, stories });

/** The first teller of each text that is told on another page: text hash → story id. */
export async function toldElsewhere(redis: Redis, keys: RedisKeys, pageId: string, texts: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const owners = texts.length === 0 ? [] : await redis.mget(texts.map((text) => keys.text(text)));
  const elsewhere = new Map<string, string>();
  for (const [at, owner] of owners.entries()) {
    const [page, story = ''] = owner?.split(' ') ?? [];
    if (page !== undefined && page !== pageId) elsewhere.set(texts[at] ?? '', story);
  }
  return elsewhere;
}
