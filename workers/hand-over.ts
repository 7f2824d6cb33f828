import { accept, countPageLanguage, encodePage, encodeStories, type Acceptance, type Accepted, type ItemFacts, type ItemRef, type KnownPage, type Reask } from '../src/ledger/index.js';
import { done, later, type JobEnd } from '../src/queue/index.js';
import { routes } from '../src/sink/index.js';
import type { KnownStory } from '../src/story/index.js';
import type { WorkerContext } from './context.js';
import type { ReadStory } from './parse-tasks.js';
import { findTellers, withTeller, type Tellers } from './tellers.js';

const FULL_WAIT_MS = 5_000;
const STALE_WAIT_MS = 100;

export interface HandOver {
  /** Of the revision that the stories are of. */
  readonly ref: ItemRef;
  readonly known: KnownPage;
  readonly facts: ItemFacts;
  /** What is new, changed or withdrawn. */
  readonly stories: readonly ReadStory[];
  /** What is to be kept of the page's stories. */
  readonly pageStories: readonly KnownStory[];
  readonly tellers: Tellers;
  /** Of the page, as evident from its text; left out where none was read. */
  readonly language?: string | undefined;
  readonly reask?: Reask | undefined;
  readonly again?: Acceptance['again'];
}

/** Looks at the window of near-duplicates, at most, while others of the kind come in. */
const LOOKS = 3;

/** Into the store, and owed to every sink. */
export async function handOver(context: WorkerContext, given: HandOver): Promise<JobEnd> {
  const { settings, redis, keys, queues, plans, events } = context;
  const { ref, known, facts, stories, pageStories, language, reask, again } = given;
  const { source, item, revision } = ref;
  const { routed, unrouted } = routes(plans, stories.map(({ json }) => json));
  let { tellers } = given;
  let accepted: Accepted = { outcome: 'near', diverted: [] };
  for (let look = 1; accepted.outcome === 'near'; look += 1) {
    if (look > 1) tellers = await findTellers(context, known.page, stories);
    const told = tellers;
    const heads = stories.flatMap(({ text, near, news: { id } }) => (near === null || told.exact.has(text) || told.near.has(id) ? [] : [{ id, near }]));
    accepted = await accept(redis, keys, {
      ref, sinks: routed.map(({ name }) => name), bounds: routed, unrouted, page: known.page, pageBefore: known.raw, pageAfter: encodePage(`${source}/${item}`, pageStories), address: facts.address,
      texts: stories.filter(({ change, text }) => change !== 'withdrawn' && !told.exact.has(text)).map(({ text, news }) => ({ hash: text, story: news.id })),
      body: encodeStories(stories.map((story) => ({ id: story.news.id, version: story.news.version, json: withTeller(story, told) }))),
      near: settings.duplicates.near === 'off' ? undefined : {
        place: look < LOOKS ? told.place : 'any', heads, bounds: { windowMs: settings.duplicates.window, maxStories: settings.duplicates.maxStories },
      },
      told: stories.map(({ news: { language }, agency }) => ({ language, agency })), reask, again,
    }, { ...settings.store, maxPages: settings.reask.maxPages });
  }
  const { outcome, diverted } = accepted;
  if (outcome === 'full') return later(FULL_WAIT_MS);
  if (outcome === 'stale') return later(STALE_WAIT_MS);
  if (outcome === 'settled') return done;
  if (outcome === 'not-routed') {
    events.emit('settled', { source, item, disposition: 'rejected', reason: outcome });
    return done;
  }
  if (language !== undefined) await countPageLanguage(redis, keys, source, language);
  const now = routed.filter(({ name }) => !diverted.includes(name));
  await queues.addOwed(now.map(({ name: sink }) => ({ queue: 'deliver', payload: { source, item, revision, sink } })));
  events.emit('accepted', { source, item, stories: stories.map(({ news }) => ({ ...news, source })) });
  return done;
}
