import type { ReadPageOptions, SeenPage, StoryRecord } from '../src/story/index.js';
import { isSampleSource, type SourceConfig } from '../src/config/index.js';
import { failed, giveUp, ok, retryLater, type Outcome } from '../src/fault.js';
import { ACCEPT_PAGE } from './article.js';
import { askHost } from './ask-host.js';
import type { WorkerContext } from './context.js';

/** A page of a story, fetched and read once more for a person who wants to see how it was cut. */
export interface PageLook {
  readonly url: string;
  readonly contentType: string | undefined;
  /** ISO 8601. */
  readonly fetchedAt: string;
  readonly bytes: Uint8Array;
  readonly options: ReadPageOptions;
  readonly seen: SeenPage;
}

type Looked = Pick<StoryRecord, 'source' | 'url' | 'language' | 'publishedAt' | 'fetchedAt'>;

/** Fetches a story's page again, as a good guest does, and reads it in a parse thread by the rules of its source. */
export async function lookAtPage(context: WorkerContext, record: Looked, signal: AbortSignal): Promise<Outcome<PageLook>> {
  const { settings, robots, pool } = context;
  const source = context.source(record.source.id);
  if (source === undefined) {
    return failed(giveUp({ code: 'source-unknown', message: `The source ${record.source.id} is not configured or switched off, so its pages are not asked for.`, hint: 'Switch it on again in the sources file.' }));
  }
  if (!isSampleSource(source) && source.robots === 'obey') {
    const rule = await robots.check(record.url, { allowPrivate: source.allowPrivate || settings.fetch.allowPrivate, proxy: source.proxy ?? settings.fetch.proxy ?? undefined });
    if (!rule.ok) return rule;
    if (!rule.value.allowed) return failed(giveUp({ code: 'robots', message: 'The host\'s robots.txt asks not to fetch this page.' }));
  }
  const asked = await askHost(context, source, { url: record.url, accept: ACCEPT_PAGE, maxBytes: settings.fetch.maxPageSize, signal });
  if (asked.waitMs !== null) return failed(retryLater({ code: 'host-busy', message: 'The host was asked only just now; it is given its rest.', hint: 'Try again in a few seconds.', retryAfterMs: asked.waitMs }));
  if (!asked.answer.ok) return asked.answer;
  const { bytes, url, headers, fetchedAt } = asked.answer.value;
  const contentType = headers['content-type'];
  const options = optionsOf(source, record, url, contentType);
  // The thread takes its bytes over; ours are shown and saved.
  const seen = await pool.run('look', { bytes: new Uint8Array(bytes), options });
  return seen.ok ? ok({ url, contentType, fetchedAt, bytes, options, seen: seen.value }) : seen;
}

/** As the worker read it, but for what only the feed's item knew. */
const optionsOf = (source: SourceConfig, record: Looked, url: string, contentType: string | undefined): ReadPageOptions => ({
  url, contentType, rules: source.rules, agency: source.agency, stories: source.stories, headingSelector: source.headingSelector, teaserSelector: source.teaserSelector,
  declaredLanguage: record.language.declaredByFeed ?? source.language, reference: record.publishedAt?.iso ?? record.fetchedAt,
});
