import { z } from 'zod';

const DAY = 86_400_000;
/** Share of polls that ask in full although there are validators. */
export const PROBE_SHARE = 0.02;
/** The share while a host that was caught is given another chance. */
const PROBATION_SHARE = 0.25;
/** How long a caught source is asked in full before that chance. */
export const DISTRUST_MS = 30 * DAY;
/** An item this much older than the last "not modified" was there when the host said so, feeds' clocks considered. */
const MARGIN_MS = 15 * 60_000;
/** Feeds put up items with earlier dates now and then; one such find is no proof. */
const SUSPICIONS_UNTIL_CAUGHT = 2;

export const trustSchema = z.object({
  /** Last 304, milliseconds since the epoch. */
  notModifiedAt: z.number().nullable(),
  suspicions: z.number(),
  caughtAt: z.number().nullable(),
});
/** What is known of a host's honesty about its validators (ETag, Last-Modified). */
export type Trust = z.output<typeof trustSchema>;

export const NO_TRUST_YET: Trust = { notModifiedAt: null, suspicions: 0, caughtAt: null };

/** `conditional`: with validators. `probe`: without, as a test. `in-full`: without, because the source was caught lying. */
export type Asking = 'conditional' | 'probe' | 'in-full';

/** @param random in [0, 1) */
export function howToAsk({ caughtAt }: Trust, now: number, random: number): Asking {
  if (caughtAt === null) return random < PROBE_SHARE ? 'probe' : 'conditional';
  if (now - caughtAt < DISTRUST_MS) return 'in-full';
  return random < PROBATION_SHARE ? 'probe' : 'conditional';
}

export interface AskedPoll {
  readonly asking: Asking;
  readonly notModified: boolean;
  /** The answer bears the validators that were kept, so a conditional request would have brought a 304. */
  readonly sameValidators: boolean;
  readonly fresh: number;
  /** When the oldest item that is new to us was published, by its own word; null when none says. */
  readonly oldestFreshAt: number | null;
}

/** What one more answer tells. Caught are: news under validators that did not change, and news older than a 304, twice. */
export function judgeValidators(trust: Trust, poll: AskedPoll, now: number): Trust {
  if (poll.notModified) return { ...trust, notModifiedAt: now };
  const caught: Trust = { notModifiedAt: null, suspicions: 0, caughtAt: now };
  if (poll.fresh > 0 && poll.sameValidators) return caught;
  const hidden = poll.asking === 'probe' && poll.fresh > 0 && poll.oldestFreshAt !== null && trust.notModifiedAt !== null
    && poll.oldestFreshAt < trust.notModifiedAt - MARGIN_MS;
  if (hidden) return trust.suspicions + 1 >= SUSPICIONS_UNTIL_CAUGHT ? caught : { ...trust, suspicions: trust.suspicions + 1, notModifiedAt: null };
  // A probe that finds all as the host had said wins trust back.
  if (poll.asking !== 'probe' || trust.notModifiedAt === null) return trust;
  const redeemed = trust.caughtAt !== null && now - trust.caughtAt >= DISTRUST_MS;
  return { ...trust, suspicions: 0, caughtAt: redeemed ? null : trust.caughtAt };
}
