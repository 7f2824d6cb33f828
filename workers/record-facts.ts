import type { SourceConfig } from '../src/config/index.js';
import type { Fetched } from '../src/fetch/index.js';
import type { ItemFacts } from '../src/ledger/index.js';
import type { RecordFacts } from '../src/story/index.js';

/** What the worker knows beside the page. */
export const recordFacts = (source: SourceConfig, facts: ItemFacts, { url, fetchedAt }: Pick<Fetched, 'url' | 'fetchedAt'>): RecordFacts => ({
  source: { id: source.id, name: source.name, feedUrl: source.url },
  url, itemId: facts.id, feedLanguage: facts.feedLanguage, itemTitle: facts.title,
  itemPublished: facts.published, itemUpdated: facts.updated, fetchedAt, ...(facts.archived === undefined ? {} : { reread: true }),
});
