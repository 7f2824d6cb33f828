import { isIP } from 'node:net';
import type { SourceConfig } from '../config/index.js';
import { identityUrl, siteOf } from '../feed/index.js';

const LONGEST_ID = 64;

/** What stands for a feed's address when two are compared: without scheme, `www.` and closing slash. */
export const addressKey = (url: string): string => identityUrl(url) ?? url;

/** The source that reads one of these addresses already. */
export function sourceOf(addresses: readonly string[], sources: readonly SourceConfig[]): SourceConfig | undefined {
  const keys = new Set(addresses.map(addressKey));
  return sources.find((source) => keys.has(addressKey(source.url)));
}

/** A word of small Latin letters, digits and hyphens; '' where the text has none. */
export const slug = (text: string): string =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '');

/** The name of a site by its address: `https://www.aa.example.org/rss` gives `example`. */
export function siteName(url: string): string {
  const host = URL.canParse(url) ? new URL(url).hostname.replaceAll(/[[\]]/g, '') : '';
  return slug(isIP(host) === 0 ? siteOf(host).split('.')[0] ?? '' : host);
}

/** The first of the words that makes an id, with a number behind it where it is taken. */
export function freeId(words: readonly string[], taken: ReadonlySet<string>): string {
  const word = words.map((text) => slug(text)).find((text) => text !== '') ?? 'source';
  const numbered = (number: number): string => {
    const end = number === 1 ? '' : `-${number}`;
    return word.slice(0, LONGEST_ID - end.length).replace(/-+$/, '') + end;
  };
  for (let number = 1; ; number += 1) {
    if (!taken.has(numbered(number))) return numbered(number);
  }
}

/** As people give addresses: `sana.sy`, `feed:https://…`. */
export function wholeAddress(address: string): string {
  const bare = address.trim().replace(/^feed:(?:\/\/)?(?=https?:)/i, '').replace(/^feed:\/\//i, 'https://');
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(bare) ? bare : `https://${bare}`;
}
