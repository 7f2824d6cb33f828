/** How often a source is polled, learned from what its polls bring. Pure; all times in milliseconds. */

export interface PaceBounds {
  readonly minMs: number;
  readonly maxMs: number;
  /** Where a source begins whose rhythm is not known yet. */
  readonly startMs: number;
}

/** What one poll showed; `fresh` counts items never seen before. */
export interface PollYield {
  readonly listed: number;
  readonly fresh: number;
}

/**
 * Factors by the share of new items in a poll, first row that fits. A poll without news waits longer and one with news comes
 * sooner, so that a steady source settles where about one poll in three is empty; a page of the feed half new is a page half
 * missed soon, so the way down is steeper than the way up.
 */
export const PACE_STEPS: ReadonlyArray<{ readonly shareAbove: number; readonly factor: number }> = [
  { shareAbove: 0.99, factor: 0.25 },
  { shareAbove: 0.5, factor: 0.4 },
  { shareAbove: 0.25, factor: 0.65 },
  { shareAbove: 0, factor: 0.9 },
  { shareAbove: -1, factor: 1.2 },
];

const within = ({ minMs, maxMs }: PaceBounds, ms: number): number => Math.min(maxMs, Math.max(minMs, ms));

/**
 * The interval after one more poll that went well; a 304 is a poll that listed and brought nothing.
 *
 * @param learned null before the first one, whose items are all new and teach nothing
 */
export function learnPace(learned: number | null, { listed, fresh }: PollYield, bounds: PaceBounds): number {
  if (learned === null) return within(bounds, bounds.startMs);
  const share = listed === 0 ? 0 : fresh / listed;
  const step = PACE_STEPS.find(({ shareAbove }) => share > shareAbove);
  return within(bounds, Math.round(learned * (step?.factor ?? 1)));
}

export interface NextPoll {
  /** Set by the user: it is kept, apart from failures and Retry-After. */
  readonly fixedMs?: number | undefined;
  readonly learnedMs: number | null;
  /** What the feed and its headers ask for at least (ttl, sy:update*, Cache-Control, Expires). */
  readonly askedMs: number;
  /** Weighted failures in a row; 0 after a poll that went well. */
  readonly failures: number;
  readonly retryAfterMs: number;
}

const DAY = 86_400_000;
const SPREAD = 0.1;

/**
 * Milliseconds until the next poll. What the feed asks for is a floor, up to the source's longest interval; failures lengthen the
 * wait by its own length each, up to a day (or a longer interval), and never end it; Retry-After is kept in full. A tenth is drawn
 * at random, so that sources that started together drift apart.
 *
 * @param random in [0, 1)
 */
export function nextPollIn({ fixedMs, learnedMs, askedMs, failures, retryAfterMs }: NextPoll, bounds: PaceBounds, random: number): number {
  const usual = fixedMs ?? within(bounds, Math.max(learnedMs ?? bounds.startMs, askedMs));
  const waited = Math.min(usual * (1 + failures), Math.max(usual, bounds.maxMs, DAY));
  return Math.round(Math.max(waited * (1 + SPREAD * random), retryAfterMs));
}
