import { failed, giveUp, misconfigured, ok, retryLater, type Fault, type Outcome } from '../src/fault.js';
import { beginDelivery, delivered, markDelivery, type StoredStory } from '../src/ledger/index.js';
import { done, endedBy, faultOf, later, owedDelivery, type DeliverPayload, type JobEnd } from '../src/queue/index.js';
import { isFiltered, isRouted, outgoing, routingFacts, SINK_BUSY, type BreakerChange, type Outlet, type SinkStory } from '../src/sink/index.js';
import type { WorkerContext } from './context.js';

/** A sink that does not keep to its own time-out is left behind a moment later. */
const GRACE_MS = 500;

/**
 * The stories of one item to one sink: mark, push, book. A crash between any two repeats the delivery, and the sink knows its
 * traces. While a sink is left alone its deliveries wait, which counts as no attempt.
 */
export async function deliver(context: WorkerContext, payload: DeliverPayload): Promise<JobEnd> {
  const outlet = context.outlets.get(payload.sink);
  if (outlet === undefined) return endedBy(unknownSink(payload.sink));
  const admitted = await outlet.breaker.admit();
  if (admitted.kind === 'wait') return hold(context, outlet, admitted.ms);
  if (admitted.kind === 'stopped') {
    return endedBy(giveUp({
      code: 'sink-stopped', message: `${payload.sink} was stopped: ${admitted.message}`,
      hint: `When it is mended: dateline sinks resume ${payload.sink}, then dateline quarantine retry --reason sink-stopped.`,
    }));
  }
  const pushed = await push(context, outlet, payload);
  if (!pushed.ok) return settle(context, outlet, pushed.fault);
  tell(context, outlet, await outlet.breaker.well(), null);
  const { taken, unrouted } = pushed.value;
  const { redis, keys, events } = context;
  const end = await delivered(redis, keys, payload, taken, unrouted);
  const { source, item, sink } = payload;
  if (end !== 'settled') events.emit('delivered', { source, item, sink, stories: taken });
  if (end === 'delivered') events.emit('settled', { source, item, disposition: 'delivered' });
  return done;
}

export const unknownSink = (sink: string): Fault => misconfigured({
  code: 'sink-unknown', message: `no sink "${sink}" is configured`,
  hint: 'Enable the sink again and retry (dateline quarantine retry --reason sink-unknown), or drop the entries.',
});

interface Pushed {
  readonly taken: number;
  readonly unrouted: number;
}

/** Everything of one delivery but its booking. */
async function push(context: WorkerContext, outlet: Outlet, payload: DeliverPayload): Promise<Outcome<Pushed>> {
  const { redis, keys } = context;
  const { sink, plan } = outlet;
  const ready = await inTime(outlet, () => sink.begin());
  if (!ready.ok) return ready;
  const begun = await beginDelivery(redis, keys, payload, ready.value);
  if (begun === null) return ok({ taken: 0, unrouted: 0 });
  const { earlier } = begun;
  let mark = earlier ?? ready.value;
  const remark = async (next: string): Promise<boolean> => {
    const marked = await markDelivery(redis, keys, payload, mark, next);
    if (marked) mark = next;
    return marked;
  };
  const stories = routed(outlet, begun.stories);
  for (let from = 0; from < stories.length; from += plan.batch) {
    const batch = stories.slice(from, from + plan.batch);
    const pushed = await inTime(outlet, (signal) =>
      sink.deliver({ key: `${owedDelivery(payload)}/${from}`, stories: batch, mark, again: earlier !== null, signal, remark }));
    if (!pushed.ok) return pushed;
  }
  return ok({ taken: stories.length, unrouted: begun.stories.length - stories.length });
}

/** The stories that the sink wants, in its format. */
function routed({ plan }: Outlet, stories: readonly StoredStory[]): SinkStory[] {
  const wanted = isFiltered(plan) ? stories.filter(({ json }) => isRouted(plan, routingFacts(json))) : stories;
  return wanted.map(({ id, version, json }) => ({ id, version, json: outgoing(plan.format, json), record: json }));
}

/** A sink that hangs or throws is a fault of the sink; what it took all the same, it knows again by the key. */
async function inTime<T>({ plan, sink }: Outlet, work: (signal: AbortSignal) => Promise<Outcome<T>>): Promise<Outcome<T>> {
  const stop = new AbortController();
  let hang: NodeJS.Timeout | undefined;
  const over = new Promise<Outcome<T>>((resolve) => {
    hang = setTimeout(() => {
      // Made only now: an error that looks up its stack for every delivery that goes well costs as much as booking it.
      const late = retryLater({ code: 'sink-timeout', message: `${sink.name} did not answer within ${plan.timeoutMs / 1_000} s` });
      stop.abort(late);
      hang = setTimeout(() => resolve(failed(late)), GRACE_MS);
    }, plan.timeoutMs);
  });
  try {
    return await Promise.race([work(stop.signal).catch((thrown: unknown): Outcome<T> => failed(faultOf(thrown))), over]);
  } finally {
    clearTimeout(hang);
  }
}

/** What a fault means for this delivery, after the breaker has heard of it. */
async function settle(context: WorkerContext, outlet: Outlet, fault: Fault): Promise<JobEnd> {
  // Another process has it, or had it when it died: that ends by itself, with a lease at the latest, and says nothing of the story.
  if (fault.code === SINK_BUSY) return later(Math.max(LEAST_WAIT_MS, fault.retryAfterMs ?? 0));
  const change = await outlet.breaker.failed(fault);
  tell(context, outlet, change, fault);
  // The sink is the trouble and not the story: the delivery waits, as all others do, and loses no attempt.
  if (fault.consequence !== 'give-up' && change.after !== 'closed') {
    context.events.emit('fault', { queue: 'deliver', payload: { sink: outlet.plan.name }, fault, attempt: 0 });
    return hold(context, outlet, change.waitMs, true);
  }
  return endedBy(fault);
}

const LEAST_WAIT_MS = 200;
const MOST_WAIT_MS = 5_000;

/** A delivery whose try failed comes after others, so that one bad story does not try for ever in the place of good ones. */
function hold({ events }: WorkerContext, { plan }: Outlet, ms: number, tried = false): JobEnd {
  const wait = Math.min(MOST_WAIT_MS, Math.max(LEAST_WAIT_MS, ms));
  events.emit('sink-held', { sink: plan.name, ms: wait });
  return later(tried ? wait * 2 : wait);
}

function tell({ events }: WorkerContext, { plan }: Outlet, { before, after, waitMs }: BreakerChange, fault: Fault | null): void {
  if (before !== after && !(before === 'half-open' && after === 'open')) {
    events.emit('sink-state', { sink: plan.name, state: after, fault, waitMs });
  }
}
