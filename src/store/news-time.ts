import type { StoredFields } from './stored-fields.js';

/** Seconds and, below them, a number that tells stories of one second apart: 52 bits, a whole number to JavaScript too. */
const SLOTS = 2 ** 20;

/**
 * When a story is news, ms since 1970: when its page says it was published, where that can be believed; else when it came. A date
 * without a clock on the day of coming is the time of coming: midnight would put it behind the day.
 */
export function newsTime({ publishedAt }: Pick<StoredFields, 'publishedAt'>, arrivedAt: number): number {
  const iso = publishedAt?.iso ?? null;
  if (iso === null || publishedAt?.flag === 'future' || publishedAt?.flag === 'unreadable') return arrivedAt;
  const bareDate = /^\d{4}-\d\d-\d\d$/.test(iso);
  if (bareDate && new Date(arrivedAt).toISOString().startsWith(iso)) return arrivedAt;
  // Without a zone, UTC: the zone of the machine that happens to store it would be worse.
  const time = Date.parse(bareDate || /(?:Z|[+-]\d\d:?\d\d)$/.test(iso) ? iso : `${iso}Z`);
  return Number.isNaN(time) ? arrivedAt : Math.min(Math.max(time, 0), arrivedAt);
}

/** First key of a moment. */
export const keyAt = (ms: number): number => Math.max(0, Math.floor(ms / 1000)) * SLOTS;
/** A key for a story of a moment: the same story gets the same one. */
export const keyOf = (ms: number, id: string): number => keyAt(ms) + slotOf(id);
/** The next key of the same second. */
export const nextKey = (key: number): number => (key % SLOTS === SLOTS - 1 ? key - SLOTS + 1 : key + 1);
/** SQL that gives the hour (hours since 1970) of a key. */
export const HOUR_OF_KEY = `key / ${SLOTS * 3600}`;

function slotOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % SLOTS;
}

export const cursorOf = (key: number): string => key.toString(36);
/** A cursor's key; null for what is none. */
export function keyOfCursor(cursor: string): number | null {
  if (!/^[0-9a-z]{1,11}$/.test(cursor)) return null;
  const key = Number.parseInt(cursor, 36);
  return Number.isSafeInteger(key) ? key : null;
}
