import type { Redis } from 'ioredis';
import type { RedisKeys } from './keys.js';
import type { QueueName } from './names.js';
import type { JobEnd } from './outcome.js';

/** Runs of jobs are counted together over a slot, and slots are kept for a few. */
const SLOT_MS = 5 * 60_000;
const SLOTS_LOOKED_AT = 3;
const SLOT_KEPT_S = (SLOTS_LOOKED_AT + 2) * (SLOT_MS / 1_000);
/** Reasons told apart by one process. Codes are few, but what a server answers is up to it. */
const MOST_REASONS = 100;
const CODE = /^[a-z0-9-]{1,64}$/;
export const OTHER_REASON = 'other';

/** How one kind of work went: every run of a job ended in one of these ways. */
export interface StageCount {
  readonly stage: string;
  /** `done`; `later`, put back without an attempt; `failed`, for now or for good. */
  readonly outcome: JobEnd['kind'];
  /** Code of the fault; '' where there was none. */
  readonly reason: string;
  readonly runs: number;
}

export interface StageTotals {
  readonly counts: readonly StageCount[];
  /** Seconds that runs took together, by stage. */
  readonly seconds: ReadonlyMap<string, number>;
  /** Of the runs that ended of late (10–15 minutes), done or failed, the share that failed, by stage; none ended: 0. */
  readonly failing: ReadonlyMap<string, number>;
}

/**
 * Counts how the runs of jobs ended, for every process together. In memory first: a run costs no round trip, and what a killed
 * process had not written is missing from a statistic, not from the books.
 */
export class StageCounter {
  readonly #redis: Redis;
  readonly #keys: RedisKeys;
  readonly #reasons = new Set<string>();
  #runs = new Map<string, number>();
  #ms = new Map<string, number>();

  constructor(redis: Redis, keys: RedisKeys) {
    this.#redis = redis;
    this.#keys = keys;
  }

  ended(stage: QueueName, end: JobEnd, ms: number): void {
    const field = `${stage}:${end.kind}:${end.kind === 'failed' ? this.#reason(end.fault.code) : ''}`;
    this.#runs.set(field, (this.#runs.get(field) ?? 0) + 1);
    this.#ms.set(stage, (this.#ms.get(stage) ?? 0) + ms);
  }

  #reason(code: string): string {
    if (this.#reasons.has(code)) return code;
    if (!CODE.test(code) || this.#reasons.size >= MOST_REASONS) return OTHER_REASON;
    this.#reasons.add(code);
    return code;
  }

  async write(): Promise<void> {
    if (this.#runs.size === 0) return;
    const [runs, ms] = [this.#runs, this.#ms];
    this.#runs = new Map();
    this.#ms = new Map();
    const slot = this.#keys.stageSlot(slotAt(Date.now()));
    const pipeline = this.#redis.multi();
    for (const [field, count] of runs) {
      pipeline.hincrby(this.#keys.stages, field, count);
      pipeline.hincrby(slot, field, count);
    }
    for (const [stage, took] of ms) pipeline.hincrby(this.#keys.stages, `${stage}:ms`, Math.round(took));
    pipeline.expire(slot, SLOT_KEPT_S);
    await pipeline.exec();
  }
}

const slotAt = (ms: number): number => Math.floor(ms / SLOT_MS);

export async function stageTotals(redis: Redis, keys: RedisKeys, now = Date.now()): Promise<StageTotals> {
  const slots = Array.from({ length: SLOTS_LOOKED_AT }, (_, back) => keys.stageSlot(slotAt(now) - back));
  const [total = {}, ...late] = await Promise.all([keys.stages, ...slots].map((key) => redis.hgetall(key)));
  const [done, failed] = [new Map<string, number>(), new Map<string, number>()];
  for (const { stage, outcome, runs } of late.flatMap(countsOf)) {
    const ends = outcome === 'failed' ? failed : outcome === 'done' ? done : null;
    ends?.set(stage, (ends.get(stage) ?? 0) + runs);
  }
  const share = (stage: string): number => {
    const bad = failed.get(stage) ?? 0;
    return bad === 0 ? 0 : bad / (bad + (done.get(stage) ?? 0));
  };
  return {
    counts: countsOf(total),
    seconds: new Map(Object.entries(total).flatMap(([field, ms]) => (field.endsWith(':ms') ? [[field.slice(0, -':ms'.length), Number(ms) / 1_000]] : []))),
    failing: new Map([...new Set([...done.keys(), ...failed.keys()])].map((stage) => [stage, share(stage)])),
  };
}

const isOutcome = (text: string): text is JobEnd['kind'] => text === 'done' || text === 'later' || text === 'failed';

const countsOf = (fields: Readonly<Record<string, string>>): StageCount[] => Object.entries(fields).flatMap(([field, runs]) => {
  const [stage = '', outcome = '', reason = ''] = field.split(':');
  return isOutcome(outcome) ? [{ stage, outcome, reason, runs: Number(runs) }] : [];
});
