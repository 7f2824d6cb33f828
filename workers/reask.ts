import { isSampleSource, type SourceConfig } from '../src/config/index.js';
import type { Fault } from '../src/fault.js';
import {
  claimAddress, claimReasks, endReask, knownPage, releaseAddress, sourceLanguages, storeFill, youngPage,
  type ItemRef, type Reask, type YoungPage,
} from '../src/ledger/index.js';
import { done, endedBy, later, type JobEnd } from '../src/queue/index.js';
import type { WithdrawalReason } from '../src/story/index.js';
import { ACCEPT_PAGE, CLAIMED_WAIT_MS, pageTask } from './article.js';
import { keepPage } from './archived.js';
import { askHost, withoutRobots } from './ask-host.js';
import type { WorkerContext } from './context.js';
import { handOver } from './hand-over.js';
import { bytesHash } from './parse-tasks.js';
import { nextReask, noMore, sameStep, secondLook, stillMissing } from './reask-times.js';
import { findTellers } from './tellers.js';
import { withdraw } from './withdraw.js';

export type ReaskRef = ItemRef & { readonly again: number };

const LIMIT = 200;
const LEASE_MS = 10 * 60_000;
const MOST = 500;
/** Jobs that may wait for a reader before pages asked again leave them the room. */
const YIELD_ABOVE = 100;
/** Its stories are still on their way to a sink, or held back by one. */
const BUSY_WAIT_MS = 10 * 60_000;

/** Adds the jobs of pages that are due to be asked again, while new items leave room. */
export async function claimDue({ settings, redis, keys, queues }: WorkerContext): Promise<void> {
  if ((await queues.article.getWaitingCount()) > YIELD_ABOVE || (await storeFill(redis, keys, settings.store)).full) return;
  await queues.addReasks(await claimReasks(redis, keys, { limit: LIMIT, leaseMs: LEASE_MS, perHost: settings.reask.perHost, most: MOST }));
}

/**
 * Asks for a young story's page again, cheaply where nothing changed: with the validators of the last answer, then by its bytes.
 * News goes out as the next revision of its item; all else is booked beside the items.
 */
export async function reask(context: WorkerContext, ref: ReaskRef, signal: AbortSignal): Promise<JobEnd> {
  const { redis, keys, settings } = context;
  const found = await youngPage(redis, keys, ref, ref.again);
  if (found === null) return done;
  const { young } = found;
  const source = context.source(ref.source);
  if (source === undefined || young.facts.url === null) return end(context, ref, 'no-source', noMore(young));
  if (found.state.stage === 'queued' || found.state.stage === 'accepted' || found.state.stage === 'quarantined') return end(context, ref, 'busy', sameStep(young, Math.min(BUSY_WAIT_MS, settings.reask.missing)));
  const owner = `${ref.source}/${ref.item}/again`;
  if (!(await claimAddress(redis, keys, young.facts.address, owner))) return later(CLAIMED_WAIT_MS);
  try {
    return await look(context, source, { ...ref, revision: found.state.revision }, found.young, young.facts.url, signal);
  } finally {
    await releaseAddress(redis, keys, young.facts.address, owner);
  }
}

async function look(context: WorkerContext, source: SourceConfig, ref: ReaskRef, young: YoungPage, url: string, signal: AbortSignal): Promise<JobEnd> {
  const { settings, redis, keys, robots, pool, furniture } = context;
  const { facts } = young;
  if (!isSampleSource(source) && source.robots === 'obey') {
    const rule = await robots.check(url, { allowPrivate: source.allowPrivate || settings.fetch.allowPrivate, proxy: source.proxy ?? settings.fetch.proxy ?? undefined });
    if (!rule.ok) return rule.fault.consequence === 'retry-later' ? withoutRobots(rule.fault) : end(context, ref, `failed:${rule.fault.code}`, nextReask(settings, young));
    if (!rule.value.allowed) return end(context, ref, 'failed:robots', noMore(young));
  }
  const asked = await askHost(context, source, {
    url, accept: ACCEPT_PAGE, maxBytes: settings.fetch.maxPageSize, signal,
    validators: { etag: young.etag ?? undefined, lastModified: young.lastModified ?? undefined },
  });
  if (asked.waitMs !== null) return later(asked.waitMs);
  const answer = asked.answer;
  if (!answer.ok) {
    const { code, consequence } = answer.fault;
    if (code === 'http-404' || code === 'http-410') return missing(context, source, ref, young, code);
    return consequence === 'retry-later' ? endedBy(answer.fault) : end(context, ref, `failed:${code}`, nextReask(settings, young));
  }
  const fetched = answer.value;
  if (fetched.notModified) return end(context, ref, 'not-modified', nextReask(settings, young));
  const bytes = bytesHash(fetched.bytes);
  if (bytes === young.bytes) return end(context, ref, 'same-bytes', nextReask(settings, young, { bytes, fetched }));
  await keepPage(context, ref, facts, fetched);

  const known = await knownPage(redis, keys, ref.source, ref.item, facts.address);
  const [{ recent }, memory] = await Promise.all([sourceLanguages(redis, keys, ref.source), furniture.of(ref.source)]);
  const task = pageTask(source, { ...facts, url }, fetched, known, recent);
  const page = await pool.run('page', () => ({ ...task, furniture: memory() }));
  if (!page.ok) return page.fault.consequence === 'retry-later' ? endedBy(page.fault) : end(context, ref, `failed:${page.fault.code}`, nextReask(settings, young));
  const { rejection, stories, known: pageStories } = page.value;
  if (rejection === 'error-page') return missing(context, source, ref, young, 'error-page');
  const step = nextReask(settings, young, { bytes, fetched });
  if (rejection !== null) return end(context, ref, `failed:${rejection}`, step);
  const fresh = stories.filter(({ change }) => change !== 'unchanged');
  if (fresh.length === 0) return end(context, ref, 'unchanged', step);
  const tellers = await findTellers(context, known.page, fresh);
  return handOver(context, { ref: { ...ref, revision: ref.revision + 1 }, known, facts, stories: fresh, pageStories, tellers, reask: step, again: { round: ref.again, outcome: 'changed', facts } });
}

/** A page that is not there: believed at the second look, and at once where the host says that it is gone for good. */
async function missing(context: WorkerContext, source: SourceConfig, ref: ReaskRef, young: YoungPage, reason: Extract<WithdrawalReason, 'http-404' | 'http-410' | 'error-page'>): Promise<JobEnd> {
  const { settings, redis, keys } = context;
  if (reason !== 'http-410' && young.misses === 0) return end(context, ref, 'missing', secondLook(settings, young));
  const known = await knownPage(redis, keys, ref.source, ref.item, young.facts.address);
  const after = reason === 'http-410' ? noMore(young) : stillMissing(settings, young);
  const withdrawn = await withdraw(context, source, { ref: { ...ref, revision: ref.revision + 1 }, known, facts: young.facts, reason, reask: after, again: { round: ref.again, outcome: 'withdrawn', facts: young.facts } });
  return withdrawn ?? end(context, ref, 'gone', after);
}

async function end({ settings, redis, keys, events }: WorkerContext, ref: ReaskRef, outcome: string, next: Reask): Promise<JobEnd> {
  const { source, item } = ref;
  if (await endReask(redis, keys, ref, outcome, next, settings.reask)) events.emit('asked-again', { source, item, outcome });
  return done;
}

/** A page that could not be asked is asked at its next time: a fault here is not the item's. */
export async function reaskFailed(context: WorkerContext, ref: ReaskRef, fault: Fault): Promise<void> {
  const found = await youngPage(context.redis, context.keys, ref, ref.again);
  if (found !== null) await end(context, ref, `failed:${fault.code}`, nextReask(context.settings, found.young));
}
