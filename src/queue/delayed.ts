import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { RedisScript } from '../redis-script.js';

/** BullMQ keeps the due time of a delayed job in the upper bits of its score. */
const SCORE_SHIFT = 0x1000;
/** Clocks of one machine differ by less, and the waits of jobs matter more. */
const SLACK_MS = 1_000;

/** A job cannot have longer to wait than it was told to: where it has, the clock that dated it ran ahead. */
const MISDATED = new RedisScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not score then return 0 end
local delay = tonumber(redis.call('HGET', KEYS[2], 'delay') or '0')
if math.floor(tonumber(score) / ${SCORE_SHIFT}) - now > delay + ${SLACK_MS} then return 1 end
return 0
`);

/**
 * BullMQ dates a delayed job by the clock of the process that delays it; one whose clock ran an hour ahead puts its jobs off by an
 * hour for all. True when the job was one of those: it is to be done now.
 */
export async function promoteMisdated(redis: Redis, queue: Queue, id: string): Promise<boolean> {
  if ((await MISDATED.run(redis, [queue.toKey('delayed'), queue.toKey(id)], [id])) !== 1) return false;
  const job = await queue.getJob(id);
  // Somebody may have been faster.
  return job === undefined ? false : job.promote().then(() => true, () => false);
}

/** Milliseconds that the first delayed job of a queue is past its time; 0 when it is not, or there is none. */
export async function overdueMs(redis: Redis, queue: Queue, now: number): Promise<number> {
  const [, score] = await redis.zrange(queue.toKey('delayed'), 0, '0', 'WITHSCORES');
  return score === undefined ? 0 : Math.max(0, now - Math.floor(Number(score) / SCORE_SHIFT));
}
