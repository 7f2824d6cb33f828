import { readTable } from './tables.js';
import { fold } from './fold.js';
import { z } from 'zod';

/** Calendars a dateline may be dated in; `nepali` is Bikram Sambat, which Intl does not know. */
export type Calendar = 'gregory' | 'persian' | 'islamic-umalqura' | 'ethiopic' | 'nepali';

export interface MonthName {
  readonly month: number;
  readonly calendar: Calendar;
  readonly languages: readonly string[];
}

/** Locales whose month and weekday names are read; regions where a language has several sets of names (Levant, Maghreb, Iran, Kabul). */
export const dateLocales: readonly string[] = [
  'en', 'fr', 'de', 'es', 'pt', 'it', 'nl', 'ru', 'uk', 'be', 'bg', 'mk', 'sr-Cyrl', 'sr-Latn', 'hr', 'bs', 'sl', 'sk', 'cs', 'pl', 'hu', 'ro',
  'lt', 'lv', 'et', 'fi', 'sv', 'da', 'nb', 'nn', 'is', 'fo', 'ga', 'cy', 'mt', 'sq', 'el', 'tr', 'az', 'uz', 'uz-Cyrl', 'kk', 'ky', 'tg', 'tk', 'mn',
  'hy', 'ka', 'he', 'ar', 'ar-SY', 'ar-DZ', 'ar-MA', 'ar-SA', 'fa-u-ca-gregory', 'ps-u-ca-gregory', 'ckb', 'ku', 'ur', 'ug', 'sd', 'hi', 'mr', 'ne', 'bn', 'as', 'pa', 'gu', 'or', 'ta', 'te', 'kn', 'ml',
  'si', 'th', 'lo', 'my', 'km', 'vi', 'id', 'ms', 'fil', 'jv', 'sw', 'ha', 'yo', 'ig', 'zu', 'xh', 'af', 'am', 'ti', 'so', 'om', 'rw', 'eu', 'ca', 'gl', 'eo', 'lb',
];

const otherCalendars: ReadonlyArray<readonly [Calendar, readonly string[]]> = [
  ['persian', ['fa', 'fa-AF', 'ps', 'en', 'tg', 'ckb']],
  ['islamic-umalqura', ['ar', 'fa', 'ur', 'en', 'ms', 'id', 'tr']],
  ['ethiopic', ['am', 'ti', 'om', 'en']],
];

const monthSchema = z.record(z.string(), z.record(z.string(), z.array(z.array(z.string())).length(12)));
const wordSchema = z.object({
  months: monthSchema,
  between: z.array(z.string()),
  ordinals: z.array(z.string()),
  after: z.array(z.string()),
  yearMarks: z.array(z.string()),
  calendarsJoined: z.array(z.string()),
  before: z.array(z.string()),
  numerals: z.record(z.string(), z.array(z.array(z.string()))),
  nepaliYears: z.object({ first: z.int(), began: z.iso.date(), months: z.array(z.array(z.int()).length(12)) }),
});

export const dateWords = readTable('dates.yaml', wordSchema);

interface Names {
  readonly months: ReadonlyMap<string, readonly MonthName[]>;
  /** Languages of a short form; null for a full name, which means a weekday wherever it stands. */
  readonly weekdays: ReadonlyMap<string, readonly string[] | null>;
  /** First words of every date that starts with a word: most words are none of them, which is the quick answer. */
  readonly starters: ReadonlySet<string>;
}

function build(): Names {
  const months = new Map<string, MonthName[]>();
  const foldedNames = new Map<string, string>();
  const weekdays = new Map<string, readonly string[] | null>();
  const learn = (name: string, month: number, calendar: Calendar, language: string): void => {
    // Intl names the same form for many locales; folding it once is enough.
    let key = foldedNames.get(name);
    if (key === undefined) {
      key = fold(name.replace(/[\d.]+$/u, ''));
      foldedNames.set(name, key);
    }
    if (key.length < 2 || /^[\d\s月월]+$/u.test(key) || key === 'm') return;
    const held = months.get(key);
    if (held === undefined) {
      months.set(key, [{ month, calendar, languages: [language] }]);
      return;
    }
    const same = held.findIndex((entry) => entry.month === month && entry.calendar === calendar);
    const found = held[same];
    if (found === undefined) held.push({ month, calendar, languages: [language] });
    else if (!found.languages.includes(language)) held[same] = { ...found, languages: [...found.languages, language] };
  };
  const numerics = new Map<Calendar, Intl.DateTimeFormat>();
  const learnCalendar = (locale: string, calendar: Calendar): void => {
    const language = new Intl.Locale(locale).language;
    const forms = (['long', 'short'] as const).flatMap((month) => [
      new Intl.DateTimeFormat(locale, { calendar, month, timeZone: 'UTC' }),
      new Intl.DateTimeFormat(locale, { calendar, month, day: 'numeric', timeZone: 'UTC' }),
    ]);
    const numeric = numerics.get(calendar) ?? new Intl.DateTimeFormat('en', { calendar, month: 'numeric', timeZone: 'UTC' });
    numerics.set(calendar, numeric);
    const step = calendar === 'gregory' ? 30.44 : 27;
    for (let day = 14; day < 366 + 14; day += step) {
      const date = new Date(Date.UTC(2025, 0, Math.round(day)));
      const month = Number(numeric.formatToParts(date).find(({ type }) => type === 'month')?.value);
      for (const form of forms) {
        const name = form.formatToParts(date).find(({ type }) => type === 'month')?.value;
        if (name !== undefined) learn(name, month, calendar, language);
      }
    }
  };
  for (const locale of Intl.DateTimeFormat.supportedLocalesOf([...dateLocales])) {
    learnCalendar(locale, 'gregory');
    for (const weekday of ['long', 'short'] as const) {
      const form = new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' });
      for (let day = 1; day <= 7; day++) {
        const name = fold(form.format(Date.UTC(2024, 0, day)).replace(/\.$/u, ''));
        const held = weekdays.get(name);
        if (name.length < 2 || held === null) continue;
        weekdays.set(name, weekday === 'long' && name.length > 3 ? null : [...(held ?? []), new Intl.Locale(locale).language]);
      }
    }
  }
  for (const [calendar, locales] of otherCalendars) for (const locale of locales) learnCalendar(locale, calendar);
  for (const [calendar, languages] of Object.entries(dateWords.months)) {
    for (const [language, names] of Object.entries(languages)) {
      names.forEach((forms, month) => forms.forEach((form) => learn(form, month + 1, calendar as Calendar, language)));
    }
  }
  const starters = new Set<string>();
  for (const key of [...months.keys(), ...weekdays.keys(), ...dateWords.before.map(fold), ...Object.values(dateWords.numerals).flat(2).map(fold)]) {
    starters.add(key.split(' ', 1)[0] ?? key);
  }
  return { months, weekdays, starters };
}

let names: Names | undefined;
/** Built at the first date looked at: some 100 ms of Intl calls that a run without datelines should not pay. */
export const dateNames = (): Names => (names ??= build());

/** Whether a word is a weekday. Short forms count in their own language and in English only: Novi Sad and La Paz end in what are weekdays elsewhere. */
export function isWeekday(folded: string, language: string | undefined): boolean {
  const found = dateNames().weekdays.get(folded);
  return found === null || (found !== undefined && (found.includes('en') || (language !== undefined && found.includes(language))));
}

/** Languages whose three-letter months count in any text, since agencies of all countries write them. */
const widely = new Set(['en', 'es', 'fr', 'de', 'it', 'pt', 'ru', 'ar', 'fa', 'ur', 'hi', 'ne', 'ms', 'id']);

/** The month a word names; the text's language decides where languages differ (`listopad` is October in Croatian, November in Polish). */
export function monthOf(folded: string, language: string | undefined): MonthName | null {
  const found = dateNames().months.get(folded);
  if (found === undefined) return null;
  if (folded.length <= 3) return found.find(({ languages }) => languages.some((each) => each === language || (folded.length === 3 && widely.has(each)))) ?? null;
  return found.find(({ languages }) => language !== undefined && languages.includes(language)) ?? found[0] ?? null;
}
