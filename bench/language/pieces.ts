import type { CalibrationText } from './calibrate.js';

/** One text in so many is cut from. */
const EVERY = 5;
const MOST_WORDS = 3;

/**
 * One to three words from the middle of some texts, the same every time: a corpus may hold whole sentences only, and a calibration that has
 * seen no short text refuses them all.
 */
export function pieces(texts: readonly CalibrationText[]): CalibrationText[] {
  return texts.filter((_, index) => index % EVERY === 0).flatMap(({ text, ...others }, index) => {
    const words = text.split(/\s+/u);
    const middle = Math.floor(words.length / 2);
    // Names at a headline's start say nothing of a language, so a piece without a small letter is no use.
    const piece = words.slice(middle, middle + 1 + (index % MOST_WORDS)).join(' ');
    return words.length > MOST_WORDS + 1 && /[\p{Ll}\p{Lo}]{4}/u.test(piece) ? [{ ...others, text: piece }] : [];
  });
}
