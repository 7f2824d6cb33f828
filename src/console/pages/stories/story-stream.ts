import { setTimeout as sleep } from 'node:timers/promises';
import { eventStream } from '../../event-stream.js';
import { problemResponse } from '../../api/problem.js';
import { retryLater } from '../../../fault.js';
import type { StoryFilter, StoryStore } from '../../../store/index.js';

export interface StreamInit {
  /** Position to go on from; the header of the browser's own reconnection comes first. */
  readonly after: number | undefined;
  readonly lastEventId: string | null;
  readonly signal: AbortSignal;
  readonly onError: (error: unknown) => void;
}

const LOOK_MS = 1_000;
/** Proxies close what is silent for a minute. */
const HEARTBEAT_MS = 15_000;
const BATCH = 100;
/** Each looks once a second; the store's one thread serves them all. */
const MOST_STREAMS = 64;

let open = 0;

/** Story versions as server-sent events (WHATWG HTML, 9.2), each with its position as id, so that a reader that comes back misses none. */
export async function storyStream(store: StoryStore, filter: StoryFilter, { after, lastEventId, signal, onError }: StreamInit): Promise<Response> {
  if (open >= MOST_STREAMS) return problemResponse(retryLater({ code: 'too-many-attempts', message: `There are ${MOST_STREAMS} streams open already.`, retryAfterMs: 10_000 }));
  const resumed = /^\d{1,15}$/.test(lastEventId ?? '') ? Number(lastEventId) : after;
  const from = resumed ?? await store.newest();
  open += 1;
  const gone = new AbortController();
  signal.addEventListener('abort', () => gone.abort(), { once: true });
  const events = eventsFrom(store, filter, from, gone.signal);
  return eventStream(events, gone, onError);
}

async function* eventsFrom(store: StoryStore, filter: StoryFilter, from: number, signal: AbortSignal): AsyncGenerator<string, void, undefined> {
  try {
    let position = from;
    let spokenAt = Date.now();
    yield 'retry: 3000\n\n';
    while (!signal.aborted) {
      const { versions, seenTo } = await store.since(position, { ...filter, outwardAt: Date.now() }, BATCH);
      const moved = seenTo > position;
      position = seenTo;
      if (versions.length > 0) {
        spokenAt = Date.now();
        yield versions.map(({ position: id, version, record }) => `id: ${id}\nevent: story\ndata: ${JSON.stringify({ position: id, version, record })}\n\n`).join('');
      } else if (Date.now() - spokenAt >= HEARTBEAT_MS) {
        spokenAt = Date.now();
        yield ': nothing new\n\n';
      }
      if (!moved) await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    open -= 1;
  }
}
