import { isProse } from './block-structure.js';
import type { OpenPage } from './open-page.js';
import type { RawBlock } from './raw-blocks.js';

/**
 * From the blocks' own certainty to the page's F1 as measured on pages of sites not learnt from:
 * `bench/extraction/train.ts` prints the two figures.
 */
const CALIBRATION = { slope: 1.059, shift: -0.591 };

/** The little of a block that certainty needs. */
export interface JudgedBlock {
  readonly units: number;
  readonly prose: boolean;
}

/** Mean certainty of the verdicts that matter, weighted by words: 0.5–1. */
export function certainty(blocks: readonly JudgedBlock[], scores: ArrayLike<number>): number {
  let weight = 0;
  let sure = 0;
  for (const [at, block] of blocks.entries()) {
    const score = scores[at] ?? 0;
    if (score < 0.5 && !block.prose) continue;
    weight += block.units;
    sure += block.units * Math.max(score, 1 - score);
  }
  return weight === 0 ? 0.5 : sure / weight;
}

/** How sure the extraction is: the share of right text to expect, 0–1. */
export function confidenceOf({ raw, tree }: OpenPage, scores: ArrayLike<number>, kept: readonly RawBlock[]): number {
  if (kept.length === 0) return 0;
  const value = Math.min(0.999, Math.max(0.5, certainty(raw.blocks.map((block) => ({ units: block.measure.units, prose: isProse(block) })), scores)));
  const logit = Math.log(value / (1 - value));
  const calibrated = 1 / (1 + Math.exp(-(CALIBRATION.slope * logit + CALIBRATION.shift)));
  return Number((tree.truncated ? calibrated / 2 : calibrated).toFixed(3));
}
