import { MARK, type Frame } from './frame.js';
import type { RawBlock } from './raw-blocks.js';

/** Prose: long enough, hardly linked, and punctuated as sentences are. */
export function isProse(block: RawBlock): boolean {
  const { units, stops, commas } = block.measure;
  return units >= 10 && block.linkShare < 0.4 && (stops > 0 || commas > 1 || units >= 30);
}

/** The frame whose children the block's element is one of: a paragraph's parent, a bare text's own element. */
export const blockHolder = (frame: Frame): Frame =>
  (frame.ownMarks & (MARK.paragraph | MARK.heading | MARK.item)) !== 0 ? frame.parent ?? frame : frame;

/** Level of the heading a frame is or stands in, 1–6; 0 outside of headings. */
export function levelOf(frame: Frame): number {
  for (let at: Frame | null = frame; at !== null && (at.allMarks & MARK.heading) !== 0; at = at.parent) {
    if ((at.ownMarks & MARK.heading) === 0) {
      if (((at.parent?.ownMarks ?? 0) & MARK.heading) === 0) return 0;
      continue;
    }
    const level = at.name.length === 2 && at.name.startsWith('h') ? Number(at.name.charAt(1)) : 2;
    return Number.isNaN(level) ? 2 : level;
  }
  return 0;
}

export function isInside(frame: Frame, outer: Frame): boolean {
  let at: Frame | null = frame;
  while (at !== null && at.depth > outer.depth) at = at.parent;
  return at === outer;
}

/** Steps up from `frame` to the first ancestor that also holds `other`, and from `other` up to it. */
export function stepsToAncestorOf(frame: Frame, other: Frame): { readonly steps: number; readonly otherSteps: number } {
  let left: Frame = frame;
  let right: Frame = other;
  while (left !== right) {
    if (left.depth > right.depth) left = left.parent ?? left;
    else if (right.depth > left.depth) right = right.parent ?? right;
    else if (left.parent === null || right.parent === null) break;
    else {
      left = left.parent;
      right = right.parent;
    }
  }
  return { steps: frame.depth - left.depth, otherSteps: other.depth - left.depth };
}

/** The innermost element with one of the marks that holds the frame or is it. */
export function marked(frame: Frame, marks: number): Frame | null {
  if ((frame.allMarks & marks) === 0) return null;
  for (let at: Frame | null = frame; at !== null; at = at.parent) if ((at.ownMarks & marks) !== 0) return at;
  return null;
}
