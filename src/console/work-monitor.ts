import type { Redis } from 'ioredis';
import { overdueMs, type NamedQueue, type Queues, type RedisKeys } from '../queue/index.js';
import type { HealthCheck } from './view.js';

export interface WorkMonitorInit {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly queues: Queues;
  /** Milliseconds without a sign of work after which it counts as stopped. */
  readonly stuckAfterMs: number;
  readonly onError: (error: unknown) => void;
  readonly now?: () => number;
}

interface Sign {
  /** What the queue looked like. */
  readonly picture: string;
  /** When it came to look so. */
  readonly since: number;
}

/**
 * Tells whether work goes on. A queue in which jobs wait and nothing moves for a while has stopped, whatever its workers say of
 * themselves: a worker may be connected and silent. It has to look now and then, so it is started and stopped.
 */
export class WorkMonitor {
  readonly #init: WorkMonitorInit;
  readonly #signs = new Map<string, Sign>();
  #timer: NodeJS.Timeout | undefined;

  constructor(init: WorkMonitorInit) {
    this.#init = init;
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.look().catch(this.#init.onError), Math.min(5_000, this.#init.stuckAfterMs / 4));
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async look(): Promise<void> {
    for (const named of this.#init.queues.all()) await this.#lookAt(named);
  }

  async checks(): Promise<HealthCheck[]> {
    const checks: HealthCheck[] = [];
    for (const named of this.#init.queues.all()) checks.push(await this.#lookAt(named));
    checks.push(await this.#lookAtDue());
    return checks;
  }

  async #lookAt({ name, role, queue }: NamedQueue): Promise<HealthCheck> {
    const [counts, [oldest], active, workers, overdue] = await Promise.all([
      queue.getJobCounts('waiting', 'active', 'delayed', 'failed'),
      queue.getJobs(['waiting'], 0, 0, true),
      queue.getJobs(['active'], 0, 99, true),
      queue.getWorkers(),
      overdueMs(this.#init.redis, queue, this.#now()),
    ]);
    const now = this.#now();
    const waiting = counts['waiting'] ?? 0;
    const picture = JSON.stringify([counts, oldest?.id, active.map((job) => [job.id, job.attemptsStarted])]);
    const last = this.#signs.get(name);
    const sign = last !== undefined && last.picture === picture ? last : { picture, since: now };
    this.#signs.set(name, sign);
    const still = now - sign.since;
    const what = `${waiting} waiting, ${counts['active'] ?? 0} active, ${workers.length} ${workers.length === 1 ? 'worker' : 'workers'}`;
    if (waiting > 0 && still > this.#init.stuckAfterMs) {
      return { name: `work: ${name}`, ok: false, detail: `${what}; nothing has moved for ${seconds(still)}. Is a process with the role ${role} running?` };
    }
    // Delayed jobs are brought forward by the workers: one long past its time means that there is none, or that it does nothing.
    if (overdue > this.#init.stuckAfterMs) {
      return { name: `work: ${name}`, ok: false, detail: `${what}; a delayed job should have begun ${seconds(overdue)} ago. Is a process with the role ${role} running?` };
    }
    return { name: `work: ${name}`, ok: true, detail: what };
  }

  /** A source long past its time means that nobody polls. */
  async #lookAtDue(): Promise<HealthCheck> {
    const { redis, keys, stuckAfterMs } = this.#init;
    const [source, score] = await redis.zrange(keys.due, '0', '0', 'WITHSCORES');
    if (source === undefined) return { name: 'schedule', ok: true, detail: 'no source waits for its poll' };
    const late = this.#now() - Number(score);
    return late > stuckAfterMs
      ? { name: 'schedule', ok: false, detail: `${source} should have been polled ${seconds(late)} ago. Is a process with the role poll running?` }
      : { name: 'schedule', ok: true, detail: late > 0 ? 'polls are on time' : `the next poll is in ${seconds(-late)}` };
  }

  #now(): number {
    return (this.#init.now ?? Date.now)();
  }
}

const seconds = (ms: number): string => `${Math.round(ms / 1_000)} s`;
