import { HINT } from './class-words.js';
import type { Put } from './columns.js';
import { MARK } from './frame.js';
import { FURNITURE_KINDS } from './furniture-words.js';
import type { RawBlock } from './raw-blocks.js';

const HINTS = ['body', 'article', 'content', 'comment', 'related', 'share', 'side', 'nav', 'footer', 'header', 'promo', 'caption', 'byline', 'date',
  'tag', 'popup', 'teaser', 'box', 'embed', 'login', 'lead', 'title', 'hidden', 'list'] as const;
const MARKS = ['form', 'figure', 'figcaption', 'quote', 'item', 'table', 'article', 'main', 'section', 'paragraph', 'articleBody', 'cell', 'list'] as const;
const HINT_BITS = HINTS.map((name) => HINT[name]);
const MARK_BITS = MARKS.map((name) => MARK[name]);
/** Names that hardly ever hold a story: each is rare, so they are counted together too. */
const UNLIKELY_HINTS = HINT.comment | HINT.related | HINT.share | HINT.side | HINT.nav | HINT.footer | HINT.promo | HINT.tag | HINT.newsletter
  | HINT.popup | HINT.pager | HINT.teaser | HINT.login;
/** Of the kinds of furniture words only this one told more by itself than all of them counted together, of the rare marks none. */
const TEASER = 1 << FURNITURE_KINDS.indexOf('teaser');
const UNLIKELY_MARKS = MARK.nav | MARK.header | MARK.footer | MARK.aside | MARK.form | MARK.figcaption | MARK.hidden | MARK.dialog;

export const MARKUP_NAMES: readonly string[] = [
  'says-teaser', 'says-any',
  ...MARKS.map((mark) => `tag-${mark}`), 'tags-unlikely',
  ...HINTS.map((hint) => `class-${hint}`), 'classes-unlikely', 'classes-unlikely-above',
];

/** What a text says in the words of furniture, as `furnitureWordsIn` finds them. */
export interface FurnitureSays {
  readonly begins: number;
  readonly whole: number;
}

/** What the words a text begins with and the mark-up around it say: 2 for the thing itself, 1 for near it. */
export function markupColumns(blocks: readonly RawBlock[], says: readonly FurnitureSays[]): (at: number, put: Put) => void {
  return (at, put) => {
    const { frame } = blocks[at] as RawBlock;
    const { begins, whole } = says[at] ?? { begins: 0, whole: 0 };
    put((whole & TEASER) !== 0 ? 2 : Number((begins & TEASER) !== 0));
    put(bitsIn(begins));
    for (const bit of MARK_BITS) put((frame.ownMarks & bit) !== 0 ? 2 : (frame.allMarks & bit) !== 0 ? 1 : 0);
    put(bitsIn(frame.allMarks & UNLIKELY_MARKS));
    for (const bit of HINT_BITS) put((frame.nearHints & bit) !== 0 ? 2 : (frame.allHints & bit) !== 0 ? 1 : 0);
    put(bitsIn(frame.nearHints & UNLIKELY_HINTS));
    put(bitsIn(frame.allHints & UNLIKELY_HINTS));
  };
}

function bitsIn(value: number): number {
  let count = 0;
  for (let rest = value; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
