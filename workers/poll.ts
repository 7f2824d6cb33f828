import { isSampleSource, type Settings, type SourceConfig } from '../src/config/index.js';
import type { Fault } from '../src/fault.js';
import type { Validators } from '../src/fetch/index.js';
import { pollFailed, pollWentWell, renameItems, sourceState, intakeFill, takeIn, type ItemRef, type SourceState } from '../src/ledger/index.js';
import { afterAnswer, afterFailure, planPoll, readHistory, type PollAnswered, type PollRules, type SourceHistory } from '../src/poll/index.js';
import { done, type JobEnd, type PollPayload } from '../src/queue/index.js';
import { hasMissed, pollIn, type PollSeen } from '../src/websub/index.js';
import { askHost, hostOf } from './ask-host.js';
import type { WorkerContext } from './context.js';
import { readItems } from './item-batches.js';

const ACCEPT_FEED = 'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5';
const FULL_WAIT_MS = 5_000;

/**
 * One poll of one source: ask, parse, write what is new into the books, add its jobs.
 *
 * The order can repeat but not lose: items enter the books together with the jobs they are owed; only then are the feed's
 * validators kept and the source put back into the due-set. A poll that dies anywhere is made again when its lease lapses.
 */
export async function poll(context: WorkerContext, { source: id }: PollPayload, signal: AbortSignal): Promise<JobEnd> {
  const { settings, redis, keys, due, events, pool } = context;
  const startedAt = Date.now();
  const source = context.source(id);
  if (source === undefined) return done;

  const fill = await intakeFill(redis, keys, settings.store, context.plans);
  if (fill.full) {
    events.emit('intake-paused', { why: 'store', bytes: fill.bytes, count: fill.count });
    await due.reschedule(id, FULL_WAIT_MS);
    return done;
  }
  const state = await sourceState(redis, keys, id);
  const history = readHistory(isSampleSource(source) ? null : state.history, source.url, Date.now());
  const plan = planPoll(history, Date.now(), Math.random());
  // Validators are those of an address; with another one in the configuration they mean nothing.
  const conditional = plan.asking === 'conditional' && history.listing !== null;
  const asked = await askHost(context, source, {
    url: plan.url, accept: ACCEPT_FEED, maxBytes: settings.fetch.maxFeedSize, signal,
    validators: conditional ? { etag: state.etag ?? undefined, lastModified: state.lastModified ?? undefined } : undefined,
  });
  if (asked.waitMs !== null) {
    await due.reschedule(id, asked.waitMs);
    return done;
  }
  const fetched = asked.answer;
  if (!fetched.ok) return troubled(context, source, history, fetched.fault);
  const { notModified, validators, headers, freshSeconds, url, bytes, movedTo } = fetched.value;
  const answered = { asking: plan.asking, notModified, movedTo, sameValidators: isSame(validators, state) };
  if (notModified) {
    const unchanged = { ...answered, listed: 0, fresh: 0, freshPublished: [], askedMs: secondsToMs(freshSeconds) };
    return rest(context, source, history, unchanged, { startedAt, previous: state.polledAt, validators: { etag: validators.etag ?? state.etag ?? undefined, lastModified: validators.lastModified ?? state.lastModified ?? undefined }, taken: 0 });
  }

  const feed = await pool.run('feed', {
    bytes, contentType: headers['content-type'], url, timeZone: source.timeZone, language: source.language,
    identity: state.identity,
  });
  if (!feed.ok) return troubled(context, source, history, feed.fault);
  const { batches, title, minIntervalSeconds, identity, renamed, hub, self } = feed.value;
  if (settings.websub.callbackUrl !== null && !isSampleSource(source)) {
    // A feed that names no hub any more ends the subscription.
    await (hub === null ? context.subscriptions.drop(id) : context.subscriptions.note(id, { hub, topic: self ?? plan.url }, Date.now()));
  }
  await renameItems(redis, keys, id, renamed);
  const booked = await book(context, source, batches);
  return rest(context, source, history, {
    ...answered, ...booked,
    askedMs: secondsToMs(Math.max(freshSeconds ?? 0, minIntervalSeconds ?? 0)),
  }, { startedAt, previous: state.polledAt, validators, title, identity, taken: booked.taken });
}

/** Writes what was listed into the books and adds the jobs, some at a time: neither Redis nor this loop is held by a long list. */
async function book(context: WorkerContext, source: SourceConfig, batches: readonly Uint8Array[]): Promise<Pick<PollAnswered, 'listed' | 'fresh' | 'freshPublished'> & { readonly taken: number }> {
  const { redis, keys, queues } = context;
  const freshPublished: number[] = [];
  let [listed, fresh, taken] = [0, 0, 0];
  for (const batch of batches) {
    const items = readItems(batch);
    const refs = await takeIn(redis, keys, source.id, items);
    const factsOf = new Map(items.map(({ item, facts }) => [item, facts]));
    const delays = isSampleSource(source) ? [] : await bookSlots(context, refs, factsOf);
    await queues.addOwed(refs.map((payload) => ({ queue: 'article', payload })), delays);
    listed += items.length;
    taken += refs.length;
    for (const { item, revision } of refs) {
      if (revision !== 1) continue;
      fresh += 1;
      freshPublished.push(...timeOf(factsOf.get(item)?.published?.iso));
    }
  }
  return { listed, fresh, freshPublished, taken };
}

const secondsToMs = (seconds: number | null): number => (seconds ?? 0) * 1_000;

const timeOf = (iso: string | null | undefined): readonly number[] => {
  const at = Date.parse(iso ?? '');
  return Number.isNaN(at) ? [] : [at];
};

/** Whether a conditional request would have been answered with a 304, by the host's own rules (RFC 9110, 13.1). */
const isSame = ({ etag, lastModified }: Validators, state: SourceState): boolean =>
  etag === undefined ? lastModified !== undefined && lastModified === state.lastModified : etag === state.etag;

const rulesOf = ({ poll }: Settings, { interval }: SourceConfig): PollRules =>
  ({ minMs: poll.minInterval, maxMs: poll.maxInterval, startMs: poll.interval, fixedMs: interval });

/** Milliseconds each item waits for its host's next free slot. */
const bookSlots = ({ gate }: WorkerContext, taken: readonly ItemRef[], facts: ReadonlyMap<string, { readonly url: string | null }>): Promise<number[]> =>
  Promise.all(taken.map(async ({ item }) => {
    const url = facts.get(item)?.url ?? null;
    return url === null ? 0 : gate.book(hostOf(url));
  }));

/** The bundled wire never changes: it has no rhythm to learn, and is not silent. */
const keep = (source: SourceConfig, history: SourceHistory): string | undefined => (isSampleSource(source) ? undefined : JSON.stringify(history));

async function rest(
  context: WorkerContext, source: SourceConfig, history: SourceHistory, answered: PollAnswered,
  kept: { readonly validators: Validators; readonly title?: string | null; readonly identity?: string; readonly taken: number; readonly startedAt: number; readonly previous: string | null },
): Promise<JobEnd> {
  const { settings, redis, keys, due, events } = context;
  const verdict = afterAnswer(history, answered, rulesOf(settings, source), Date.now(), Math.random());
  await pollWentWell(redis, keys, source.id, { ...kept.validators, title: kept.title ?? null, identity: kept.identity, history: keep(source, verdict.history) });
  const nextMs = await pacedByHub(context, source, { startedAt: kept.startedAt, previousAt: timeOf(kept.previous)[0] ?? null, fresh: answered.fresh }, verdict.nextMs);
  await due.reschedule(source.id, nextMs);
  const { listed, notModified } = answered;
  events.emit('polled', { source: source.id, nextMs, listed, taken: kept.taken, notModified });
  return done;
}

/** The wait until the next poll, in the knowledge of what the source's hub tells. */
async function pacedByHub({ settings, subscriptions }: WorkerContext, source: SourceConfig, seen: PollSeen, nextMs: number): Promise<number> {
  if (settings.websub.callbackUrl === null) return nextMs;
  const subscription = await subscriptions.change(source.id, (before) =>
    (before !== null && before.tells && hasMissed(before, seen) ? { subscription: { ...before, tells: false }, askAt: null } : null));
  return pollIn(subscription, seen, { nextMs, maxMs: settings.poll.maxInterval, fixed: source.interval !== undefined }, Date.now());
}

/** A feed that cannot be had is the source's trouble, not the job's: it is told, and asked again after a growing wait. */
async function troubled({ settings, redis, keys, due, events }: WorkerContext, source: SourceConfig, history: SourceHistory, fault: Fault): Promise<JobEnd> {
  const { nextMs, history: next } = afterFailure(history, fault, rulesOf(settings, source), Date.now(), Math.random());
  const failures = await pollFailed(redis, keys, source.id, fault, keep(source, next));
  await due.reschedule(source.id, nextMs);
  events.emit('source-trouble', { source: source.id, fault, failures, nextMs });
  return done;
}
