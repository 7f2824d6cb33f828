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
  for (let at = 0; at < text.length; at += 1) {
    if (text.charCodeAt(at) > 0xac) {
      plain = false;
      break;
    }
  }
  if (!plain) {
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

export function measure(text: string): TextMeasure {
  const result: TextMeasure = {
    units: 0, letters: 0, digits: 0, upper: 0, stops: 0, commas: 0, quotes: 0, bars: 0, ending: 4, startsUpper: false,
  };
  let inWord = false;
  let first = true;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x20) {
      inWord = false;
      continue;
    }
    if (isSpaceless(code)) {
      result.units += 1;
      result.letters += 1;
      inWord = false;
      if (first) {
        result.startsUpper = true;
        first = false;
      }
      continue;
    }
    const digit = code >= 0x30 && code <= 0x39;
    const asciiLetter = (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
    if (asciiLetter || digit || (code > 0xbf && !STOPS.has(code) && !COMMAS.has(code) && !QUOTES.has(code) && !BARS.has(code)
      && !(code >= 0x2000 && code <= 0x2bff) && !(code >= 0x3000 && code <= 0x303f) && !(code >= 0xff00 && code <= 0xff0f))) {
      if (!inWord) {
        inWord = true;
        result.units += 1;
      }
      if (digit || (code >= 0x0660 && code <= 0x0669) || (code >= 0x06f0 && code <= 0x06f9) || (code >= 0x0966 && code <= 0x096f)) {
        result.digits += 1;
      } else {
        result.letters += 1;
        const upper = isUpper(code);
        if (upper) result.upper += 1;
        if (first) {
          result.startsUpper = upper || !hasCase(code);
          first = false;
        }
      }
      continue;
    }
    if (STOPS.has(code)) {
      // A stop counts where a sentence can end: not inside "3.5" or "example.org".
      const next = text.charCodeAt(at + 1);
      if (code !== 0x2e || Number.isNaN(next) || next === 0x20 || CLOSERS.has(next)) result.stops += 1;
      inWord = inWord && code === 0x2e && !Number.isNaN(next) && next !== 0x20;
    } else if (COMMAS.has(code)) {
      result.commas += 1;
      inWord = false;
    } else if (QUOTES.has(code)) {
      result.quotes += 1;
      if (code !== 0x2019 && code !== 0x27) inWord = false;
    } else if (BARS.has(code)) {
      result.bars += 1;
      inWord = false;
    } else if (code !== 0x27 && code !== 0x2d) inWord = false;
  }
  result.ending = endingOf(text);
  return result;
}

function endingOf(text: string): number {
  let at = text.length - 1;
  while (at > 0 && (CLOSERS.has(text.charCodeAt(at)) || text.charCodeAt(at) === 0x20 || isBidiMark(text.charCodeAt(at)))) at -= 1;
  const code = text.charCodeAt(at);
  if (code === 0x2026 || text.endsWith('...')) return 3;
  if (STOPS.has(code)) return 1;
  if (code === 0x3a || code === 0xff1a) return 2;
  return /[\p{L}\p{N}]/u.test(text.charAt(at)) ? 0 : 4;
}

const isBidiMark = (code: number): boolean =>
  code === 0x200e || code === 0x200f || code === 0x061c || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
