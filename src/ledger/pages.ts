import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { RedisKeys } from '../queue/index.js';
import type { KnownStory } from '../story/index.js';

const knownStory = z.strictObject({
  id: z.string(), version: z.int(), fingerprint: z.string(), headlineHash: z.string(), sketch: z.string(),
  blocks: z.string().exactOptional(), headline: z.string().exactOptional(), language: z.string().exactOptional(),
  status: z.enum(['corrected', 'withdrawn']).exactOptional(), gone: z.literal(true).exactOptional(),
});
const addressSchema = z.strictObject({ page: z.string(), owner: z.string() });
const pageSchema = z.union([
  z.strictObject({ owner: z.string(), stories: z.array(knownStory) }),
  /** The item's page is known under another item's name: its feed gave it a new id. */
  z.strictObject({ see: z.string() }),
]);

/** The name that an item's page is known under, of a record that only points to it; else null. */
export function knownUnder(raw: string | null): string | null {
  const parsed = raw === null ? null : pageSchema.parse(JSON.parse(raw));
  return parsed !== null && 'see' in parsed ? parsed.see : null;
}

/** What is known of an item's page from earlier readings. */
export interface KnownPage {
  /** Name of the page: `source/item` of the item it was first read for. */
  readonly page: string;
  readonly stories: readonly KnownStory[];
  /** As stored, '' for a page never read: what `accept` compares, so that two readings at once cannot both count on the same past. */
  readonly raw: string;
  /** `source/item` of another source that told this address last, or null. */
  readonly toldBy: string | null;
}

/**
 * Looks a page up by its item, else by its address within the source: an item whose address moved and an address whose item got
 * a new id both keep their stories' ids and versions.
 */
export async function knownPage(redis: Redis, keys: RedisKeys, source: string, item: string, address: string): Promise<KnownPage> {
  const own = `${source}/${item}`;
  const [mine, led] = await redis.mget(keys.page(own), keys.address(address));
  const at = led == null ? null : addressSchema.parse(JSON.parse(led));
  const sameSource = at?.owner.startsWith(`${source}/`) === true;
  const toldBy = at === null || sameSource ? null : at.owner;
  let page = own;
  let raw = mine ?? null;
  let parsed = raw === null ? null : pageSchema.parse(JSON.parse(raw));
  const elsewhere = parsed !== null && 'see' in parsed ? parsed.see : parsed === null && at !== null && sameSource ? at.page : null;
  if (elsewhere !== null) {
    page = elsewhere;
    raw = await redis.get(keys.page(elsewhere));
    parsed = raw === null ? null : pageSchema.parse(JSON.parse(raw));
  }
  return { page, stories: parsed !== null && 'stories' in parsed ? parsed.stories : [], raw: raw ?? '', toldBy };
}

export const encodeAddress = (page: string, owner: string): string => JSON.stringify({ page, owner });
export const encodePage = (owner: string, stories: readonly KnownStory[]): string => JSON.stringify({ owner, stories });
export const encodePagePointer = (page: string): string => JSON.stringify({ see: page });

/** The first teller of each text that is told on another page: text hash → story id. */
export async function toldElsewhere(redis: Redis, keys: RedisKeys, page: string, texts: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const tellers = texts.length === 0 ? [] : await redis.mget(texts.map((text) => keys.text(text)));
  const elsewhere = new Map<string, string>();
  for (const [at, teller] of tellers.entries()) {
    const [first, story = ''] = teller?.split(' ') ?? [];
    if (first !== undefined && first !== page) elsewhere.set(texts[at] ?? '', story);
  }
  return elsewhere;
}
