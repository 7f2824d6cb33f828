import type { DateParts } from './dates.js';
import type { Calendar } from './months.js';
import { nepaliInstant, nepaliMonthOf } from './nepali.js';

const day = 86_400_000;
const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** First day, days of a mean year and of a mean month: where the search for a date starts. */
const measures = {
  persian: [Date.UTC(622, 2, 22), 365.2422, 30.44],
  'islamic-umalqura': [Date.UTC(622, 6, 19), 354.367, 29.53],
  // Date.UTC reads years below 100 as 19xx.
  ethiopic: [Date.UTC(2007, 8, 12) - 2000 * 365.25 * day, 365.25, 30],
} as const;

const formats = new Map<Calendar, Intl.DateTimeFormat>();
/** Year, month and day of an instant in a calendar Intl knows. */
function partsOf(calendar: Exclude<Calendar, 'nepali'>, time: number): { readonly year: number; readonly month: number; readonly day: number } {
  let format = formats.get(calendar);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en', { calendar, numberingSystem: 'latn', year: 'numeric', month: 'numeric', day: 'numeric', timeZone: 'UTC' });
    formats.set(calendar, format);
  }
  const parts = format.formatToParts(time);
  const value = (type: string): number => Number.parseInt(parts.find((part) => part.type === type)?.value ?? '', 10);
  return { year: value('year'), month: value('month'), day: value('day') };
}

/** The instant of a date in a calendar of Intl, found by stepping from an estimate; null where there is no such date. */
function instant(calendar: Exclude<Calendar, 'nepali'>, year: number, month: number, dayOfMonth: number): number | null {
  if (calendar === 'gregory') {
    const time = Date.UTC(year, month - 1, dayOfMonth);
    return new Date(time).getUTCDate() === dayOfMonth ? time : null;
  }
  const [epoch, yearDays, monthDays] = measures[calendar];
  let time = epoch + Math.round((year - 1) * yearDays + (month - 1) * monthDays + dayOfMonth - 1) * day;
  for (let step = 0; step < 8; step++) {
    const parts = partsOf(calendar, time);
    const off = Math.round((year - parts.year) * yearDays + (month - parts.month) * monthDays + (dayOfMonth - parts.day));
    if (off === 0) return parts.day === dayOfMonth && parts.month === month ? time : null;
    time += off * day;
  }
  return null;
}

const at = (calendar: Calendar, year: number, month: number, dayOfMonth: number): number | null =>
  calendar === 'nepali' ? nepaliInstant(year, month, dayOfMonth) : instant(calendar, year, month, dayOfMonth);

/** A dateline may be ahead of its page by time zones and embargoes, not by more. */
const ahead = 7 * day;

/**
 * The Gregorian date, YYYY-MM-DD, of a dateline's date. What it does not say (year, month) is taken so that it is the last such
 * day up to a week after `reference`, ISO 8601; without a reference an incomplete date stays null, as does one that does not exist.
 */
export function isoDate({ calendar, year, month, day: dayOfMonth }: DateParts, reference: string | undefined): string | null {
  if (month !== null && year !== null) {
    // Thai years count from 543 BC.
    const time = at(calendar, calendar === 'gregory' && year > 2300 ? year - 543 : year, month, dayOfMonth);
    return time === null ? null : iso(time);
  }
  const near = reference === undefined ? Number.NaN : Date.parse(reference);
  if (Number.isNaN(near)) return null;
  const today = calendar === 'nepali' ? nepaliMonthOf(near) : partsOf(calendar, near);
  if (today === null) return null;
  // Enough months back to pass one that is too short, enough years to pass one that is no leap year.
  const candidates = month === null
    ? [1, 0, -1, -2].map((shift) => at(calendar, today.year + Math.floor((today.month - 1 + shift) / 12), ((today.month - 1 + shift + 12) % 12) + 1, dayOfMonth))
    : [1, 0, -1, -2, -3, -4].map((shift) => at(calendar, today.year + shift, month, dayOfMonth));
  const found = candidates.find((time) => time !== null && time <= near + ahead);
  return found === undefined || found === null ? null : iso(found);
}
