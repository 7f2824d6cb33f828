import type { Queue } from 'bullmq';

/**
 * Milliseconds that the oldest job which could be taken now has waited; null where none waits. What was put off on purpose (a
 * host's gate, a back-off) waits from the end of that.
 */
export async function oldestWaitingMs(queue: Queue, now: number): Promise<number | null> {
  const [oldest] = await queue.getJobs(['waiting'], 0, 0, true);
  if (oldest === undefined) return null;
  return Math.max(0, now - Math.max(oldest.timestamp + (oldest.opts.delay ?? 0), oldest.processedOn ?? 0));
}
