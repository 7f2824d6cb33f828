import { levelOf } from './block-structure.js';
import { HINT } from './class-words.js';
import { log, NOWHERE_NEAR, type Put } from './columns.js';
import { FURNITURE_KINDS } from './furniture-words.js';
import type { FurnitureSays } from './markup-columns.js';
import type { RawBlock } from './raw-blocks.js';
import { isHeading, type Survey } from './survey.js';

export const ORDER_NAMES = ['place', 'text-place', 'after-headline', 'headline-distance', 'prose-before', 'prose-after', 'previous-units',
  'previous-link-share', 'previous2-units', 'previous2-link-share', 'next-units', 'next-link-share', 'next2-units', 'next2-link-share', 'window-prose',
  'window-link-share', 'since-prose', 'until-prose', 'since-teaser-word', 'since-comment', 'next-same-group', 'previous-heading',
  'since-comment-word', 'heading-teaser-above', 'window-before-prose', 'window-after-prose', 'page-prose', 'page-blocks', 'page-aside-share'] as const;

const TEASER = 1 << FURNITURE_KINDS.indexOf('teaser');
const COMMENTS = 1 << FURNITURE_KINDS.indexOf('comments');

/** What stands before and after a block, in page order. */
export function orderColumns({ blocks, units, linkUnits, prose, asideShare }: Survey, says: readonly FurnitureSays[], headlineAt: number): (at: number, put: Put) => void {
  const all = Math.max(1, units.total);
  const proseTotal = Math.max(1, prose.total);
  const isProseAt = (at: number): boolean => prose.between(at, at + 1) > 0;
  const nextProse = new Int32Array(blocks.length).fill(-1);
  for (let at = blocks.length - 1, ahead = -1; at >= 0; at -= 1) {
    nextProse[at] = ahead;
    if (isProseAt(at)) ahead = at;
  }
  let lastProse = -1;
  let lastTeaser = -1;
  let lastComment = -1;
  let lastCommentWord = -1;
  let headingTeaser = 0;
  const since = (at: number, last: number): number => (last === -1 ? NOWHERE_NEAR : log(at - last));
  return (at, put) => {
    const block = blocks[at] as RawBlock;
    const { frame } = block;
    put(at / blocks.length);
    put(units.between(0, at) / all);
    put(headlineAt === -1 ? 0 : Math.sign(at - headlineAt));
    put(headlineAt === -1 ? -1 : log(Math.abs(at - headlineAt)));
    put(prose.between(0, at) / proseTotal);
    put((proseTotal - prose.between(0, at + 1)) / proseTotal);
    const previous = blocks[at - 1];
    const next = blocks[at + 1];
    for (const other of [previous, blocks[at - 2], next, blocks[at + 2]]) {
      put(other === undefined ? -1 : log(other.measure.units));
      put(other === undefined ? -1 : other.linkShare);
    }
    const window = Math.max(1, units.between(at - 6, at + 7));
    put(prose.between(at - 6, at + 7) / window);
    put(linkUnits.between(at - 6, at + 7) / window);
    put(since(at, lastProse));
    const ahead = nextProse[at] ?? -1;
    put(ahead === -1 ? NOWHERE_NEAR : log(ahead - at));
    put(since(at, lastTeaser));
    put(since(at, lastComment));
    put(Number(next !== undefined && next.frame.signature === frame.signature));
    put(previous === undefined ? 0 : levelOf(previous.frame));
    put(since(at, lastCommentWord));
    put(headingTeaser);
    put(log(prose.between(at - 8, at)));
    put(log(prose.between(at + 1, at + 9)));
    put(log(prose.total));
    put(log(blocks.length));
    put(asideShare);
    const begins = says[at]?.begins ?? 0;
    if (isProseAt(at)) lastProse = at;
    if ((begins & TEASER) !== 0) lastTeaser = at;
    if ((frame.allHints & HINT.comment) !== 0) lastComment = at;
    if ((begins & COMMENTS) !== 0) lastCommentWord = at;
    if (isHeading(block)) headingTeaser = Number((begins & (TEASER | COMMENTS)) !== 0);
  };
}
