import { z } from 'zod';
import type { Fault } from '../fault.js';

const stored = z.strictObject({
  queue: z.enum(['article', 'deliver']),
  source: z.string(),
  item: z.string(),
  revision: z.int(),
  sink: z.string().optional(),
  code: z.string(),
  message: z.string(),
  hint: z.string().optional(),
  consequence: z.enum(['retry-later', 'give-up', 'misconfigured']),
  attempts: z.int(),
  /** ISO 8601. */
  at: z.string(),
});

/** What is kept of a job that failed for good. The item's facts, and its stories if it got so far, are kept beside it. */
export type QuarantineEntry = z.infer<typeof stored>;

const MAX_MESSAGE = 1_000;

export function quarantineEntry(
  job: { readonly queue: 'article' | 'deliver'; readonly source: string; readonly item: string; readonly revision: number; readonly sink?: string },
  fault: Fault, attempts: number,
): string {
  const { code, message, hint, consequence } = fault;
  return JSON.stringify({
    ...job, code, message: message.slice(0, MAX_MESSAGE), ...(hint === undefined ? {} : { hint: hint.slice(0, MAX_MESSAGE) }),
    consequence, attempts, at: new Date().toISOString(),
  } satisfies QuarantineEntry);
}

export const parseQuarantineEntry = (json: string): QuarantineEntry => stored.parse(JSON.parse(json));
