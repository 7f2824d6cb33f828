/** What a written time says, before it is an instant. */

export interface TimeContext {
  /** IANA zone of the source, for times without one; by default UTC, or the zone of the script a date is written in (Japan, Korea, China). */
  readonly timeZone?: string | undefined;
  /** BCP 47 tag of the source: decides names that two languages share, and the order of day and month. */
  readonly language?: string | undefined;
}

/** Two-digit years, as RFC 5322 reads them. */
export const fullYear = (year: number, digits: number): number => (digits > 2 ? year : year < 50 ? 2000 + year : 1900 + year);

/** A date and time as read. */
export interface Reading {
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
