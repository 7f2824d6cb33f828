import { isSettled } from './settled-letters.js';

/** Characters that carry no text: soft hyphen, zero-width space, word joiner, byte order mark, invisible operators. */
// ZWNJ and ZWJ (U+200C, U+200D) stay: Persian, Hindi and emoji are written with them. Bidi marks stay too.
const INVISIBLE = /[\u00ad\u200b\u2060-\u2064\ufeff\u180e]|(?![\t\n\f\r])\p{Cc}/gu;
const HAS_INVISIBLE = /[\u00ad\u200b\u2060-\u2064\ufeff\u180e]|(?![\t\n\f\r])\p{Cc}/u;
/** Tatweel stretches a word for looks between two Arabic letters; before a figure or a Latin name it is spelling. */
const TATWEEL = /(?<=[\u0620-\u063f\u0641-\u064a\u066e-\u06d3])\u0640+(?=[\u064b-\u0652]*[\u0620-\u063f\u0641-\u064a\u066e-\u06d3])/g;
const SPACELESS = '\\u2e80-\\u2fdf\\u3000-\\u303f\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uff00-\\uffef';
/** A line break of the source between two characters of a script without spaces is no space (CSS Text 3, 4.1.3). */
const SPACELESS_BREAK = new RegExp(`(?<=[${SPACELESS}])[ \\t]*\\n\\s*(?=[${SPACELESS}])`, 'g');
const SPACE_RUN = /[\s\u0085]+/g;

/** Plain text as it is read: NFC, white space folded, nothing invisible but the marks that change reading. */
export function foldText(raw: string): string {
  let text = raw;
  let plain = true;
  let spaced = false;
  let settled = true;
  let before = 0x20;
  for (let at = 0; at < text.length && settled; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x20) spaced ||= before === 0x20;
    else if (code === 0x0a) spaced = true;
    else {
      settled = isSettled(code);
      if (code > 0xac) plain = false;
    }
    before = code;
  }
  // Most texts are as they should be already.
  if (settled) {
    if (!spaced && before !== 0x20) return text;
    if (!plain && text.includes('\n')) text = text.replace(SPACELESS_BREAK, '');
    return text.replace(SPACE_RUN, ' ').trim();
  }
  if (/[^\0-\u00ac]/.test(text)) {
    if (text.includes('\n')) text = text.replace(SPACELESS_BREAK, '');
    if (text.includes('\u0640')) text = text.replace(TATWEEL, '');
    text = text.normalize('NFC');
  }
  if (HAS_INVISIBLE.test(text)) text = text.replace(INVISIBLE, '');
  return text.replace(SPACE_RUN, ' ').trim();
}

/** Counts over one text, taken in one pass. */
export interface TextMeasure {
  /** Words, or characters in scripts written without spaces between words. */
  units: number;
  letters: number;
  digits: number;
  upper: number;
  /** Full stops and their kin inside or at the end. */
  stops: number;
  commas: number;
  quotes: number;
  /** Bars, bullets, arrows: marks of menus. */
  bars: number;
  /** How it ends: 0 letter or digit, 1 full stop or its kin, 2 colon, 3 ellipsis, 4 other. */
  ending: number;
  /** Its first letter is upper case, or of a script without case. */
  startsUpper: boolean;
}

const isSpaceless = (code: number): boolean =>
  (code >= 0x3040 && code <= 0x30ff) || (code >= 0x3400 && code <= 0x4dbf) || (code >= 0x4e00 && code <= 0x9fff)
  || (code >= 0xf900 && code <= 0xfaff) || (code >= 0x0e00 && code <= 0x0eff) || (code >= 0x1000 && code <= 0x109f)
  || (code >= 0x1780 && code <= 0x17ff) || (code >= 0xd840 && code <= 0xd88f);

const marks = (list: string): ReadonlySet<number> => new Set(Array.from(list, (mark) => mark.codePointAt(0) ?? 0));
/** Ends of sentences in the scripts of the news, kept as data; tested one by one. */
export const STOPS = marks('.!?。！？｡؟۔।॥።។။๏‽՞։⸮');
export const COMMAS = marks(',，、،؛;；፣՝､﹐');
const QUOTES = marks('"“”„«»「」『』‘’‹›');
const BARS = marks('|•·»›>→▶►■●◆★☆│¦«‹←/');
const CLOSERS = marks('"”’»)）」』】]\'“›');

/** A word of a script with case starts so; of a script without case, every letter counts as a capital. */
const isUpper = (code: number): boolean => {
  if (code < 0x80) return code >= 0x41 && code <= 0x5a;
  if (code < 0x0250 || (code >= 0x0370 && code <= 0x058f) || (code >= 0x1e00 && code <= 0x1fff)) {
    const letter = String.fromCharCode(code);
    return letter !== letter.toLowerCase();
  }
  return false;
};
const hasCase = (code: number): boolean =>
  code < 0x0250 || (code >= 0x0370 && code <= 0x058f) || (code >= 0x1e00 && code <= 0x1fff);

/** What {@link measure} counts a UTF-16 unit as; 0 is not asked yet, and asked once. */
const KINDS = new Uint8Array(0x10000);
const KIND = { spaceless: 1, digit: 2, lower: 3, upper: 4, caseless: 5, stop: 6, comma: 7, quote: 8, bar: 9, joiner: 10, other: 11, space: 12 } as const;

function kindOfUnit(code: number): number {
  if (code === 0x20) return KIND.space;
  if (isSpaceless(code)) return KIND.spaceless;
  if ((code >= 0x30 && code <= 0x39) || (code >= 0x0660 && code <= 0x0669) || (code >= 0x06f0 && code <= 0x06f9) || (code >= 0x0966 && code <= 0x096f)) return KIND.digit;
  const asciiLetter = (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
  if (asciiLetter || (code > 0xbf && !STOPS.has(code) && !COMMAS.has(code) && !QUOTES.has(code) && !BARS.has(code)
    && !(code >= 0x2000 && code <= 0x2bff) && !(code >= 0x3000 && code <= 0x303f) && !(code >= 0xff00 && code <= 0xff0f))) {
    return isUpper(code) ? KIND.upper : hasCase(code) ? KIND.lower : KIND.caseless;
  }
  if (STOPS.has(code)) return KIND.stop;
  if (COMMAS.has(code)) return KIND.comma;
  if (QUOTES.has(code)) return KIND.quote;
  if (BARS.has(code)) return KIND.bar;
  return code === 0x27 || code === 0x2d ? KIND.joiner : KIND.other;
}

export function measure(text: string): TextMeasure {
  let units = 0;
  let letters = 0;
  let digits = 0;
  let upper = 0;
  let stops = 0;
  let commas = 0;
  let quotes = 0;
  let bars = 0;
  let startsUpper = false;
  let inWord = false;
  let first = true;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    let kind = KINDS[code] ?? 0;
    if (kind === 0) {
      kind = kindOfUnit(code);
      KINDS[code] = kind;
    }
    switch (kind) {
      case KIND.lower: case KIND.upper: case KIND.caseless:
        if (!inWord) {
          inWord = true;
          units += 1;
        }
        letters += 1;
        if (kind === KIND.upper) upper += 1;
        if (first) {
          startsUpper = kind !== KIND.lower;
          first = false;
        }
        break;
      case KIND.space: case KIND.other:
        inWord = false;
        break;
      case KIND.spaceless:
        units += 1;
        letters += 1;
        inWord = false;
        if (first) {
          startsUpper = true;
          first = false;
        }
        break;
      case KIND.digit:
        if (!inWord) {
          inWord = true;
          units += 1;
        }
        digits += 1;
        break;
      case KIND.stop: {
        // A stop counts where a sentence can end: not inside "3.5" or "example.org".
        const next = text.charCodeAt(at + 1);
        if (code !== 0x2e || Number.isNaN(next) || next === 0x20 || CLOSERS.has(next)) stops += 1;
        inWord = inWord && code === 0x2e && !Number.isNaN(next) && next !== 0x20;
        break;
      }
      case KIND.comma:
        commas += 1;
        inWord = false;
        break;
      case KIND.quote:
        quotes += 1;
        if (code !== 0x2019) inWord = false;
        break;
      case KIND.bar:
        bars += 1;
        inWord = false;
        break;
      default: break;
    }
  }
  return { units, letters, digits, upper, stops, commas, quotes, bars, ending: endingOf(text), startsUpper };
}

function endingOf(text: string): number {
  let at = text.length - 1;
  while (at > 0 && (CLOSERS.has(text.charCodeAt(at)) || text.charCodeAt(at) === 0x20 || isBidiMark(text.charCodeAt(at)))) at -= 1;
  const code = text.charCodeAt(at);
  if (code === 0x2026 || text.endsWith('...')) return 3;
  if (STOPS.has(code)) return 1;
  if (code === 0x3a || code === 0xff1a) return 2;
  if ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) return 0;
  return /[\p{L}\p{N}]/u.test(text.charAt(at)) ? 0 : 4;
}

const isBidiMark = (code: number): boolean =>
  code === 0x200e || code === 0x200f || code === 0x061c || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
