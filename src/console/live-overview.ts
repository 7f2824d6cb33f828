import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { readHistory, type HistoryPoint, type HistoryStep } from '../ledger/index.js';
import type { RedisKeys } from '../queue/index.js';
import type { ConsoleView, HealthCheck, QueueRow, SinkRow, SourceRow } from './view.js';

/** Stretches that the charts show, and of which steps. */
export const SPANS = {
  hour: { step: 'minute', count: 60 },
  day: { step: 'hour', count: 24 },
  month: { step: 'day', count: 30 },
} as const satisfies Record<string, { readonly step: HistoryStep; readonly count: number }>;
export type Span = keyof typeof SPANS;
export const spanOf = (text: string | null): Span => (text === 'day' || text === 'month' ? text : 'hour');

/** The whole service in one moment. */
export interface OverviewSample {
  readonly at: Date;
  readonly sources: readonly SourceRow[];
  readonly queues: readonly QueueRow[];
  readonly sinks: readonly SinkRow[];
  readonly checks: readonly HealthCheck[];
  readonly history: Readonly<Record<Span, readonly HistoryPoint[]>>;
}

export interface LiveOverviewInit {
  readonly view: ConsoleView;
  readonly redis: Redis;
  readonly keys: RedisKeys;
  /** Ends every stream: the console is stopping. */
  readonly closing: AbortSignal;
}

const FRESH_MS = 2_000;
/** Gathering takes at most this share of the time, however many sources there are. */
const SHARE = 1 / 20;
const LOOK_MS = 1_000;
const MOST_VIEWERS = 64;
/** After this long the browser comes back by itself and is asked again who it is. */
const LONGEST_MS = 600_000;

/** One sample for all who look: it is gathered when somebody asks and the last one is old, never once a viewer. */
export class LiveOverview {
  readonly #init: LiveOverviewInit;
  #last: OverviewSample | null = null;
  #staleAt = 0;
  #gathering: Promise<OverviewSample> | null = null;
  #viewers = 0;

  constructor(init: LiveOverviewInit) {
    this.#init = init;
  }

  latest(): Promise<OverviewSample> {
    if (this.#last !== null && performance.now() < this.#staleAt) return Promise.resolve(this.#last);
    return (this.#gathering ??= this.#gather().finally(() => { this.#gathering = null; }));
  }

  /** Each new sample, to be read by one viewer; null where there are too many already. */
  follow(gone: AbortSignal): AsyncGenerator<OverviewSample, void, undefined> | null {
    if (this.#viewers >= MOST_VIEWERS) return null;
    return this.#samples(AbortSignal.any([gone, this.#init.closing, AbortSignal.timeout(LONGEST_MS)]));
  }

  get viewers(): number {
    return this.#viewers;
  }

  async* #samples(end: AbortSignal): AsyncGenerator<OverviewSample, void, undefined> {
    this.#viewers += 1;
    let shown: OverviewSample | null = null;
    try {
      while (!end.aborted) {
        const sample = await this.latest();
        if (sample !== shown && !end.aborted) yield sample;
        shown = sample;
        await sleep(LOOK_MS, undefined, { signal: end }).catch(() => undefined);
      }
    } finally {
      this.#viewers -= 1;
    }
  }

  async #gather(): Promise<OverviewSample> {
    const { view, redis, keys } = this.#init;
    const began = performance.now();
    const at = new Date();
    const history = async (span: Span): Promise<HistoryPoint[]> => readHistory(redis, keys, SPANS[span].step, SPANS[span].count, at.getTime());
    const [sources, queues, sinks, checks, hour, day, month] = await Promise.all([
      view.sources(), view.queues(), view.sinks(), view.checks(), history('hour'), history('day'), history('month'),
    ]);
    const ended = performance.now();
    this.#staleAt = ended + Math.max(FRESH_MS, (ended - began) / SHARE);
    this.#last = { at, sources, queues, sinks, checks, history: { hour, day, month } };
    return this.#last;
  }
}
