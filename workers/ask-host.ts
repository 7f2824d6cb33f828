import { isSampleSource, type SourceConfig } from '../src/config/index.js';
import type { Fault, Outcome } from '../src/fault.js';
import { gateHost, type Fetched, type FetchRequest } from '../src/fetch/index.js';
import { endedBy, later, type JobEnd } from '../src/queue/index.js';
import type { WorkerContext } from './context.js';

/** What one failed request can teach the gate of a host's pace; milliseconds. */
const MOST_LEARNED_FROM_TROUBLE_MS = 4_000;

/** Either the answer, or how long the host's gate stays closed. */
export type Asked = { readonly waitMs: number } | { readonly waitMs: null; readonly answer: Outcome<Fetched> };

/** The host that a gate stands before; '' for what is no address. */
export const hostOf = (url: string): string => (URL.canParse(url) ? gateHost(url) : '');

/** The end of a job that could not learn what its host's robots.txt allows: a shut gate costs no attempt. */
export const withoutRobots = (fault: Fault): JobEnd => (fault.code === 'host-shut' ? later(fault.retryAfterMs ?? 0) : endedBy(fault));

/** One request of a source through its host's gate; how the host answered is told to the gate, for its pace. */
export async function askHost(
  { settings, fetcher, gate, events }: Pick<WorkerContext, 'settings' | 'fetcher' | 'gate' | 'events'>, source: SourceConfig, request: Pick<FetchRequest, 'url' | 'accept' | 'maxBytes' | 'validators' | 'signal'>,
): Promise<Asked> {
  const host = hostOf(request.url);
  const gated = !isSampleSource(source);
  if (gated && !(await gate.enter(host))) return { waitMs: await gate.book(host) };
  const started = performance.now();
  const answer = await fetcher.get({
    ...request, headers: source.headers, proxy: source.proxy ?? settings.fetch.proxy ?? undefined,
    allowPrivate: source.allowPrivate || settings.fetch.allowPrivate,
  });
  if (gated) {
    const healthy = answer.ok || answer.fault.consequence !== 'retry-later';
    // A page that never ends says little of its host: the others there are not to wait for its whole time-out.
    const elapsed = performance.now() - started;
    const told = [gate.observed(host, answer.ok ? elapsed : Math.min(elapsed, MOST_LEARNED_FROM_TROUBLE_MS), healthy)];
    if (!answer.ok && answer.fault.retryAfterMs !== undefined) told.push(gate.slowDown(host, answer.fault.retryAfterMs));
    // The story need not wait for the gate's bookkeeping.
    Promise.all(told).catch((error: unknown) => events.emit('trouble', { what: 'host gate', error: error instanceof Error ? error : new Error(String(error)) }));
  }
  return { waitMs: null, answer };
}
