import { expectedArrivals, type Cadence } from './cadence.js';
import { readHistory, type HealthState, type SourceHistory } from './history.js';
import { isShrunk } from './listing.js';
import { DISTRUST_MS } from './validator-trust.js';

export interface Health {
  readonly state: HealthState;
  /** One sentence for people. */
  readonly reason: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** One failure of a source that has answered before is weather; two in a row are trouble. */
const FAILING_FROM = 2;
/** How long a lost overlap is shown after it last happened. */
const OVERLAP_SHOWN_MS = DAY;
/** Arrivals missed before a source is late or silent, and by how much its own worst irregularity has to be outdone besides. */
const LATE = { missed: 6, times: 1.25 } as const;
const SILENT = { missed: 12, times: 2 } as const;
/** Arrivals before which no rhythm is known, and the quiet that is too long even so. */
const KNOWN_FROM = 8;
const QUIET_FOR_ANY_MS = 7 * DAY;
/** Quiet that is too long for a source with a rhythm, at whatever hours: a multiple of its longest pause, and longer than a week-end. */
const QUIET_PAUSES = 3;
const QUIET_AT_LEAST_MS = 3 * DAY;

/** How a source stands at `now`, polled or not: the worst that is true of it. Silence shows between polls too. */
export function healthOf(history: SourceHistory, now: number): Health {
  const { failures, parkedAt, listing, cadence, health, trust } = history;
  if (parkedAt !== null) return { state: 'parked', reason: 'the host says the feed is gone for good (HTTP 410)', since: parkedAt };
  if (failures !== null && listing === null) {
    return { state: 'failing', reason: `it has never answered well; the last of ${failures.count} ${failures.count === 1 ? 'try' : 'tries'}: ${failures.message}`, since: failures.since };
  }
  if (failures !== null && failures.count >= FAILING_FROM) {
    return { state: 'failing', reason: `${failures.count} polls in a row failed; the last: ${failures.message}`, since: failures.since };
  }
  const quiet = cadence === null ? null : quietness(cadence, now);
  if (quiet?.state === 'silent') return quiet;
  if (listing !== null && listing.overlapLostAt !== null && now - listing.overlapLostAt < OVERLAP_SHOWN_MS) {
    return { state: 'overlap lost', reason: 'a poll held no item known from before: items were missed, or the feed renames them', since: listing.overlapLostAt };
  }
  if (listing !== null && isShrunk(listing)) {
    return { state: 'shrunk', reason: `it lists ${listing.last} items, where about ${Math.round(listing.usual)} are usual`, since: listing.shortSince ?? now };
  }
  if (quiet !== null) return quiet;
  const asked = trust.caughtAt !== null && now - trust.caughtAt < DISTRUST_MS ? '; asked in full, for the host said "not modified" when it was' : '';
  return { state: 'healthy', reason: failures === null ? `polls go well${asked}` : `the last poll failed: ${failures.message}`, since: health.state === 'healthy' ? health.since : now };
}

/** The same from what is stored of a source; null before its first poll. */
export const storedHealth = (stored: string | null, url: string, now: number): Health | null =>
  stored === null ? null : healthOf(readHistory(stored, url, now), now);

function quietness(cadence: Cadence, now: number): Health | null {
  const { arrivals, newsAt, longestGapMs, mostMissed } = cadence;
  const quiet = now - newsAt;
  const said = (state: HealthState, more: string): Health => ({ state, reason: `no new item for ${inWords(quiet)}${more}`, since: newsAt });
  if (arrivals < KNOWN_FROM) return quiet > Math.max(QUIET_FOR_ANY_MS, QUIET_PAUSES * longestGapMs) ? said('silent', arrivals === 0 ? ', in fact none since the first poll' : '') : null;
  const missed = expectedArrivals(cadence, now);
  const usual = `, where news in about ${Math.round(missed)} polls were to be expected`;
  if (quiet > Math.max(QUIET_AT_LEAST_MS, QUIET_PAUSES * longestGapMs)) return said('silent', ', more than three times its longest pause');
  if (missed >= Math.max(SILENT.missed, SILENT.times * mostMissed)) return said('silent', usual);
  if (missed >= Math.max(LATE.missed, LATE.times * mostMissed)) return said('late', usual);
  return null;
}

function inWords(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} min`;
  return ms < 2 * DAY ? `${Math.round(ms / HOUR)} h` : `${Math.round(ms / DAY)} days`;
}
