import type { Block } from '../article/index.js';
import { parseDateline, type Dateline, type DatelineHints } from '../dateline/index.js';

import { afterPrefix, beforeBylineSuffix, holdsCopyrightWords, plainWords, wordsOf } from './furniture-words.js';
import type { FurnitureKind } from './types.js';

/** What a block shows by itself, without regard to its neighbours. */
export interface BlockSigns {
  readonly block: Block;
  readonly text: string;
  /** Length in columns: wide characters (Chinese, Japanese, Korean) count two. */
  readonly width: number;
  /** Ends as a sentence does, closing quotes and brackets aside. */
  readonly stopped: boolean;
  /** Is a sentence to its end: `stopped`, or long enough on a page whose paragraphs have no stops. */
  readonly closed: boolean;
  /** Ends in an ellipsis: cut off, as teasers are. */
  readonly cutOff: boolean;
  /** Marked up as a heading, by tag or by look. */
  readonly heading: boolean;
  /** The whole block is furniture of this kind. */
  readonly furniture: { readonly kind: FurnitureKind; readonly reason: string } | null;
  /** A label after which teasers follow ("Check Also"). */
  readonly teaserLabel: boolean;
  /** A line that names who wrote it: the names, or null. */
  readonly byline: readonly string[] | null;
  /** By look a heading or a line, and nothing but one or two names: who wrote it, if it stands at a story's end. */
  readonly nameLine: boolean;
  /** A label under which a story goes on ("Background"). */
  readonly subHeading: boolean;
  readonly dateline: Dateline | null;
  /** Offset behind a dateline, or behind a prefix without a place (`(Reuters) -`), that is to be cut off. */
  readonly bodyStart: number;
  /** The dateline is the whole block. */
  readonly datelineOnly: boolean;
}

const SENTENCE_END = /[.!?。！？｡؟۔।॥։။៕።…]["'”’»«›」』）)\]\u200f\s]*$/u;
const CUT_OFF = /(?:…|\.\.\.|……)["'”’»\])\s]*$/u;
const RULER = /^[\s\p{P}\p{S}]+$/u;
const END_MARK = /^[\s\p{P}\p{S}]*(?:END|ENDS|ENDE|FIN|FINE|KRAJ|KONEC|КОНЕЦ|完|끝|終わり|(?:-\s?)?0(?:\s?-)|30)[\s\p{P}\p{S}]*$/u;
const COPYRIGHT = /^\s*(?:©|\(c\)|copyright\b)/iu;
const CONTACT = /^(?:\S+@\S+\.\S+|(?:tel|phone|fax|e-?mail|contact)\.?\s?:[^.]{0,60}|https?:\/\/\S+)$/iu;

/** Digits, month-like words and little else: a line that gives the date or time of what follows. */
const TIME_LINE = /^(?:\p{L}[\p{L}\p{M}]*[.:]?,?\s){0,4}\d{1,4}(?:st|nd|rd|th|er|º|\.)?[\s,./年月日-]*(?:(?:de|del)\s)?(?:\p{L}[\p{L}\p{M}]*\.?[\s,]*){0,3}(?:\d{1,4}[\s,./年月日:-]*){0,5}(?:\p{L}{1,5})?$/u;
const YEAR_OR_CLOCK = /(?:19|20|25)\d\d|\d{1,2}[:.]\d\d|\d+月\d+日|\d{1,2}[./]\d{1,2}[./]\d{2,4}/;

/** Characters before the first wide one, Hangul's letters. */
const NARROW = /^[\0-\u10ff]*$/;

export function widthOf(text: string): number {
  // Long is long; only lines need their exact width.
  if (text.length > 400 || NARROW.test(text)) return text.length;
  let width = 0;
  for (const char of text) width += /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(char) ? 2 : 1;
  return width;
}

/** Longer blocks are text, whatever they begin with. */
const LINE_WIDTH = 90;

function furnitureOf(text: string, width: number, heading: boolean): BlockSigns['furniture'] {
  if (RULER.test(text)) return { kind: 'ruler', reason: 'no letter or digit' };
  if (width <= 24 && END_MARK.test(text)) return { kind: 'ruler', reason: 'end mark' };
  if (width > 200) return null;
  const afterTeaser = afterPrefix('teaser', text);
  if (afterTeaser !== null && afterTeaser !== '' && /^\s*[:：|】\])–—-]/u.test(afterTeaser)) return { kind: 'teaser', reason: 'teaser words, then a colon' };
  if (COPYRIGHT.test(text) || (width <= 160 && holdsCopyrightWords(text))) return { kind: 'copyright', reason: 'copyright words' };
  if (CONTACT.test(text.trim())) return { kind: 'contact', reason: 'address or number alone' };
  const kind = wordsOf(text);
  if (width <= 24 && afterPrefix('share', text) !== null) return { kind: 'share', reason: 'share words' };
  if (kind === 'share' || kind === 'newsletter' || kind === 'teaser') return { kind, reason: `${kind} words` };
  const afterCredits = width <= 140 ? afterPrefix('credits', text) : null;
  if (afterCredits !== null && afterCredits !== '' && (/^\s*[:：]/u.test(afterCredits) || width <= LINE_WIDTH && namesIn(afterCredits.split(';', 1)[0] ?? '') !== null)) {
    return { kind: 'credits', reason: 'credit words' };
  }
  if (!heading && width <= 60 && TIME_LINE.test(text.trim()) && YEAR_OR_CLOCK.test(text) && (text.match(/\d+/g) ?? []).length > 1) return { kind: 'date-line', reason: 'a date or time alone' };
  return null;
}

const PARTICLE = /^(?:al|el|ul|bin|ibn|abu|de|del|della|der|den|di|da|do|dos|das|du|la|le|van|von|zu|zur|ter|ten|e|y|i|et|and|und|och|og|ja|à|af|of|in|for|for|the|to)$/iu;

/** Columns of the longest name in scripts without capitals: East Asian ones are short, Thai and Arabic ones are not. */
const widestName = (part: string): number => (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(part) ? 16 : 36);

/** Names, when the text is nothing but one to four of them: capitalised words, or few words in a script without case. */
export function namesIn(text: string): string[] | null {
  const bare = text.replace(/\S+@\S+/gu, '').replace(/^[\s\p{P}\p{S}]+|[\s\p{Pd}:：;,，、|()（）]+$/gu, '').trim();
  if (bare === '' || bare.length > 70 || /\d/.test(bare) || /[!?;؟！？。]/u.test(bare)) return null;
  const parts = bare.split(/\s*[/,،、;&·|]\s*|\s+(?:and|und|et|y|e|i|och|og|и|та|و)\s+/u).filter((part) => part !== '');
  if (parts.length === 0 || parts.length > 4) return null;
  // An agency's letters after the name are no name: `Von Jana Seidel, dpa`.
  const people = parts.length > 1 ? [parts[0] ?? '', ...parts.slice(1).filter((part) => !/^\p{Ll}{2,6}$|^\p{Lu}{2,6}$/u.test(part))] : parts;
  for (const part of people) {
    const words = part.split(/\s+/);
    if (words.length > 5) return null;
    const cased = /\p{Lu}|\p{Ll}/u.test(part);
    if (cased && !words.every((word) => /^[\p{Lu}«"'(]/u.test(word) || PARTICLE.test(word))) return null;
    if (!cased && widthOf(part) > widestName(part)) return null;
  }
  return people;
}

/** Two to four words of one name, or a few names: a heading of one word is a heading. */
function isNameLine(text: string): boolean {
  const names = namesIn(text);
  return names !== null && names.every((name) => { const words = name.split(/\s+/).length; return words <= 4 && (words >= 2 || names.length > 1 || !/\p{Lu}/u.test(name)); });
}

const BRACKETED = /^[（(［[【].*[）)］\]】]$/u;

function bylineOf(text: string, width: number, heading: boolean): readonly string[] | null {
  if (width > LINE_WIDTH || (SENTENCE_END.test(text) && !/\p{Lu}\p{L}{0,2}\.$/u.test(text))) return null;
  const inner = BRACKETED.test(text.trim()) ? text.trim().slice(1, -1) : text.trim();
  const rest = afterPrefix('byline-prefix', inner);
  if (rest !== null && rest.trim() !== '') {
    const marked = /^\s*[:：・.]/u.test(rest);
    // Without a colon a heading may begin with the same small word ("Von der Leyen …").
    const names = marked || !heading ? namesIn(rest.replace(/^[\s:：・.]+/u, '')) : null;
    if (names !== null && (marked || /\p{Lu}/u.test(inner) || BRACKETED.test(text.trim()) || widthOf(rest) <= 24)) return names;
  }
  const before = beforeBylineSuffix(inner.replace(/\s*\S+@\S+\s*$/u, ''));
  if (before !== null && !heading) return before === '' ? [inner] : namesIn(before);
  return null;
}

/** The names on a line known to be a byline. */
export const bylineNames = (text: string): readonly string[] => bylineOf(text, widthOf(text), false) ?? namesIn(text) ?? [];

function signsOf(block: Block, hints: DatelineHints): BlockSigns {
  const { text } = block;
  const width = widthOf(text);
  const marked = block.kind === 'heading';
  const furniture = furnitureOf(text, width, marked);
  const byline = furniture === null ? bylineOf(text, width, marked && block.byLook !== true) : null;
  const heading = marked && byline === null;
  const closed = SENTENCE_END.test(text);
  const dateline = heading || furniture !== null || byline !== null ? null : parseDateline(text, hints);
  const alone = dateline !== null && !/[\p{L}\p{N}]/u.test(text.slice(dateline.end));
  // A short line that does not end is one of a list (`KRAKÓW – Kino Mewa, 19.00`), whatever place it names.
  const opens = dateline !== null && dateline.places.length > 0 && (alone || closed || width >= LINE_WIDTH);
  return {
    block,
    text,
    width,
    stopped: closed,
    closed,
    cutOff: CUT_OFF.test(text),
    heading,
    furniture,
    teaserLabel: furniture?.kind === 'teaser' && wordsOf(text) === 'teaser' && !CUT_OFF.test(text),
    byline,
    nameLine: width <= 50 && furniture === null && byline === null && (!marked || block.byLook === true) && isNameLine(text),
    subHeading: wordsOf(text) === 'sub-heading' || (width <= LINE_WIDTH && /^(?:q\s?[&+]\s?a|faq)$/iu.test(plainWords(text))),
    bodyStart: dateline?.end ?? 0,
    dateline: opens ? dateline : null,
    datelineOnly: opens && alone,
  };
}

/** Columns from which a block is a paragraph where no stop tells. */
const PARAGRAPH_WIDTH = 50;
/** Share of paragraphs with a stop below which a page has none (Thai, Lao; careless copy). */
const FEW_STOPS = 0.3;

/** The signs of a page's blocks. */
export function signsOfPage(blocks: readonly Block[], hints: DatelineHints): BlockSigns[] {
  const page = blocks.map((block) => signsOf(block, hints));
  const paragraphs = page.filter(({ heading, furniture, width }) => !heading && furniture === null && width >= PARAGRAPH_WIDTH);
  if (paragraphs.length < 2 || paragraphs.filter(({ stopped }) => stopped).length >= FEW_STOPS * paragraphs.length) return page;
  return page.map((signs) => (signs.heading || signs.width < PARAGRAPH_WIDTH ? signs : { ...signs, closed: true }));
}
