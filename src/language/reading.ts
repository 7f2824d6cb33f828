import { clean } from './clean.js';
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

/** Share of words that begin with a small letter; 1 in scripts without capitals, where the question has no answer. */
function lowerShareOf(cleaned: string, lowered: string): number {
  // Lower-casing can lengthen a text (İ): then positions do not match and the few words concerned may be miscounted.
  let words = 0;
  let capitals = 0;
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

/** Characters that programs and data are full of and prose hardly has. */
const codeMarks = new Set(['{', '}', ';', '=', '<', '>', '|', '\\', '`', '_', '$', '[', ']'].map((mark) => mark.charCodeAt(0)));
/** Code marks per letter from which a text is code: prose keeps below a fiftieth, even with footnotes. */
const CODE_SHARE = 0.08;

function looksLikeCode(text: string, letters: number): boolean {
  let marks = 0;
  for (let at = 0; at < text.length; at++) if (codeMarks.has(text.charCodeAt(at))) marks++;
  return marks >= 3 && marks > CODE_SHARE * letters;
}

/** Reads a text of any kind and length; what is counted is bounded. */
export function read(raw: string): Reading {
  const cleaned = clean(raw);
  const text = cleaned.toLowerCase();
  const counts = letterCounts(text);
  const letters = counts.reduce((sum, count) => sum + count, 0);
  return { text, counts, dominant: dominantScript(counts), lowerShare: lowerShareOf(cleaned, text), isCode: looksLikeCode(raw.slice(0, 2_000), letters) };
}
