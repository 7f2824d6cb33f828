import { FEATURE_NAMES, type PageFeatures } from './features.js';
import { HAND_WEIGHTS } from './hand-weights.js';

const COLUMNS = Object.entries(HAND_WEIGHTS).filter(([name]) => name !== 'bias').map(([name, weight]) => {
  const column = FEATURE_NAMES.indexOf(name);
  if (column === -1) throw new Error(`there is no feature "${name}"`);
  return { column, weight };
});

/** How sure it is, for each block, that it belongs to the story: 0–1. */
export function scoreBlocks(features: PageFeatures): Float64Array {
  const scores = new Float64Array(features.rows.length);
  for (const [at, row] of features.rows.entries()) {
    let sum = HAND_WEIGHTS['bias'] ?? 0;
    for (const { column, weight } of COLUMNS) sum += weight * (row[column] ?? 0);
    scores[at] = 1 / (1 + Math.exp(-sum));
  }
  return scores;
}
