import { foldPhrase } from './furniture-words.js';
import type { Article, FurnitureMemory } from './types.js';

export const EMPTY_MEMORY: FurnitureMemory = { version: 1, pages: [], seen: {} };

const MOST_TEXTS = 1_200;
const MOST_PAGES = 200;
/** Counts above this say no more, and must be able to fall when a source is rebuilt. */
const HIGHEST = 8;

/** 48-bit FNV-like hash in base 36: enough that two texts of one source do not meet. */
export function fingerprint(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x01000193;
  const folded = foldPhrase(text.slice(0, 280));
  for (let at = 0; at < folded.length; at += 1) {
    const code = folded.charCodeAt(at);
    low = Math.imul(low ^ code, 0x01000193) >>> 0;
    high = Math.imul(high ^ (code + at), 0x85ebca6b) >>> 0;
  }
  return `${low.toString(36)}${(high & 0xffff).toString(36)}`;
}

/** A table from its first entry on: an ordinary object has V8 plan a shape for each of a thousand new names, ten times the work of all else here. */
function counts(entries: Iterable<readonly [string, number]>): Record<string, number> {
  const table = Object.create(null) as Record<string, number>;
  for (const [text, count] of entries) table[text] = count;
  return table;
}

const pageOf = ({ url, blocks }: Pick<Article, 'url' | 'blocks'>): string => fingerprint(url ?? blocks[0]?.text ?? '');

/** The memory as it was without the page at this address, should it have been counted: a page read again does not repeat itself. */
export function withoutPage(memory: FurnitureMemory, url: string): FurnitureMemory {
  if (!memory.pages.includes(fingerprint(url))) return memory;
  return { ...memory, seen: counts(Object.entries(memory.seen).flatMap(([text, count]) => (count > 1 ? [[text, count - 1]] : []))) };
}

/** On how many earlier pages of the source the text stood. */
export const timesSeen = (memory: FurnitureMemory | undefined, text: string): number => memory?.seen[fingerprint(text)] ?? 0;

/**
 * The memory after one more page. Pure; bounded: when full, texts seen on one page only go first, and all counts are
 * halved, so that a source that changes its pages is learnt anew.
 */
export function rememberFurniture(memory: FurnitureMemory | undefined, article: Pick<Article, 'url' | 'blocks' | 'furniture'>): FurnitureMemory {
  const before = memory ?? EMPTY_MEMORY;
  const page = pageOf(article);
  if (before.pages.includes(page)) return before;
  const seen = new Map(Object.entries(before.seen));
  const texts = new Set([...article.furniture, ...article.blocks].map(({ text }) => fingerprint(text)));
  for (const text of texts) {
    const count = seen.get(text) ?? 0;
    seen.delete(text);
    seen.set(text, Math.min(HIGHEST, count + 1));
  }
  if (seen.size > MOST_TEXTS) {
    for (const [text, count] of seen) {
      if (seen.size <= MOST_TEXTS) break;
      if (count <= 1) seen.delete(text);
    }
    for (const [text, count] of seen) {
      if (seen.size <= MOST_TEXTS) break;
      if (count > 1) seen.set(text, count >> 1);
      else seen.delete(text);
    }
    for (const text of seen.keys()) {
      if (seen.size <= MOST_TEXTS) break;
      seen.delete(text);
    }
  }
  return { version: 1, pages: [...before.pages, page].slice(-MOST_PAGES), seen: counts(seen) };
}
