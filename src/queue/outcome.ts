import { DelayedError, UnrecoverableError, type Job } from 'bullmq';
import { Fault, retryLater } from '../fault.js';

/** How one run of a job ended. */
export type JobEnd =
  | { readonly kind: 'done' }
  /** Not now (a host's gate is closed, a store is full): back into the queue, without counting as an attempt. */
  | { readonly kind: 'later'; readonly ms: number }
  | { readonly kind: 'failed'; readonly fault: Fault };

export const done: JobEnd = { kind: 'done' };
export const later = (ms: number): JobEnd => ({ kind: 'later', ms });
export const endedBy = (fault: Fault): JobEnd => ({ kind: 'failed', fault });

/** What a thrown value is worth: a fault stays itself, anything else may have been bad luck and is tried again. */
export const faultOf = (thrown: unknown): Fault =>
  thrown instanceof Fault
    ? thrown
    : retryLater({ code: 'unexpected', message: thrown instanceof Error ? thrown.message : String(thrown), cause: thrown });

/** What BullMQ needs of a job to end it; `Job` fits. */
export type EndableJob = Pick<Job, 'attemptsMade' | 'opts' | 'moveToDelayed'>;

/** True when a fault now would be the job's last. */
export const isLastAttempt = (job: Pick<Job, 'attemptsMade' | 'opts'>): boolean => job.attemptsMade + 1 >= (job.opts.attempts ?? 1);

/**
 * The one place where a fault's consequence becomes BullMQ's action:
 *
 * | end                                   | action                                                             |
 * |---------------------------------------|--------------------------------------------------------------------|
 * | done                                  | the job completes                                                  |
 * | later                                 | delayed, the attempt not counted                                   |
 * | retry-later, attempts left            | thrown: BullMQ delays it by {@link backoffMs}                      |
 * | retry-later, last attempt             | `quarantine`, then failed for good                                 |
 * | give-up, misconfigured                | `quarantine`, then failed for good                                 |
 *
 * `quarantine` writes the books before BullMQ hears of it: a crash in between repeats the job, which finds it settled.
 */
export async function endJob(
  job: EndableJob, token: string | undefined, end: JobEnd, quarantine: (fault: Fault) => Promise<void>,
): Promise<void> {
  if (end.kind === 'done') return;
  if (end.kind === 'later') {
    await job.moveToDelayed(Date.now() + Math.max(1, Math.round(end.ms)), token);
    throw new DelayedError();
  }
  const { fault } = end;
  if (fault.consequence === 'retry-later' && !isLastAttempt(job)) throw fault;
  await quarantine(fault);
  throw new UnrecoverableError(`${fault.code}: ${fault.message}`);
}

export interface Backoff {
  /** Wait before the second attempt; it doubles with each one after. */
  readonly backoff: number;
  readonly maxBackoff: number;
  /** Share of the wait that is drawn at random, 0–1. */
  readonly jitter: number;
}

/** Milliseconds before the next attempt; never less than what the other side asked for. */
export function backoffMs({ backoff, maxBackoff, jitter }: Backoff, attemptsMade: number, error?: Error, random = Math.random): number {
  const full = Math.min(maxBackoff, backoff * 2 ** Math.max(0, attemptsMade - 1));
  const drawn = full * (1 - jitter + jitter * random());
  return Math.round(Math.max(drawn, error instanceof Fault ? (error.retryAfterMs ?? 0) : 0));
}
