import { createHash } from 'node:crypto';
import { isVolatile } from './volatile-text.js';

/** Blocks of a story that are told apart; those after them share one mark. */
const MOST = 48;
/** Characters of a mark: 24 bits as base64url. */
const MARK = 4;

const bare = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, '');

/** One mark a block: what a reader would call the same has the same mark. '' for what says nothing, or only what the page counts. */
export function blockMark(text: string, language: string): string {
  const letters = bare(text);
  return letters === '' || isVolatile(text, language) ? '' : createHash('sha256').update(letters).digest('base64url').slice(0, MARK);
}

/** The marks of a story's blocks in their order, in one string of four characters a block. */
export function blockMarks(texts: readonly string[], language: string): string {
  const marks = texts.map((text) => blockMark(text, language)).filter((mark) => mark !== '');
  if (marks.length <= MOST) return marks.join('');
  const rest = createHash('sha256').update(marks.slice(MOST - 1).join('')).digest('base64url').slice(0, MARK);
  return `${marks.slice(0, MOST - 1).join('')}${rest}`;
}

export interface BlockChange {
  readonly kept: number;
  readonly added: number;
  readonly removed: number;
}

const marksIn = (marks: string): string[] => marks.match(/.{4}/gsu) ?? [];

/**
 * What became of a story's blocks between two readings; null when nothing that the publisher did. A block that still stands on
 * the page, and is only no longer taken for the story, was not taken away.
 *
 * @param aside marks of blocks that the newer reading left out as furniture
 */
export function compareBlocks(before: string, after: string, aside: ReadonlySet<string>): BlockChange | null {
  if (before === after) return null;
  const older = marksIn(before).filter((mark) => !aside.has(mark));
  const newer = marksIn(after);
  const inNewer = new Set(newer);
  const wasKept = older.filter((mark) => inNewer.has(mark));
  const left = new Map<string, number>();
  for (const mark of older) left.set(mark, (left.get(mark) ?? 0) + 1);
  let kept = 0;
  for (const mark of newer) {
    const count = left.get(mark) ?? 0;
    if (count === 0) continue;
    left.set(mark, count - 1);
    kept += 1;
  }
  const change = { kept, added: newer.length - kept, removed: older.length - kept };
  const sameOrder = wasKept.join('') === newer.join('');
  return change.added === 0 && change.removed === 0 && sameOrder ? null : change;
}
