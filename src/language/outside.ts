import { francAll } from 'franc';
import { canonicalTag, languageOf, UNDETERMINED } from './tags.js';

/** Letters below which franc's three-letter sequences say too little. */
const LEAST_LETTERS = 40;
/** Characters given to franc, which costs more than all the rest of detection. */
const LONGEST = 600;

/**
 * The likeliest language of a text that the table does not know, by franc with only the languages outside the table; null for
 * texts too short to tell.
 */
export function outsideLanguage(text: string, letters: number, inTable: ReadonlySet<string>): string | null {
  if (letters < LEAST_LETTERS) return null;
  for (const [code] of francAll(text.slice(0, LONGEST))) {
    const tag = canonicalTag(code);
    if (tag !== UNDETERMINED && !inTable.has(languageOf(tag))) return tag;
  }
  return null;
}
