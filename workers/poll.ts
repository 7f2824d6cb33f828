import { isSampleSource } from '../src/config/index.js';
import { giveUp } from '../src/fault.js';
import type { Validators } from '../src/fetch/index.js';
import { renameItems, sourceState, stillListed, intakeFill, type SourceState } from '../src/ledger/index.js';
import { planPoll, readHistory } from '../src/poll/index.js';
import { done, sharedNow, type JobEnd, type PollPayload } from '../src/queue/index.js';
import { askHost } from './ask-host.js';
import { POLL_LEASE_MS } from './add-polls.js';
import { bookItems } from './book-items.js';
import type { WorkerContext } from './context.js';
import { rest, troubled } from './poll-end.js';
import { pollFolder } from './poll-folder.js';
import { bookChildren } from './sitemap-children.js';

const ACCEPT_FEED = 'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5';
const FULL_WAIT_MS = 5_000;
const UNKNOWN_WAIT_MS = 5_000;

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
  if (source === undefined) {
    // Taken out, it is in no set any more; else another process has read of it sooner, and may be the one to poll it.
    await due.giveBack(id, UNKNOWN_WAIT_MS);
    return done;
  }
  // The job came twice, or late: another poll has been made, or somebody has set another time.
  if ((await due.renew([id], POLL_LEASE_MS)) === 0) return done;

  const fill = await intakeFill(redis, keys, settings.store, context.plans);
  if (fill.full) {
    events.emit('intake-paused', { why: 'store', bytes: fill.bytes, count: fill.count });
    await due.giveBack(id, FULL_WAIT_MS);
    return done;
  }
  const state = await sourceState(redis, keys, id);
  const history = readHistory(isSampleSource(source) ? null : state.history, source.url, Date.now());
  if (source.folder !== undefined) return pollFolder(context, source, source.folder, { history, startedAt, previous: state.polledAt });
  const plan = planPoll(history, Date.now(), Math.random());
  // Validators are those of an address; with another one in the configuration they mean nothing.
  const conditional = plan.asking === 'conditional' && history.listing !== null;
  const asked = await askHost(context, source, {
    url: plan.url, accept: ACCEPT_FEED, maxBytes: settings.fetch.maxFeedSize, signal,
    validators: conditional ? { etag: state.etag ?? undefined, lastModified: state.lastModified ?? undefined } : undefined,
  });
  if (asked.waitMs !== null) {
    await due.giveBack(id, asked.waitMs);
    return done;
  }
  const fetched = asked.answer;
  if (!fetched.ok) return troubled(context, source, history, fetched.fault);
  const { notModified, validators, headers, freshSeconds, url, bytes, movedTo } = fetched.value;
  const answered = { asking: plan.asking, notModified, movedTo, sameValidators: isSame(validators, state) };
  if (notModified) {
    await stillListed(redis, keys, id, Math.floor((await sharedNow(redis)) / 1_000));
    const unchanged = { ...answered, listed: 0, fresh: 0, freshPublished: [], askedMs: secondsToMs(freshSeconds) };
    return rest(context, source, history, unchanged, { startedAt, previous: state.polledAt, validators: { etag: validators.etag ?? state.etag ?? undefined, lastModified: validators.lastModified ?? state.lastModified ?? undefined }, taken: 0 });
  }

  const feed = await pool.run('feed', {
    bytes, contentType: headers['content-type'], url, timeZone: source.timeZone, language: source.language,
    identity: state.identity,
  });
  if (!feed.ok) return troubled(context, source, history, feed.fault);
  const { title, minIntervalSeconds, identity, renamed, hub, self } = feed.value;
  if (settings.websub.callbackUrl !== null && !isSampleSource(source)) {
    // A feed that names no hub any more ends the subscription.
    await (hub === null ? context.subscriptions.drop(id) : context.subscriptions.note(id, { hub, topic: self ?? plan.url }, Date.now()));
  }
  await renameItems(redis, keys, id, renamed);
  const { children = [], tooMany } = feed.value;
  if (tooMany !== undefined) {
    events.emit('trouble', { what: id, error: giveUp({ code: 'too-many-items', message: tooMany, hint: 'A shorter feed of the same publisher, or its sitemap, shows them all.' }) });
  }
  // An index lists sitemaps, not items.
  const booked = children.length > 0 ? await bookChildren(context, source, children, signal) : await bookItems(context, source, feed.value);
  // "Not modified" would hide what this answer listed and the books could not take yet; and of an index, that its sitemaps did change.
  // What waits in quarantine waits for a person, which may take long.
  const seenToTheEnd = children.length === 0 && booked.held === booked.quarantined;
  return rest(context, source, history, {
    ...answered, ...booked,
    askedMs: secondsToMs(Math.max(freshSeconds ?? 0, minIntervalSeconds ?? 0)),
  }, { startedAt, previous: state.polledAt, validators: seenToTheEnd ? validators : {}, title, identity, taken: booked.taken });
}

const secondsToMs = (seconds: number | null): number => (seconds ?? 0) * 1_000;

/** Whether a conditional request would have been answered with a 304, by the host's own rules (RFC 9110, 13.1). */
const isSame = ({ etag, lastModified }: Validators, state: SourceState): boolean =>
  etag === undefined ? lastModified !== undefined && lastModified === state.lastModified : etag === state.etag;
