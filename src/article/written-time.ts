import { zoneOffset } from '../feed/index.js';
import { readSolarHijri } from './solar-hijri.js';

/** Languages whose month names are read; names come from CLDR through Intl, not from here. */
const LOCALES = ['en', 'de', 'nl', 'fr', 'es', 'pt', 'it', 'ro', 'ca', 'gl', 'eu', 'sv', 'da', 'nb', 'fi', 'is', 'et', 'lv', 'lt', 'pl', 'cs', 'sk', 'hu', 'sl', 'hr',
  'bs', 'sr', 'sr-Latn', 'bg', 'mk', 'ru', 'uk', 'be', 'kk', 'uz', 'el', 'tr', 'az', 'sq', 'ar', 'ar-SY', 'ar-MA', 'ar-DZ', 'ar-EG', 'he', 'hi', 'mr', 'ne', 'bn', 'pa', 'gu', 'ta', 'te', 'kn', 'ml',
  'th', 'vi', 'id', 'ms', 'fil', 'sw', 'am', 'hy', 'ka', 'ur', 'af', 'ga', 'cy', 'ps', 'mn', 'si', 'km', 'lo', 'my'] as const;

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[.\u200c\u200e\u200f'’]/g, '').replace(/\u0307/g, '');

/** Month number by folded name. Where two languages disagree, the first row of {@link LOCALES} holds. */
const MONTHS: ReadonlyMap<string, number> = (() => {
  const table = new Map<string, number>();
  for (const locale of LOCALES) {
    for (const options of [{ month: 'long' }, { month: 'short' }, { day: 'numeric', month: 'long' }, { day: 'numeric', month: 'short' }] as const) {
      const format = new Intl.DateTimeFormat(`${locale}-u-ca-gregory`, { ...options, timeZone: 'UTC' });
      for (let month = 0; month < 12; month += 1) {
        const name = format.formatToParts(Date.UTC(2021, month, 15)).find(({ type }) => type === 'month')?.value;
        if (name === undefined || /\d/.test(name)) continue;
        const key = fold(name);
        if (key.length >= 2 && !table.has(key)) table.set(key, month + 1);
      }
    }
  }
  for (const [name, month] of [['sept', 9], ['jänner', 1], ['feber', 2], ['mrz', 3], ['maerz', 3], ['stycznia', 1]] as const) table.set(name, month);
  return table;
})();

const DIGIT_STARTS = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0e50, 0x0ed0, 0x1040, 0x17e0, 0xff10];

/** Digits of any script as ASCII digits. */
export function asciiDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (mark) => {
    const code = mark.codePointAt(0) ?? 0;
    const start = DIGIT_STARTS.find((first) => code >= first && code < first + 10);
    return start === undefined ? mark : String(code - start);
  });
}

const ISO = /(?<!\d)((?:19|20)\d{2})-(\d{1,2})-(\d{1,2})(?:[T ,]{1,3}(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}(?!\d))?)?/i;
const COMPACT = /(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}:?\d{2})?)?(?!\d)/;
const YEAR_FIRST = /(?<!\d)((?:19|20)\d{2})\s?[/.年년]\s?(\d{1,2})\s?[/.月월]\s?(\d{1,2})(?!\d)(?:\s?[日일.])?(?:[^\d]{0,12}(\d{1,2})\s?[:時时点시]\s?(\d{2}))?/;
const DAY_FIRST = /(?<![\d.])(\d{1,2})\s?([./\-–])\s?(\d{1,2})\s?[./\-–]\s?((?:19|20)\d{2}|\d{2}(?![\d:]))(?!\d)(?:[^\d]{0,12}(\d{1,2})[:.](\d{2}))?/;
const NAMED_DAY_FIRST = /(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.|-)?[\s,.\-/]{0,3}(?:de\s|of\s|di\s|d[ei]l?\s|-)?\s?([\p{L}\p{M}.'’\u200c]{2,24})[\s,.\-/]{0,3}(?:de\s|del\s|\/\s?[\p{L}\p{M}]{2,20}[\s,]{1,2})?\s?,?\s?((?:19|20)\d{2})(?!\d)(?:[^\d]{0,14}(\d{1,2})[:.h](\d{2})(?:\s?([ap])\.?m)?)?/u;
const NAMED_MONTH_FIRST = /(?<![\p{L}\p{M}])([\p{L}\p{M}.'’]{2,24})[\s.]{1,2}(\d{1,2})(?:st|nd|rd|th)?[\s,.]{1,3}((?:19|20)\d{2})(?!\d)(?:[^\d]{0,14}(\d{1,2}):(\d{2})(?:\s?([ap])\.?m)?)?/u;
const NAMED_YEAR_FIRST = /(?<!\d)((?:19|20)\d{2})[\s.,]{1,3}([\p{L}\p{M}.'’]{2,24})[\s.,]{1,3}(\d{1,2})(?!\d)/u;
const RFC_ZONE = /(?:\b(?:GMT|UTC|Z)|([+-])(\d{2}):?(\d{2}))\b/;

const CLOCK_ZONE = /\d{1,2}[:.h]\d{2}(?::\d{2})?\s?(?:[AaPp]\.?[Mm]\.?)?\s?\(?([A-Z]{3,5})(?![\p{L}])/u;

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour?: number | undefined;
  readonly minute?: number | undefined;
  readonly second?: number | undefined;
  readonly zone?: string | undefined;
}

/**
 * Reads a time as people and programs write it, in many languages. Gives ISO 8601: with a zone where one is written,
 * without one where only the clock is; a date without a time as `YYYY-MM-DD`; null rather than a guess.
 */
export function readWrittenTime(raw: string, language: string | null): string | null {
  const text = commonForm(asciiDigits(raw.slice(0, 400)).replace(/\s+/g, ' ').trim());
  const parts = epoch(text) ?? iso(text) ?? named(text) ?? yearFirst(text) ?? dayFirst(text, language) ?? compact(text);
  const zone = parts?.hour === undefined || parts.zone !== undefined ? undefined : namedZone(text, language);
  return (parts === null ? null : write(zone === undefined ? parts : { ...parts, zone })) ?? readSolarHijri(text);
}

/** Forms with words between the numbers, and years of the Buddhist era (543 ahead), as the other forms. */
function commonForm(text: string): string {
  if (/[\u0e00-\u0e7f]/.test(text)) return text.replace(/(?<!\d)25\d{2}(?!\d)/g, (year) => String(Number(year) - 543));
  return text.replace(/(\d{1,2})\s?tháng\s?(\d{1,2})(?:,|\snăm)?\s(\d{4})/i, '$1.$2.$3');
}

function epoch(text: string): Parts | null {
  if (!/^1\d{9}(?:\d{3})?$/.test(text)) return null;
  const time = new Date(Number(text) * (text.length === 10 ? 1000 : 1));
  return { year: time.getUTCFullYear(), month: time.getUTCMonth() + 1, day: time.getUTCDate(), hour: time.getUTCHours(), minute: time.getUTCMinutes(), second: time.getUTCSeconds(), zone: 'Z' };
}

const number = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

function zoneOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (/^(?:z|utc|gmt)$/i.test(text)) return 'Z';
  const found = /^([+-]\d{2}):?(\d{2})?$/.exec(text);
  return found === null ? undefined : `${found[1] ?? ''}:${found[2] ?? '00'}`;
}

/** A zone by its name behind the clock. "ET" and the like name no offset, for they hold in summer and in winter; IST is Israel's where Hebrew is written. */
function namedZone(text: string, language: string | null): string | undefined {
  const name = CLOCK_ZONE.exec(text)?.[1];
  if (name === undefined) return undefined;
  const offset = name === 'IST' && language?.startsWith('he') === true ? 120 : zoneOffset(name);
  if (offset === null) return undefined;
  const size = Math.abs(offset);
  return offset === 0 ? 'Z' : `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function iso(text: string): Parts | null {
  const found = ISO.exec(text);
  if (found === null) return null;
  return { year: Number(found[1]), month: Number(found[2]), day: Number(found[3]), hour: number(found[4]), minute: number(found[5]), second: number(found[6]), zone: zoneOf(found[7]) };
}

function compact(text: string): Parts | null {
  const found = COMPACT.exec(text);
  if (found === null) return null;
  return { year: Number(found[1]), month: Number(found[2]), day: Number(found[3]), hour: number(found[4]), minute: number(found[5]), second: number(found[6]), zone: zoneOf(found[7]) };
}

function yearFirst(text: string): Parts | null {
  const found = YEAR_FIRST.exec(text);
  if (found === null) return null;
  return { year: Number(found[1]), month: Number(found[2]), day: Number(found[3]), hour: number(found[4]), minute: number(found[5]) };
}

function dayFirst(text: string, language: string | null): Parts | null {
  const found = DAY_FIRST.exec(text);
  if (found === null) return null;
  const first = Number(found[1]);
  const second = Number(found[3]);
  let year = Number(found[4]);
  if (year < 100) year += 2000;
  // Only American English writes the month first; a first number above 12 settles it anyway.
  const monthFirst = second > 12 || (first <= 12 && found[2] === '/' && (language === null || /^en(?:-US|$)/i.test(language)));
  return { year, month: monthFirst ? first : second, day: monthFirst ? second : first, hour: number(found[5]), minute: number(found[6]) };
}

function monthOf(name: string): number | undefined {
  const key = fold(name);
  // Hebrew writes "in March" as one word.
  return MONTHS.get(key) ?? (key.startsWith('ב') ? MONTHS.get(key.slice(1)) : undefined);
}

function clock(hour: string | undefined, half: string | undefined): number | undefined {
  if (hour === undefined) return undefined;
  const value = Number(hour);
  if (half === undefined) return value;
  return (value % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

function named(text: string): Parts | null {
  const zone = RFC_ZONE.exec(text);
  const written = zone === null ? undefined : zone[1] === undefined ? 'Z' : `${zone[1]}${zone[2] ?? '00'}:${zone[3] ?? '00'}`;
  for (const [pattern, year, month, day] of [[NAMED_DAY_FIRST, 3, 2, 1], [NAMED_MONTH_FIRST, 3, 1, 2], [NAMED_YEAR_FIRST, 1, 2, 3]] as const) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const number_ = monthOf(found[month] ?? '');
    if (number_ === undefined) continue;
    const hour = clock(found[4], found[6]);
    return { year: Number(found[year]), month: number_, day: Number(found[day]), hour, minute: number(found[5]), zone: hour === undefined ? undefined : written };
  }
  return null;
}

const two = (value: number): string => String(value).padStart(2, '0');

function write(parts: Parts): string | null {
  const { year, month, day, hour, minute, second, zone } = parts;
  if (year < 1970 || year > 2100 || month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null;
  const date = `${String(year)}-${two(month)}-${two(day)}`;
  if (hour === undefined || minute === undefined || hour > 23 || minute > 59) return date;
  return `${date}T${two(hour)}:${two(minute)}:${two(second ?? 0)}${zone ?? ''}`;
}
