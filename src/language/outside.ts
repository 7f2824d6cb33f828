import { francAll } from 'franc';
import type { Reading } from './reading.js';
import { canonicalTag, languageOf, UNDETERMINED } from './tags.js';

/** Letters below which franc's three-letter sequences say too little. */
const LEAST_LETTERS = 40;
/** Share of words with a small initial below which a text is rather a string of names. */
const LEAST_LOWER_SHARE = 0.3;
/** Characters given to franc, which costs more than all the rest of detection. */
const LONGEST = 600;

/**
 * The likeliest language of a text that the table does not know, by franc with only the languages outside the table; null for
 * texts too short to tell and for strings of names.
 */
export function outsideLanguage({ text, dominant, lowerShare }: Reading, inTable: ReadonlySet<string>): string | null {
  if (dominant.letters < LEAST_LETTERS || lowerShare < LEAST_LOWER_SHARE) return null;
  for (const [code] of francAll(text.slice(0, LONGEST))) {
    const tag = canonicalTag(code);
    if (tag !== UNDETERMINED && !inTable.has(languageOf(tag))) return tag;
  }
  return null;
}
