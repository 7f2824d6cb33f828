/** Times as feeds write them: understood, or null. */
import { MILITARY_ZONES, ZONE_OFFSETS } from './zone-names.js';

export interface TimeContext {
  /** IANA zone of the source, for times without one; UTC by default. */
  readonly timeZone?: string | undefined;
  /** Language of the source: decides the order of day and month. */
  readonly language?: string | undefined;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function offsetOf(zone: string): number | null {
  const text = zone.trim().toLowerCase();
  const numeric = /^(?:gmt|utc)?([+-])(\d{1,2}):?(\d{2})?$/.exec(text);
  if (numeric !== null) {
    const hours = Number(numeric[2]);
    const minutes = Number(numeric[3] ?? 0);
    return hours > 15 || minutes > 59 ? null : (numeric[1] === '-' ? -1 : 1) * (hours * 60 + minutes);
  }
  if (text.length === 1 && MILITARY_ZONES.includes(text.toUpperCase())) return 0;
  return ZONE_OFFSETS[text] ?? null;
}

function instant(parts: readonly (number | string | undefined)[], offset: number | null): string | null {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.map((part) => (part === undefined ? undefined : Number(part)));
  if (offset === null || month < 1 || month > 12 || day < 1 || hour > 24 || minute > 59 || second > 60) return null;
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCDate() !== day) return null;
  const time = date.getTime() + ((hour * 60 + minute - offset) * 60 + second) * 1000;
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

export function readTime(raw: string, _context: TimeContext = {}): string | null {
  const text = raw.trim();
  const iso = /^(\d{4})-(\d{1,2})(?:-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{1,2}:?\d{2})?)?)?$/i.exec(text);
  if (iso !== null) return instant(iso.slice(1, 7), iso[7] === undefined ? 0 : offsetOf(iso[7]));
  const mail = /^(?:[a-z]+,?\s*)?(\d{1,2})[\s-]+([a-z]{3})[a-z]*[\s,-]+(\d{4}|\d{2})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([a-z]*(?:[+-]\d{1,2}:?\d{2})?)?)?$/i.exec(text);
  if (mail === null) return null;
  const month = MONTHS.indexOf((mail[2] ?? '').toLowerCase()) + 1;
  const year = Number(mail[3]);
  return instant([year < 70 ? year + 2000 : year < 100 ? year + 1900 : year, month, ...mail.slice(1, 2), ...mail.slice(4, 7)], (mail[7] ?? '') === '' ? 0 : offsetOf(mail[7] ?? ''));
}
