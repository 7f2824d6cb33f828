import type { GoldText } from './gold.js';
import { readPressGrams } from './lingua.js';
import type { CountedGrams } from './train.js';

/** Counts of the press for the languages of some texts, from the folder of the npm package `@bluzzi/lingua`. */
export function readPress(folder: string, texts: readonly GoldText[]): CountedGrams[] {
  return [...readPressGrams(folder, new Set(texts.map(({ lang }) => lang)))].map(({ tag, grams }) => ({ tag, grams, source: 'press' }));
}
