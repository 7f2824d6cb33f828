import { HINT } from './class-words.js';
import { MARK, type Frame } from './frame.js';
import { FURNITURE_KINDS, furnitureWordsIn } from './furniture-words.js';
import { wordsOf } from './headline.js';
import { KnownWords } from './known-words.js';
import type { RawBlock, RawPage } from './raw-blocks.js';

/** What the page says of itself beside its text: the anchors. */
export interface Anchors {
  readonly headline: string | null;
  readonly descriptions: readonly string[];
  /** JSON-LD or microdata `articleBody`, when there. */
  readonly articleBody: string | null;
  /** Headlines of other articles that the page's JSON-LD names. */
  readonly otherHeadlines: readonly string[];
}

export interface PageFeatures {
  /** One row a block, one after the other, each as long as {@link FEATURE_NAMES}. */
  readonly table: Float64Array;
  /** Innermost frame that holds 60 % of the page's prose. */
  readonly core: Frame;
  /** Position of the block that is the headline, or −1. */
  readonly headlineAt: number;
  readonly prose: number;
  /** Kinds of furniture each block begins with, see `furnitureWordsIn`. */
  readonly says: readonly number[];
}

const HINT_NAMES = Object.keys(HINT) as (keyof typeof HINT)[];
const MARK_NAMES = ['nav', 'header', 'footer', 'aside', 'form', 'figure', 'figcaption', 'quote', 'item', 'table', 'article', 'main',
  'hidden', 'section', 'paragraph', 'articleBody', 'pre', 'dialog', 'description', 'address', 'cell', 'list', 'details'] as const;

const TEXT_NAMES = ['units', 'chars', 'link-share', 'bold-share', 'italic-share', 'ends-stop', 'ends-colon', 'ends-ellipsis', 'ends-letter',
  'stops', 'stops-per-unit', 'commas-per-unit', 'digit-share', 'upper-share', 'starts-upper', 'quotes-per-unit', 'bars', 'links', 'repeats',
  'in-headline', 'covers-headline', 'in-description', 'covers-description', 'in-article-body', 'copyright-mark', 'year', 'at-mark', 'address',
  'heading-level', 'is-row', 'after-break', 'media-before', 'is-div'] as const;
const GROUP_NAMES = ['group-count', 'group-units', 'group-mean', 'group-link-share', 'group-prose-share', 'parent-units', 'parent-link-share',
  'parent-prose-share', 'parent-blocks', 'grand-units', 'grand-link-share', 'grand-prose-share', 'grand-blocks', 'great-prose-share', 'great-link-share',
  'in-core', 'in-wide-core', 'core-distance', 'beside-core', 'article-share', 'depth', 'siblings', 'core-depth-difference'] as const;
const ORDER_NAMES = ['place', 'text-place', 'after-headline', 'headline-distance', 'prose-before', 'prose-after', 'previous-units', 'previous-link-share',
  'previous2-units', 'previous2-link-share', 'next-units', 'next-link-share', 'next2-units', 'next2-link-share', 'window-prose', 'window-link-share', 'since-prose', 'until-prose',
  'since-teaser-word', 'since-comment', 'same-parent', 'same-group', 'next-same-group', 'previous-heading', 'next-heading', 'since-comment-word', 'heading-teaser-above', 'window-before-prose', 'window-after-prose', 'page-prose', 'page-blocks'] as const;
const STORY_NAMES = ['headline-steps', 'same-article', 'articles-before', 'h1-since', 'headings-since', 'dates-near', 'group-ends-stop', 'parent-ends-stop',
  'parent-mean', 'mentions-consent', 'mentions-rights', 'other-headline', 'holder-prose-after', 'since-rule', 'twin-index', 'twin-count', 'twin-share', 'longest-share'] as const;

/** Names of the columns, in order; a trained model names the columns it uses and is checked against them. */
export const FEATURE_NAMES: readonly string[] = [
  ...TEXT_NAMES,
  ...FURNITURE_KINDS.map((kind) => `says-${kind}`),
  ...MARK_NAMES.map((mark) => `tag-${mark}`),
  ...HINT_NAMES.map((hint) => `class-${hint}`),
  ...GROUP_NAMES,
  ...ORDER_NAMES,
  ...STORY_NAMES,
];

/** Logarithms of counts, which most values are. */
const LOGS = Float64Array.from({ length: 4_096 }, (_, count) => Math.log2(1 + count));
const log = (value: number): number => (value < LOGS.length && Math.trunc(value) === value ? LOGS[value] ?? 0 : Math.log2(1 + value));
const MARK_BITS = MARK_NAMES.map((name) => MARK[name]);
const HINT_BITS = HINT_NAMES.map((name) => HINT[name]);

/** Prose: long enough, hardly linked, and punctuated as sentences are. */
export function isProse(block: RawBlock): boolean {
  const { units, stops, commas } = block.measure;
  return units >= 10 && block.linkShare < 0.4 && (stops > 0 || commas > 1 || units >= 30);
}

const TEASER_KIND = 1 << FURNITURE_KINDS.indexOf('teaser');
const COMMENT_KIND = 1 << FURNITURE_KINDS.indexOf('comments');
const YEAR = /(?:^|\D)(?:19[6-9]\d|20[0-4]\d|[\u0661\u06f1][\u0660-\u0669\u06f0-\u06f9]{3}|[\u0662\u06f2][\u0660\u06f0][\u0660-\u0669\u06f0-\u06f9]{2})(?:\D|$)/;

const CONSENT = /cookie|gdpr|consent|privacy polic|datenschutz|personenbezogene|konfidentsial|конфиденциальн|персональн\S{1,6} данн|隐私|隱私|개인정보|プライバシー|الخصوصية/i;
const RIGHTS = /rights reserved|all rights|copyright|©|rechte vorbehalten|tous droits|derechos reservados|direitos reservados|diritti riservati|riproduzione riservata|prawa zastrze|все права|усі права|права защищены|перепечатк|πνευματικ|απαγορεύεται η|版权|版權|转载|轉載|無断|無斷|무단|저작권|جميع الحقوق|کلیه حقوق|כל הזכויות|tüm hakları|terms of (?:use|service)/i;

interface Group {
  stops: number;
  count: number;
  units: number;
  linkUnits: number;
  prose: number;
}

export function pageFeatures(page: RawPage, anchors: Anchors): PageFeatures {
  const { blocks } = page;
  const groups = new Map<number, Group>();
  const seen = new Map<string, { times: number }>();
  const repeats: { readonly times: number }[] = [];
  let units = 0;
  let prose = 0;
  for (const block of blocks) {
    const { frame } = block;
    const linked = block.linkShare * block.measure.units;
    const proseUnits = isProse(block) ? block.measure.units : 0;
    units += block.measure.units;
    prose += proseUnits;
    for (let at: Frame | null = frame; at !== null; at = at.parent) {
      at.units += block.measure.units;
      at.linkUnits += linked;
      at.proseUnits += proseUnits;
      at.blocks += 1;
      if (at.firstBlock === -1) at.firstBlock = block.order;
      at.lastBlock = block.order;
    }
    let group = groups.get(frame.signature);
    if (group === undefined) {
      group = { stops: 0, count: 0, units: 0, linkUnits: 0, prose: 0 };
      groups.set(frame.signature, group);
    }
    group.count += 1;
    if (block.measure.ending === 1) group.stops += 1;
    group.units += block.measure.units;
    group.linkUnits += linked;
    group.prose += proseUnits;
    const key = block.text.length > 120 ? block.text.slice(0, 120) : block.text;
    let same = seen.get(key);
    if (same === undefined) {
      same = { times: 0 };
      seen.set(key, same);
    }
    same.times += 1;
    repeats.push(same);
  }
  const wide = coreFrame(blocks, prose, 0.9, page.root);
  const core = coreFrame(blocks, prose, 0.6, page.root);
  const headlineWords = new KnownWords(anchors.headline === null ? [] : wordsOf(anchors.headline));
  const descriptions = anchors.descriptions.slice(0, 4).map((text) => new KnownWords(wordsOf(text.slice(0, 2_000)))).filter(({ size }) => size >= 4);
  const bodyShingles = anchors.articleBody === null ? null : shinglesOf(anchors.articleBody.slice(0, 200_000));

  const words = blocks.map((block) => furnitureWordsIn(block.text));
  const ownWords = blocks.map((block) =>
    (block.measure.units <= 60 || descriptions.length > 0 ? wordsOf(block.text.length > 1_200 ? block.text.slice(0, 1_200) : block.text) : []));
  const headlineAt = findHeadline(blocks, ownWords, headlineWords, core);
  const table = new Float64Array(blocks.length * FEATURE_NAMES.length);
  let column = 0;
  const put = (value: number): void => {
    table[column] = value;
    column += 1;
  };
  let unitsBefore = 0;
  let proseBefore = 0;
  let lastProse = -1;
  let lastTeaser = -1;
  let lastComment = -1;
  let lastCommentWord = -1;
  let lastHeading = -1;
  let lastHeadingTeaser = 0;
  const nextProse = untilProse(blocks);
  const story = storyPlaces(blocks, headlineAt, anchors.otherHeadlines);
  const twins = twinPlaces(blocks);
  const longest = Math.max(1, ...blocks.slice(0, 20_000).map((block) => (block.linkShare < 0.5 ? block.measure.units : 0)));
  const holderLeft = new Map<Frame, number>();
  const dateSum = new Float64Array(blocks.length + 1);
  for (const [at, block] of blocks.entries()) {
    const dated = block.measure.units <= 14 && block.measure.digits >= 3 && (YEAR.test(block.text) || /\d{1,2}[:.]\d{2}/.test(block.text));
    dateSum[at + 1] = (dateSum[at] ?? 0) + Number(dated);
    if (block.measure.ending === 1) blockHolder(block.frame).endsStop += 1;
  }
  const proseTotal = Math.max(1, prose);
  // Running sums, so that a window costs no loop.
  const proseSum = new Float64Array(blocks.length + 1);
  const unitSum = new Float64Array(blocks.length + 1);
  const linkSum = new Float64Array(blocks.length + 1);
  for (const [at, block] of blocks.entries()) {
    proseSum[at + 1] = (proseSum[at] ?? 0) + (isProse(block) ? block.measure.units : 0);
    unitSum[at + 1] = (unitSum[at] ?? 0) + block.measure.units;
    linkSum[at + 1] = (linkSum[at] ?? 0) + block.linkShare * block.measure.units;
  }
  const between = (sums: Float64Array, from: number, to: number): number =>
    (sums[Math.min(blocks.length, Math.max(0, to))] ?? 0) - (sums[Math.max(0, Math.min(blocks.length, from))] ?? 0);

  for (const [at, block] of blocks.entries()) {
    const { frame, measure } = block;
    const count = Math.max(1, measure.units);
    const letters = Math.max(1, measure.letters);
    // Text
    put(log(measure.units));
    put(log(block.text.length));
    put(block.linkShare);
    put(block.boldShare);
    put(block.italicShare);
    put(Number(measure.ending === 1));
    put(Number(measure.ending === 2));
    put(Number(measure.ending === 3));
    put(Number(measure.ending === 0));
    put(Math.min(8, measure.stops));
    put(measure.stops / count);
    put(measure.commas / count);
    put(measure.digits / (measure.digits + letters));
    put(measure.upper / letters);
    put(Number(measure.startsUpper));
    put(measure.quotes / count);
    put(Math.min(8, measure.bars));
    put(log(block.links));
    put(Math.min(8, repeats[at]?.times ?? 1));
    const short = measure.units <= 60;
    const own = ownWords[at] ?? [];
    if (short) headlineWords.compare(own);
    put(short ? headlineWords.share : 0);
    put(short ? headlineWords.covered : 0);
    let inDescription = 0;
    let coversDescription = 0;
    for (const description of descriptions) {
      description.compare(own);
      inDescription = Math.max(inDescription, description.share);
      coversDescription = Math.max(coversDescription, description.covered);
    }
    put(inDescription);
    put(coversDescription);
    put(bodyShingles === null ? -1 : shingleShare(block.text, bodyShingles));
    put(Number(/[©ⓒ®]/.test(block.text)));
    put(Number(measure.digits >= 4 && YEAR.test(block.text.slice(0, 300))));
    put(Number(block.text.includes('@')));
    put(Number(/https?:\/\/|www\./.test(block.text.slice(0, 500))));
    put(levelOf(frame));
    put(Number(block.row));
    put(Number(block.afterBreak));
    put(Math.min(6, block.mediaBefore));
    put(Number(frame.name === 'div'));
    // Words
    const { begins, whole } = words[at] ?? { begins: 0, whole: 0 };
    for (let kind = 0; kind < FURNITURE_KINDS.length; kind += 1) {
      put((whole >> kind) & 1 ? 2 : (begins >> kind) & 1);
    }
    // Structure
    const parent = frame.parent ?? frame;
    for (const bit of MARK_BITS) {
      put((frame.ownMarks & bit) !== 0 ? 2 : (frame.allMarks & bit) !== 0 ? 1 : 0);
    }
    for (const bit of HINT_BITS) {
      put((frame.nearHints & bit) !== 0 ? 2 : (frame.allHints & bit) !== 0 ? 1 : 0);
    }
    const group = groups.get(frame.signature);
    const holder = blockHolder(frame);
    const grand = holder.parent ?? holder;
    const great = grand.parent ?? grand;
    put(log(group?.count ?? 0));
    put(log(group?.units ?? 0));
    put(log((group?.units ?? 0) / (group?.count ?? 1)));
    put((group?.linkUnits ?? 0) / Math.max(1, group?.units ?? 0));
    put((group?.prose ?? 0) / proseTotal);
    put(log(holder.units));
    put(holder.linkUnits / Math.max(1, holder.units));
    put(holder.proseUnits / proseTotal);
    put(log(holder.blocks));
    put(log(grand.units));
    put(grand.linkUnits / Math.max(1, grand.units));
    put(grand.proseUnits / proseTotal);
    put(log(grand.blocks));
    put(great.proseUnits / proseTotal);
    put(great.linkUnits / Math.max(1, great.units));
    const inCore = isInside(frame, core);
    put(Number(inCore));
    put(Number(isInside(frame, wide)));
    const meet = stepsToAncestorOf(frame, core);
    put(meet.steps);
    put(inCore ? 0 : block.order < core.firstBlock ? -1 : 1);
    put(articleShare(frame, proseTotal));
    put(frame.depth);
    put(log(parent.childFrames));
    put(meet.coreSteps);
    // Order
    put(at / blocks.length);
    put(unitsBefore / Math.max(1, units));
    put(headlineAt === -1 ? 0 : at > headlineAt ? 1 : at < headlineAt ? -1 : 0);
    put(headlineAt === -1 ? -1 : log(Math.abs(at - headlineAt)));
    put(proseBefore / proseTotal);
    if (isProse(block)) proseBefore += measure.units;
    put((proseTotal - proseBefore) / proseTotal);
    unitsBefore += measure.units;
    const previous = blocks[at - 1];
    const previous2 = blocks[at - 2];
    const next = blocks[at + 1];
    const next2 = blocks[at + 2];
    for (const other of [previous, previous2, next, next2]) {
      put(other === undefined ? -1 : log(other.measure.units));
      put(other === undefined ? -1 : other.linkShare);
    }
    const windowUnits = between(unitSum, at - 6, at + 7);
    put(between(proseSum, at - 6, at + 7) / Math.max(1, windowUnits));
    put(between(linkSum, at - 6, at + 7) / Math.max(1, windowUnits));
    put(lastProse === -1 ? 12 : log(at - lastProse));
    const ahead = nextProse[at] ?? -1;
    put(ahead === -1 ? 12 : log(ahead - at));
    put(lastTeaser === -1 ? 12 : log(at - lastTeaser));
    put(lastComment === -1 ? 12 : log(at - lastComment));
    put(Number(previous !== undefined && previous.frame.parent === frame.parent));
    put(Number(previous !== undefined && previous.frame.signature === frame.signature));
    put(Number(next !== undefined && next.frame.signature === frame.signature));
    put(previous === undefined ? 0 : levelOf(previous.frame));
    put(next === undefined ? 0 : levelOf(next.frame));
    put(lastCommentWord === -1 ? 12 : log(at - lastCommentWord));
    put(lastHeading === -1 ? 0 : lastHeadingTeaser);
    put(log(between(proseSum, at - 8, at)));
    put(log(between(proseSum, at + 1, at + 9)));
    put(log(prose));
    put(log(blocks.length));
    // Story
    const place = story[at] ?? NOWHERE;
    put(place.headlineSteps);
    put(place.sameArticle);
    put(Math.min(12, place.articlesBefore));
    put(Math.min(8, place.topHeadings));
    put(Math.min(12, place.headings));
    put(between(dateSum, at - 5, at + 6));
    put((group?.stops ?? 0) / (group?.count ?? 1));
    put(holder.endsStop / Math.max(1, holder.blocks));
    put(log(holder.units / Math.max(1, holder.blocks)));
    put(Number(CONSENT.test(block.text)));
    put(Number(RIGHTS.test(block.text)));
    put(place.otherHeadline);
    const passed = holderLeft.get(holder) ?? 0;
    put((holder.proseUnits - passed) / Math.max(1, holder.proseUnits));
    if (isProse(block)) holderLeft.set(holder, passed + measure.units);
    put(Number(block.afterBreak && previous !== undefined && previous.frame === frame));
    const twin = twins.get(frame) ?? NO_TWIN;
    put(Math.min(20, twin.index));
    put(Math.min(20, twin.count));
    put(twin.share);
    put(measure.units / longest);
    if (isProse(block)) lastProse = at;
    if ((begins & TEASER_KIND) !== 0) lastTeaser = at;
    if ((frame.allHints & HINT.comment) !== 0) lastComment = at;
    if ((begins & COMMENT_KIND) !== 0) lastCommentWord = at;
    if (levelOf(frame) > 0 || (block.boldShare > 0.95 && measure.units < 12)) {
      lastHeading = at;
      lastHeadingTeaser = Number((begins & (TEASER_KIND | COMMENT_KIND)) !== 0);
    }
  }
  return { table, core, headlineAt, prose, says: words.map(({ begins }) => begins) };
}

interface Twin {
  readonly index: number;
  readonly count: number;
  /** Prose of the first twin, as a share of the prose of both. */
  readonly share: number;
}
const NO_TWIN: Twin = { index: 0, count: 1, share: 0.5 };
/** Prose that makes a container more than a teaser, in words. */
const TWIN_PROSE = 25;

/**
 * Containers built alike that each hold prose: the posts of a forum, the comments below a story, the next articles of an
 * endless page. The first is the story, if any is.
 */
function twinPlaces(blocks: readonly RawBlock[]): Map<Frame, Twin> {
  const families = new Map<number, Frame[]>();
  const seen = new Set<Frame>();
  for (const block of blocks) {
    for (let at: Frame | null = block.frame; at !== null && !seen.has(at); at = at.parent) {
      seen.add(at);
      if ((at.ownMarks & (MARK.paragraph | MARK.heading)) !== 0 || at.proseUnits < TWIN_PROSE) continue;
      const family = families.get(at.signature);
      if (family === undefined) families.set(at.signature, [at]);
      else family.push(at);
    }
  }
  const own = new Map<Frame, Twin>();
  for (const family of families.values()) {
    family.sort((left, right) => left.order - right.order);
    const first = family[0];
    if (first === undefined || family.length < 2) continue;
    for (const [index, frame] of family.entries()) own.set(frame, { index, count: family.length, share: first.proseUnits / (first.proseUnits + frame.proseUnits) });
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

interface StoryPlace {
  /** Steps from the headline up to what holds the block too; −1 without a headline. */
  readonly headlineSteps: number;
  /** 1 in the same `article` as the headline, −1 in another, 0 where there is none. */
  readonly sameArticle: number;
  readonly articlesBefore: number;
  /** Main headings between headline and block: a second one opens a second article. */
  readonly topHeadings: number;
  readonly headings: number;
  readonly otherHeadline: number;
}
const NOWHERE: StoryPlace = { headlineSteps: -1, sameArticle: 0, articlesBefore: 0, topHeadings: 0, headings: 0, otherHeadline: 0 };

function storyPlaces(blocks: readonly RawBlock[], headlineAt: number, otherHeadlines: readonly string[]): StoryPlace[] {
  const headline = blocks[headlineAt];
  const own = headline === undefined ? null : articleOf(headline.frame);
  const others = new Set(otherHeadlines.map((text) => text.toLowerCase()));
  const seen = new Set<Frame>();
  let topHeadings = 0;
  let headings = 0;
  let otherHeadline = 0;
  return blocks.map((block, at) => {
    const article = articleOf(block.frame);
    if (article !== null) seen.add(article);
    const level = levelOf(block.frame);
    if (headline !== undefined && at > headlineAt && level > 0) {
      headings += 1;
      if (block.frame.name === headline.frame.name || level === 1) topHeadings += 1;
    }
    if (at !== headlineAt && others.has(block.text.toLowerCase())) otherHeadline = 1;
    return {
      headlineSteps: headline === undefined ? -1 : stepsToAncestorOf(headline.frame, block.frame).steps,
      sameArticle: own === null || article === null ? 0 : own === article || isInside(block.frame, own) ? 1 : -1,
      articlesBefore: seen.size, topHeadings, headings, otherHeadline,
    };
  });
}

function articleOf(frame: Frame): Frame | null {
  for (let at: Frame | null = frame; at !== null; at = at.parent) if ((at.ownMarks & MARK.article) !== 0) return at;
  return null;
}

/** The innermost frame that still holds this share of the prose. */
function coreFrame(blocks: readonly RawBlock[], prose: number, share: number, root: Frame): Frame {
  if (prose === 0) return root;
  let best = root;
  for (const block of blocks) {
    if (!isProse(block)) continue;
    for (let at: Frame | null = block.frame; at !== null; at = at.parent) {
      if (at.proseUnits >= share * prose) {
        if (at.depth > best.depth) best = at;
        break;
      }
    }
  }
  return best;
}

/** The frame whose children the block's element is one of: a paragraph's parent, a bare text's own element. */
export const blockHolder = (frame: Frame): Frame =>
  (frame.ownMarks & (MARK.paragraph | MARK.heading | MARK.item)) !== 0 ? frame.parent ?? frame : frame;

export function isInside(frame: Frame, outer: Frame): boolean {
  let at: Frame | null = frame;
  while (at !== null && at.depth > outer.depth) at = at.parent;
  return at === outer;
}

/** Steps up from `frame` to the first ancestor that also holds `core`, and from `core` up to it. */
function stepsToAncestorOf(frame: Frame, core: Frame): { readonly steps: number; readonly coreSteps: number } {
  let left: Frame = frame;
  let right: Frame = core;
  while (left !== right) {
    if (left.depth > right.depth) left = left.parent ?? left;
    else if (right.depth > left.depth) right = right.parent ?? right;
    else if (left.parent === null || right.parent === null) break;
    else {
      left = left.parent;
      right = right.parent;
    }
  }
  return { steps: frame.depth - left.depth, coreSteps: core.depth - left.depth };
}

function articleShare(frame: Frame, prose: number): number {
  for (let at: Frame | null = frame; at !== null; at = at.parent) {
    if ((at.ownMarks & (MARK.article | MARK.articleBody)) !== 0) return at.proseUnits / prose;
  }
  return -1;
}

export function levelOf(frame: Frame): number {
  if ((frame.ownMarks & MARK.heading) !== 0) {
    const level = frame.name.length === 2 && frame.name.startsWith('h') ? Number(frame.name.charAt(1)) : 2;
    return Number.isNaN(level) ? 2 : level;
  }
  const above = frame.parent;
  return above !== null && (above.ownMarks & MARK.heading) !== 0 ? levelOf(above) : 0;
}

function findHeadline(blocks: readonly RawBlock[], words: readonly (readonly string[])[], headline: KnownWords, core: Frame): number {
  if (headline.size === 0) return -1;
  let best = -1;
  let bestScore = 0;
  for (const [at, block] of blocks.entries()) {
    if (block.measure.units > headline.size * 3 + 8) continue;
    headline.compare(block.measure.units > 60 || block.text.length > 1_200 ? wordsOf(block.text) : words[at] ?? []);
    const fit = Math.min(headline.share, headline.covered);
    if (fit < 0.6) continue;
    const level = levelOf(block.frame);
    const score = fit + (level === 1 ? 1 : level > 0 ? 0.4 : 0) - 0.6 * block.linkShare + (at <= core.lastBlock ? 0.3 : 0);
    if (score > bestScore) {
      best = at;
      bestScore = score;
    }
  }
  return best;
}

function untilProse(blocks: readonly RawBlock[]): Int32Array {
  const next = new Int32Array(blocks.length).fill(-1);
  let ahead = -1;
  for (let at = blocks.length - 1; at >= 0; at -= 1) {
    next[at] = ahead;
    const block = blocks[at];
    if (block !== undefined && isProse(block)) ahead = at;
  }
  return next;
}

/** Runs of twelve letters and digits, one for every third place: order-true, and blind to spaces and punctuation. */
const SHINGLE = 12;
function shinglesOf(text: string): ReadonlySet<string> {
  const bare = text.replace(/<[^<>]{0,400}>/g, ' ').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  const set = new Set<string>();
  for (let at = 0; at + SHINGLE <= bare.length; at += 1) set.add(bare.slice(at, at + SHINGLE));
  return set;
}

function shingleShare(text: string, known: ReadonlySet<string>): number {
  const bare = (text.length > 1_500 ? text.slice(0, 1_500) : text).toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  if (bare.length < SHINGLE) return 0;
  let total = 0;
  let found = 0;
  for (let at = 0; at + SHINGLE <= bare.length; at += 3) {
    total += 1;
    if (known.has(bare.slice(at, at + SHINGLE))) found += 1;
  }
  return found / total;
}
