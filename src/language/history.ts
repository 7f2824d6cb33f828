import { UNDETERMINED } from './tags.js';

/** Share that a new text has in its source's history: the last fifty texts or so make it. */
const NEWEST = 0.04;
/** Languages kept of one source; a rarer one makes way for a new one. */
const MOST_LANGUAGES = 8;

/**
 * A source's history after one more text: the share of each tag (0–1), older texts fading, at most eight tags. An undetermined text leaves it
 * as it was. The shares of a young history sum to less than 1, which tells the detector how much to make of them.
 */
export function updateHistory(history: Readonly<Record<string, number>>, tag: string): Record<string, number> {
  if (tag === UNDETERMINED) return { ...history };
  const faded = Object.entries(history).map(([other, share]): [string, number] => [other, Number.isFinite(share) ? Math.max(0, share) * (1 - NEWEST) : 0]);
  const known = new Map(faded);
  known.set(tag, (known.get(tag) ?? 0) + NEWEST);
  const kept = [...known].sort(([, a], [, b]) => b - a);
  // The new tag always stays, or a source that changes language could never show it.
  const cut = kept.filter(([other], rank) => rank < MOST_LANGUAGES - 1 || other === tag).slice(0, MOST_LANGUAGES);
  return Object.fromEntries(cut);
}
