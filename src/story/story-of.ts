import type { Block } from '../article/index.js';
import { detectLanguage, languageOfParagraphs } from '../language/index.js';
import { bylineNames, namesIn, type BlockSigns } from './block-signs.js';
import { plainWords, wordsOf } from './furniture-words.js';
import { splitKicker } from './kicker.js';
import type { Opening } from './openings.js';
import { termsOf } from './terms.js';
import type { CutEvidence, FurnitureKind, SplitInput, Story, StoryFurniture } from './types.js';

/** A story decided on: where it opens and how far its blocks go. */
export interface StoryPlan {
  readonly opening: Opening;
  /** Last block before the next story, furniture included. */
  readonly until: number;
  readonly confidence: number;
  readonly evidence: readonly CutEvidence[];
}

export interface StorySetting {
  readonly number: number;
  readonly count: number;
  readonly earlier: readonly Story[];
  /** Filled on: lines that sign a story are furniture too. */
  readonly furniture: Map<number, StoryFurniture>;
  readonly input: SplitInput;
}

/** Lines that sign a story, at most; a longer tail is text. */
const MOST_SIGNATURES = 3;
/** Columns of a line that may sign a story. */
const SIGNATURE_WIDTH = 60;

/** Letters a desk signs with: `EFE vm-c`, `dpa ab xx n1`, `/ab/`. */
const DESK = /^[/(]?\p{L}{2,8}(?:[\s/,-]+\p{L}{1,4}){0,4}[/)]?$/u;
/** An agency's letters, then initials or the place of its desk: `EFE vm-c`, `EFE - Cantabria`. */
const SIGNED_BY_DESK = /^\p{Lu}{2,8}(?:\s\p{L}{1,4}(?:-\p{L}{1,2})?|\s?[-–/]\s?\p{Lu}[\p{L}\s]{2,24})$/u;

function signatureKind(signs: BlockSigns): FurnitureKind {
  if (signs.byline !== null) return 'byline';
  if (SIGNED_BY_DESK.test(signs.text.trim())) return 'desk-signature';
  const names = namesIn(signs.text);
  return names !== null && !(DESK.test(signs.text.trim()) && !/\s\p{Lu}\p{Ll}{2,}/u.test(signs.text)) ? 'byline' : 'desk-signature';
}

/** The lines at a story's end that are not its text: who wrote it, which desk sent it. */
function closingLines(page: readonly BlockSigns[], content: readonly number[], opening: Opening): number[] {
  const lines: number[] = [];
  // Where paragraphs end without a stop (Thai, careless copy), a line without one is no signature for that.
  const paragraphs = content.flatMap((position) => page[position] ?? []).filter(({ heading, width }) => !heading && width > 30);
  const stopped = paragraphs.filter((signs) => signs.stopped).length * 2 >= paragraphs.length;
  for (let at = content.length - 1; at > 0 && lines.length < MOST_SIGNATURES; at -= 1) {
    const position = content[at] ?? -1;
    const signs = page[position];
    if (signs === undefined || position <= opening.text || (signs.heading && !signs.nameLine) || signs.width > SIGNATURE_WIDTH || signs.block.kind === 'list-item') break;
    if (signs.byline === null && (!stopped || signs.closed || /[:：,،;]\s*$/u.test(signs.text) || (namesIn(signs.text) === null && !SIGNED_BY_DESK.test(signs.text.trim())))) break;
    // A line after a line that does not end is one of a list, not a signature.
    const before = page[content[at - 1] ?? -1];
    if (before !== undefined && signs.byline === null && !before.closed && before.width > 30 && (before.width < 90 || !signs.nameLine)) break;
    lines.unshift(position);
  }
  return lines;
}

export function alike(left: string, right: string): boolean {
  const a = plainWords(left);
  const b = plainWords(right);
  if (a === b || (a.length > 12 && b.includes(a)) || (b.length > 12 && a.includes(b))) return true;
  const [some, others] = [termsOf(left), termsOf(right)];
  const common = [...some].filter((term) => others.has(term)).length;
  return common >= 0.7 * Math.max(some.size, others.size) && common > 1;
}

interface Headed {
  readonly headline: string | null;
  readonly block: number | null;
}

/** The first story's headline may stand outside the blocks, as the page's; a heading that differs is then a sub-heading or a story's own. */
function headlineOf(page: readonly BlockSigns[], { opening }: StoryPlan, { number, count, input }: StorySetting): Headed {
  const own = opening.headline === null ? null : page[opening.headline]?.text ?? null;
  const given = number === 0 ? input.headline?.value ?? null : null;
  if (given === null) return { headline: own, block: own === null ? null : opening.headline };
  if (own !== null && alike(own, given)) return { headline: own, block: opening.headline };
  // On a page of several stories the page's title names the round-up, and the first heading the first story.
  // A digest's title is no headline of its first story either.
  if (count > 1 && own === null && wordsOf(given) === 'round-up-title') return { headline: null, block: null };
  const roundUp = count > 1 || wordsOf(given) === 'round-up-title';
  return own !== null && opening.tagged && roundUp ? { headline: own, block: opening.headline } : { headline: given, block: null };
}

function bodyOf(page: readonly BlockSigns[], positions: readonly number[], left: ReadonlySet<number>): Block[] {
  const body: Block[] = [];
  for (const position of positions) {
    const signs = page[position];
    if (signs === undefined || left.has(position)) continue;
    const text = signs.bodyStart > 0 ? signs.text.slice(signs.bodyStart).trimStart() : signs.text;
    if (text !== '') body.push(signs.bodyStart > 0 ? { ...signs.block, text } : signs.block);
  }
  return body;
}

/** Makes the story of a plan; marks its signatures and bylines as furniture. */
export function storyOf(page: readonly BlockSigns[], plan: StoryPlan, setting: StorySetting): Story {
  const { opening } = plan;
  const { furniture, input, earlier } = setting;
  const mark = (position: number, kind: FurnitureKind, reason: string): void => {
    if (!furniture.has(position)) furniture.set(position, { position, kind, reason });
  };
  const content: number[] = [];
  for (let at = opening.start; at <= plan.until; at += 1) if (!furniture.has(at)) content.push(at);

  const closing = closingLines(page, content, opening);
  for (const position of closing) {
    const signs = page[position];
    if (signs !== undefined) mark(position, signatureKind(signs), 'signs the story at its end');
  }
  const kept = content.filter((position) => !closing.includes(position));
  const end = kept.at(-1) ?? opening.start;
  const { headline: written, block: headlineBlock } = headlineOf(page, plan, setting);
  const kicked = written === null ? null : splitKicker(written);

  const bylines: string[] = [];
  for (const position of [...kept.filter((at) => at < opening.text || (at <= opening.text + 1 && page[at]?.dateline === null)), ...closing]) {
    const signs = page[position];
    if (signs === undefined || position === headlineBlock) continue;
    if (signs.byline !== null) bylines.push(...signs.byline);
    else if (closing.includes(position) && signatureKind(signs) === 'byline') bylines.push(...(namesIn(signs.text) ?? []));
    if (signs.byline !== null && !closing.includes(position)) mark(position, 'byline', 'names who wrote the story');
  }

  const from = page[opening.start]?.block.index ?? 0;
  const until = page[plan.until + 1]?.block.index ?? Infinity;
  for (const { index, text } of input.signatures ?? []) if (index > from && index < until) bylines.push(...bylineNames(text));

  const own = opening.dateline === null ? null : page[opening.dateline]?.dateline ?? null;
  // A reporter named in the dateline wrote the story, unless a line says otherwise.
  if (bylines.length === 0 && own?.reporter != null) bylines.push(own.reporter);
  const giver = own === null ? earlier.findLastIndex(({ dateline, datelineInherited }) => dateline !== null && !datelineInherited) : -1;
  const left = new Set([...closing, ...(headlineBlock === null ? [] : [headlineBlock]), ...furniture.keys()]);
  const body = bodyOf(page, kept, left);
  return {
    start: opening.start,
    end,
    headline: kicked?.headline ?? null,
    headlineBlock,
    kicker: kicked?.kicker ?? null,
    status: kicked?.status ?? 'usable',
    dateline: own ?? earlier[giver]?.dateline ?? null,
    datelineInherited: giver !== -1,
    datelineFrom: giver === -1 ? null : giver,
    bylines: [...new Set(bylines)],
    language: languageOfParagraphs([kicked?.headline ?? '', ...body.map(({ text }) => text)], { declared: input.language }),
    body,
    confidence: plan.confidence,
    evidence: plan.evidence,
  };
}

/** The story of a page that has a headline and no text. */
export function headlineAlone(input: SplitInput): Story {
  const kicked = splitKicker(input.headline?.value ?? '');
  return {
    start: 0, end: -1, headline: kicked.headline, headlineBlock: null, kicker: kicked.kicker, status: kicked.status,
    dateline: null, datelineInherited: false, datelineFrom: null, bylines: [],
    language: detectLanguage(kicked.headline, { declared: input.language }),
    body: [], confidence: 1, evidence: [{ kind: 'first', weight: 0 }],
  };
}

/** A page with one byline, at its head or foot, gives it to every story; a story's own comes first. */
export function sharePageByline(stories: readonly Story[], input: SplitInput): readonly Story[] {
  const given = (input.bylines ?? []).map(({ value }) => value);
  const last = stories.at(-1)?.bylines ?? [];
  const onlyLast = stories.slice(0, -1).every(({ bylines }) => bylines.length === 0);
  const page = given.length > 0 ? given : onlyLast ? last : [];
  return stories.map((story) => (story.bylines.length > 0 ? story : { ...story, bylines: page }));
}
