import { setTimeout as sleep } from 'node:timers/promises';
import { sourceSchema, type SourceConfig } from '../src/config/index.js';
import { failed, giveUp, ok, retryLater, type Fault, type Outcome } from '../src/fault.js';
import type { FeedItem } from '../src/feed/index.js';
import type { Fetched, Fetcher, FetchRequest } from '../src/fetch/index.js';
import { findFeed, newestFirst, type FoundFeed, type Proposal, type Ways } from '../src/sourcing/index.js';
import type { SeenPage } from '../src/story/index.js';
import { ACCEPT_PAGE } from './article.js';
import { askHost } from './ask-host.js';
import type { WorkerContext } from './context.js';

/** What an address has to offer, for a person who thinks of following it. */
export interface SourceSurvey {
  readonly found: FoundFeed;
  /** One page of the feed as it would be cut; null where none could be read. */
  readonly page: { readonly url: string; readonly seen: SeenPage } | null;
  /** Why there is no page. */
  readonly pageFault: Fault | null;
  readonly proposal: Proposal;
}

export interface SurveyWish {
  readonly address: string;
  /** Whether a private address may be reached: an operator's to say. */
  readonly allowPrivate: boolean;
  readonly signal: AbortSignal;
}

/** A person waits: what takes longer is given up. */
const LONGEST_MS = 60_000;
/** A page may be a video or gone; the next one may do. */
const MOST_PAGES = 3;

/** Looks for the feed of an address and reads one of its pages: through the gates of the hosts, and in the parse threads. */
export async function surveySource(context: WorkerContext, taken: readonly SourceConfig[], { address, allowPrivate, signal }: SurveyWish): Promise<Outcome<SourceSurvey>> {
  const checked = sourceSchema.safeParse({ id: 'survey', url: address, allowPrivate });
  if (!checked.success || !/^https?:/i.test(address)) {
    return failed(giveUp({ code: 'address-invalid', message: `${address.slice(0, 200)} is no address of the web.`, hint: 'Give it as a browser has it: https://news.example.org/' }));
  }
  const source = checked.data;
  const late = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]);
  const fetcher = patient(context, source, late);
  const found = await findFeed(source.url, allowPrivate, { fetcher, settings: context.settings, read: readInThread(context) });
  if (!found.ok) return found;
  const page = await pageOf(context, source, found.value, fetcher);
  const surveyed = await context.pool.run('survey', {
    bytes: page.ok ? page.value.bytes : new Uint8Array(), page: page.ok ? { options: page.value.options, item: page.value.item } : null, found: found.value,
    sources: taken.map(({ id }) => ({ id })), allowPrivate,
  });
  if (!surveyed.ok) return surveyed;
  const { seen, proposal } = surveyed.value;
  return ok({ found: found.value, proposal, page: page.ok && seen !== null ? { url: page.value.url, seen } : null, pageFault: page.ok ? null : page.fault });
}

/** Asks through the gate of each host, and waits for its turn as long as the person does. */
const patient = (context: WorkerContext, source: SourceConfig, late: AbortSignal): Fetcher => ({
  ...context.fetcher,
  async get(request: FetchRequest): Promise<Outcome<Fetched>> {
    const { accept, maxBytes } = request;
    for (;;) {
      if (late.aborted) return failed(retryLater({ code: 'survey-timeout', message: `${request.url} was not reached within ${LONGEST_MS / 1_000} s of looking.`, hint: 'The host is slow or asks for patience. Try again later, or give the address of the feed itself.' }));
      const asked = await askHost(context, source, { url: request.url, accept, maxBytes, signal: late });
      if (asked.waitMs === null) return asked.answer;
      // An abort ends the wait; the loop then says so.
      await sleep(asked.waitMs, undefined, { signal: late }).catch(() => undefined);
    }
  },
});

const readInThread = ({ pool }: WorkerContext): NonNullable<Ways['read']> => async ({ bytes, ...fetched }, source) => {
  const read = await pool.run('answer', { bytes, fetched, source });
  if (!read.ok) return read;
  if (read.value.kind === 'feed') return ok(read.value);
  return ok({ kind: 'page', candidates: read.value.candidates, fault: giveUp({ code: 'html-not-feed', message: read.value.message }) });
};

interface FoundPage {
  readonly url: string;
  readonly item: FeedItem;
  readonly bytes: Uint8Array;
  readonly options: { readonly url: string; readonly contentType: string | undefined; readonly reference: string };
}

/** The newest page that robots.txt lets us have, out of the first few; else why not. */
async function pageOf({ robots, settings }: WorkerContext, source: SourceConfig, { feed }: FoundFeed, fetcher: Fetcher): Promise<Outcome<FoundPage>> {
  let first: Fault | null = null;
  for (const item of newestFirst(feed).slice(0, MOST_PAGES)) {
    const link = item.link ?? '';
    const rule = await robots.check(link, { allowPrivate: source.allowPrivate || settings.fetch.allowPrivate, proxy: settings.fetch.proxy ?? undefined });
    if (!rule.ok) first ??= rule.fault;
    else if (!rule.value.allowed) first ??= giveUp({ code: 'robots', message: `robots.txt forbids ${link.slice(0, 300)}: its pages would be left out.`, hint: 'Ask the publisher.' });
    else {
      const answer = await fetcher.get({ url: link, accept: ACCEPT_PAGE, maxBytes: settings.fetch.maxPageSize });
      if (answer.ok) {
        const { url, bytes, headers, fetchedAt } = answer.value;
        return ok({ url, item, bytes, options: { url, contentType: headers['content-type'], reference: fetchedAt } });
      }
      first ??= answer.fault;
    }
  }
  return failed(first ?? giveUp({ code: 'no-page', message: feed.items.length === 0 ? 'The feed lists no item now.' : 'No item names a page.' }));
}
