import { isSampleSource, type SourceConfig } from '../src/config/index.js';
import type { Fault } from '../src/fault.js';
import { pollFailed, pollWentWell, sourceState, storeFill, takeIn, type ItemRef } from '../src/ledger/index.js';
import { done, nextPollMs, type JobEnd, type PollAnswer, type PollPayload } from '../src/queue/index.js';
import { askHost, hostOf } from './ask-host.js';
import type { WorkerContext } from './context.js';

const ACCEPT_FEED = 'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5';
const FULL_WAIT_MS = 5_000;

/**
 * One poll of one source: ask, parse, write what is new into the books, add its jobs.
 *
 * The order can repeat but not lose: items enter the books together with the jobs they are owed; only then are the feed's
 * validators kept and the source put back into the due-set. A poll that dies anywhere is made again when its lease lapses.
 */
export async function poll(context: WorkerContext, { source: id }: PollPayload, signal: AbortSignal): Promise<JobEnd> {
  const { settings, redis, keys, due, events, pool, queues } = context;
  const source = context.source(id);
  if (source === undefined) return done;

  const fill = await storeFill(redis, keys, settings.store);
  if (fill.full) {
    events.emit('intake-paused', fill);
    await due.reschedule(id, FULL_WAIT_MS);
    return done;
  }
  const state = await sourceState(redis, keys, id);
  const asked = await askHost(context, source, {
    url: source.url, accept: ACCEPT_FEED, maxBytes: settings.fetch.maxFeedSize, signal,
    validators: { etag: state.etag ?? undefined, lastModified: state.lastModified ?? undefined },
  });
  if (asked.waitMs !== null) {
    await due.reschedule(id, asked.waitMs);
    return done;
  }
  const fetched = asked.answer;
  if (!fetched.ok) return troubled(context, source, fetched.fault);
  const { notModified, validators, headers, freshSeconds, url, bytes } = fetched.value;
  if (notModified) {
    await pollWentWell(redis, keys, id, { etag: validators.etag ?? state.etag ?? undefined, lastModified: validators.lastModified ?? state.lastModified ?? undefined });
    return rest(context, source, { freshSeconds }, { listed: 0, taken: 0, notModified });
  }

  const feed = await pool.run('feed', {
    bytes, contentType: headers['content-type'], url, timeZone: source.timeZone, language: source.language,
  });
  if (!feed.ok) return troubled(context, source, feed.fault);
  const taken = await takeIn(redis, keys, id, feed.value.items);
  const delays = isSampleSource(source) ? [] : await bookSlots(context, taken, new Map(feed.value.items.map(({ item, facts }) => [item, facts.url])));
  await queues.addOwed(taken.map((payload) => ({ queue: 'article', payload })), delays);
  await pollWentWell(redis, keys, id, { ...validators, title: feed.value.title });
  return rest(context, source, { freshSeconds, feedSeconds: feed.value.minIntervalSeconds }, { listed: feed.value.items.length, taken: taken.length, notModified });
}

/** Milliseconds each item waits for its host's next free slot. */
const bookSlots = ({ gate }: WorkerContext, taken: readonly ItemRef[], urls: ReadonlyMap<string, string | null>): Promise<number[]> =>
  Promise.all(taken.map(async ({ item }) => {
    const url = urls.get(item) ?? null;
    return url === null ? 0 : gate.book(hostOf(url));
  }));

async function rest(
  { settings, due, events }: WorkerContext, source: SourceConfig, answer: PollAnswer,
  counts: { readonly listed: number; readonly taken: number; readonly notModified: boolean },
): Promise<JobEnd> {
  const nextMs = nextPollMs(settings.poll, { ...answer, fixed: source.interval });
  await due.reschedule(source.id, nextMs);
  events.emit('polled', { source: source.id, nextMs, ...counts });
  return done;
}

/** A feed that cannot be had is the source's trouble, not the job's: it is told, and asked again after a growing wait. */
async function troubled({ settings, redis, keys, due, events }: WorkerContext, source: SourceConfig, fault: Fault): Promise<JobEnd> {
  const failures = await pollFailed(redis, keys, source.id, fault);
  const nextMs = nextPollMs(settings.poll, { fixed: source.interval, failures, retryAfterMs: fault.retryAfterMs });
  await due.reschedule(source.id, nextMs);
  events.emit('source-trouble', { source: source.id, fault, failures, nextMs });
  return done;
}
