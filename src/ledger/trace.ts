import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { RedisKeys } from '../queue/index.js';
import { TRACE_STEPS } from './state.js';

/**
 * One step in an item's life. `listed`, `queued`, `accepted` … are written by the script that takes the step; `attempt` (a job
 * that failed and comes again) by the worker that saw it, so that a worker killed in that moment may leave one out.
 */
export interface TraceStep {
  /** ISO 8601, by the clock of Redis. */
  readonly at: string;
  readonly source: string;
  readonly item: string;
  readonly revision: number;
  /** A stage of the item (`queued`, `accepted`, a disposition) or `listed`, `taken`, `refused`, `renamed`, `to-disk`, `from-disk`, `attempt`, `asked-again`. */
  readonly step: string;
  /** The address, the reason, the stories as `[[id, version]…]`, the sink: what the step is about. */
  readonly detail: string;
}

/** What is looked for: an item's or a story's id, or a test of the address it was listed under. */
export type Wanted =
  | { readonly id: string }
  | { readonly isAddress: (url: string) => boolean };

const PAGE = 1_000;
const fieldsSchema = z.array(z.string());

function stepOf(source: string, id: string, fields: readonly string[]): TraceStep {
  const [, item = '', , revision = '', , step = '', , detail = ''] = fieldsSchema.parse(fields);
  return { at: new Date(Number(id.split('-', 1)[0])).toISOString(), source, item, revision: Number(revision), step, detail };
}

/** The last steps of a source's items, newest first. */
export const latestSteps = async (redis: Redis, keys: RedisKeys, source: string, limit: number): Promise<TraceStep[]> =>
  (await redis.xrevrange(keys.trace(source), '+', '-', 'COUNT', limit)).map(([id, fields]) => stepOf(source, id, fields));

async function* steps(redis: Redis, keys: RedisKeys, source: string): AsyncGenerator<TraceStep> {
  for (let from = '-'; ;) {
    const entries = await redis.xrange(keys.trace(source), from, '+', 'COUNT', PAGE);
    for (const [id, fields] of entries) yield stepOf(source, id, fields);
    const last = entries.at(-1);
    if (last === undefined || entries.length < PAGE) return;
    from = `(${last[0]}`;
  }
}

const storySchema = z.array(z.tuple([z.string(), z.int()]));

/** Stories that an `accepted` step tells of, where it does; a detail cut short for its length tells of none. */
export function storiesOf({ step, detail }: TraceStep): { readonly id: string; readonly version: number }[] {
  if (step !== 'accepted') return [];
  try {
    return storySchema.parse(JSON.parse(detail)).map(([id, version]) => ({ id, version }));
  } catch {
    return [];
  }
}

const matches = (found: TraceStep, wanted: Wanted): boolean =>
  'id' in wanted
    ? found.item === wanted.id || (found.step === 'accepted' && found.detail.includes(`"${wanted.id}"`))
    : found.step === 'listed' && wanted.isAddress(found.detail);

/**
 * The lives of the items that fit, oldest step first: every source's trace is read once, a thousand steps at a time. An item
 * that got another name is followed under both.
 */
export async function trace(redis: Redis, keys: RedisKeys, wanted: Wanted, only?: string): Promise<TraceStep[]> {
  const sources = only === undefined ? (await redis.smembers(keys.sources)).sort() : [only];
  const lives: TraceStep[] = [];
  for (const source of sources) {
    const names = new Set<string>();
    const renames: TraceStep[] = [];
    for await (const found of steps(redis, keys, source)) {
      if (matches(found, wanted)) names.add(found.item);
      if (found.step === 'renamed') renames.push(found);
    }
    if (names.size === 0) continue;
    // Later names first and then earlier ones, so that a chain of renames is followed both ways.
    for (const { item, detail } of [...renames, ...renames.toReversed()]) {
      if (names.has(item)) names.add(detail);
      else if (names.has(detail)) names.add(item);
    }
    for await (const found of steps(redis, keys, source)) if (names.has(found.item)) lives.push(found);
  }
  return lives.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

export interface Attempt {
  readonly source: string;
  readonly item: string;
  readonly revision: number;
  /** Queue, attempt and fault in one line. */
  readonly detail: string;
}

/** Notes attempts that failed; one round trip for many. */
export async function traceAttempts(redis: Redis, keys: RedisKeys, attempts: readonly Attempt[]): Promise<void> {
  const pipeline = redis.pipeline();
  for (const { source, item, revision, detail } of attempts) {
    pipeline.xadd(keys.trace(source), 'MAXLEN', '~', TRACE_STEPS, '*', 'i', item, 'r', revision, 's', 'attempt', 'd', detail.slice(0, 1_000));
  }
  await pipeline.exec();
}

/** Drops steps older than the age, in milliseconds. Gives how many. */
export const trimTrace = (redis: Redis, keys: RedisKeys, source: string, age: number, now = Date.now()): Promise<number> =>
  redis.xtrim(keys.trace(source), 'MINID', Math.max(0, now - age));
