import { z } from 'zod';

/** How much one failure counts towards the wait; what passes by itself soonest counts least. Faults not named count 1. */
export const FAILURE_WEIGHTS: Readonly<Record<string, number>> = {
  'dns-failed': 0.25,
  'request-stopped': 0,
  'timeout-connect': 0.5,
  'timeout-idle': 0.5,
  'timeout-total': 0.5,
  'connection-lost': 0.5,
  'http-408': 0.5,
  'http-425': 0.5,
  'http-429': 0.5,
  'robots-unreachable': 0.5,
};

const weightOf = (code: string): number => FAILURE_WEIGHTS[code] ?? (/^http-5\d\d$/.test(code) ? 0.5 : 1);

/** Gone for good (RFC 9110, 15.5.11): the publisher's own word, so the source is asked no more. */
const GONE = 'http-410';
/** A parked source is looked at again after this, for some come back from the dead. */
export const PARKED_MS = 30 * 86_400_000;

export const failuresSchema = z.object({
  count: z.number(),
  /** Weighted count, what the wait grows by. */
  weight: z.number(),
  since: z.number(),
  code: z.string(),
  message: z.string(),
});
/** Failures in a row; null when the last poll went well. */
export type Failures = z.output<typeof failuresSchema>;

export const failedAgain = (before: Failures | null, fault: { readonly code: string; readonly message: string }, now: number): Failures => ({
  count: (before?.count ?? 0) + 1,
  weight: (before?.weight ?? 0) + weightOf(fault.code),
  since: before?.since ?? now,
  code: fault.code,
  message: fault.message.slice(0, 300),
});

export const isGone = (code: string): boolean => code === GONE;
