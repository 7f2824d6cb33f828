import { z } from 'zod';
import { cadenceSchema } from './cadence.js';
import { failuresSchema } from './failures.js';
import { listingSchema } from './listing.js';
import { moveSchema } from './redirect-adoption.js';
import { NO_TRUST_YET, trustSchema } from './validator-trust.js';

export const HEALTH_STATES = ['healthy', 'late', 'silent', 'shrunk', 'overlap lost', 'failing', 'parked'] as const;
export type HealthState = (typeof HEALTH_STATES)[number];

const healthSchema = z.object({ state: z.enum(HEALTH_STATES), since: z.number() });

/** All that is remembered of a source between its polls: plain JSON, under 2 kB. Times are milliseconds since the epoch. */
export const historySchema = z.object({
  /** The configured address; with another one the history begins anew. */
  url: z.string(),
  /** Learned interval; null before the first poll that went well. */
  paceMs: z.number().nullable(),
  failures: failuresSchema.nullable(),
  parkedAt: z.number().nullable(),
  move: moveSchema.nullable(),
  trust: trustSchema,
  cadence: cadenceSchema.nullable(),
  listing: listingSchema.nullable(),
  health: healthSchema,
});
export type SourceHistory = z.output<typeof historySchema>;

export const newHistory = (url: string, now: number): SourceHistory => ({
  url, paceMs: null, failures: null, parkedAt: null, move: null, trust: NO_TRUST_YET, cadence: null, listing: null, health: { state: 'healthy', since: now },
});

/** The history as it was stored; a new one where there is none, where it is of another address, or where it cannot be read. */
export function readHistory(stored: string | null | undefined, url: string, now: number): SourceHistory {
  if (stored === null || stored === undefined) return newHistory(url, now);
  const history = historySchema.safeParse(parseJson(stored));
  return history.success && history.data.url === url ? history.data : newHistory(url, now);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
