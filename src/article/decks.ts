import { HINT } from './class-words.js';
import { MARK, type Frame } from './frame.js';
import type { RawBlock } from './raw-blocks.js';

/** An `aside` with so many links to other stories is a deck of cards, where they are so large a share of its blocks. */
const CARDS = 4;
const CARD_SHARE = 0.25;
/** Words of story that must stand before it, outside of any aside. */
const STORY = 60;

/**
 * Asides after the story that hold cards: each a linked headline and its teaser. The teasers are whole sentences and, taken one
 * by one, look like a story; many in one aside beside the article do not.
 */
export function decksAfter(blocks: readonly RawBlock[], kept: readonly RawBlock[]): ReadonlySet<Frame> {
  const decks = new Set<Frame>();
  if (!kept.some(({ frame }) => (frame.allMarks & MARK.aside) !== 0)) return decks;
  let words = 0;
  let storyFrom = Infinity;
  for (const { frame, measure, order } of kept) {
    if ((frame.allMarks & MARK.aside) !== 0) continue;
    words += measure.units;
    if (words >= STORY) {
      storyFrom = order;
      break;
    }
  }
  const cards = new Map<Frame, number>();
  for (const { frame, linkShare } of blocks) {
    if (linkShare <= 0.6) continue;
    const aside = asideOf(frame);
    if (aside !== null) cards.set(aside, (cards.get(aside) ?? 0) + 1);
  }
  for (const [aside, count] of cards) {
    if (count >= CARDS && count >= CARD_SHARE * aside.blocks && aside.firstBlock > storyFrom) decks.add(aside);
  }
  return decks;
}

/** The outermost aside a frame stands in, where no article holds it. */
export function asideOf(frame: Frame): Frame | null {
  if ((frame.allMarks & MARK.aside) === 0) return null;
  let aside: Frame | null = null;
  for (let at: Frame | null = frame; at !== null; at = at.parent) {
    if ((at.ownMarks & MARK.aside) !== 0) aside = at;
    else if (aside !== null && ((at.ownMarks & (MARK.article | MARK.articleBody)) !== 0 || (at.ownHints & HINT.body) !== 0)) return null;
  }
  return aside;
}
