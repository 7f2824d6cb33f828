import type { Redis } from 'ioredis';
import { deliveryQuarantined, intakeFill, settleQuarantined } from '../ledger/index.js';
import { later, openWorker, Watchdog, type QueueName, type WorkerInit } from '../queue/index.js';
import { addDuePolls } from '../../workers/add-polls.js';
import { article } from '../../workers/article.js';
import type { WorkerContext } from '../../workers/context.js';
import { deliver } from '../../workers/deliver.js';
import type { Outlet } from '../sink/index.js';
import { poll } from '../../workers/poll.js';
import { claimDue, reask, reaskFailed } from '../../workers/reask.js';
import { watchBacklogs } from './backlog-alarm.js';
import { keepSpill } from './spill.js';
import { every } from './every.js';
import { Rest } from './rest.js';

/** A role at work in this process. */
export interface RunningRole {
  readonly name: QueueName;
  readonly watchdogs: readonly Watchdog[];
  /** Takes no new work; settles when what is under way has ended, or at once when forced. */
  stop(force: boolean): Promise<void>;
}

const TICK_MS = 1_000;
/** A little less than the tick, so that a late one is not skipped. */
const TICK_GUARD_MS = 900;
const WATCH_MS = 10_000;
/** How long a page waits when Redis has no room for its stories. */
const FULL_WAIT_MS = 5_000;
const REASK_MS = 1_000;
const BACKLOG_MS = 2_000;

/** What every worker has in common: its watchdog, and telling faults. */
function startWorker<Name extends QueueName>(
  name: Name, context: WorkerContext, connection: Redis, init: Pick<WorkerInit<Name>, 'sink' | 'concurrency' | 'handle' | 'quarantine'>, rest?: Rest,
): { readonly watchdog: Watchdog; readonly stopWatching: () => void } {
  const { settings, events, queues, stages } = context;
  const { sink } = init;
  const queue = sink === undefined ? (name === 'poll' ? queues.poll : queues.article) : queues.deliver(sink);
  const watchdog = new Watchdog({
    open(onSign) {
      const worker = openWorker(name, connection, settings, {
        ...init, onSign,
        onEnd: (end, ms) => stages.ended(name, end, ms),
        onFault: (payload, fault, attempt) => events.emit('fault', { queue: name, payload, fault, attempt }),
        onError: (error) => events.emit('trouble', { what: `${queue.name} worker`, error }),
      });
      rest?.of(worker);
      return worker;
    },
    // A worker that rests because its sink is left alone is well.
    waiting: () => (rest?.isOn === true ? Promise.resolve(0) : queue.getWaitingCount()),
    silentMs: settings.console.stuckAfter,
    onSilent: (silentMs) => events.emit('worker-restarted', { queue: queue.name, silentMs: Math.round(silentMs) }),
  });
  const stopWatching = every(WATCH_MS, () => watchdog.look(), (error) => events.emit('trouble', { what: `${queue.name} watchdog`, error }));
  return { watchdog, stopWatching };
}

export function startPollRole(context: WorkerContext, connection: Redis): RunningRole {
  const { settings, redis, keys, events, memory } = context;
  const { watchdog, stopWatching } = startWorker('poll', context, connection, {
    concurrency: settings.poll.concurrency,
    handle: (payload, { signal }) => poll(context, payload, signal),
    // A poll never ends for good: its source is due again when the lease lapses.
    quarantine: () => Promise.resolve(),
  });
  let paused = false;
  events.on('intake-paused', () => {
    paused = true;
  });
  const stopTicking = every(TICK_MS, async () => {
    const { fill } = memory;
    if (fill?.full === true) {
      if (!paused) events.emit('intake-paused', { why: 'memory', used: fill.used, limit: fill.limit });
      return;
    }
    const waiting = await context.queues.article.getJobCountByTypes('waiting', 'delayed');
    if (waiting >= settings.article.maxWaiting) {
      if (!paused) events.emit('intake-paused', { why: 'pages', waiting, limit: settings.article.maxWaiting });
      return;
    }
    await addDuePolls(context, TICK_GUARD_MS);
    if (paused && !(await intakeFill(redis, keys, settings.store, context.plans)).full) {
      paused = false;
      events.emit('intake-resumed');
    }
  }, (error) => events.emit('trouble', { what: 'tick', error }));
  return {
    name: 'poll', watchdogs: [watchdog],
    async stop(force) {
      stopTicking();
      stopWatching();
      await watchdog.close(force);
    },
  };
}

export function startArticleRole(context: WorkerContext, connection: Redis): RunningRole {
  const { settings, redis, keys, events, memory } = context;
  const { watchdog, stopWatching } = startWorker('article', context, connection, {
    concurrency: settings.article.concurrency,
    // A page read is stories more in Redis: they wait where there is no room.
    handle: ({ again, ...payload }, { signal }) => {
      if (memory.fill?.full === true) return Promise.resolve(later(FULL_WAIT_MS));
      return again === undefined ? article(context, payload, signal) : reask(context, { ...payload, again }, signal);
    },
    async quarantine({ again, ...payload }, fault, attempts) {
      if (again !== undefined) return reaskFailed(context, { ...payload, again }, fault);
      const moved = await settleQuarantined(redis, keys, payload, fault, attempts);
      if (moved) events.emit('settled', { source: payload.source, item: payload.item, disposition: 'quarantined', reason: fault.code });
    },
  });
  const stopAsking = every(REASK_MS, () => claimDue(context), (error) => events.emit('trouble', { what: 'asking again', error }));
  return {
    name: 'article', watchdogs: [watchdog],
    async stop(force) {
      stopAsking();
      stopWatching();
      await watchdog.close(force);
    },
  };
}

/** One worker a sink, each with a queue of its own. */
export function startDeliverRole(context: WorkerContext, connection: Redis): RunningRole {
  const sinks = [...context.outlets.values()].map((outlet) => startSink(context, connection, outlet));
  const stopWatching = every(BACKLOG_MS, watchBacklogs(context), (error) => context.events.emit('trouble', { what: 'backlogs', error }));
  const stopSpilling = keepSpill(context);
  return {
    name: 'deliver', watchdogs: sinks.map(({ watchdog }) => watchdog),
    async stop(force) {
      stopWatching();
      stopSpilling();
      await Promise.all(sinks.map((sink) => sink.stop(force)));
    },
  };
}

function startSink(context: WorkerContext, connection: Redis, { plan }: Outlet): { readonly watchdog: Watchdog; stop(force: boolean): Promise<void> } {
  const { redis, keys, events } = context;
  const rest = new Rest();
  const { watchdog, stopWatching } = startWorker('deliver', context, connection, {
    sink: plan.name,
    concurrency: plan.concurrency,
    handle: (payload) => deliver(context, payload),
    async quarantine(payload, fault, attempts) {
      const end = await deliveryQuarantined(redis, keys, payload, fault, attempts);
      if (end === 'quarantined') events.emit('settled', { source: payload.source, item: payload.item, disposition: 'quarantined', reason: fault.code });
    },
  }, rest);
  const held = ({ sink, ms }: { readonly sink: string; readonly ms: number }): void => {
    if (sink === plan.name) rest.begin(ms);
  };
  events.on('sink-held', held);
  return {
    watchdog,
    async stop(force) {
      events.off('sink-held', held);
      stopWatching();
      rest.end();
      await watchdog.close(force);
    },
  };
}
