import { retryLater } from '../fault.js';
import { problemResponse } from './api/problem.js';
import { eventStream } from './event-stream.js';
import type { OverviewSample } from './live-overview.js';
import type { Html } from './markup/index.js';
import type { ServedServices } from './services.js';

export interface LiveInit {
  readonly services: ServedServices;
  /** Ends when the reader has gone. */
  readonly signal: AbortSignal;
  /** Name of each event. */
  readonly event: string;
  /** The same for all readers of what has the same key. */
  readonly key: string;
  /** What each event holds, as JSON. */
  readonly data: (sample: OverviewSample) => unknown;
}

/** Made once for all who look at one sample. */
const made = new WeakMap<OverviewSample, Map<string, Promise<string>>>();

function eventOf(sample: OverviewSample, { event, key, data }: LiveInit): Promise<string> {
  const events = made.get(sample) ?? new Map<string, Promise<string>>();
  made.set(sample, events);
  const name = `${event} ${key}`;
  const before = events.get(name);
  if (before !== undefined) return before;
  const text = (async () => `event: ${event}\ndata: ${JSON.stringify(await data(sample))}\n\n`)();
  events.set(name, text);
  return text;
}

/** Each new sample of the service as a server-sent event, until the reader or the console is gone. */
export function liveEvents(init: LiveInit): Response {
  const gone = new AbortController();
  init.signal.addEventListener('abort', () => gone.abort(), { once: true });
  const samples = init.services.live.follow(gone.signal);
  if (samples === null) return problemResponse(retryLater({ code: 'too-many-attempts', message: 'Too many watch the service already.', hint: 'Load the page again instead.', retryAfterMs: 10_000 }));
  return eventStream(eventsOf(samples, init), gone, init.services.onError);
}

/** Parts of a page, by the id of their place on it, as `overview.js` puts them there. */
export const liveParts = ({ partsOf, ...init }: Omit<LiveInit, 'event' | 'data'> & { readonly partsOf: (sample: OverviewSample) => Readonly<Record<string, Html>> }): Response => liveEvents({
  ...init, event: 'parts',
  data: async (sample) => Object.fromEntries(await Promise.all(Object.entries(partsOf(sample)).map(async ([id, part]) => [id, (await part).toString()] as const))),
});

async function* eventsOf(samples: AsyncGenerator<OverviewSample, void, undefined>, init: LiveInit): AsyncGenerator<string, void, undefined> {
  yield 'retry: 5000\n\n';
  for await (const sample of samples) yield await eventOf(sample, init);
}
