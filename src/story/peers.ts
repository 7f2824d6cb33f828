import type { EvidenceValues } from './cut-evidence.js';
import type { Opening } from './openings.js';

/** How much the other headings of a page pull one along: its headlines are of one make, and so are its sub-headings. */
const PULL = 0.6;
/** One very sure heading must not decide for all. */
const MOST = 3;
/** Narrower headings beside a page's headline are sub-headings, whatever the others are. */
const AS_WIDE = 0.5;

const clip = (score: number): number => Math.max(-MOST, Math.min(MOST, score));

/** A heading that could be a headline, without a dateline to settle it. */
const isPeer = (opening: Opening, values: EvidenceValues | undefined): boolean =>
  values !== undefined && opening.headline !== null && opening.dateline === null && values['sub-heading-words'] === 0 && values['headline-as-wide'] >= AS_WIDE;

/** Scores of a page's openings, those of its undecided headings drawn to each other. */
export function pullPeers(scores: readonly number[], openings: readonly Opening[], values: readonly EvidenceValues[]): number[] {
  const peers = new Set(openings.flatMap((opening, index) => (index > 0 && isPeer(opening, values[index]) ? [index] : [])));
  if (peers.size < 2) return [...scores];
  const sum = [...peers].reduce((total, index) => total + clip(scores[index] ?? 0), 0);
  return scores.map((score, index) => (peers.has(index) ? score + (PULL * (sum - clip(score))) / (peers.size - 1) : score));
}
