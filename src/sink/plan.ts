import type { EverySink, Settings, StoryFilter } from '../config/index.js';

/** How stories go to one sink: what the settings say of it, whatever its kind. */
export interface SinkPlan {
  readonly name: string;
  readonly format: 'dateline' | 'ninjs';
  readonly only: StoryFilter | null;
  readonly except: StoryFilter | null;
  /** Deliveries under way at the same time in one process. */
  readonly concurrency: number;
  /** Most stories handed over at once. */
  readonly batch: number;
  readonly timeoutMs: number;
  /** Most that may wait for it. */
  readonly maxDeliveries: number;
  readonly maxBytes: number;
  /** How much waits for it when further deliveries go to disk. */
  readonly spillFrom: { readonly deliveries: number; readonly bytes: number };
}

/** Names of the sinks that are one of a kind. */
export const NDJSON = 'ndjson';
export const REDIS_STREAM = 'redis-stream';
/** The console's own story store. */
export const STORE = 'store';
const STORE_TIMEOUT_MS = 60_000;
/** As of every sink where nothing is said. */
const STORE_BACKLOG = { maxDeliveries: 30_000, maxBytes: 256 << 20 };

/** Share of a sink's bound at which its deliveries go to disk: well below the share at which reading pauses, so that a burst does not reach that. */
const SPILL_AT = 0.7;
/** Share of the store of stories that what waits for all sinks together may take before it goes to disk; the rest is for the quarantine. */
const SPILL_STORE_AT = 0.7;

/** Every sink that the settings switch on, in the order of its kind; pure, so that a process routes to sinks that it does not open. */
export function sinkPlans({ sinks, deliver, console, store }: Pick<Settings, 'sinks' | 'deliver' | 'console' | 'store'>): SinkPlan[] {
  const plan = (name: string, sink: EverySink): Omit<SinkPlan, 'spillFrom'> => ({
    name, format: sink.format, only: sink.only, except: sink.except,
    concurrency: sink.concurrency ?? deliver.concurrency, batch: sink.batch ?? deliver.batch, timeoutMs: sink.timeout,
    maxDeliveries: sink.maxBacklog, maxBytes: sink.maxBacklogSize,
  });
  const { ndjson, redisStream } = sinks;
  const plans = [
    ...(ndjson.enabled ? [plan(NDJSON, ndjson)] : []),
    ...(redisStream.enabled ? [plan(REDIS_STREAM, redisStream)] : []),
    ...[sinks.webhook, sinks.postgres, sinks.kafka, sinks.elasticsearch].flatMap((kind) =>
      Object.entries<EverySink & { readonly enabled: boolean }>(kind).flatMap(([name, sink]) => (sink.enabled ? [plan(name, sink)] : []))),
    ...(console.stories.enabled ? [{
      name: STORE, format: 'dateline' as const, only: null, except: null, concurrency: deliver.concurrency, batch: deliver.batch, timeoutMs: STORE_TIMEOUT_MS, ...STORE_BACKLOG,
    }] : []),
  ];
  // Sinks that all fail at the same time, each with other stories, must not fill the store: it stops the intake for all.
  const most = SPILL_STORE_AT / plans.length;
  return plans.map((each) => ({
    ...each, spillFrom: {
      deliveries: Math.max(1, Math.floor(Math.min(each.maxDeliveries * SPILL_AT, store.maxStories * most))),
      bytes: Math.max(1, Math.floor(Math.min(each.maxBytes * SPILL_AT, store.maxSize * most))),
    },
  }));
}
