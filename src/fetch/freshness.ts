import { parseHttpDate } from './http-date.js';

type Headers = Readonly<Record<string, string>>;

/** RFC 9111, 1.2.2: larger values count as this one. */
const MAX_DELTA_SECONDS = 2_147_483_648;
/** A week of waiting is as much as a host may ask; 88 hours have been seen, months are a mistake. */
const MAX_RETRY_AFTER_MS = 7 * 86_400_000;

/**
 * Seconds for which an answer stays fresh from now on: its lifetime less its age (RFC 9111, 4.2), never negative.
 * Null when it says nothing: no lifetime is made up. `no-store`, `no-cache` and an unreadable Expires give 0.
 *
 * @param now when the answer came, in milliseconds since the epoch
 * @param responseDelayMs from request to answer, which its age grows by
 */
export function freshSeconds(headers: Headers, now: number, responseDelayMs: number): number | null {
  const date = headers.date === undefined ? null : parseHttpDate(headers.date, now);
  const lifetime = lifetimeSeconds(headers, date ?? now, now);
  if (lifetime === null) return null;
  const apparentAge = date === null ? 0 : Math.max(0, (now - date) / 1_000);
  const correctedAge = (deltaSeconds(headers.age) ?? 0) + responseDelayMs / 1_000;
  return Math.max(0, Math.floor(lifetime - Math.max(apparentAge, correctedAge)));
}

function lifetimeSeconds(headers: Headers, date: number, now: number): number | null {
  const directives = cacheControl(headers['cache-control']);
  if (directives.has('no-store') || directives.has('no-cache')) return 0;
  // s-maxage is left aside: it speaks to shared caches, and a poller keeps its answers to itself.
  const maxAge = directives.get('max-age');
  if (maxAge !== undefined) return deltaSeconds(maxAge) ?? 0;
  if (headers.expires === undefined) return null;
  const expires = parseHttpDate(headers.expires, now);
  return expires === null ? 0 : Math.max(0, (expires - date) / 1_000);
}

/** Directives of Cache-Control by lower-case name; of a repeated one the first counts (RFC 9111, 4.2.1). */
function cacheControl(value = ''): ReadonlyMap<string, string> {
  const directives = new Map<string, string>();
  for (const part of value.split(',')) {
    const [name = '', argument = ''] = part.split('=', 2);
    const key = name.trim().toLowerCase();
    if (key !== '' && !directives.has(key)) directives.set(key, argument.trim().replace(/^"(.*)"$/, '$1'));
  }
  return directives;
}

function deltaSeconds(value: string | undefined): number | null {
  return value !== undefined && /^\d+$/.test(value.trim()) ? Math.min(Number(value), MAX_DELTA_SECONDS) : null;
}

/**
 * Retry-After in either of its forms, seconds or a date (RFC 9110, 10.2.3), as milliseconds from `now`; at most a week.
 * Undefined when absent, unreadable or past.
 */
export function retryAfterMs(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  const seconds = deltaSeconds(value);
  const date = seconds === null ? parseHttpDate(value, now) : now + seconds * 1_000;
  return date === null || date <= now ? undefined : Math.min(date - now, MAX_RETRY_AFTER_MS);
}
