import { setTimeout as pause } from 'node:timers/promises';
import { failed, retryLater, type Fault, type Outcome } from '../fault.js';
import type { SinkStory } from './contract.js';
import type { Outlet } from './outlet.js';
import { outgoing } from './outgoing.js';
import { isFiltered, isRouted, routingFacts } from './route.js';

/** A version of a story that was sent before, as it is kept. */
export interface SentStory {
  readonly id: string;
  readonly version: number;
  /** The story record as one line of JSON. */
  readonly record: string;
}

export interface ReplayOptions {
  /** Name of this replay: with a batch's number it is the key of the batch. */
  readonly name: string;
  /** Attempts of one batch, and the wait before the second; it doubles with each one after. */
  readonly attempts: number;
  readonly backoffMs: number;
  readonly onProgress?: (sent: number) => void;
}

export interface Replayed {
  readonly sent: number;
  /** Left out by the sink's own filter. */
  readonly unrouted: number;
  /** Why it ended early: what was sent until then stays sent, and may be sent again. Null for a replay that came to its end. */
  readonly fault: Fault | null;
}

/**
 * Sends stories again to one sink, with the ids and versions they had: a sink that honours them changes nothing. It stands
 * beside the queues, so that a replay of a month holds up no news, and moves no book.
 */
export async function replay(outlet: Pick<Outlet, 'sink' | 'plan'>, stories: AsyncIterable<SentStory>, options: ReplayOptions): Promise<Replayed> {
  const { plan } = outlet;
  let [sent, unrouted, fault]: [number, number, Fault | null] = [0, 0, null];
  let batch: SinkStory[] = [];
  const push = async (): Promise<void> => {
    if (batch.length === 0) return;
    const pushed = await untilTaken(outlet, batch, `replay/${options.name}/${sent}`, options);
    if (!pushed.ok) {
      fault = pushed.fault;
      return;
    }
    sent += batch.length;
    batch = [];
    options.onProgress?.(sent);
  };
  for await (const { id, version, record } of stories) {
    if (isFiltered(plan) && !isRouted(plan, routingFacts(record))) {
      unrouted += 1;
      continue;
    }
    batch.push({ id, version, json: outgoing(plan.format, record), record });
    if (batch.length >= plan.batch) await push();
    if (fault !== null) return { sent, unrouted, fault };
  }
  await push();
  return { sent, unrouted, fault };
}

/** Hands one batch over, again after faults that pass. The first attempt's mark stays, so that the sink finds what it left behind. */
async function untilTaken({ sink, plan }: Pick<Outlet, 'sink' | 'plan'>, stories: readonly SinkStory[], key: string, { attempts, backoffMs }: ReplayOptions): Promise<Outcome<void>> {
  let mark: string | null = null;
  for (let attempt = 1; ; attempt += 1) {
    const ready = await sink.begin();
    const again = mark !== null;
    if (ready.ok) mark ??= ready.value;
    const pushed: Outcome<void> = ready.ok
      ? await inTime(plan.timeoutMs, sink.name, (signal) => sink.deliver({
        key, stories, mark: mark ?? ready.value, again, signal,
        remark: (next) => {
          mark = next;
          return Promise.resolve(true);
        },
      }))
      : ready;
    if (pushed.ok || pushed.fault.consequence !== 'retry-later' || attempt >= attempts) return pushed;
    await pause(Math.max(backoffMs * 2 ** (attempt - 1), pushed.fault.retryAfterMs ?? 0));
  }
}

async function inTime(ms: number, name: string, work: (signal: AbortSignal) => Promise<Outcome<void>>): Promise<Outcome<void>> {
  const signal = AbortSignal.timeout(ms);
  const late = new Promise<Outcome<void>>((resolve) => {
    signal.addEventListener('abort', () => resolve(failed(retryLater({ code: 'sink-timeout', message: `${name} did not answer within ${ms / 1_000} s` }))), { once: true });
  });
  return Promise.race([work(signal), late]);
}
