import { FIGURES, MINIMA } from './sketch.js';

export interface Likeness {
  /** Estimated share of shingles in common, 0–1 (Jaccard). */
  readonly common: number;
  /** Estimated share of the shorter text that stands in the longer one, 0–1. */
  readonly contained: number;
  /** Estimated share of the fewer figures that the other text has too, 0–1; null where there are too few to tell. */
  readonly figures: number | null;
}

/** From here on two texts are one story: precision first, for a story wrongly held for another's is lost to its reader. */
export const SAME_STORY = { contained: 0.72, common: 0.2, figures: 0.4 } as const;
/** Fewer figures than this say nothing. */
const FEWEST_FIGURES = 4;

/** Share of equal half bytes, with what chance gives taken off. */
function agreement(left: Uint8Array, right: Uint8Array, from: number, count: number): number {
  let same = 0;
  for (let at = from; at < from + count / 2; at += 1) {
    const difference = (left[at] ?? 0) ^ (right[at] ?? 0);
    if ((difference & 0xf0) === 0) same += 1;
    if ((difference & 0x0f) === 0) same += 1;
  }
  return Math.max(0, (same / count - 1 / 16) / (15 / 16));
}

/** Containment of the smaller in the larger set, from their Jaccard index and sizes (Broder 1997). */
const containment = (common: number, left: number, right: number): number =>
  Math.min(1, (common * (left + right)) / ((1 + common) * Math.max(1, Math.min(left, right))));

/** How alike two stories are, by their signatures alone. */
export function likeness(left: Uint8Array, right: Uint8Array): Likeness {
  const size = (bytes: Uint8Array): number => ((bytes[MINIMA / 2] ?? 0) << 8) | (bytes[MINIMA / 2 + 1] ?? 0);
  const figuresOf = (bytes: Uint8Array): number => bytes[MINIMA / 2 + 2 + FIGURES / 2] ?? 0;
  const common = agreement(left, right, 0, MINIMA);
  const [some, others] = [figuresOf(left), figuresOf(right)];
  const figures = Math.min(some, others) < FEWEST_FIGURES ? null : containment(agreement(left, right, MINIMA / 2 + 2, FIGURES), some, others);
  return { common, contained: containment(common, size(left), size(right)), figures };
}

export const isSameStory = ({ common, contained, figures }: Likeness): boolean =>
  contained >= SAME_STORY.contained && common >= SAME_STORY.common && (figures === null || figures >= SAME_STORY.figures);
