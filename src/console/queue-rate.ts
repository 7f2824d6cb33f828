import type { Metrics } from 'bullmq';

const MINUTE_MS = 60_000;
const MINUTES = 5;

/**
 * Jobs ended in a minute, over the last whole minutes, from BullMQ's counts: `data` holds the minutes before that of `prevTS`, the
 * newest first; what ended in that minute is `count - prevCount`, and in minutes after it nothing did.
 */
export function endedPerMinute({ meta: { count, prevTS, prevCount }, data }: Metrics, now: number): number {
  if (prevTS === 0) return 0;
  const counted = Math.floor(prevTS / MINUTE_MS);
  const current = Math.floor(now / MINUTE_MS);
  let ended = 0;
  for (let minute = current - MINUTES; minute < current; minute += 1) {
    if (minute === counted) ended += count - prevCount;
    else if (minute < counted) ended += data[counted - 1 - minute] ?? 0;
  }
  return ended / MINUTES;
}
