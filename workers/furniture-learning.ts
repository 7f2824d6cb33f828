import { z } from 'zod';
import { EMPTY_MEMORY, rememberFurniture, withoutPage, type Article, type FurnitureMemory } from '../src/article/index.js';

const memorySchema = z.strictObject({ version: z.literal(1), pages: z.array(z.string()), seen: z.record(z.string(), z.number()) });

/** One that cannot be read is learned anew. */
export function readMemory(json: string | null | undefined): FurnitureMemory {
  if (json === null || json === undefined) return EMPTY_MEMORY;
  try {
    return memorySchema.parse(JSON.parse(json));
  } catch {
    return EMPTY_MEMORY;
  }
}

/** The memory a page is read with: what other pages of its source showed; undefined where none did. */
export function memoryFor(memory: FurnitureMemory, url: string | undefined): FurnitureMemory | undefined {
  const others = url === undefined ? memory : withoutPage(memory, url);
  return others.pages.length === 0 ? undefined : others;
}

/** Pages after which a source is well known: then every fourth one still teaches enough. */
const WELL_KNOWN = 40;

/** The memory with one page more; null where there is nothing to write. */
export function learned(memory: FurnitureMemory, article: Article, bytesHash: string): string | null {
  if (article.rejection !== null || (memory.pages.length >= WELL_KNOWN && bytesHash.charCodeAt(0) % 4 !== 0)) return null;
  const after = rememberFurniture(memory, article);
  return after === memory ? null : JSON.stringify(after);
}
