import { clean } from './clean.js';
import { looksLikeCode } from './code.js';
import { NOT_A_LETTER, dominantScript, letterCounts, scriptOf, type DominantScript } from './script.js';

/** A text as the detector sees it: cleaned, lower-cased and counted. */
export interface Reading {
  readonly text: string;
  readonly counts: Uint32Array;
  readonly dominant: DominantScript;
  /** Share of the words that do not begin with a capital. */
  readonly lowerShare: number;
  /** Whether the text reads like a program, a query or a data structure rather than prose. */
  readonly isCode: boolean;
}

/** Stands for the share in a text all in capitals, where a capital says nothing. */
const SHOUTED = 0.5;

/** Share of words that begin with a small letter; 1 in scripts without capitals, where the question has no answer. */
function lowerShareOf(cleaned: string, lowered: string): number {
  // Lower-casing can lengthen a text (İ): then positions do not match and the few words concerned may be miscounted.
  let words = 0;
  let capitals = 0;
  if (cleaned === cleaned.toUpperCase() && cleaned !== lowered) return SHOUTED;
  let inWord = false;
  for (let at = 0; at < cleaned.length; at++) {
    const isLetter = scriptOf(cleaned.charCodeAt(at)) < NOT_A_LETTER;
    if (isLetter && !inWord) {
      words++;
      if (cleaned.charCodeAt(at) !== lowered.charCodeAt(at)) capitals++;
    }
    inWord = isLetter;
  }
  return words === 0 ? 0 : 1 - capitals / words;
}

/** Reads a text of any kind and length; what is counted is bounded. */
export function read(raw: string): Reading {
  const cleaned = clean(raw);
  const text = cleaned.toLowerCase();
  const counts = letterCounts(text);
  const letters = counts.reduce((sum, count) => sum + count, 0);
  return { text, counts, dominant: dominantScript(counts), lowerShare: lowerShareOf(cleaned, text), isCode: looksLikeCode(raw, letters) };
}
