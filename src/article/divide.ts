import { HINT } from './class-words.js';
import { asideOf, decksAfter } from './decks.js';
import { isInside, levelOf } from './block-structure.js';
import { isNextStory, type PageFeatures } from './features.js';
import { MARK, pathOf, type Frame } from './frame.js';
import { timesSeen } from './furniture-memory.js';
import { FURNITURE_KINDS } from './furniture-words.js';
import { isCaptionBlock, isEmbedBlock } from './open-page.js';
import type { RawBlock, RawPage } from './raw-blocks.js';
import { standsIn, type RuleMatches } from './rules.js';
import type { Block, BlockKind, FurnitureBlock, FurnitureMemory } from './types.js';
import { readWrittenTime } from './written-time.js';

export interface Division {
  readonly kept: readonly RawBlock[];
  readonly blocks: readonly Block[];
  readonly furniture: readonly FurnitureBlock[];
}

const NO_DECKS: ReadonlySet<Frame> = new Set();
const KEEP = 0.5;
/** Where nothing is sure, the best block and those nearly as good are the story: a flash of one line is an article. */
const RESCUE = 0.12;
const RESCUE_SHARE = 0.6;
const MOST_FURNITURE = 600;
/** Paragraphs of the story that make their element its home. */
const FEWEST_SIBLINGS = 2;
const FEWEST_UNITS = 5;
const SHORT_STORY = 150;
const UNLIKELY = MARK.nav | MARK.aside | MARK.footer | MARK.form | MARK.hidden | MARK.figcaption | MARK.dialog;
const LONGEST_FURNITURE = 300;
/** What each earlier page with the same text takes off the logit, and how many count. */
const MEMORY_WEIGHT = 2;
const MEMORY_PAGES = 3;
/** Share of the text that makes a page an earlier story again. */
const SAME_STORY = 0.6;

/** Says of each block whether it is the story. Nothing is lost: what is not kept is furniture, with the reason. */
export function divide(page: RawPage, features: PageFeatures, scores: Float64Array, rules: RuleMatches, memory: FurnitureMemory | undefined): Division {
  const reasons = new Map<RawBlock, string>();
  const kept: RawBlock[] = [];
  /** Captions and embeds. */
  const beside: RawBlock[] = [];
  const threshold = thresholdFor(page, features, scores);
  const repeats = repeatsOf(page, scores, threshold, memory);
  for (const [at, block] of page.blocks.entries()) {
    if (rules.remove !== null && standsIn(block.frame, rules.remove)) reasons.set(block, 'rule-remove');
    else if (at === features.headlineAt) reasons.set(block, 'headline');
    else if (rules.body === null && isNextStory(features, at)) reasons.set(block, 'next-story');
    else if (rules.body === null && isEmbedBlock(block)) beside.push(block);
    else if (rules.body === null) {
      let score = scores[at] ?? 0;
      const seen = repeats.get(block) ?? 0;
      if (seen > 0) score = 1 / (1 + Math.exp(MEMORY_WEIGHT * seen - Math.log(score / (1 - score))));
      if (score >= threshold) kept.push(block);
      else if (seen > 0) reasons.set(block, 'repeats-on-source');
      else if (isCaption(block, rules)) beside.push(block);
    } else if (standsIn(block.frame, rules.body)) kept.push(block);
    else reasons.set(block, 'outside-body-rule');
  }
  if (rules.body === null) keepSiblings(page, features, kept, reasons);
  if (rules.body === null && kept.length > 1 && features.headlineAt !== -1) {
    const opening = kept[0];
    if (opening !== undefined && opening.order > features.headlineAt && opening.order <= features.headlineAt + 6 && isDateLine(opening)) {
      reasons.set(opening, 'date-line');
      kept.shift();
    }
  }
  const decks = rules.body === null ? decksAfter(page.blocks, kept) : NO_DECKS;
  if (decks.size > 0) {
    const outside = kept.filter(({ frame }) => {
      const aside = asideOf(frame);
      return aside === null || !decks.has(aside);
    });
    kept.splice(0, kept.length, ...outside);
  }
  // A picture's caption, or a post shown, inside the story's span belongs to it, apart from its text.
  const first = kept[0]?.order ?? 0;
  const last = kept.at(-1)?.order ?? -1;
  for (const one of beside) {
    if (one.order >= first - 6 && one.order < last && (isInside(one.frame, features.core) || one.order > first)) kept.push(one);
  }
  kept.sort((left, right) => left.order - right.order);
  const keptSet = new Set(kept);
  const furniture: FurnitureBlock[] = [];
  for (const block of page.blocks) {
    if (keptSet.has(block) || furniture.length >= MOST_FURNITURE) continue;
    const reason = reasons.get(block) ?? reasonOf(block, features.says[block.order] ?? 0, first, last);
    furniture.push({ ...blockOf(block, rules, block.text.slice(0, LONGEST_FURNITURE)), reason });
  }
  return { kept, blocks: kept.map((block) => blockOf(block, rules)), furniture };
}

/**
 * What stands among the story's paragraphs, in the same element, without a link and without a word of furniture, is the story
 * too: a short page of short paragraphs under sub-headings looks to the model as if it ended early. A long one does not, and what
 * follows it in the same element is as often a note.
 */
function keepSiblings({ blocks }: RawPage, features: PageFeatures, kept: RawBlock[], reasons: ReadonlyMap<RawBlock, string>): void {
  if (kept.reduce((units, { measure }) => units + measure.units, 0) > SHORT_STORY) return;
  const homes = new Map<Frame, number>();
  for (const { frame } of kept) if (frame.name === 'p' && frame.parent !== null) homes.set(frame.parent, (homes.get(frame.parent) ?? 0) + 1);
  const already = new Set(kept);
  const siblings = blocks.filter((block) => !already.has(block) && !reasons.has(block)
    && block.frame.parent !== null && (homes.get(block.frame.parent) ?? 0) >= FEWEST_SIBLINGS
    && block.linkShare === 0 && (features.says[block.order] ?? 0) === 0 && (block.frame.allMarks & UNLIKELY) === 0);
  const prose = siblings.filter(({ frame, measure }) => frame.name === 'p' && measure.ending === 1 && measure.units >= FEWEST_UNITS);
  const from = Math.min(...kept.map(({ order }) => order));
  kept.push(...prose.filter(({ order }) => order > from));
  kept.sort((left, right) => left.order - right.order);
  const last = kept.at(-1)?.order ?? -1;
  kept.push(...siblings.filter(({ frame, order }) => levelOf(frame) > 1 && order > from && order < last));
  kept.sort((left, right) => left.order - right.order);
}

/**
 * On how many earlier pages each block stood that would be kept. Where they are most of the text the page is the same story
 * under another address, and nothing is furniture for that.
 */
function repeatsOf(page: RawPage, scores: Float64Array, threshold: number, memory: FurnitureMemory | undefined): ReadonlyMap<RawBlock, number> {
  const repeats = new Map<RawBlock, number>();
  if (memory === undefined) return repeats;
  let units = 0;
  let repeated = 0;
  for (const [at, block] of page.blocks.entries()) {
    if ((scores[at] ?? 0) < threshold) continue;
    units += block.measure.units;
    const seen = Math.min(MEMORY_PAGES, timesSeen(memory, block.text));
    if (seen === 0) continue;
    repeats.set(block, seen);
    repeated += block.measure.units;
  }
  return repeated > SAME_STORY * units ? new Map() : repeats;
}

/** Nothing but a date and a name or two, as it stands below a headline. */
function isDateLine({ text, measure, frame }: RawBlock): boolean {
  return measure.units <= 14 && measure.digits >= 3 && measure.stops === 0 && levelOf(frame) === 0 && text.length <= 90 && readWrittenTime(text, null) !== null;
}

function thresholdFor(page: RawPage, features: PageFeatures, scores: Float64Array): number {
  let best = 0;
  for (const [at, block] of page.blocks.entries()) {
    if (at === features.headlineAt || isCaptionBlock(block)) continue;
    best = Math.max(best, scores[at] ?? 0);
  }
  return best >= KEEP || best < RESCUE ? KEEP : best * RESCUE_SHARE;
}

const isCaption = (block: RawBlock, rules: RuleMatches): boolean =>
  isCaptionBlock(block) || (rules.captions !== null && standsIn(block.frame, rules.captions));

/** Why a block was left out, in one word, for `--explain`: by structure first, then words, then place. */
function reasonOf(block: RawBlock, words: number, first: number, last: number): string {
  const { frame } = block;
  const marks = frame.allMarks;
  if ((marks & MARK.hidden) !== 0) return 'hidden';
  if ((marks & MARK.nav) !== 0) return 'menu';
  if ((frame.allHints & HINT.comment) !== 0) return 'comment';
  if (isCaptionBlock(block)) return 'caption';
  if (isEmbedBlock(block)) return 'embed';
  for (const [number, kind] of FURNITURE_KINDS.entries()) if ((words >> number) & 1) return kind;
  if (block.linkShare > 0.6) return (frame.nearHints & (HINT.related | HINT.teaser)) !== 0 ? 'teaser' : 'link-list';
  if ((marks & MARK.footer) !== 0) return 'footer';
  if ((marks & MARK.header) !== 0) return 'header';
  if ((frame.nearHints & (HINT.byline | HINT.date)) !== 0) return 'byline';
  if ((marks & MARK.aside) !== 0 || (frame.nearHints & HINT.side) !== 0) return 'sidebar';
  return block.order < first ? 'before-start' : block.order > last ? 'after-end' : 'low-score';
}

function kindOf(raw: RawBlock, rules: RuleMatches): { readonly kind: BlockKind; readonly level?: number; readonly byLook?: boolean } {
  const { frame } = raw;
  const level = levelOf(frame);
  if (isEmbedBlock(raw)) return { kind: 'embed' };
  if (level > 0) return { kind: 'heading', level };
  if (isCaption(raw, rules)) return { kind: 'caption' };
  if (raw.row) return { kind: 'table-row' };
  if ((frame.allMarks & MARK.quote) !== 0) return { kind: 'quote' };
  if ((frame.ownMarks & MARK.item) !== 0 || ((frame.parent?.ownMarks ?? 0) & MARK.item) !== 0) return { kind: 'list-item' };
  if (raw.boldShare > 0.98 && raw.measure.units <= 20 && raw.measure.ending !== 1 && raw.measure.letters > 1) return { kind: 'heading', level: 3, byLook: true };
  return { kind: 'paragraph' };
}

function blockOf(raw: RawBlock, rules: RuleMatches, text = raw.text): Block {
  const { frame, linkShare } = raw;
  const { lang } = frame;
  return {
    index: raw.order, ...kindOf(raw, rules), text, ...(raw.boldShare > 0.98 ? BOLD : NOTHING),
    linkShare: linkShare === 0 || linkShare >= 1 ? Math.min(1, linkShare) : Number(linkShare.toFixed(3)), path: pathOf(frame), ...(lang === undefined ? NOTHING : { lang }),
  };
}
const BOLD = { bold: true } as const;
const NOTHING = {} as const;
