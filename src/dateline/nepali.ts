import { dateWords } from './months.js';

const day = 86_400_000;
const { first, began, months } = dateWords.nepaliYears;

/** The instant of a Bikram Sambat date, midnight UTC; null outside the table of years or where the month is shorter. */
export function nepaliInstant(year: number, month: number, dayOfMonth: number): number | null {
  const lengths = months[year - first];
  const length = lengths?.[month - 1];
  if (lengths === undefined || length === undefined || dayOfMonth < 1 || dayOfMonth > length) return null;
  const before = [...months.slice(0, year - first), lengths.slice(0, month - 1)].flat();
  return Date.parse(began) + (before.reduce((sum, days) => sum + days, 0) + dayOfMonth - 1) * day;
}

/** Year and month of Bikram Sambat an instant falls in; null outside the table. */
export function nepaliMonthOf(time: number): { readonly year: number; readonly month: number } | null {
  let end = Date.parse(began);
  for (const [index, lengths] of months.entries()) {
    for (const [month, length] of lengths.entries()) {
      end += length * day;
      if (time < end) return time < Date.parse(began) ? null : { year: first + index, month: month + 1 };
    }
  }
  return null;
}
