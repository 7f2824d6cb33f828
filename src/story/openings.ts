import type { BlockSigns } from './block-signs.js';
import { termsOf } from './terms.js';
import type { StoryFurniture } from './types.js';

/** A place where a story could begin: its head matter, and the first paragraph of text under it. */
export interface Opening {
  /** First block: headline, opening byline, or the paragraph itself. */
  readonly start: number;
  /** First paragraph of text. */
  readonly text: number;
  /** The block that would be the headline, or null. */
  readonly headline: number | null;
  /** The headline is marked up as a heading. */
  readonly tagged: boolean;
  /** Paragraph whose dateline is the story's own, or null. */
  readonly dateline: number | null;
  /** What stands between this and the text before: a ruler, or a line that closes a story. */
  readonly closedBy: 'ruler' | 'signature' | null;
  /** Last block before the next opening's start that is not furniture. */
  readonly end: number;
}

/** Widths of what may be a headline without mark-up, in columns. */
const PLAIN_HEADLINE = { least: 12, most: 120 };

const isLine = (signs: BlockSigns): boolean => signs.width <= 60 && !signs.closed && signs.dateline === null;

/** A short line without a final stop, between a closed paragraph and a longer one. */
function plainHeadline(page: readonly BlockSigns[], content: readonly number[], at: number): boolean {
  const here = page[content[at] ?? -1];
  const next = page[content[at + 1] ?? -1];
  if (here === undefined || next === undefined || here.heading || here.byline !== null || here.dateline !== null || here.cutOff) return false;
  if (here.block.kind !== 'paragraph' || here.width < PLAIN_HEADLINE.least || here.width > PLAIN_HEADLINE.most) return false;
  if (here.closed && !/[?!？！؟"”»]\s*$/u.test(here.text)) return false;
  const before = page[content[at - 1] ?? -1];
  if (before !== undefined && !before.closed && !before.heading && before.byline === null && content[at - 1] === (content[at] ?? 0) - 1) return false;
  // A line that long is more likely the last of the story before, unless the paragraph under it says the same again.
  if (next.dateline !== null && here.width > 70 && !restated(here.text, next.text)) return false;
  const leads = next.dateline !== null || (next.closed && next.width > here.width && next.width >= 60);
  return leads && !/[:：,;،]\s*$/u.test(here.text);
}

/** A headline says what the paragraph under it says. */
function restated(headline: string, text: string): boolean {
  const terms = termsOf(text);
  return [...termsOf(headline)].filter((term) => terms.has(term)).length > 1;
}

/** All places where a story could begin, in order; the first is where the page's text begins. `headed`: the page's headline stands outside its blocks. */
export function openingsOf(page: readonly BlockSigns[], furniture: ReadonlyMap<number, StoryFurniture>, headed: boolean): Opening[] {
  const content = page.map((_, position) => position).filter((position) => !furniture.has(position));
  const openings: Omit<Opening, 'end'>[] = [];
  let at = 0;
  while (at < content.length) {
    const first = at;
    // Lines that sign the story before this one.
    let signature = false;
    while (at > 0 && at < content.length && openings.length > 0 && closes(page, content, at)) {
      signature = true;
      at += 1;
    }
    const start = content[at];
    if (start === undefined) break;
    let headline: number | null = null;
    let tagged = false;
    while (at < content.length) {
      const position = content[at] ?? -1;
      const here = page[position];
      if (here === undefined) break;
      const plain = plainHeadline(page, content, at);
      if (here.heading || plain) {
        if (headline === null || (here.heading && !tagged)) {
          headline = position;
          tagged = here.heading;
        }
      } else if (!(here.byline !== null || here.datelineOnly || (headline !== null && isLine(here) && here.width <= 30 && page[content[at + 1] ?? -1]?.dateline != null))) break;
      at += 1;
    }
    const text = content[Math.min(at, content.length - 1)];
    if (text === undefined) break;
    const dateline = ownDateline(page, content, first, at, headline !== null || (headed && openings.length === 0));
    const before = content[first - 1];
    const ruler = before !== undefined && rulerBetween(furniture, before, start);
    const closedBy = ruler ? 'ruler' : signature ? 'signature' : null;
    if (openings.length === 0 || headline !== null || dateline !== null || closedBy !== null || start !== text) {
      openings.push({ start, text, headline, tagged, dateline, closedBy });
    }
    // A standfirst belongs to the dateline behind it, which opens nothing by itself.
    at = dateline !== null && dateline > text ? content.indexOf(dateline) + 1 : at + 1;
  }
  let last = 0;
  return openings.map((opening, index) => {
    const until = openings[index + 1]?.start ?? page.length;
    while (last + 1 < content.length && (content[last + 1] ?? page.length) < until) last += 1;
    return { ...opening, end: Math.max(opening.text, content[last] ?? opening.text) };
  });
}

/** A byline or desk signature that ends a story: what follows it opens one by itself, without needing it. */
function closes(page: readonly BlockSigns[], content: readonly number[], at: number): boolean {
  const here = page[content[at] ?? -1];
  const next = page[content[at + 1] ?? -1];
  if (here === undefined || (here.heading && !here.nameLine) || !(here.byline !== null || here.nameLine || isLine(here))) return false;
  if (next === undefined) return true;
  if (next.heading || plainHeadline(page, content, at + 1)) return here.byline !== null || here.width <= 40;
  // A byline right before a dateline opens what follows ("Por …"); a bare line there signs what came before.
  return next.dateline !== null && here.byline === null && here.width <= 30;
}

function rulerBetween(furniture: ReadonlyMap<number, StoryFurniture>, from: number, to: number): boolean {
  for (let at = from + 1; at < to; at += 1) if (furniture.get(at)?.kind === 'ruler') return true;
  return false;
}

/** The dateline at the head of the first paragraph, of a line of its own before it, or behind a standfirst and the captions of its pictures. */
function ownDateline(page: readonly BlockSigns[], content: readonly number[], from: number, text: number, headed: boolean): number | null {
  let last = text + (headed ? 1 : 0);
  for (let at = from; at <= last && at < content.length; at += 1) {
    const position = content[at] ?? -1;
    const here = page[position];
    if (here === undefined || (at > text && here.heading)) break;
    if (here.dateline !== null) return position;
    if (headed && here.block.kind === 'caption') last += 1;
  }
  return null;
}
