/** Under which name an item is known again in the next poll. */
import { createHash } from 'node:crypto';
import { cleanUrl, identityUrl } from './address.js';
import type { FeedItem } from './types.js';

/** What of an item its key is made from. */
export type IdentityRung = 'guid' | 'link' | 'title-date' | 'content';

export interface ItemIdentity {
  /** 8-byte fingerprint, 16 hexadecimal digits: what the set of seen items holds. */
  readonly key: string;
  readonly rung: IdentityRung;
  /** Address to fetch, cleaned of tracking; null where the item has none. */
  readonly url: string | null;
}

/** What of an item its identity is made from. */
export type Identifiable = Pick<FeedItem, 'id' | 'link' | 'originalLink' | 'title' | 'published' | 'updated' | 'summary' | 'content'>;

/** A guid that is an address changes its tracking parameters as links do. */
function idText(id: string | null): string | null {
  const text = id?.trim() ?? '';
  if (text === '') return null;
  return /^https?:/i.test(text) ? identityUrl(text) ?? text : text;
}

/** What a rung of the ladder holds for an item; null where the item has nothing there. */
export function identityText(item: Identifiable, rung: IdentityRung): string | null {
  if (rung === 'guid') return idText(item.id);
  const link = item.originalLink ?? item.link;
  if (rung === 'link') return link === null ? null : identityUrl(link);
  const title = item.title?.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim() ?? '';
  if (rung === 'title-date') return title === '' ? null : `${title}\n${item.published?.iso ?? item.published?.raw ?? ''}`;
  const text = `${title}\n${item.summary ?? ''}\n${item.content ?? ''}`.trim();
  return text === '' ? null : text;
}

const LADDER: readonly IdentityRung[] = ['guid', 'link', 'title-date', 'content'];

/** 8-byte fingerprint of a rung's text, in hexadecimal. */
export const keyOf = (rung: IdentityRung, text: string): string => createHash('sha256').update(`${rung}\n${text}`).digest('hex').slice(0, 16);

/** The identity of an item by the first rung at or below `from` that holds anything. */
export function itemIdentity(item: Identifiable, from: IdentityRung = 'guid'): ItemIdentity {
  const link = item.originalLink ?? item.link;
  const url = link === null ? null : cleanUrl(link);
  for (const rung of LADDER.slice(LADDER.indexOf(from))) {
    const text = identityText(item, rung);
    if (text !== null) return { key: keyOf(rung, text), rung, url };
  }
  return { key: keyOf('content', ''), rung: 'content', url };
}
