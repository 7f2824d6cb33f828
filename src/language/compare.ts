import type { Evidence } from './confidence.js';
import { collectFeatures, Features } from './ngrams.js';
import type { SiblingGroups } from './groups.js';
import { languageOf } from './tags.js';
import type { Reading } from './reading.js';
import type { ScriptTable } from './table.js';

export interface Comparison {
  /** Score of each language of the table, in nats; overwritten by the next comparison with the same table. */
  readonly nats: Float64Array;
  /** Index of the language with the best score. */
  readonly best: number;
  readonly evidence: Evidence;
}

/** Index of the greatest value. */
export const highest = (values: ArrayLike<number>): number => {
  let best = 0;
  for (let index = 1; index < values.length; index++) if ((values[index] ?? 0) > (values[best] ?? 0)) best = index;
  return best;
};

/** What a word that only some siblings use is worth, in nats as n-grams count them (they count the same evidence many times over). */
const CONTRAST_NATS = 100;

/** Adds the votes of contrasting words to the scores, where the best language has siblings. */
function weighContrasts(reading: Reading, table: ScriptTable, siblings: SiblingGroups): void {
  const { nats } = table.scores;
  const group = siblings.of(languageOf(table.tags[highest(nats)] ?? ''));
  if (group === undefined) return;
  for (const [index, votes] of group.words.votes(reading.text, table.tags).entries()) nats[index] = (nats[index] ?? 0) + CONTRAST_NATS * votes;
}

// One buffer for every text: detection is synchronous, and a text's n-grams are many.
const features = new Features();

/** Compares a text with every language of its script's table. */
export function compare(reading: Reading, table: ScriptTable, siblings: SiblingGroups): Comparison {
  collectFeatures(reading.text, table.script, features);
  const { nats, hits, wordNats } = table.score(features);
  weighContrasts(reading, table, siblings);
  const best = highest(nats);
  const grams = Math.max(1, features.total);
  return {
    nats,
    best,
    evidence: {
      hitShare: (hits[best] ?? 0) / grams,
      wordNats: (wordNats[best] ?? 0) / Math.max(1, features.words),
      letters: reading.dominant.letters,
      words: features.words,
      scriptShare: reading.dominant.share,
      lowerShare: reading.lowerShare,
    },
  };
}
