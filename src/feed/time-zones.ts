/** Zones: written offsets and names, and the zone of a source. */
import { MILITARY_ZONES, ZONE_OFFSETS } from './zone-names.js';

/** Minutes east of UTC of a written zone; null where it is not known or impossible. */
export function zoneOffset(zone: string): number | null {
  const text = zone.trim().toLowerCase();
  const numeric = /^(?:gmt|utc|ut|z)?\s?([+\u2212-])(\d{1,2}):?(\d{2})?$/.exec(text) ?? /^(?:gmt|utc|ut|z)?\s?([+\u2212-])(\d)(\d{2})$/.exec(text);
  if (numeric !== null) {
    const hours = Number(numeric[2]);
    const minutes = Number(numeric[3] ?? 0);
    return hours > 15 || minutes > 59 ? null : numeric[1] === '+' ? hours * 60 + minutes : 0 - (hours * 60 + minutes);
  }
  if (text.length === 1) return MILITARY_ZONES.includes(text.toUpperCase()) ? 0 : null;
  return Object.hasOwn(ZONE_OFFSETS, text) ? ZONE_OFFSETS[text] ?? null : null;
}

const zoneFormats = new Map<string, Intl.DateTimeFormat | null>();
function zoneFormat(timeZone: string): Intl.DateTimeFormat | null {
  let format = zoneFormats.get(timeZone);
  if (format === undefined) {
    try {
      format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    } catch {
      format = null;
    }
    if (zoneFormats.size < 1000) zoneFormats.set(timeZone, format);
  }
  return format;
}

/** True for a name of the IANA database. */
export const isZone = (timeZone: string): boolean => zoneFormat(timeZone) !== null;

/** Minutes east of UTC in a zone at an instant. */
function offsetAt(format: Intl.DateTimeFormat, time: number): number {
  const name = format.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  return name === 'GMT' ? 0 : zoneOffset(name) ?? 0;
}

/** The UTC time of a local time; in the hour that a clock change skips or repeats, the offset before the change. */
export function inZone(local: number, timeZone: string): number | null {
  const format = zoneFormat(timeZone);
  if (format === null) return null;
  const guess = local - offsetAt(format, local) * 60_000;
  return local - offsetAt(format, guess) * 60_000;
}
