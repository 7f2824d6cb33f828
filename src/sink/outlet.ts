import type { Redis } from 'ioredis';
import type { Settings } from '../config/index.js';
import type { RedisKeys } from '../queue/index.js';
import { Breaker } from './breaker.js';
import type { Sink } from './contract.js';
import { openSinks } from './open.js';
import { sinkPlans, type SinkPlan } from './plan.js';

/** A sink with what is around it: how stories go to it, and whether they may go now. */
export interface Outlet {
  readonly plan: SinkPlan;
  readonly sink: Sink;
  readonly breaker: Breaker;
}

/** Longer than a delivery that hangs. */
const TRY_GRACE_MS = 5_000;

/** Every sink of the settings, by name; `others` are those that another stage opens. */
export function openOutlets(settings: Settings, redis: Redis, keys: RedisKeys, others: readonly Sink[] = []): ReadonlyMap<string, Outlet> {
  const { failures, wait, maxWait } = settings.deliver.breaker;
  const sinks = new Map([...openSinks(settings, redis, keys), ...others.map((sink) => [sink.name, sink] as const)]);
  return new Map(sinkPlans(settings).flatMap((plan): [string, Outlet][] => {
    const sink = sinks.get(plan.name);
    if (sink === undefined) return [];
    const breaker = new Breaker(redis, keys, plan.name, { failures, waitMs: wait, maxWaitMs: maxWait, tryMs: plan.timeoutMs + TRY_GRACE_MS });
    return [[plan.name, { plan, sink, breaker }]];
  }));
}
