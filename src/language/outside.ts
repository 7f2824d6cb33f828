import { francAll } from 'franc';
import type { Reading } from './reading.js';
import { canonicalTag, languageOf, UNDETERMINED } from './tags.js';

/** Letters below which franc's three-letter sequences say too little. */
const LEAST_LETTERS = 40;
/** Share of words with a small initial below which a text is rather a string of names. */
const LEAST_LOWER_SHARE = 0.3;
/** franc's score of its best answer is 1: another language before the one outside the table makes it a guess. */
const LEAST_SCORE = 0.99;
/** Lead over the next language; without one franc picks among languages of which it knows none well. */
const LEAST_LEAD = 0.1;
/** Characters given to franc, which costs more than all the rest of detection. */
const LONGEST = 600;

/**
 * The likeliest language of a text that the table does not know, by franc with only the languages outside the table; null for
 * texts too short to tell, for strings of names, and where franc has no clear favourite.
 */
export function outsideLanguage({ text, dominant, lowerShare }: Reading, inTable: ReadonlySet<string>): string | null {
  if (dominant.letters < LEAST_LETTERS || lowerShare < LEAST_LOWER_SHARE) return null;
  const ranked = francAll(text.slice(0, LONGEST)).map(([code, score]) => ({ tag: canonicalTag(code), score }));
  const [best, ...others] = ranked.filter(({ tag }) => tag !== UNDETERMINED && !inTable.has(languageOf(tag)));
  const next = others.find(({ tag }) => tag !== best?.tag);
  if (best === undefined || best.score < LEAST_SCORE || best.score - (next?.score ?? 0) < LEAST_LEAD) return null;
  return best.tag;
}
