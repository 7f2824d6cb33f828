import { blockHolder, isProse, levelOf } from './block-structure.js';
import { HINT } from './class-words.js';
import { MARK, type Frame } from './frame.js';
import type { RawBlock, RawPage } from './raw-blocks.js';
import { RunningSum } from './running-sum.js';

/** What the blocks with the same mark-up have in common. */
export interface Group {
  stops: number;
  count: number;
  units: number;
  linkUnits: number;
  prose: number;
}

/** One count of the whole page, before any block is looked at by itself. */
export interface Survey {
  readonly blocks: readonly RawBlock[];
  /** By signature of the frame. */
  readonly groups: ReadonlyMap<number, Group>;
  /** How often each block's text stands on the page, and how often before it. */
  readonly repeats: readonly { readonly times: number }[];
  readonly repeatsBefore: Int32Array;
  readonly units: RunningSum;
  readonly linkUnits: RunningSum;
  /** Units of prose where a story may stand: outside comments, menus and consent boxes. */
  readonly prose: RunningSum;
  /** Short blocks that show a date or a time of day. */
  readonly dates: RunningSum;
  /** Headings by tag or by look. */
  readonly headings: RunningSum;
  /** Share of all prose that stands in comments, consent boxes and the like. */
  readonly asideShare: number;
  /** Units of the longest block that is no link. */
  readonly longest: number;
  /** Innermost frame that holds 60 % of the page's prose. */
  readonly core: Frame;
}

export const YEAR = /(?:^|\D)(?:19[6-9]\d|20[0-4]\d|[\u0661\u06f1][\u0660-\u0669\u06f0-\u06f9]{3}|[\u0662\u06f2][\u0660\u06f0][\u0660-\u0669\u06f0-\u06f9]{2})(?:\D|$)/;
const TIME_OF_DAY = /\d{1,2}[:.]\d{2}/;
const CORE_SHARE = 0.6;
/** Where less than this is left outside comments and boxes, in words, they are no comments and boxes. */
const LEAST_PROSE = 40;
const ASIDE_HINTS = HINT.comment | HINT.popup | HINT.newsletter | HINT.login;
const ASIDE_MARKS = MARK.nav | MARK.footer | MARK.dialog | MARK.aside;

export function survey(page: RawPage): Survey {
  const { blocks } = page;
  const inAside = asideFinder(blocks);
  let outside = 0;
  let all = 0;
  const own = blocks.map((block) => {
    if (!isProse(block)) return 0;
    all += block.measure.units;
    if (inAside(block.frame)) return 0;
    outside += block.measure.units;
    return block.measure.units;
  });
  const trusted = outside >= LEAST_PROSE;
  const proseAt = (at: number): number => {
    const block = blocks[at];
    return trusted || block === undefined ? own[at] ?? 0 : isProse(block) ? block.measure.units : 0;
  };
  const groups = new Map<number, Group>();
  const seen = new Map<string, { times: number }>();
  const repeats: { readonly times: number }[] = [];
  const repeatsBefore = new Int32Array(blocks.length);
  let longest = 1;
  for (const [at, block] of blocks.entries()) {
    const { frame, measure } = block;
    const linked = block.linkShare * measure.units;
    const prose = proseAt(at);
    const anyProse = isProse(block) ? measure.units : 0;
    for (let above: Frame | null = frame; above !== null; above = above.parent) {
      above.units += measure.units;
      above.linkUnits += linked;
      above.proseUnits += prose;
      above.anyProse += anyProse;
      above.blocks += 1;
      if (above.firstBlock === -1) above.firstBlock = at;
      above.lastBlock = at;
    }
    if (measure.ending === 1) blockHolder(frame).endsStop += 1;
    if (block.linkShare < 0.5 && measure.units > longest) longest = measure.units;
    let group = groups.get(frame.signature);
    if (group === undefined) {
      group = { stops: 0, count: 0, units: 0, linkUnits: 0, prose: 0 };
      groups.set(frame.signature, group);
    }
    group.count += 1;
    if (measure.ending === 1) group.stops += 1;
    group.units += measure.units;
    group.linkUnits += linked;
    group.prose += prose;
    const key = block.text.length > 120 ? block.text.slice(0, 120) : block.text;
    let same = seen.get(key);
    if (same === undefined) {
      same = { times: 0 };
      seen.set(key, same);
    }
    repeatsBefore[at] = same.times;
    same.times += 1;
    repeats.push(same);
  }
  const sum = (valueAt: (block: RawBlock, at: number) => number): RunningSum =>
    new RunningSum(blocks.length, (at) => {
      const block = blocks[at];
      return block === undefined ? 0 : valueAt(block, at);
    });
  return {
    blocks, groups, repeats, repeatsBefore, longest,
    units: sum(({ measure }) => measure.units),
    linkUnits: sum(({ linkShare, measure }) => linkShare * measure.units),
    prose: sum((_, at) => proseAt(at)),
    dates: sum(({ measure, text }) => Number(measure.units <= 14 && measure.digits >= 3 && (YEAR.test(text) || TIME_OF_DAY.test(text)))),
    headings: sum((block) => Number(isHeading(block))),
    asideShare: all === 0 ? 0 : 1 - outside / all,
    core: coreFrame(blocks, page.root),
  };
}

/** A heading by tag, or a short line all bold. */
export const isHeading = ({ frame, boldShare, measure }: RawBlock): boolean => levelOf(frame) > 0 || (boldShare > 0.95 && measure.units < 12);

/** Says of a frame whether it stands in comments, a menu, a foot or a box; what holds a main heading is none of these. */
function asideFinder(blocks: readonly RawBlock[]): (frame: Frame) => boolean {
  const titled = new Set<Frame>();
  for (const { frame } of blocks) {
    if (levelOf(frame) !== 1) continue;
    for (let at: Frame | null = frame; at !== null && !titled.has(at); at = at.parent) titled.add(at);
  }
  const known = new Map<Frame, boolean>();
  return (frame) => {
    const passed: Frame[] = [];
    let found = false;
    for (let at: Frame | null = frame; at !== null; at = at.parent) {
      const before = known.get(at);
      if (before !== undefined) {
        found = before;
        break;
      }
      passed.push(at);
      if (((at.ownHints & ASIDE_HINTS) !== 0 || (at.ownMarks & ASIDE_MARKS) !== 0) && !titled.has(at)) {
        found = true;
        break;
      }
    }
    for (const at of passed) known.set(at, found);
    return found;
  };
}

/** The innermost frame that still holds its share of the prose. */
function coreFrame(blocks: readonly RawBlock[], root: Frame): Frame {
  const prose = root.proseUnits;
  if (prose === 0) return root;
  let best = root;
  for (const block of blocks) {
    if (!isProse(block)) continue;
    for (let at: Frame | null = block.frame; at !== null; at = at.parent) {
      if (at.proseUnits >= CORE_SHARE * prose) {
        if (at.depth > best.depth) best = at;
        break;
      }
    }
  }
  return best;
}
