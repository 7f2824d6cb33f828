import { z } from 'zod';

const written = z.strictObject({ raw: z.string(), iso: z.string().nullable() }).nullable();

/** What the feed said of an item; kept while the item is in flight or in quarantine. Lengths are cut where it is taken in. */
export const itemFactsSchema = z.strictObject({
  /** The feed's own id of it: guid, atom:id. */
  id: z.string(),
  /** Address of the page; null when the item names none. */
  url: z.string().nullable(),
  /** Hash of the canonical address: the same for every source that lists it. */
  address: z.string(),
  title: z.string().nullable(),
  summary: z.string().nullable(),
  language: z.string().nullable(),
  feedLanguage: z.string().nullable(),
  published: written,
  updated: written,
  /** HTML that the feed itself carried, of an item without an address of its own; not sanitised. */
  content: z.string().exactOptional(),
  /** What a wire says of its item. */
  status: z.enum(['corrected', 'withdrawn']).exactOptional(),
  urgency: z.int().min(1).max(9).exactOptional(),
  embargoedUntil: z.string().exactOptional(),
  /** Where the page is read from in place of its host, for an item that is read again. */
  archived: z.strictObject({ hash: z.string(), url: z.string(), fetchedAt: z.string(), contentType: z.string().exactOptional() }).exactOptional(),
});

export type ItemFacts = z.infer<typeof itemFactsSchema>;

export interface ItemRef {
  readonly source: string;
  readonly item: string;
  readonly revision: number;
}
