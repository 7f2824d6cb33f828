/** Dates of the Solar Hijri calendar, in which Iran and Afghanistan date the news; names and rules are CLDR's, through Intl. */

const MONTHS: ReadonlyMap<string, number> = (() => {
  const table = new Map<string, number>();
  for (const locale of ['fa', 'fa-AF', 'ps', 'ckb-IR', 'en']) {
    const format = new Intl.DateTimeFormat(`${locale}-u-ca-persian`, { month: 'long', timeZone: 'UTC' });
    for (let month = 0; month < 12; month += 1) {
      const name = format.formatToParts(Date.UTC(2023, 3 + month, 5)).find(({ type }) => type === 'month')?.value.toLowerCase().replaceAll('ي', 'ی').replaceAll('ك', 'ک');
      if (name !== undefined && !/\d/.test(name) && !table.has(name)) table.set(name, month + 1);
    }
  }
  return table;
})();
const PARTS = new Intl.DateTimeFormat('en-u-ca-persian', { year: 'numeric', month: 'numeric', day: 'numeric', timeZone: 'UTC' });
const NUMERIC = /(?<!\d)(1[34]\d{2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{1,2})(?!\d)/;
const NAMED = /(?<!\d)(\d{1,2})\s([\p{L}\u200c]{2,16})(?:\s?ماه)?[\s,،]{1,3}(?:سال\s)?(1[34]\d{2})(?!\d)/u;

/** Reads one such date from text whose digits are ASCII; `YYYY-MM-DD` in the common calendar, or null. */
export function readSolarHijri(text: string): string | null {
  const numeric = NUMERIC.exec(text);
  if (numeric !== null) return toCommon(Number(numeric[1]), Number(numeric[2]), Number(numeric[3]));
  const named = NAMED.exec(text);
  const month = named === null ? undefined : MONTHS.get((named[2] ?? '').toLowerCase().replaceAll('ي', 'ی').replaceAll('ك', 'ک'));
  return named === null || month === undefined ? null : toCommon(Number(named[3]), month, Number(named[1]));
}

function toCommon(year: number, month: number, day: number): string | null {
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  const guess = Date.UTC(year + 621, 2, 21) + ((month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30) + day - 1) * 86_400_000;
  for (const shift of [0, -1, 1, -2, 2]) {
    const time = new Date(guess + shift * 86_400_000);
    const parts = new Map<string, string>(PARTS.formatToParts(time).map(({ type, value }) => [type, value]));
    if (Number(parts.get('year') ?? parts.get('relatedYear')) === year && Number(parts.get('month')) === month && Number(parts.get('day')) === day) {
      return time.toISOString().slice(0, 10);
    }
  }
  return null;
}
