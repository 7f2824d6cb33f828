import { z } from 'zod';
import type { Fetched } from '../fetch/index.js';
import { itemFactsSchema, type ItemFacts, type ItemRef } from '../ledger/index.js';

/** One page as it was fetched: what the item said, how the host answered, and the hash its bytes are kept under. */
export const archivedPageSchema = z.strictObject({
  /** ISO 8601: when it was fetched. */
  at: z.iso.datetime({ offset: true }),
  source: z.string(),
  item: z.string(),
  /** Final address, after redirects. */
  url: z.string(),
  status: z.int(),
  /** Lower-case names; those of the transfer and of cookies are left out. */
  headers: z.record(z.string(), z.string()),
  /** SHA-256 of the bytes as received after decompression, in hexadecimal. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().min(0),
  facts: itemFactsSchema,
});

export type ArchivedPage = z.infer<typeof archivedPageSchema>;

/** Headers that tell of the connection or of the visitor, not of the page. */
const LEFT_OUT = new Set(['connection', 'content-encoding', 'content-length', 'keep-alive', 'set-cookie', 'transfer-encoding', 'trailer', 'upgrade']);
const MAX_HEADERS = 40;
const MAX_VALUE = 500;

export function archivedPage({ source, item }: Pick<ItemRef, 'source' | 'item'>, facts: ItemFacts, fetched: Fetched, hash: string): ArchivedPage {
  const headers = Object.entries(fetched.headers).filter(([name]) => !LEFT_OUT.has(name)).slice(0, MAX_HEADERS);
  return {
    at: fetched.fetchedAt, source, item, url: fetched.url, status: fetched.status,
    headers: Object.fromEntries(headers.map(([name, value]) => [name, value.slice(0, MAX_VALUE)])),
    hash, bytes: fetched.bytes.byteLength, facts,
  };
}
