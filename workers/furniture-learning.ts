import { z } from 'zod';
import { EMPTY_MEMORY, rememberFurniture, withoutPage, type Article, type FurnitureMemory } from '../src/article/index.js';

const memorySchema = z.strictObject({ version: z.literal(1), pages: z.array(z.string()), seen: z.record(z.string(), z.number()) });

/** Sources whose memory one thread keeps parsed; some 150 kB each. */
const MOST_PARSED = 32;
/** By their JSON, the least recently used first: parsing and checking one costs as much as a third of a page. */
const parsed = new Map<string, FurnitureMemory>();

function keep(json: string, memory: FurnitureMemory): FurnitureMemory {
  parsed.delete(json);
  parsed.set(json, memory);
  for (const oldest of parsed.keys()) {
    if (parsed.size <= MOST_PARSED) break;
    parsed.delete(oldest);
  }
  return memory;
}

/** One that cannot be read is learned anew. */
export function readMemory(json: string | null | undefined): FurnitureMemory {
  if (json === null || json === undefined) return EMPTY_MEMORY;
  try {
    return keep(json, parsed.get(json) ?? memorySchema.parse(JSON.parse(json)));
  } catch {
    return EMPTY_MEMORY;
  }
}

/** The memory a page is read with: what other pages of its source showed; undefined where none did. */
export function memoryFor(memory: FurnitureMemory, url: string | undefined): FurnitureMemory | undefined {
  const others = url === undefined ? memory : withoutPage(memory, url);
  return others.pages.length === 0 ? undefined : others;
}

/** Pages after which a source is well known: then few still teach enough, and a rebuilt site is learnt within days. */
const WELL_KNOWN = 40;
/** Of the 64 first letters that a hash may have, those of three do: one page in 21. */
const TEACHES = /^[0Pp]/;

/** The memory with one page more; null where there is nothing to write. */
export function learned(memory: FurnitureMemory, article: Article, bytesHash: string): string | null {
  if (article.rejection !== null || (memory.pages.length >= WELL_KNOWN && !TEACHES.test(bytesHash))) return null;
  const after = rememberFurniture(memory, article);
  if (after === memory) return null;
  const json = JSON.stringify(after);
  keep(json, after);
  return json;
}
