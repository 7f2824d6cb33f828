import type { ListedItem } from '../src/ledger/index.js';

/** Items of one batch; a batch is read, booked and forgotten before the next. */
const BATCH = 100;

/**
 * The items of a feed as they cross from a thread to the loop that renews the locks: as bytes, some at a time. Objects would be
 * copied by that loop all in one go, which for a sitemap of fifty thousand addresses takes a good part of a second.
 */
export function packItems(items: readonly ListedItem[]): Uint8Array[] {
  const batches: Uint8Array[] = [];
  for (let start = 0; start < items.length; start += BATCH) batches.push(Buffer.from(JSON.stringify(items.slice(start, start + BATCH))));
  return batches;
}

/** The way back; what a thread of ours wrote is not checked again. */
export const readItems = (batch: Uint8Array): readonly ListedItem[] => JSON.parse(Buffer.from(batch.buffer, batch.byteOffset, batch.byteLength).toString()) as ListedItem[];
