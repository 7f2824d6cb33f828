import type { BlockSigns } from './block-signs.js';
import { afterPrefix, wordsOf } from './furniture-words.js';
import type { FurnitureKind, StoryFurniture } from './types.js';

/** A full sentence of some length: what teasers rarely have two of in a row. */
const isText = (signs: BlockSigns): boolean =>
  signs.furniture === null && signs.byline === null && !signs.heading && signs.closed && !signs.cutOff && signs.width >= 60;

/** A box inside a story ends where two full paragraphs follow each other, or one that no headline of a teaser stands before. */
function resumesAt(page: readonly BlockSigns[], position: number): boolean {
  const here = page[position];
  const next = page[position + 1];
  const before = page[position - 1];
  if (here === undefined || (here.block.linkShare ?? 0) > 0.5) return false;
  if (here.heading) return next !== undefined && isText(next) && page[position + 2] !== undefined && isText(page[position + 2] ?? next) && (here.block.linkShare ?? 0) === 0;
  if (!isText(here)) return false;
  if (next !== undefined && isText(next)) return before === undefined || !before.heading || before.teaserLabel;
  return here.width >= 120 && before?.block.kind === 'list-item' && here.block.kind !== 'list-item';
}

/** Blocks of a page that belong to no story: boxes of teasers, share lines, rulers, copyright, what stands after the end. */
export function pageFurniture(page: readonly BlockSigns[]): Map<number, StoryFurniture> {
  const found = new Map<number, StoryFurniture>();
  const add = (position: number, kind: FurnitureKind, reason: string): void => {
    if (!found.has(position)) found.set(position, { position, kind, reason });
  };
  page.forEach(({ furniture }, position) => {
    if (furniture !== null) add(position, furniture.kind, furniture.reason);
  });
  const firstText = page.findIndex(isText);
  for (let at = 0; at < page.length; at += 1) {
    const here = page[at];
    if (here === undefined || !here.teaserLabel) continue;
    // Before any text such a label is the name of the page's section, not a box of teasers.
    if (firstText === -1 || at < firstText) continue;
    let end = at + 1;
    while (end < page.length && !resumesAt(page, end)) end += 1;
    for (let inside = at + 1; inside < end; inside += 1) add(inside, 'teaser', 'under teaser words');
    at = end - 1;
  }
  unlabelledTail(page, add, found);
  roundUpTitles(page, add);
  return found;
}

/** Headlines with nothing, or only cut-off lines, under them at the page's end are teasers even without a label. */
function unlabelledTail(
  page: readonly BlockSigns[],
  add: (position: number, kind: FurnitureKind, reason: string) => void,
  found: ReadonlyMap<number, StoryFurniture>,
): void {
  let start = page.length;
  let headings = 0;
  let cutOffs = 0;
  for (let at = page.length - 1; at > 0; at -= 1) {
    const here = page[at];
    if (here === undefined) break;
    if (found.has(at)) continue;
    // A name in bold under the text signs it.
    if (here.nameLine && headings === 0 && cutOffs === 0) break;
    const linked = (here.block.linkShare ?? 0) > 0.8;
    if (here.heading) headings += 1;
    else if (here.cutOff && page[at - 1]?.heading === true) cutOffs += 1;
    else if (!linked) break;
    start = at;
  }
  if (headings === 0) return;
  if (cutOffs === 0 && page.slice(0, start).every((signs) => !isText(signs))) return;
  for (let at = start; at < page.length; at += 1) add(at, 'teaser', cutOffs > 0 ? 'headline with a cut-off line at the end' : 'headline without text at the end');
}

/** "News in brief" over several stories; also with a date or place added. */
function roundUpTitles(page: readonly BlockSigns[], add: (position: number, kind: FurnitureKind, reason: string) => void): void {
  for (const [position, signs] of page.entries()) {
    if (isText(signs) || position > 3) return;
    if (wordsOf(signs.text) === 'round-up-title' || (signs.heading && signs.width < 60 && /^\s*[:：|–—,-]/u.test(afterPrefix('round-up-title', signs.text) ?? ''))) {
      add(position, 'round-up-title', 'round-up words');
    }
  }
}
