import { z } from 'zod';
import type { Feed } from '../feed/index.js';

/** An offset written at the end of a time: `+0300`, `-05:30`. Zero is left out: feeds write UTC wherever they are. */
const WRITTEN_OFFSET = /T?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?([+\u2212-])(\d{2}):?(\d{2})(?:\s*\([^)]*\))?\s*$/;

interface LocalTime {
  readonly at: number;
  /** Minutes east of UTC. */
  readonly offset: number;
}

function localTimes(feed: Feed): LocalTime[] {
  return feed.items.flatMap(({ published, updated }) => {
    const time = published ?? updated;
    const written = time === null ? null : WRITTEN_OFFSET.exec(time.raw);
    if (time?.iso === undefined || time.iso === null || written === null) return [];
    const minutes = Number(written[2]) * 60 + Number(written[3]);
    return minutes === 0 ? [] : [{ at: Date.parse(time.iso), offset: written[1] === '+' ? minutes : -minutes }];
  });
}

const zoneList = z.array(z.string());

/** The zones of a country by CLDR; none for what is no country, or where this Node does not tell. */
function zonesOf(country: string): readonly string[] {
  if (!/^[A-Z]{2}$/.test(country)) return [];
  const locale = new Intl.Locale(`und-${country}`);
  // A property up to Node 22, a method from then on (ECMA-402, Intl Locale Info).
  const method: unknown = Reflect.get(locale, 'getTimeZones');
  const zones: unknown = typeof method === 'function' ? Reflect.apply(method, locale, []) : Reflect.get(locale, 'timeZones');
  return zoneList.safeParse(zones).data ?? [];
}

function offsetIn(zone: string, at: number): number {
  const name = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /^GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  const total = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  return sign === '-' ? -total : total;
}

/** Zones in which the feed's times may have been written; enough times to tell summer from winter where it lists both. */
const MOST_TIMES = 50;

/**
 * The zones of the countries that fit every offset the feed writes. Empty where it writes none, or where none fits.
 * @param countries ISO 3166-1 alpha-2, likeliest first; the first that fits decides
 */
export function zonesOfTimes(feed: Feed, countries: readonly string[]): readonly string[] {
  const times = localTimes(feed).slice(0, MOST_TIMES);
  if (times.length === 0) return [];
  for (const country of countries) {
    const fit = zonesOf(country).filter((zone) => times.every(({ at, offset }) => offsetIn(zone, at) === offset));
    if (fit.length > 0) return fit;
  }
  return [];
}
