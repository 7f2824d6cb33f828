import type { DateParts } from './dates.js';
import type { Calendar } from './months.js';

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
    const at = partsOf(calendar, time);
    const off = Math.round((year - at.year) * yearDays + (month - at.month) * monthDays + (dayOfMonth - at.day));
    if (off === 0) return at.day === dayOfMonth && at.month === month ? time : null;
    time += off * day;
  }
  return null;
}

/**
 * The Gregorian date, YYYY-MM-DD, of a dateline's date. What it does not say (year, month) is taken so that it falls nearest to
 * `reference`, ISO 8601; without a reference an incomplete date stays null.
 */
export function isoDate(parts: DateParts, reference: string | undefined): string | null {
  if (parts.calendar === 'nepali') return null;
  const { calendar } = parts;
  const near = reference === undefined ? Number.NaN : Date.parse(reference);
  if (parts.month !== null && parts.year !== null) {
    // Thai years count from 543 BC.
    const year = calendar === 'gregory' && parts.year > 2300 ? parts.year - 543 : parts.year;
    const time = instant(calendar, year, parts.month, parts.day);
    return time === null ? null : iso(time);
  }
  if (Number.isNaN(near)) return null;
  const { year, month } = partsOf(calendar, near);
  const candidates = parts.month === null
    ? [-1, 0, 1].map((shift) => instant(calendar, year + Math.floor((month - 1 + shift) / 12), ((month - 1 + shift + 12) % 12) + 1, parts.day))
    : [-1, 0, 1].map((shift) => instant(calendar, year + shift, parts.month ?? 1, parts.day));
  let best: number | null = null;
  for (const time of candidates) {
    if (time !== null && (best === null || Math.abs(time - near) < Math.abs(best - near))) best = time;
  }
  return best === null ? null : iso(best);
}
