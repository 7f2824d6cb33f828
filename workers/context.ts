import type { Redis } from 'ioredis';
import type { PageArchive } from '../src/archive/index.js';
import type { Settings, SourceConfig } from '../src/config/index.js';
import type { Fetcher, HostGate, RobotsGate } from '../src/fetch/index.js';
import type { DueSet, Queues, RedisKeys, StageCounter } from '../src/queue/index.js';
import type { ServiceEmitter } from '../src/service/events.js';
import type { MemoryWatch } from '../src/service/memory-watch.js';
import type { Outlet, SinkPlan } from '../src/sink/index.js';
import type { SubscriptionStore } from '../src/websub/index.js';
import type { FurnitureStore } from './furniture-store.js';
import type { ParsePool } from './parse-pool.js';

/** What the workers work with; made once by the service. */
export interface WorkerContext {
  readonly settings: Settings;
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly queues: Queues;
  readonly due: DueSet;
  readonly subscriptions: SubscriptionStore;
  readonly events: ServiceEmitter;
  readonly fetcher: Fetcher;
  readonly gate: HostGate;
  readonly robots: RobotsGate;
  readonly pool: ParsePool;
  readonly furniture: FurnitureStore;
  /** How runs of jobs end, for the metrics. */
  readonly stages: StageCounter;
  /** How full Redis is, as seen within the last second. */
  readonly memory: Pick<MemoryWatch, 'fill'>;
  /** Where fetched pages are kept; null when that is not asked for. */
  readonly archive: PageArchive | null;
  /** Where stories go by the settings, for routing. */
  readonly plans: readonly SinkPlan[];
  readonly outlets: ReadonlyMap<string, Outlet>;
  /** The source as configured now; undefined when it was taken out or switched off. */
  source(id: string): SourceConfig | undefined;
}
