import { isSampleSource, sourceSchema, type SourceConfig, type SourceInput } from '../config/index.js';
import type { OpmlFeed, OpmlList } from '../feed/index.js';
import { addressKey, freeId, siteName, slug } from './source-naming.js';

/** What a list of subscriptions adds to the sources. */
export interface Subscriptions {
  readonly fresh: readonly SourceInput[];
  /** Feeds that a source reads already. */
  readonly present: number;
  /** Feeds that cannot be a source, and why. */
  readonly unusable: readonly { readonly url: string; readonly why: string }[];
}

const LONGEST_NAME = 200;
const LONGEST_TAG = 64;
const MOST_TAGS = 64;
/** Shorter words (`ap`, `tv`) name too many things. */
const SHORTEST_ID = 3;

/** The sources a list of subscriptions makes: ids by title, folders and categories as tags. */
export function sourcesFrom(list: OpmlList, present: readonly SourceConfig[], enabled: boolean): Subscriptions {
  const ids = new Set(present.map(({ id }) => id));
  const addresses = new Set(present.map(({ url }) => addressKey(url)));
  const fresh: SourceInput[] = [];
  const unusable: { url: string; why: string }[] = [];
  let known = 0;
  for (const feed of list.feeds) {
    const key = addressKey(feed.url);
    if (addresses.has(key)) {
      known += 1;
      continue;
    }
    const source = sourceFrom(feed, ids, enabled);
    const checked = sourceSchema.safeParse(source);
    if (!checked.success) {
      unusable.push({ url: feed.url, why: checked.error.issues[0]?.message ?? 'not a source' });
      continue;
    }
    addresses.add(key);
    ids.add(source.id);
    fresh.push(source);
  }
  return { fresh, present: known, unusable };
}

function sourceFrom(feed: OpmlFeed, taken: ReadonlySet<string>, enabled: boolean): SourceInput {
  const title = feed.title === null || URL.canParse(feed.title) ? '' : feed.title;
  const language = languageTag(feed.language);
  const short = slug(title).slice(0, 48);
  const site = [siteName(feed.url), language ?? ''].filter((part) => part !== '').join('-');
  const tags = [...new Set([...feed.folders, ...(feed.categories ?? [])].map((tag) => tag.slice(0, LONGEST_TAG)))].slice(0, MOST_TAGS);
  return {
    id: freeId([short.length < SHORTEST_ID ? '' : short, site], taken),
    ...(title === '' ? {} : { name: title.slice(0, LONGEST_NAME) }),
    url: feed.url,
    enabled,
    ...(language === undefined ? {} : { language }),
    ...(tags.length === 0 ? {} : { tags }),
  };
}

function languageTag(language: string | null): string | undefined {
  try {
    return language === null ? undefined : Intl.getCanonicalLocales(language)[0];
  } catch {
    return undefined;
  }
}

/** The sources as a list for other readers; the bundled wire is nobody else's. The first tag is the folder. */
export const subscriptionsOf = (sources: readonly SourceConfig[]): OpmlList => ({
  title: 'Dateline sources',
  feeds: sources.filter((source) => !isSampleSource(source)).map(({ url, name, language, tags }): OpmlFeed => ({
    url, title: name, siteUrl: null, language: language ?? null, folders: tags.slice(0, 1),
    ...(tags.length === 0 ? {} : { categories: tags }),
  })),
});
