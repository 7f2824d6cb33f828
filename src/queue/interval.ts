export interface PollRhythm {
  /** Milliseconds: default, least and most time between two polls. */
  readonly interval: number;
  readonly minInterval: number;
  readonly maxInterval: number;
}

export interface PollAnswer {
  /** Fixed by the user for this source, in milliseconds. */
  readonly fixed?: number | undefined;
  /** What the feed asks for (ttl, sy:update*) and what the answer's freshness says, in seconds. */
  readonly feedSeconds?: number | null | undefined;
  readonly freshSeconds?: number | null | undefined;
  /** Polls that failed in a row, this one included. */
  readonly failures?: number | undefined;
  /** Retry-After, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
}

const JITTER = 0.1;

/**
 * Milliseconds until the next poll. What the other side asks for is kept up to `maxInterval`; after failures the wait doubles.
 * A tenth is drawn at random, so that sources that started together drift apart.
 */
export function nextPollMs(rhythm: PollRhythm, answer: PollAnswer, random = Math.random): number {
  const { fixed, feedSeconds, freshSeconds, failures = 0, retryAfterMs = 0 } = answer;
  const asked = Math.max(feedSeconds ?? 0, freshSeconds ?? 0) * 1000;
  const usual = fixed ?? Math.min(rhythm.maxInterval, Math.max(rhythm.minInterval, rhythm.interval, asked));
  const backedOff = Math.min(Math.max(usual, rhythm.maxInterval), usual * 2 ** Math.min(failures, 20));
  return Math.round(Math.max(backedOff * (1 + JITTER * random()), retryAfterMs));
}
