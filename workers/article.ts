import { isSampleSource, type SourceConfig } from '../src/config/index.js';
import { retryLater } from '../src/fault.js';
import type { Fetched } from '../src/fetch/index.js';
import {
  claimAddress, itemState, itemToRead, knownPage, releaseAddress, settleDuplicate, settleRejected, settleUnchanged, sourceLanguages,
  type ItemFacts, type KnownPage,
} from '../src/ledger/index.js';
import type { LanguageHistogram } from '../src/language/index.js';
import { done, endedBy, later, type ArticlePayload, type JobEnd } from '../src/queue/index.js';
import { fromArchive, keepPage } from './archived.js';
import { askHost, withoutRobots } from './ask-host.js';
import type { WorkerContext } from './context.js';
import { givenPage, givenTask, isGiven, type GivenPage } from './given-page.js';
import { handOver } from './hand-over.js';
import type { PageInput, PageStories } from './parse-tasks.js';
import { firstReask } from './reask-times.js';
import { recordFacts } from './record-facts.js';
import { findTellers } from './tellers.js';
import { withdraw } from './withdraw.js';

export const ACCEPT_PAGE = 'text/html, application/xhtml+xml, */*;q=0.5';
/** How soon to look again whether the item that is reading the same address is through with it. */
export const CLAIMED_WAIT_MS = 500;

/** One item: fetch its page, read it, decide what became of it. Run twice it does no harm: the books move once. */
export async function article(context: WorkerContext, ref: ArticlePayload, signal: AbortSignal): Promise<JobEnd> {
  const { redis, keys } = context;
  const facts = await itemToRead(redis, keys, ref);
  if (facts === null) return done;
  const source = context.source(ref.source);
  if (source === undefined) {
    return endedBy(retryLater({ code: 'source-unknown', message: `the source "${ref.source}" is not configured`, hint: 'Put it back into the sources file, or drop the item.' }));
  }
  const { url, address } = facts;
  if (url === null && !isGiven(facts)) return reject(context, ref, 'no-link');
  const owner = `${ref.source}/${ref.item}`;
  if (!(await claimAddress(redis, keys, address, owner))) return later(CLAIMED_WAIT_MS);
  try {
    return await (url === null ? readGiven(context, source, ref, facts) : read(context, source, ref, { ...facts, url }, signal));
  } finally {
    await releaseAddress(redis, keys, address, owner);
  }
}

/** What follows is this item's alone: nobody else reads its address meanwhile. */
async function read(
  context: WorkerContext, source: SourceConfig, ref: ArticlePayload, facts: ItemFacts & { readonly url: string }, signal: AbortSignal,
): Promise<JobEnd> {
  const { settings, redis, keys, robots, pool, furniture } = context;
  const { url } = facts;
  const known = await knownPage(redis, keys, ref.source, ref.item, facts.address);
  if (known.toldBy !== null && (await hasStories(context, known.toldBy))) return settled(context, ref, 'duplicate', await settleDuplicate(redis, keys, ref));

  if (facts.archived === undefined && !isSampleSource(source) && source.robots === 'obey') {
    const rule = await robots.check(url, {
      allowPrivate: source.allowPrivate || settings.fetch.allowPrivate, proxy: source.proxy ?? settings.fetch.proxy ?? undefined,
    });
    if (!rule.ok) return rule.fault.consequence === 'give-up' ? reject(context, ref, rule.fault.code) : withoutRobots(rule.fault);
    if (!rule.value.allowed) return reject(context, ref, 'robots');
  }
  const asked = facts.archived === undefined
    ? await askHost(context, source, { url, accept: ACCEPT_PAGE, maxBytes: settings.fetch.maxPageSize, signal })
    : { waitMs: null, answer: await fromArchive(context, facts.archived) };
  if (asked.waitMs !== null) return later(asked.waitMs);
  const fetched = asked.answer;
  if (!fetched.ok && fetched.fault.code === 'http-410') {
    const withdrawn = await withdraw(context, source, { ref, known, facts, reason: 'http-410' });
    if (withdrawn !== null) return withdrawn;
  }
  if (!fetched.ok) return fetched.fault.consequence === 'give-up' ? reject(context, ref, fetched.fault.code) : endedBy(fetched.fault);

  if (facts.archived === undefined) await keepPage(context, ref, facts, fetched.value);
  const [{ recent }, memory] = await Promise.all([sourceLanguages(redis, keys, ref.source), furniture.of(ref.source)]);
  const task = pageTask(source, facts, fetched.value, known, recent);
  const page = await pool.run('page', () => ({ ...task, furniture: memory() }));
  if (!page.ok) return page.fault.consequence === 'give-up' ? reject(context, ref, page.fault.code) : endedBy(page.fault);
  if (page.value.furniture !== null) await furniture.learn(ref.source, page.value.furniture);
  if (page.value.rejection !== null) return reject(context, ref, page.value.rejection);
  return decide(context, source, ref, facts, known, page.value, fetched.value);
}

/** An item without an address of its own is read from what its feed, or its wire, carried. */
async function readGiven(context: WorkerContext, source: SourceConfig, ref: ArticlePayload, facts: ItemFacts): Promise<JobEnd> {
  const { redis, keys, pool } = context;
  const known = await knownPage(redis, keys, ref.source, ref.item, facts.address);
  const { recent } = await sourceLanguages(redis, keys, ref.source);
  const page = await pool.run('page', givenTask(pageTask(source, facts, givenPage(source, facts, new Date()), known, recent), facts));
  if (!page.ok) return page.fault.consequence === 'give-up' ? reject(context, ref, page.fault.code) : endedBy(page.fault);
  if (page.value.rejection !== null) return reject(context, ref, page.value.rejection);
  return decide(context, source, ref, facts, known, page.value, null);
}

/** Another source listed this address before, and its stories went out or will: nothing to fetch. */
async function hasStories({ redis, keys }: WorkerContext, teller: string): Promise<boolean> {
  const [source = '', item = ''] = teller.split('/');
  const stage = (await itemState(redis, keys, source, item))?.stage;
  return stage === 'accepted' || stage === 'delivered' || stage === 'unchanged';
}

/** Everything a parse thread needs to read one page of an item. */
export const pageTask = (source: SourceConfig, facts: ItemFacts, page: GivenPage, known: KnownPage, languageHistory: LanguageHistogram['recent']): PageInput => ({
  bytes: page.bytes,
  options: {
    url: page.url, contentType: page.headers['content-type'], rules: source.rules, agency: source.agency, stories: source.stories,
    headingSelector: source.headingSelector, teaserSelector: source.teaserSelector,
    item: { title: facts.title ?? undefined, summary: facts.summary ?? undefined, published: facts.published?.iso ?? undefined, language: facts.language ?? undefined },
    declaredLanguage: facts.language ?? facts.feedLanguage ?? source.language, languageHistory,
    reference: facts.published?.iso ?? page.fetchedAt,
  },
  facts: recordFacts(source, facts, page),
  known: known.stories,
});

/** New, changed, unchanged or duplicate; what is new or changed goes into the store and is owed to every sink. */
async function decide(
  context: WorkerContext, source: SourceConfig, ref: ArticlePayload, facts: ItemFacts, known: KnownPage, page: PageStories, fetched: Fetched | null,
): Promise<JobEnd> {
  const { settings, redis, keys } = context;
  const fresh = page.stories.filter(({ change }) => change !== 'unchanged');
  if (fresh.length === 0) return settled(context, ref, 'unchanged', await settleUnchanged(redis, keys, ref));
  const tellers = await findTellers(context, known.page, fresh);
  const ends = settings.duplicates.near === 'end';
  if (fresh.every(({ text, news }) => tellers.exact.has(text) || (ends && tellers.near.has(news.id)))) return settled(context, ref, 'duplicate', await settleDuplicate(redis, keys, ref));
  return handOver(context, {
    ref, known, facts, stories: fresh, pageStories: page.known, tellers, language: page.language,
    // What has no page is not asked for again.
    reask: fetched === null ? undefined : firstReask(settings, source, facts, page, fetched),
  });
}

const reject = async (context: WorkerContext, ref: ArticlePayload, reason: string): Promise<JobEnd> =>
  settled(context, ref, 'rejected', await settleRejected(context.redis, context.keys, ref, reason), reason);

function settled({ events }: WorkerContext, { source, item }: ArticlePayload, disposition: string, moved: boolean, reason?: string): JobEnd {
  if (moved) events.emit('settled', { source, item, disposition, reason });
  return done;
}
