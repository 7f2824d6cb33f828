/** Times as feeds write them: understood, or null; never a guess. */
import { dayFirst, fold, halfOfDay, hourOfWord, isFiller, isHourWord, isMinuteWord, isWeekday, monthOf } from './calendar-words.js';
import { MILITARY_ZONES, ZONE_OFFSETS } from './zone-names.js';

export interface TimeContext {
  /** IANA zone of the source, for times without one; by default UTC, or the zone of the script a date is written in (Japan, Korea, China). */
  readonly timeZone?: string | undefined;
  /** BCP 47 tag of the source: decides names that two languages share, and the order of day and month. */
  readonly language?: string | undefined;
}

const MAX_LENGTH = 200;
/** Two-digit years, as RFC 5322 reads them. */
const fullYear = (year: number, digits: number): number => (digits > 2 ? year : year < 50 ? 2000 + year : 1900 + year);

interface Reading {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  /** Minutes east of UTC; null: none was written. */
  offset: number | null;
  /** A day without a time: stays the day it is, in whatever zone. */
  dayOnly?: boolean;
}

/** Minutes east of UTC of a written zone; null where it is not known or impossible. */
export function zoneOffset(zone: string): number | null {
  const text = zone.trim().toLowerCase();
  const numeric = /^(?:gmt|utc|ut|z)?\s?([+\u2212-])(\d{1,2}):?(\d{2})?$/.exec(text) ?? /^(?:gmt|utc|ut|z)?\s?([+\u2212-])(\d)(\d{2})$/.exec(text);
  if (numeric !== null) {
    const hours = Number(numeric[2]);
    const minutes = Number(numeric[3] ?? 0);
    return hours > 15 || minutes > 59 ? null : numeric[1] === '+' ? hours * 60 + minutes : 0 - (hours * 60 + minutes);
  }
  if (text.length === 1) return MILITARY_ZONES.includes(text.toUpperCase()) ? 0 : null;
  return Object.hasOwn(ZONE_OFFSETS, text) ? ZONE_OFFSETS[text] ?? null : null;
}

const zoneFormats = new Map<string, Intl.DateTimeFormat | null>();
function zoneFormat(timeZone: string): Intl.DateTimeFormat | null {
  let format = zoneFormats.get(timeZone);
  if (format === undefined) {
    try {
      format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    } catch {
      format = null;
    }
    if (zoneFormats.size < 1000) zoneFormats.set(timeZone, format);
  }
  return format;
}

/** Minutes east of UTC in a zone at an instant. */
function offsetAt(format: Intl.DateTimeFormat, time: number): number {
  const name = format.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  return name === 'GMT' ? 0 : zoneOffset(name) ?? 0;
}

/** The UTC time of a local time; in the hour that a clock change skips or repeats, the offset before the change. */
function inZone(local: number, timeZone: string): number | null {
  const format = zoneFormat(timeZone);
  if (format === null) return null;
  const guess = local - offsetAt(format, local) * 60_000;
  return local - offsetAt(format, guess) * 60_000;
}

function isoOf(reading: Reading, context: TimeContext, localZone: string | undefined): string | null {
  const { year, month, day, hour, minute, second } = reading;
  if (year < 1 || month < 1 || month > 12 || day < 1 || minute > 59 || second > 60 || hour > 24 || (hour === 24 && minute + second > 0)) return null;
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  // 31 February is no date, and the first of March is not what was written
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  const local = date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000;
  const zone = context.timeZone ?? localZone;
  const time = reading.offset !== null ? local - reading.offset * 60_000 : zone === undefined || reading.dayOnly === true ? local : inZone(local, zone);
  if (time === null) return null;
  const iso = new Date(time).toISOString();
  return iso.length === 24 ? `${iso.slice(0, 19)}Z` : null;
}

const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]\s?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d{1,12})?)?\s?(Z|[+-]\d{1,2}:?\d{2})?)?$/i;
const MAIL = /^(?:[A-Z]{3,9},?\s?)?(\d{1,2})[\s-](Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}[\s-](\d{4}|\d{2})\s(\d{1,2}):(\d{2})(?::(\d{2}))?\s([A-Z]{1,4}|[+-]\d{4}|[+-]\d{2}:\d{2})$/i;
const MAIL_MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The two forms nearly all feeds use: W3CDTF and RFC 5322. */
function usualForm(text: string): Reading | null {
  const iso = ISO.exec(text);
  if (iso !== null) {
    const offset = iso[7] === undefined ? null : zoneOffset(iso[7]);
    if (iso[7] !== undefined && offset === null) return null;
    return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]), hour: Number(iso[4] ?? 0), minute: Number(iso[5] ?? 0), second: Number(iso[6] ?? 0), offset, dayOnly: iso[4] === undefined };
  }
  const mail = MAIL.exec(text);
  const offset = mail === null ? null : zoneOffset(mail[7] ?? '');
  if (mail === null || offset === null) return null;
  const year = mail[3] ?? '';
  return {
    year: fullYear(Number(year), year.length), month: MAIL_MONTHS.indexOf((mail[2] ?? '').toLowerCase()) + 1, day: Number(mail[1]),
    hour: Number(mail[4]), minute: Number(mail[5]), second: Number(mail[6] ?? 0), offset,
  };
}

/** Figures alone: the basic and truncated forms of ISO 8601:1988, and seconds or milliseconds since 1970. */
function figuresOnly(text: string): Reading | number | null {
  const none = { hour: 0, minute: 0, second: 0, offset: null, dayOnly: true };
  const basic = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2}):?(\d{2}):?(\d{2})?(?:[.,]\d{1,9})?\s?(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(text);
  if (basic !== null && !/^\d{10}$|^\d{13}$/.test(text)) {
    const offset = basic[7] === undefined ? null : zoneOffset(basic[7]);
    return { year: Number(basic[1]), month: Number(basic[2]), day: Number(basic[3]), hour: Number(basic[4] ?? 0), minute: Number(basic[5] ?? 0), second: Number(basic[6] ?? 0), offset, dayOnly: basic[4] === undefined };
  }
  if (/^\d{9,10}$/.test(text)) return Number(text) * 1000;
  if (/^\d{13}$/.test(text)) return Number(text);
  let match = /^(\d{4})(?:-(\d{1,2}))?$/.exec(text);
  if (match !== null) return { year: Number(match[1]), month: Number(match[2] ?? 1), day: 1, ...none };
  match = /^(\d{4})-?(\d{3})$/.exec(text) ?? /^(\d{2})-?(\d{3})$/.exec(text);
  if (match !== null) return ordinalDay(fullYear(Number(match[1]), (match[1] ?? '').length), Number(match[2]));
  match = /^(\d{2})-?(\d{2})-?(\d{2})$/.exec(text);
  // six figures that could also be year and month say too little
  if (match !== null && !/^(?:19|20)\d{2}(?:0[1-9]|1[0-2])$/.test(text)) return { year: fullYear(Number(match[1]), 2), month: Number(match[2]), day: Number(match[3]), ...none };
  match = /^-(\d{2})-?(\d{2})$/.exec(text);
  return match === null ? null : { year: fullYear(Number(match[1]), 2), month: Number(match[2]), day: 1, ...none };
}

function ordinalDay(year: number, ordinal: number): Reading | null {
  const date = new Date(Date.UTC(year, 0, ordinal));
  if (ordinal < 1 || date.getUTCFullYear() !== year) return null;
  return { year, month: date.getUTCMonth() + 1, day: date.getUTCDate(), hour: 0, minute: 0, second: 0, offset: null, dayOnly: true };
}

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
  if (place !== undefined && zoneFormat(place) !== null) {
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

function writtenOut(raw: string, context: TimeContext): { readonly reading: Reading; readonly localZone: string | undefined; readonly writtenZone: string | undefined } | null {
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

/**
 * Reads a time as feeds write it: W3CDTF, RFC 822 and 5322, ISO 8601 in its basic and truncated forms, Unix time, and dates in words
 * in the languages of {@link TimeContext}. Gives UTC ISO 8601 to the second, or null for what is not understood in full.
 */
export function readTime(raw: string, context: TimeContext = {}): string | null {
  const text = raw.trim();
  if (text === '' || text.length > MAX_LENGTH) return null;
  const usual = usualForm(text);
  if (usual !== null) return isoOf(usual, context, undefined);
  const figures = figuresOnly(text);
  if (typeof figures === 'number') return `${new Date(figures).toISOString().slice(0, 19)}Z`;
  if (figures !== null) return isoOf(figures, context, undefined);
  const written = writtenOut(text, context);
  if (written === null) return null;
  return isoOf(written.reading, written.writtenZone === undefined ? context : { ...context, timeZone: written.writtenZone }, written.localZone);
}
