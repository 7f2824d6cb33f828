import { levelOf } from './block-structure.js';
import { wordsOf } from './headline.js';
import type { KnownWords } from './known-words.js';
import type { RawBlock } from './raw-blocks.js';

/** Words of a block beyond this many are no headline. */
const LONGEST = 60;

/**
 * Position of the block that is the headline, or −1.
 *
 * @param words words of each block, where they were taken already
 * @param lastOfCore position of the last block of the page's core: a headline hardly stands below the text
 */
export function findHeadline(blocks: readonly RawBlock[], words: readonly (readonly string[])[], headline: KnownWords, lastOfCore: number): number {
  if (headline.size === 0) return -1;
  let best = -1;
  let bestScore = 0;
  for (const [at, block] of blocks.entries()) {
    if (block.measure.units > headline.size * 3 + 8) continue;
    headline.compare(block.measure.units > LONGEST || block.text.length > 1_200 ? wordsOf(block.text) : words[at] ?? []);
    const fit = Math.min(headline.share, headline.covered);
    if (fit < 0.6) continue;
    const level = levelOf(block.frame);
    const score = 2 * fit + (level === 1 ? 1 : level > 0 ? 0.4 : 0) - 0.6 * block.linkShare + (at <= lastOfCore ? 0.3 : 0);
    if (score > bestScore) {
      best = at;
      bestScore = score;
    }
  }
  return best;
}
