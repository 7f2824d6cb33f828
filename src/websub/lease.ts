/** Lease arithmetic. Pure; all times in milliseconds. */

const MINUTE = 60_000;
const DAY = 86_400_000;

/** What is asked for; a hub may grant another. */
export const ASKED_LEASE_SECONDS = 10 * 86_400;
/** A hub that grants longer is asked again by then: nobody could end such a lease. */
const LONGEST = 30 * DAY;
/** A hub that grants seconds is not asked every second. */
const SOONEST_RENEWAL = MINUTE;

/** How long a granted lease counts; null for what is no number of seconds. */
export function leaseMs(seconds: string | undefined): number | null {
  if (seconds === undefined || !/^\d{1,12}$/.test(seconds) || Number(seconds) === 0) return null;
  return Math.min(Number(seconds) * 1_000, LONGEST);
}

/** When to ask for the lease again: with a quarter of it left, a day at most, so that a hub may be away for a while. */
export const renewIn = (lease: number): number => Math.max(SOONEST_RENEWAL, lease - Math.min(lease / 4, DAY));

/** Wait after a request that came to nothing, the first being 1: from a minute, doubled each time, up to a day. */
export const askAgainIn = (attempts: number): number => Math.min(DAY, MINUTE * 2 ** Math.min(20, Math.max(0, attempts - 1)));
