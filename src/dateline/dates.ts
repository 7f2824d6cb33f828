import { isDigit, readNumber } from './digits.js';
import { fold } from './fold.js';
import { dateNames, dateWords, isWeekday, monthOf, type Calendar } from './months.js';

/** A date as its parts stand in the text; what is null was not written. */
export interface DateParts {
  readonly year: number | null;
  readonly month: number | null;
  readonly day: number;
  readonly calendar: Calendar;
}

export interface DateMatch {
  readonly end: number;
  readonly parts: DateParts;
  /** `numeric`: no month word (31/07); `day`: the day alone (28., 27日); `fuzzy`: a month word mended by one letter. */
  readonly kind: 'named' | 'numeric' | 'day' | 'fuzzy';
  /** Where the date proper starts, behind a weekday. */
  readonly weekday: boolean;
}

const letters = /[\p{L}\p{M}\u200c]+/uy;
const folded = (words: readonly string[]): Set<string> => new Set(words.map(fold));
const between = folded(dateWords.between);
const ordinals = folded(dateWords.ordinals);
const after = folded(dateWords.after);
const yearMarks = folded(dateWords.yearMarks);
const before = folded(dateWords.before);
const numerals = new Map(Object.values(dateWords.numerals).flatMap((words) => words.flatMap((forms, index) => forms.map((form) => [fold(form), index + 1] as const))));
const joined = [...dateWords.calendarsJoined].sort((a, b) => b.length - a.length);

/** Letters and marks from an offset, or '' where none stand. */
function wordAt(text: string, at: number): string {
  letters.lastIndex = at;
  return letters.exec(text)?.[0] ?? '';
}

const blank = (text: string, at: number): number => {
  let end = at;
  while (end < text.length && end - at < 4 && ' \u00a0\u202f\u200e\u200f\u061c\t'.includes(text.charAt(end))) end++;
  return end;
};

/** One edit or one swap of neighbours apart. */
function nearlySame(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return a === b;
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  const [restA, restB] = [a.slice(i), b.slice(i)];
  return restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)
    || (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2));
}

const englishMonths = ['january', 'february', 'march', 'april', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];

interface MonthMatch { readonly month: number; readonly calendar: Calendar; readonly end: number; readonly fuzzy: boolean }

/** A month of one to three words; the dots and hyphens inside (`มี.ค.`, `சென். 3`) do not count. */
function monthAt(text: string, at: number, language: string | undefined, fuzzy: boolean): MonthMatch | null {
  let end = at;
  let key = '';
  let best: MonthMatch | null = null;
  for (let words = 0; words < 3; words++) {
    const word = wordAt(text, end);
    if (word === '') break;
    key = key === '' ? fold(word) : `${key} ${fold(word)}`;
    end += word.length;
    if (text.charAt(end) === '.' || text.charAt(end) === '’') end++;
    const month = monthOf(key, language);
    if (month !== null) best = { month: month.month, calendar: month.calendar, end, fuzzy: false };
    const next = blank(text, end);
    if (next - end > 1 || next >= text.length) break;
    end = next;
  }
  if (best === null && fuzzy) {
    const word = fold(wordAt(text, at));
    const month = word.length < 4 ? undefined : englishMonths.find((name) => nearlySame(name, word));
    if (month !== undefined) {
      best = { month: (monthOf(month, 'en')?.month ?? 1), calendar: 'gregory', end: at + word.length, fuzzy: true };
    }
  }
  return best;
}

const isYear = (number: { readonly value: number; readonly digits: number } | null): number | null =>
  number !== null && number.digits === 4 && number.value >= 1300 && number.value <= 2700 ? number.value : null;

/** Blanks, a hyphen ("3-март") and at most two joining words: "23 de mayo", "3rd of May". */
function skipBetween(text: string, at: number): number {
  let end = blank(text, at);
  if (text.charAt(end) === '-' && wordAt(text, end + 1) !== '') end++;
  for (let n = 0; n < 2; n++) {
    const word = wordAt(text, end);
    if (word === '' || !between.has(fold(word))) break;
    end += word.length;
    // "d’abril"
    if (text.charAt(end) === '’' || text.charAt(end) === "'") end++;
    end = blank(text, end);
  }
  return end;
}

function skipOrdinal(text: string, at: number): number {
  let end = text.charAt(at) === '-' || text.charAt(at) === '\u2019' || text.charAt(at) === "'" ? at + 1 : at;
  const word = wordAt(text, end);
  if (word !== '' && word.length <= 4 && ordinals.has(fold(word))) end += word.length;
  else end = at;
  if ('.º°ª'.includes(text.charAt(end)) && end < text.length) end++;
  return end;
}

/** Era words and "г." behind a date. */
function skipAfter(text: string, at: number): number {
  let end = at;
  for (let n = 0; n < 3; n++) {
    const start = blank(text, end);
    const word = wordAt(text, start);
    if (word === '') break;
    if (!after.has(fold(word))) break;
    end = start + word.length;
    if (word.length <= 2 && text.charAt(end) === '.') end++;
  }
  return end;
}

/** The year behind a day and month, with or without a comma. */
function yearAt(text: string, at: number): { readonly year: number; readonly end: number } | null {
  let start = blank(text, at);
  if (',،፣/'.includes(text.charAt(start)) && start < text.length) start = blank(text, start + 1);
  start = skipBetween(text, start);
  const number = readNumber(text, start);
  const year = isYear(number);
  return year === null || number === null ? null : { year, end: number.end };
}

const finish = (text: string, end: number, parts: DateParts, kind: DateMatch['kind']): DateMatch => ({ end: skipAfter(text, end), parts, kind, weekday: false });

const eastAsianNumber = /^[〇零一二三四五六七八九十廿卅]{1,4}/u;
const eastAsianDigits = '〇一二三四五六七八九';
function readEastAsian(text: string, at: number): { readonly value: number; readonly end: number; readonly digits: number } | null {
  const plain = readNumber(text, at);
  if (plain !== null) return plain;
  const written = eastAsianNumber.exec(text.slice(at, at + 4))?.[0];
  if (written === undefined) return null;
  const ten = written.replace('廿', '二十').replace('卅', '三十');
  const place = ten.indexOf('十');
  const unit = (character: string | undefined, none: number): number => (character === undefined || character === '' ? none : Math.max(0, eastAsianDigits.indexOf(character)));
  const value = place < 0
    ? Array.from(ten).reduce((sum, character) => sum * 10 + unit(character, 0), 0)
    : unit(ten[place - 1], 1) * 10 + unit(ten[place + 1], 0);
  return { value, end: at + written.length, digits: written.length };
}

/** 2024年3月1日, 3月1日, ２６日, 五月二十日, 3월 1일. */
function eastAsianDate(text: string, at: number): DateMatch | null {
  let year: number | null = null;
  let month: number | null = null;
  let at2 = at;
  for (let n = 0; n < 3; n++) {
    const number = readEastAsian(text, at2);
    if (number === null) return null;
    const mark = text.charAt(number.end);
    if ((mark === '年' || mark === '년') && year === null) year = number.value;
    else if ((mark === '月' || mark === '월') && month === null && number.value >= 1 && number.value <= 12) month = number.value;
    else if ((mark === '日' || mark === '일' || mark === '號' || mark === '号') && number.value >= 1 && number.value <= 31) {
      return { end: number.end + 1, parts: { year, month, day: number.value, calendar: 'gregory' }, kind: month === null ? 'day' : 'named', weekday: false };
    } else return null;
    at2 = blank(text, number.end + 1);
  }
  return null;
}

/** "3 - 3 (كونا)": blanks around the hyphen only before a bracket, or a score would be a date. */
function spacedDay(text: string, at: number): { readonly month: number; readonly end: number } | null {
  const sign = blank(text, at);
  if (sign === at || text.charAt(sign) !== '-') return null;
  const month = readNumber(text, blank(text, sign + 1));
  if (month === null || month.value < 1 || month.value > 12 || !'(/'.includes(text.charAt(blank(text, month.end)))) return null;
  return { month: month.value, end: month.end };
}

function numberFirst(text: string, at: number, language: string | undefined, loose: boolean): DateMatch | null {
  const first = readNumber(text, at);
  if (first === null) return null;
  if (isYear(first) !== null) {
    let start = blank(text, first.end);
    if (text.charAt(start) === '.' || text.charAt(start) === ',') start = blank(text, start + 1);
    const mark = wordAt(text, start);
    if (mark !== '' && yearMarks.has(fold(mark))) start = blank(text, start + mark.length);
    const sign = text.charAt(first.end);
    if (sign === '-' || sign === '/' || sign === '.') {
      const second = readNumber(text, first.end + 1);
      const third = second !== null && text.charAt(second.end) === sign ? readNumber(text, second.end + 1) : null;
      if (second !== null && third !== null && second.value >= 1 && second.value <= 12 && third.value >= 1 && third.value <= 31) {
        return finish(text, third.end, { year: first.value, month: second.value, day: third.value, calendar: 'gregory' }, 'numeric');
      }
    }
    const dayFirst = readNumber(text, start);
    const dayEnd = dayFirst === null ? start : skipBetween(text, skipOrdinal(text, dayFirst.end));
    const month = monthAt(text, dayEnd, language, false);
    if (month === null) return null;
    if (dayFirst !== null) {
      return dayFirst.value < 1 || dayFirst.value > 32 ? null
        : finish(text, month.end, { year: first.value, month: month.month, day: dayFirst.value, calendar: month.calendar }, 'named');
    }
    const day = readNumber(text, skipBetween(text, month.end));
    if (day === null || day.value < 1 || day.value > 32 || day.digits > 2) return null;
    return finish(text, skipOrdinal(text, day.end), { year: first.value, month: month.month, day: day.value, calendar: month.calendar }, 'named');
  }
  if (first.digits > 2 || first.value < 1 || first.value > 32) return null;
  const day = first.value;
  const month = monthAt(text, skipBetween(text, skipOrdinal(text, first.end)), language, loose);
  if (month !== null) {
    const year = yearAt(text, month.end);
    return finish(text, year?.end ?? month.end, { year: year?.year ?? null, month: month.month, day, calendar: month.calendar }, month.fuzzy ? 'fuzzy' : 'named');
  }
  const sign = text.charAt(first.end);
  if ('/-.–'.includes(sign) && sign !== '') {
    const second = readNumber(text, first.end + 1);
    if (second !== null && second.digits <= 2 && second.value >= 1 && (second.value <= 12 || day <= 12) && second.value <= 31) {
      const third = text.charAt(second.end) === sign ? readNumber(text, second.end + 1) : null;
      const swapped = second.value > 12;
      const parts = { month: swapped ? day : second.value, day: swapped ? second.value : day, calendar: 'gregory' as const };
      if (third !== null && (third.digits === 4 || third.digits === 2)) {
        return finish(text, third.end, { ...parts, year: third.digits === 2 ? 2000 + third.value : third.value }, 'numeric');
      }
      const dot = sign === '.' && text.charAt(second.end) === '.' ? second.end + 1 : second.end;
      // "3.5 percent"
      if (sign === '.' && dot === second.end && second.digits < 2) return null;
      return isDigit(text.charAt(dot)) ? null : finish(text, dot, { ...parts, year: null }, 'numeric');
    }
  }
  const spaced = spacedDay(text, first.end);
  if (spaced !== null) return finish(text, spaced.end, { year: null, month: spaced.month, day, calendar: 'gregory' }, 'numeric');
  // "MADRID, 3 (EUROPA PRESS)"
  if (text.charAt(blank(text, first.end)) === '(' && text.charAt(first.end) === ' ' && text.slice(0, at).trimEnd().endsWith(',')) return { end: first.end, parts: { year: null, month: null, day, calendar: 'gregory' }, kind: 'day', weekday: false };
  const end = skipOrdinal(text, first.end);
  return end > first.end && text.charAt(end - 1) === '.' && !isDigit(text.charAt(end)) ? { end, parts: { year: null, month: null, day, calendar: 'gregory' }, kind: 'day', weekday: false } : null;
}

/** "तीन मार्च", "یکم ستمبر": the day in words. */
function wordFirst(text: string, at: number, language: string | undefined): DateMatch | null {
  const word = wordAt(text, at);
  const day = word === '' ? undefined : numerals.get(fold(word));
  if (day === undefined) return null;
  const month = monthAt(text, skipBetween(text, at + word.length), language, false);
  if (month === null) return null;
  const year = yearAt(text, month.end);
  return finish(text, year?.end ?? month.end, { year: year?.year ?? null, month: month.month, day, calendar: month.calendar }, 'named');
}

function monthFirst(text: string, at: number, language: string | undefined, loose: boolean): DateMatch | null {
  const month = monthAt(text, at, language, loose);
  if (month === null) return null;
  const day = readNumber(text, skipBetween(text, month.end));
  if (day === null || day.digits > 2 || day.value < 1 || day.value > 32) return null;
  let end = day.end;
  const suffixed = skipOrdinal(text, end);
  if (suffixed > end && text.charAt(suffixed - 1) !== '.') end = suffixed;
  if (isDigit(text.charAt(end)) || (text.charAt(end) === ':' && isDigit(text.charAt(end + 1)))) return null;
  const year = yearAt(text, end);
  const kind = month.fuzzy ? 'fuzzy' : 'named';
  return finish(text, year?.end ?? end, { year: year?.year ?? null, month: month.month, day: day.value, calendar: month.calendar }, kind);
}

/** One or two weekday words and the comma behind them. */
function skipWeekday(text: string, at: number, language: string | undefined): number {
  const first = wordAt(text, at);
  if (first === '') return at;
  const second = wordAt(text, at + first.length + 1);
  const longer = second !== '' && isWeekday(`${fold(first)} ${fold(second)}`, language);
  if (!longer && !isWeekday(fold(first), language)) return at;
  let end = at + first.length + (longer ? 1 + second.length : 0);
  if (',،፣.'.includes(text.charAt(end)) && end < text.length) end++;
  return blank(text, end);
}

const chineseNumeral = /[一二三四五六七八九十廿卅〇]/u;

/** Whether a word can start a date at all; nearly none can. */
function mayStart(text: string, at: number, loose: boolean): boolean {
  if (text.charCodeAt(at) > 0x2fff && chineseNumeral.test(text.charAt(at))) return true;
  const word = wordAt(text, at);
  if (word === '') return false;
  if (dateNames().starters.has(fold(word))) return true;
  return loose && word.length >= 4 && word.length <= 10 && isDigit(text.charAt(blank(text, at + word.length)));
}

function singleDate(text: string, at: number, language: string | undefined, loose: boolean): DateMatch | null {
  if (!isDigit(text.charAt(at)) && !mayStart(text, at, loose)) return null;
  // "MAR 3" is a date before it is a Tuesday in French.
  const plain = isDigit(text.charAt(at)) ? null : (monthFirst(text, at, language, loose) ?? wordFirst(text, at, language));
  if (plain !== null) return plain;
  const weekdayEnd = isDigit(text.charAt(at)) ? at : skipWeekday(text, at, language);
  let start = weekdayEnd;
  const word = wordAt(text, start);
  if (word !== '' && before.has(fold(word))) start = blank(text, start + word.length);
  const date = eastAsianDate(text, start) ?? (isDigit(text.charAt(start)) ? numberFirst(text, start, language, loose) : start === at ? null : monthFirst(text, start, language, loose));
  if (date === null || (start > at && date.kind === 'day')) return null;
  return weekdayEnd > at ? { ...date, weekday: true } : date;
}

/** A weekday behind the date: "2024. március 3., vasárnap". */
function skipTrailingWeekday(text: string, at: number, language: string | undefined): number {
  const comma = blank(text, at);
  const start = ',،፣'.includes(text.charAt(comma)) && comma < text.length ? blank(text, comma + 1) : comma;
  const word = wordAt(text, start);
  return word.length > 3 && isWeekday(fold(word), language) ? start + word.length : at;
}

/**
 * The date that starts at an offset, in any language and calendar of the tables; two dates of two calendars are one.
 * `loose` mends one wrong letter in an English month, for wires typed in haste.
 */
export function dateAt(text: string, at: number, language: string | undefined, loose = false): DateMatch | null {
  const found = singleDate(text, at, language, loose);
  if (found === null) return null;
  const date = { ...found, end: skipTrailingWeekday(text, found.end, language) };
  const from = blank(text, date.end);
  const words = joined.find((each) => text.startsWith(each, from));
  if (words === undefined) return date;
  const next = singleDate(text, blank(text, from + words.length), language, false);
  if (next === null) return date;
  if (words !== '(') return { ...date, end: next.end };
  return text.charAt(next.end) === ')' ? { ...date, end: next.end + 1 } : date;
}
