const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The three forms of RFC 9110, 5.6.7, with the spellings of UTC that servers use instead of GMT. */
const IMF_FIXDATE = /^[a-z]{3}, (\d{1,2}) ([a-z]{3}) (\d{4}) (\d\d):(\d\d):(\d\d) (?:gmt|utc|z|\+0000)$/i;
const RFC_850 = /^[a-z]{3,9}, (\d\d)-([a-z]{3})-(\d\d) (\d\d):(\d\d):(\d\d) gmt$/i;
const ASCTIME = /^[a-z]{3} ([a-z]{3}) ([ \d]\d) (\d\d):(\d\d):(\d\d) (\d{4})$/i;

/**
 * An HTTP-date as milliseconds since the epoch; null for anything else, so that `0` and `-1` in Expires stay invalid.
 *
 * @param now decides the century of the two-digit year: one more than 50 years ahead is past (RFC 9110, 5.6.7)
 */
export function parseHttpDate(value: string, now: number): number | null {
  const text = value.trim();
  const fixdate = IMF_FIXDATE.exec(text);
  if (fixdate !== null) {
    const [, day, month, year, ...time] = fixdate;
    return utc(Number(year), month, day, time);
  }
  const rfc850 = RFC_850.exec(text);
  if (rfc850 !== null) {
    const [, day, month, shortYear, ...time] = rfc850;
    const thisYear = new Date(now).getUTCFullYear();
    const year = thisYear - (thisYear % 100) + Number(shortYear);
    return utc(year > thisYear + 50 ? year - 100 : year, month, day, time);
  }
  const asctime = ASCTIME.exec(text);
  if (asctime === null) return null;
  const [, month, day, hour, minute, second, year] = asctime;
  return utc(Number(year), month, day, [hour, minute, second]);
}

function utc(year: number, month: string | undefined, day: string | undefined, time: ReadonlyArray<string | undefined>): number | null {
  const monthIndex = MONTHS.indexOf((month ?? '').toLowerCase());
  const [hour = NaN, minute = NaN, second = NaN] = time.map(Number);
  const at = Date.UTC(year, monthIndex, Number(day), hour, minute, second);
  // Date.UTC rolls 31 February over into March; such a date says nothing.
  return monthIndex >= 0 && hour < 24 && minute < 60 && second <= 60 && new Date(at).getUTCDate() === Number(day) ? at : null;
}
