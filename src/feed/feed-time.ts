/** Times as feeds write them: understood, or null; never a guess. */
import { figuresOnly, usualForm } from './machine-times.js';
import type { Reading, TimeContext } from './time-reading.js';
import { inZone } from './time-zones.js';
import { writtenOut } from './written-times.js';

const MAX_LENGTH = 200;

function isoOf(reading: Reading, context: TimeContext, localZone: string | undefined): string | null {
  const { year, month, day, hour, minute, second } = reading;
  if (year < 1 || month < 1 || month > 12 || day < 1 || minute > 59 || second > 60 || hour > 24 || (hour === 24 && minute + second > 0)) return null;
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  // 31 February is no date, and the first of March is not what was written
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  const local = date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000;
  const zone = context.timeZone ?? localZone;
  const time = reading.offset !== null ? local - reading.offset * 60_000 : zone === undefined || reading.dayOnly === true ? local : inZone(local, zone);
  if (time === null) return null;
  const iso = new Date(time).toISOString();
  return iso.length === 24 ? `${iso.slice(0, 19)}Z` : null;
}

/**
 * Reads a time as feeds write it: W3CDTF, RFC 822 and 5322, ISO 8601 in its basic and truncated forms, Unix time, and dates in words
 * in the languages of {@link TimeContext}. Gives UTC ISO 8601 to the second, or null for what is not understood in full.
 */
export function readTime(raw: string, context: TimeContext = {}): string | null {
  const text = raw.trim();
  if (text === '' || text.length > MAX_LENGTH) return null;
  const usual = usualForm(text);
  if (usual !== null) return isoOf(usual, context, undefined);
  const figures = figuresOnly(text);
  if (typeof figures === 'number') return `${new Date(figures).toISOString().slice(0, 19)}Z`;
  if (figures !== null) return isoOf(figures, context, undefined);
  const written = writtenOut(text, context);
  if (written === null) return null;
  return isoOf(written.reading, written.writtenZone === undefined ? context : { ...context, timeZone: written.writtenZone }, written.localZone);
}
