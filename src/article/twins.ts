import type { Survey } from './survey.js';
import { MARK, type Frame } from './frame.js';

/** Where a block stands in a family of containers built alike. */
export interface Twin {
  readonly index: number;
  readonly count: number;
  /** Prose of the first twin, as a share of the prose of both. */
  readonly share: number;
  /** Share of the family that shows a date or a time of day: posts do, sections of one story do not. */
  readonly dated: number;
  /** Share of the family that opens with a heading. */
  readonly headed: number;
}

export const NO_TWIN: Twin = { index: 0, count: 1, share: 0.5, dated: 0, headed: 0 };
/** Prose that makes a container more than a teaser, in words. */
const TWIN_PROSE = 25;

/**
 * Containers built alike that each hold prose: the posts of a forum, the comments below a story, the next articles of an
 * endless page. The first is the story, if any is.
 */
export function twinPlaces({ blocks, dates, headings }: Pick<Survey, 'blocks' | 'dates' | 'headings'>): Map<Frame, Twin> {
  const families = new Map<number, Frame[]>();
  const seen = new Set<Frame>();
  for (const block of blocks) {
    for (let at: Frame | null = block.frame; at !== null && !seen.has(at); at = at.parent) {
      seen.add(at);
      if ((at.ownMarks & (MARK.paragraph | MARK.heading)) !== 0 || at.anyProse < TWIN_PROSE) continue;
      const family = families.get(at.signature);
      if (family === undefined) families.set(at.signature, [at]);
      else family.push(at);
    }
  }
  const own = new Map<Frame, Twin>();
  for (const family of families.values()) {
    const first = family[0];
    if (first === undefined || family.length < 2) continue;
    family.sort((left, right) => left.order - right.order);
    const dated = family.filter(({ firstBlock, lastBlock }) => dates.between(firstBlock, lastBlock + 1) > 0).length / family.length;
    const headed = family.filter(({ firstBlock }) => headings.between(firstBlock, firstBlock + 3) > 0).length / family.length;
    for (const [index, frame] of family.entries()) {
      own.set(frame, { index, count: family.length, share: first.anyProse / (first.anyProse + frame.anyProse), dated, headed });
    }
  }
  const places = new Map<Frame, Twin>();
  for (const { frame } of blocks) {
    if (places.has(frame)) continue;
    let best = NO_TWIN;
    for (let at: Frame | null = frame; at !== null; at = at.parent) {
      const twin = own.get(at);
      if (twin !== undefined && (twin.index > best.index || (twin.index === best.index && twin.count > best.count))) best = twin;
    }
    places.set(frame, best);
  }
  return places;
}
