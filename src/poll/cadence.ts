import { z } from 'zod';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** What lies this far back counts half. */
const HALF_LIFE_MS = 14 * DAY;
/** Items from the year before say little of today. */
const MAX_LEARNED_BACK_MS = 400 * DAY;
/** Longer pauses are not spread hour by hour; what they could teach is known by then. */
const MAX_SPREAD_MS = 31 * DAY;
/** Evidence that an hour or a weekday is given before it was seen, so that one odd day makes no rule. */
const HOUR_PRIOR = 2;
const DAY_PRIOR = 3;

const LEARNED_FROM = 20;

const numbers = (length: number) => z.array(z.number()).length(length);
export const cadenceSchema = z.object({
  /** Arrivals (polls that brought news) by hour of the day and by weekday, UTC, and the hours watched of each. */
  hourNews: numbers(24), hourWatched: numbers(24), dayNews: numbers(7), dayWatched: numbers(7),
  arrivals: z.number(),
  /** Last poll with news, or the first poll of all. */
  newsAt: z.number(),
  longestGapMs: z.number(),
  /** The most arrivals that were expected in vain between two: how irregular it is. */
  mostMissed: z.number(),
});
/** When a source is used to bring news. */
export type Cadence = z.output<typeof cadenceSchema>;

const zeros = (length: number): number[] => Array.from({ length }, () => 0);

/**
 * From the first poll on. The times its items bear tell the rhythm of before, so that a source that fell silent long ago is known at
 * once; without them its first list says nothing.
 */
export function startCadence(published: readonly number[], now: number): Cadence {
  const times = [...new Set(published)].filter((at) => at <= now && at > now - MAX_LEARNED_BACK_MS).sort((one, other) => one - other);
  const start: Cadence = {
    hourNews: zeros(24), hourWatched: zeros(24), dayNews: zeros(7), dayWatched: zeros(7),
    arrivals: 0, newsAt: times[0] ?? now, longestGapMs: 0, mostMissed: 0,
  };
  return times.slice(1).reduce(learnCadence, start);
}

const hourOf = (at: number): number => Math.floor(at / HOUR) % 24;
/** 1 January 1970 was a Thursday; which day is 0 matters to nobody. */
const dayOf = (at: number): number => Math.floor(at / DAY) % 7;

/** Hour by hour: the pieces of a stretch of time, with their length in hours. */
function* hours(from: number, to: number): Generator<{ readonly at: number; readonly share: number }> {
  for (let at = Math.max(from, to - MAX_SPREAD_MS); at < to;) {
    const next = Math.min(to, (Math.floor(at / HOUR) + 1) * HOUR);
    yield { at, share: (next - at) / HOUR };
    at = next;
  }
}

/** A poll at `now` brought news. The time without news before it is counted only now, so that a source that falls silent is not taken for slow. */
export function learnCadence(before: Cadence, now: number): Cadence {
  const gap = Math.max(0, now - before.newsAt);
  const fade = 0.5 ** (gap / HALF_LIFE_MS);
  const faded = (values: readonly number[]): number[] => values.map((value) => value * fade);
  const hourNews = faded(before.hourNews);
  const hourWatched = faded(before.hourWatched);
  const dayNews = faded(before.dayNews);
  const dayWatched = faded(before.dayWatched);
  for (const { at, share } of hours(before.newsAt, now)) {
    hourWatched[hourOf(at)] = (hourWatched[hourOf(at)] ?? 0) + share;
    dayWatched[dayOf(at)] = (dayWatched[dayOf(at)] ?? 0) + share;
  }
  hourNews[hourOf(now)] = (hourNews[hourOf(now)] ?? 0) + 1;
  dayNews[dayOf(now)] = (dayNews[dayOf(now)] ?? 0) + 1;
  // One outage must not make the next one look usual.
  const believable = (learned: number, least: number): number => (before.arrivals >= LEARNED_FROM ? Math.max(2 * learned, least) : Infinity);
  const missed = expectedArrivals(before, now);
  return {
    hourNews, hourWatched, dayNews, dayWatched, arrivals: before.arrivals + 1, newsAt: now,
    longestGapMs: Math.max(before.longestGapMs * fade, Math.min(gap, believable(before.longestGapMs, HOUR))),
    mostMissed: Math.max(before.mostMissed * fade, Math.min(missed, believable(before.mostMissed, 1))),
  };
}

/** How many arrivals were to be expected since the last one. Hours and weekdays never watched yet expect nothing. */
export function expectedArrivals(cadence: Cadence, now: number): number {
  const news = sum(cadence.hourNews);
  const watched = sum(cadence.hourWatched);
  if (watched === 0) return 0;
  const rate = news / watched;
  const factor = (came: number, seen: number, prior: number): number => (seen === 0 ? 0 : (came + prior) / (seen * rate + prior));
  let expected = 0;
  for (const { at, share } of hours(cadence.newsAt, now)) {
    const byHour = factor(cadence.hourNews[hourOf(at)] ?? 0, cadence.hourWatched[hourOf(at)] ?? 0, HOUR_PRIOR);
    const byDay = factor(cadence.dayNews[dayOf(at)] ?? 0, cadence.dayWatched[dayOf(at)] ?? 0, DAY_PRIOR);
    expected += rate * byHour * byDay * share;
  }
  return expected;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
