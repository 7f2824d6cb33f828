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
  /** Whether every word begins with a capital and nothing ties them together, or figures do: names, a score, a row of a table. */
  readonly isBareNames: boolean;
  /** Whether the text reads like a program, a query or a data structure rather than prose. */
  readonly isCode: boolean;
}

/** Stands for the share in a text all in capitals, where a capital says nothing. */
const SHOUTED = 0.5;

/** Share of words that begin with a small letter; 1 in scripts without capitals, where the question has no answer. */
function lowerShareOf(cleaned: string, isShouted: boolean): number {
  if (isShouted) return SHOUTED;
  let words = 0;
  let capitals = 0;
  let inWord = false;
  for (let at = 0; at < cleaned.length; at++) {
    const isLetter = scriptOf(cleaned.charCodeAt(at)) < NOT_A_LETTER;
    if (isLetter && !inWord) {
      words++;
      const initial = cleaned.charAt(at);
      if (initial !== initial.toLowerCase()) capitals++;
    }
    inWord = isLetter;
  }
  return words === 0 ? 0 : 1 - capitals / words;
}

/** Whether only names are left: a list of them, or some with figures; a headline in capitals has neither commas alone nor results. */
function looksLikeNames(raw: string, cleaned: string, lowerShare: number): boolean {
  if (lowerShare > 0) return false;
  return /[\d,/;|•·–]/.test(raw) || !/\p{L}\P{L}+\p{L}/u.test(cleaned.trim());
}

/** Reads a text of any kind and length; what is counted is bounded. */
export function read(raw: string): Reading {
  const cleaned = clean(raw);
  const text = cleaned.toLowerCase();
  const counts = letterCounts(text);
  const letters = counts.reduce((sum, count) => sum + count, 0);
  const lowerShare = lowerShareOf(cleaned, cleaned !== text && cleaned === cleaned.toUpperCase());
  return {
    text, counts, dominant: dominantScript(counts), lowerShare,
    isBareNames: looksLikeNames(raw.slice(0, cleaned.length + 500), cleaned, lowerShare), isCode: looksLikeCode(raw, letters),
  };
}
