import { DelayedError, UnrecoverableError } from 'bullmq';
import { expect, test } from 'vitest';
import { giveUp, misconfigured, retryLater, type Fault } from '../../src/fault.js';
import { backoffMs, done, endJob, endedBy, faultOf, later, type EndableJob, type JobEnd } from '../../src/queue/outcome.js';

const busy = retryLater({ code: 'http-503', message: 'busy', retryAfterMs: 90_000 });

/** Ends a job on its nth attempt of three, and tells what was thrown and what went to quarantine. */
async function end(how: JobEnd, attempt: number): Promise<{ thrown: unknown; quarantined: Fault[]; delayedTo: number | null }> {
  let delayedTo: number | null = null;
  const job: EndableJob = { attemptsMade: attempt - 1, opts: { attempts: 3 }, moveToDelayed: (at) => Promise.resolve(void (delayedTo = at)) };
  const quarantined: Fault[] = [];
  const thrown: unknown = await endJob(job, 'token', how, (fault) => Promise.resolve(void quarantined.push(fault))).catch((error: unknown) => error);
  return { thrown, quarantined, delayedTo };
}

test.each([
  ['done', done, 1, undefined, 0],
  ['a fault to retry, attempts left', endedBy(busy), 2, busy, 0],
  ['a fault to retry, last attempt', endedBy(busy), 3, UnrecoverableError, 1],
  ['a fault to give up on', endedBy(giveUp({ code: 'http-404', message: 'gone' })), 1, UnrecoverableError, 1],
  ['a fault of configuration', endedBy(misconfigured({ code: 'sink-unknown', message: 'none' })), 1, UnrecoverableError, 1],
] as const)('%s', async (_, how, attempt, expected, quarantines) => {
  const { thrown, quarantined } = await end(how, attempt);
  expect(thrown instanceof UnrecoverableError ? UnrecoverableError : thrown).toBe(expected);
  expect(quarantined).toHaveLength(quarantines);
});

test('later delays the job without a failure', async () => {
  const { thrown, quarantined, delayedTo } = await end(later(5_000), 3);
  expect(thrown).toBeInstanceOf(DelayedError);
  expect(quarantined).toEqual([]);
  expect(delayedTo).toBeGreaterThan(Date.now() + 4_000);
});

test('the wait doubles, is bounded, drawn at random by its share, and never shorter than was asked for', () => {
  const backoff = { backoff: 1_000, maxBackoff: 10_000, jitter: 0.5 };
  expect([1, 2, 3, 4, 5, 60].map((attempts) => backoffMs(backoff, attempts, undefined, () => 1))).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  expect(backoffMs(backoff, 2, undefined, () => 0)).toBe(1_000);
  expect(backoffMs(backoff, 1, busy)).toBe(90_000);
});

test('what was thrown and is no fault may have been bad luck', () => {
  expect(faultOf(new TypeError('x is undefined'))).toMatchObject({ code: 'unexpected', consequence: 'retry-later', message: 'x is undefined' });
  expect(faultOf(busy)).toBe(busy);
});
