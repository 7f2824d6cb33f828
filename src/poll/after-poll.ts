import { learnCadence, startCadence } from './cadence.js';
import { failedAgain, isGone, PARKED_MS } from './failures.js';
import { healthOf, type Health } from './health.js';
import type { SourceHistory } from './history.js';
import { startListing, watchListing } from './listing.js';
import { learnPace, nextPollIn, type PaceBounds } from './pace.js';
import { addressOf, doubtMove, watchMove } from './redirect-adoption.js';
import { howToAsk, judgeValidators, type Asking } from './validator-trust.js';

/** What to ask next. */
export interface PollPlan {
  /** The configured address, or the one it has lastingly moved to. */
  readonly url: string;
  readonly asking: Asking;
}

/** An answer that was read, or a 304; `listed` and `fresh` are 0 for a 304. */
export interface PollAnswered {
  readonly asking: Asking;
  readonly notModified: boolean;
  readonly listed: number;
  /** Items never seen before. */
  readonly fresh: number;
  /** The answer bears the very validators that were kept. */
  readonly sameValidators: boolean;
  /** When the new items were published, by their own word, as far as they say; milliseconds since the epoch. */
  readonly freshPublished: readonly number[];
  readonly movedTo: string | null;
  /** Least wait that feed and headers ask for, in milliseconds. */
  readonly askedMs: number;
}

export interface PollFailed {
  readonly code: string;
  readonly message: string;
  readonly retryAfterMs?: number | undefined;
}

export interface PollRules extends PaceBounds {
  /** Set by the user for this source. */
  readonly fixedMs?: number | undefined;
}

export interface PollVerdict {
  readonly history: SourceHistory;
  readonly nextMs: number;
  readonly health: Health;
}

/** @param random in [0, 1) */
export const planPoll = (history: SourceHistory, now: number, random: number): PollPlan => ({
  url: addressOf(history.move, history.url),
  asking: howToAsk(history.trust, now, random),
});

/** After a poll that went well: what is now known of the source, and when to come back. */
export function afterAnswer(before: SourceHistory, poll: PollAnswered, rules: PollRules, now: number, random: number): PollVerdict {
  const first = before.listing === null;
  const arrived = !first && poll.fresh > 0;
  const listing = poll.notModified ? before.listing : before.listing === null ? startListing(poll.listed) : watchListing(before.listing, poll, now);
  const cadence = before.cadence === null ? startCadence(poll.freshPublished, now) : arrived ? learnCadence(before.cadence, now) : before.cadence;
  const history: SourceHistory = {
    ...before,
    failures: null,
    parkedAt: null,
    // An interval of the user's own, a poll right after trouble: neither says how much the feed brings in its own time.
    paceMs: rules.fixedMs === undefined && (before.failures === null || first) ? learnPace(before.paceMs, poll, rules) : before.paceMs,
    move: watchMove(before.move, before.url, poll.movedTo, now),
    trust: first ? before.trust : judgeValidators(before.trust, { ...poll, oldestFreshAt: oldest(poll.freshPublished) }, now),
    listing,
    cadence,
  };
  return verdict(history, nextPollIn({ fixedMs: rules.fixedMs, learnedMs: history.paceMs, askedMs: poll.askedMs, failures: 0, retryAfterMs: 0 }, rules, random), now);
}

const oldest = (times: readonly number[]): number | null => (times.length === 0 ? null : times.reduce((one, other) => Math.min(one, other)));

/** After a poll that failed. 410 parks the source: it is left alone for a month, and for good when the user takes it out. */
export function afterFailure(before: SourceHistory, fault: PollFailed, rules: PollRules, now: number, random: number): PollVerdict {
  const failures = failedAgain(before.failures, fault, now);
  const parkedAt = isGone(fault.code) ? before.parkedAt ?? now : null;
  const history: SourceHistory = { ...before, failures, parkedAt, move: doubtMove(before.move, failures.count) };
  const retryAfterMs = fault.retryAfterMs ?? 0;
  const nextMs = parkedAt === null
    ? nextPollIn({ fixedMs: rules.fixedMs, learnedMs: before.paceMs, askedMs: 0, failures: failures.weight, retryAfterMs }, rules, random)
    : Math.max(PARKED_MS, retryAfterMs);
  return verdict(history, nextMs, now);
}

function verdict(history: SourceHistory, nextMs: number, now: number): PollVerdict {
  const health = healthOf(history, now);
  const kept = history.health.state === health.state ? history.health.since : health.since;
  return { history: { ...history, health: { state: health.state, since: kept } }, nextMs, health };
}
