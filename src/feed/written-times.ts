/** Times written out, in words of any language: taken apart piece by piece, until nothing is left that could mean something. */
import { dayFirst, fold, halfOfDay, hourOfWord, isFiller, isHourWord, isMinuteWord, isWeekday, monthOf } from './calendar-words.js';
import { fullYear, type Reading, type TimeContext } from './time-reading.js';
import { isZone, zoneOffset } from './time-zones.js';

/** Folding takes dots away; this stands for them meanwhile. */
const DOT = '\u{E000}';
/** Where a piece was taken out; where a half of the day was. Private use: no feed means them. */
const GAP = '\u{E001}';
const HALF = '\u{E002}';

/** Every figure as 0–9, marks of direction gone, letters folded, particles of CJK dates as the signs they stand for. */
function normalised(raw: string): string {
  return fold(raw.normalize('NFKC').replace(/[\u{200B}-\u{200F}\u{202A}-\u{202E}\u{2066}-\u{2069}\u{61C}]/gu, '').replaceAll('.', DOT))
    .replace(/\p{Nd}/gu, (digit) => digitOf(digit)).replaceAll(DOT, '.').replace(/[\u{2010}-\u{2015}\u{2212}]/gu, '-').replace(/\s+/g, ' ').trim();
}

/** Decimal digits stand in runs of ten in Unicode. */
function digitOf(digit: string): string {
  const point = digit.codePointAt(0) ?? 0;
  if (point < 0x80) return digit;
  let zero = point;
  while (point - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  // a run may follow another without a gap; each begins at a multiple of ten from the first
  return String((point - zero) % 10);
}

/** Works on the text by taking pieces out of it; what is left at the end must mean nothing. */
class Dissection {
  rest: string;
  localZone: string | undefined;
  /** A zone written by its IANA name. */
  writtenZone: string | undefined;
  /** Where the last piece was taken out. */
  at = 0;
  constructor(text: string) { this.rest = text; }

  /** Takes the first match out, leaving a gap. */
  take(pattern: RegExp): RegExpExecArray | null {
    const match = pattern.exec(this.rest);
    if (match !== null) {
      this.rest = `${this.rest.slice(0, match.index)} ${GAP} ${this.rest.slice(match.index + match[0].length)}`;
      this.at = match.index;
    }
    return match;
  }
}

const EAST_ASIAN = /(\d{4})\s?(?:年|년)\s?(\d{1,2})\s?(?:月|월)\s?(\d{1,2}?)\s?(?:日|일|号|(?=\d{1,2}:\d{2}|\s|$))/;

function takeNumericDate(text: Dissection, context: TimeContext): Pick<Reading, 'year' | 'month' | 'day'> | null {
  const asian = text.take(EAST_ASIAN);
  if (asian !== null) {
    text.localZone = /년/.test(asian[0]) ? 'Asia/Seoul' : /[時時]|午[前後]/.test(text.rest) || /^ja/i.test(context.language ?? '') ? 'Asia/Tokyo' : 'Asia/Shanghai';
    return { year: Number(asian[1]), month: Number(asian[2]), day: Number(asian[3]) };
  }
  const yearFirst = text.take(/(?<![\d:])(\d{4})\s?([-/.])\s?0?(\d{1,2})\s?\2\s?(\d{1,2})(?![\d:])(?=$|[\s,t.\]日])t?/);
  if (yearFirst !== null) return { year: Number(yearFirst[1]), month: Number(yearFirst[3]), day: Number(yearFirst[4]) };
  const yearLast = text.take(/(?<![\d:])(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d:])/);
  if (yearLast === null) return null;
  const [, one = '', mark = '', two = '', yearText = ''] = yearLast;
  const year = fullYear(Number(yearText), yearText.length);
  const a = Number(one);
  const b = Number(two);
  // with dots the day stands first everywhere; with strokes it depends, unless only one order gives a date
  const dayLeads = a > 12 ? true : b > 12 ? false : a === b ? true : mark === '.' ? true : dayFirst(context.language);
  if (dayLeads === null) return { year: 0, month: 0, day: 0 };
  return dayLeads ? { year, month: b, day: a } : { year, month: a, day: b };
}

const WORD = /[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu;

/** Without what some languages write together with a month: Thai "month", Catalan and French "of". */
const bareWord = (word: string): string => word.replace(/^(?:เดือน|d['’])/, '');

function takeNamedMonth(text: Dissection, context: TimeContext): Pick<Reading, 'year' | 'month' | 'day'> | null {
  const vietnamese = text.take(/(?:thg|thang)\s?(\d{1,2})/);
  let month = vietnamese === null ? null : Number(vietnamese[1]);
  if (month === null) {
    const candidates = [...text.rest.matchAll(WORD)].filter((match) => !isFiller(match[0])).map((match) => ({ at: match.index, word: match[0], month: monthOf(bareWord(match[0]), context.language) }))
      .filter((candidate) => candidate.month !== null);
    // `mar` is a Tuesday and a March: beside a plainer month it is the day, else the later of the two is the month
    const chosen = candidates.length < 2 ? candidates[0] : candidates.find(({ word }) => !isWeekday(word)) ?? candidates.at(-1);
    if (chosen === undefined || chosen.month === null) return null;
    month = chosen.month;
    text.rest = `${text.rest.slice(0, chosen.at)} ${GAP} ${text.rest.slice(chosen.at + chosen.word.length)}`;
  }
  const figures = [...text.rest.matchAll(/(?<![\d:])\d{1,4}(?![\d:])/g)].map((match) => ({ at: match.index, figure: match[0] }));
  text.rest = text.rest.replace(/(?<![\d:])\d{1,4}(?![\d:])/g, ' ');
  if (figures.length === 1) {
    const [only] = figures;
    return only?.figure.length === 4 ? { year: Number(only.figure), month, day: 1 } : null;
  }
  const [one, two] = figures;
  if (one === undefined || two === undefined || figures.length > 2) return null;
  const [year, day] = one.figure.length > 2 ? [one, two] : [two, one];
  if (day.figure.length > 2 || year.figure.length === 3) return null;
  return { year: fullYear(Number(year.figure), year.figure.length), month, day: Number(day.figure) };
}

interface ClockReading { readonly hour: number; readonly minute: number; readonly second: number }

function takeClock(text: Dissection): ClockReading | 'none' | null {
  const half = takeHalf(text);
  let clock = text.take(/(?<![\d:.+-])(\d{1,2})\s?:\s?(\d{1,2})(?:\s?:\s?(\d{1,2})(?:[.,]\d{1,12})?)?(?![\d:])/);
  clock ??= text.take(/(?<![\d:])(\d{1,2})\s?(?:時|时|点|點|시)\s?(?:(\d{1,2})\s?(?:分|분)?)?\s?(?:(\d{1,2})\s?(?:秒|초))?/);
  clock ??= text.take(/(?<![\d:])(\d{1,2})h(\d{2})?(?![\d\p{L}])/u);
  clock ??= takeWordClock(text);
  clock ??= text.take(/\u{E001}[^\d]*?(?<![\d:])(\d{1,2})\.(\d{2})(?:\.(\d{2}))?(?![\d:.])/u);
  if (clock === null && half !== null) clock = text.take(/(?<![\d:.])(\d{1,2})(?=\s{0,3}\u{E002})/u);
  if (clock === null) {
    const word = [...text.rest.matchAll(WORD)].find((match) => hourOfWord(match[0]) !== null);
    if (word === undefined) return half === null ? 'none' : null;
    text.take(new RegExp(word[0], 'u'));
    return { hour: hourOfWord(word[0]) ?? 0, minute: 0, second: 0 };
  }
  let hour = Number(clock[1]);
  if (half !== null && hour > 12 && half === 'am') return null;
  if (half === 'pm' && hour < 12) hour += 12;
  if (half === 'am' && hour === 12) hour = 0;
  return { hour, minute: Number(clock[2] ?? 0), second: Number(clock[3] ?? 0) };
}

/** "7 гадзін 10 хвілін": figures with the words for hours and minutes. */
function takeWordClock(text: Dissection): RegExpExecArray | null {
  const match = /(?<![\d:])(\d{1,2}) (\p{L}+) (\d{1,2}) (\p{L}+)/u.exec(text.rest);
  if (match === null || !isHourWord(match[2] ?? '') || !isMinuteWord(match[4] ?? '')) return null;
  const taken = text.take(/(?<![\d:])(\d{1,2}) \p{L}+ (\d{1,2}) \p{L}+/u);
  return taken;
}

function takeHalf(text: Dissection): 'am' | 'pm' | null {
  // "a. m." and "π.μ." are one word in two letters
  text.rest = text.rest.replace(/(?<!\p{L})(\p{L})\.\s?(\p{L})(?:\.|(?!\p{L}))/gu, (whole, a: string, b: string) => (halfOfDay(a + b) === null ? whole : a + b)).replace(/(\d)([ap]m)(?!\p{L})/gu, '$1 $2');
  for (const match of text.rest.matchAll(WORD)) {
    // "am" and "de" are also prepositions: then they do not follow a figure
    const half = isFiller(match[0]) && !/\d\s?$/.test(text.rest.slice(0, match.index)) ? null : halfOfDay(match[0]);
    if (half !== null) {
      text.rest = `${text.rest.slice(0, match.index)} ${HALF} ${text.rest.slice(match.index + match[0].length)}`;
      return half;
    }
  }
  return null;
}

/** A zone after the time; `undefined`: something stands there that is none. */
function takeZone(text: Dissection): number | null | undefined {
  const clockAt = text.at;
  const place = /[a-z]{2,20}\/[a-z_]{2,30}/.exec(text.rest.slice(clockAt))?.[0];
  if (place !== undefined && isZone(place)) {
    text.rest = text.rest.replace(place, ' ');
    text.writtenZone = place;
    return null;
  }
  const numeric = text.take(/(?<![\p{L}\d])(?:gmt|utc|ut|z)?\s?[+-]\d{1,2}(?::?\d{2})?(?![\d:])/u);
  const named = [...text.rest.matchAll(/(?:etc\/)?\p{L}+/gu)].find((match) => match.index >= clockAt && zoneOffset(match[0]) !== null && !isFiller(match[0])
    // `cet` is also a Thursday and `pet` a Friday, in Croatian: a zone stands right after the time
    && (!isWeekday(match[0]) || /^[\s\u{E001}\u{E002}]*$/u.test(text.rest.slice(clockAt, match.index))));
  if (numeric !== null) {
    // "+0530 (IST)": the name repeats the figures
    if (named !== undefined) text.rest = text.rest.replace(named[0], ' ');
    return zoneOffset(numeric[0]) ?? undefined;
  }
  if (named === undefined) return null;
  text.rest = text.rest.replace(named[0], ' ');
  return zoneOffset(named[0]);
}

/** Nothing that could have meant something is left. */
const saysNothing = (rest: string): boolean =>
  !/\d/.test(rest) && [...rest.matchAll(WORD)].every((match) => isFiller(match[0]) || isWeekday(match[0]) || isHourWord(match[0]) || match[0] === 't');

/** A time read from words, and the zone it speaks of without an offset. */
export interface WrittenOut {
  readonly reading: Reading;
  /** Zone of the script it is written in. */
  readonly localZone: string | undefined;
  /** Zone named in it. */
  readonly writtenZone: string | undefined;
}

/** Reads a time in words; null where anything in it is not understood. */
export function writtenOut(raw: string, context: TimeContext): WrittenOut | null {
  // RFC 5322 comments; a zone is often repeated in one
  const text = new Dissection(normalised(raw).replace(/\([^()]*\)/g, ' ').replace(/[[\]]/g, ' ').replace(/\s+/g, ' ').trim());
  const numeric = takeNumericDate(text, context);
  const clock = takeClock(text);
  if (clock === null) return null;
  const offset = clock === 'none' ? null : takeZone(text);
  if (offset === undefined) return null;
  const date = numeric ?? takeNamedMonth(text, context);
  if (date === null || !saysNothing(text.rest)) return null;
  if (/[\u{AC00}-\u{D7A3}]/u.test(raw)) text.localZone = 'Asia/Seoul';
  return { reading: { ...date, ...(clock === 'none' ? { hour: 0, minute: 0, second: 0, dayOnly: true } : clock), offset }, localZone: text.localZone, writtenZone: text.writtenZone };
}
