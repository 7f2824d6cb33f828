/** Folded words by which a language names the days of the week, and yesterday, today and tomorrow, from CLDR. */
const cache = new Map<string, readonly string[]>();

/** 1 January 2024 was a Monday. */
const MONDAY = Date.UTC(2024, 0, 1);

function dayWords(language: string): readonly string[] {
  const known = cache.get(language);
  if (known !== undefined) return known;
  const words = new Set<string>();
  try {
    for (const weekday of ['long', 'short'] as const) {
      const format = new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' });
      for (let day = 0; day < 7; day += 1) words.add(format.format(MONDAY + day * 86_400_000).toLowerCase());
    }
    const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
    for (const day of [-1, 0, 1]) words.add(relative.format(day, 'day').toLowerCase());
  } catch {
    // A malformed tag names no language, so it has no words.
  }
  // Words of one or two letters, and abbreviations without their stop, are words of something else too often.
  const kept = [...words].map((word) => word.replace(/\.$/, '')).filter((word) => word.length > (/\p{Lo}/u.test(word) ? 1 : 3));
  cache.set(language, kept);
  return kept;
}

/** True where a text names a day, as the first paragraph of news does. */
export function namesDay(text: string, language: string | undefined): boolean {
  if (language === undefined || language === 'und') return false;
  const folded = text.toLowerCase();
  return dayWords(language).some((word) => folded.includes(word));
}
