import { nearStories, type Found } from '../src/duplicate/index.js';
import { toldElsewhere } from '../src/ledger/index.js';
import type { WorkerContext } from './context.js';
import type { ReadStory } from './parse-tasks.js';

/** Who told a page's stories before. */
export interface Tellers {
  /** First teller of the very text, by its hash. */
  readonly exact: ReadonlyMap<string, string>;
  /** First teller of nearly the text, by the story's id. */
  readonly near: ReadonlyMap<string, Found>;
  /** Where the window stood when they were looked for. */
  readonly place: string;
}

export const NO_TELLERS: Tellers = { exact: new Map(), near: new Map(), place: '' };

/** Both questions go out together: one wait for the answers. */
export async function findTellers({ settings, redis, keys }: WorkerContext, page: string, stories: readonly ReadStory[]): Promise<Tellers> {
  const fresh = stories.filter(({ change }) => change === 'new');
  const sketched = settings.duplicates.near === 'off' ? [] : fresh.flatMap(({ near, news }) => (near === null ? [] : [{ id: news.id, near }]));
  const [exact, { found, place }] = await Promise.all([toldElsewhere(redis, keys, page, fresh.map(({ text }) => text)), nearStories(redis, keys, sketched)]);
  return { exact, near: found, place };
}

/** The story as it goes out: with its first teller, where it has one. */
export function withTeller({ json, text, news }: ReadStory, { exact, near }: Tellers): string {
  const [same, alike] = [exact.get(text), near.get(news.id)];
  const duplicateOf = same ?? alike?.story;
  if (duplicateOf === undefined) return json;
  const cluster = alike?.story ?? duplicateOf;
  return JSON.stringify({ ...(JSON.parse(json) as object), duplicateOf, cluster, ...(alike === undefined || alike.source === '' ? {} : { firstPublisher: alike.source }) });
}
