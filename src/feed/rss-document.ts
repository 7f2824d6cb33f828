/**
 * The canonical document as rss-parser reads it.
 *
 * rss-parser takes its fields from the object xml2js makes of an RSS 2.0 document. The canonical feed is handed over in just that shape: writing it
 * out as XML for xml2js to parse again would cost half the speed and change nothing (a test reads the same document both ways).
 * What rss-parser has no field for, or would spoil (HTML bodies, several authors or enclosures, times in other words than JavaScript's),
 * travels in custom fields.
 */
import Parser from 'rss-parser';
import type { CanonicalFeed, CanonicalItem } from './canonical-record.js';
import type { FeedEnclosure, FeedPerson, FeedSource, FeedTime } from './types.js';

/** Custom fields of an item; each is a list in the document and its first member in the answer. */
interface ItemExtras {
  readonly titleHtml?: string;
  readonly body?: string;
  readonly teaser?: string;
  readonly publishedAt?: FeedTime;
  readonly updatedAt?: FeedTime;
  readonly persons?: readonly FeedPerson[];
  readonly media?: readonly FeedEnclosure[];
  readonly itemLanguage?: string;
  readonly copyright?: string;
  readonly origin?: FeedSource;
  readonly originalLink?: string;
}

interface FeedExtras {
  readonly titleHtml?: string;
  readonly guid?: string;
  readonly about?: string;
  readonly publishedAt?: FeedTime;
  readonly updatedAt?: FeedTime;
  readonly persons?: readonly FeedPerson[];
  readonly picture?: string;
  readonly topics?: readonly string[];
  readonly hub?: string;
  readonly self?: string;
}

const ITEM_EXTRAS: readonly (keyof ItemExtras)[] = ['titleHtml', 'body', 'teaser', 'publishedAt', 'updatedAt', 'persons', 'media', 'itemLanguage', 'copyright', 'origin', 'originalLink'];
const FEED_EXTRAS: readonly (keyof FeedExtras)[] = ['titleHtml', 'guid', 'about', 'publishedAt', 'updatedAt', 'persons', 'picture', 'topics', 'hub', 'self'];

/** xml2js's shape: every element a list. */
export type RssElement = Readonly<Record<string, readonly unknown[]>>;
export interface RssDocument {
  readonly rss: { readonly $: { readonly version: '2.0' }; readonly channel: readonly [RssElement] };
}

/** The answer: rss-parser's own fields and ours. */
export type ReadRssItem = Parser.Item & ItemExtras & { readonly comments?: string };
export type ReadRssFeed = FeedExtras & { readonly title?: string; readonly link?: string; readonly description?: string; readonly language?: string; readonly copyright?: string; readonly ttl?: string; readonly items: readonly ReadRssItem[] };

type Times = (raw: string | null) => FeedTime | undefined;

/** Leaves out what is absent: an element that is not there has no list. */
function element(values: Readonly<Record<string, unknown>>): RssElement {
  const present: Record<string, readonly unknown[]> = {};
  for (const [name, value] of Object.entries(values)) if (value !== null && value !== undefined && value !== '') present[name] = [value];
  return present;
}

function itemElement(item: CanonicalItem, timeOf: Times): RssElement {
  const publishedAt = timeOf(item.published);
  return {
    ...element({
      title: item.title?.text, titleHtml: item.title?.marked === true ? item.title.html : null, link: item.link, guid: item.id, pubDate: publishedAt?.iso, publishedAt, updatedAt: timeOf(item.updated),
      body: item.content, teaser: item.summary, persons: item.authors, media: item.enclosures, itemLanguage: item.language, copyright: item.rights, comments: item.comments, origin: item.source, originalLink: item.originalLink,
    }),
    ...(item.categories.length > 0 ? { category: item.categories } : {}),
  };
}

/** The canonical feed as the RSS 2.0 document that rss-parser reads. */
export function rssDocument(feed: CanonicalFeed, timeOf: Times): RssDocument {
  const channel = {
    ...element({
      title: feed.title?.text, titleHtml: feed.title?.marked === true ? feed.title.html : null, link: feed.link, description: feed.description, language: feed.language, copyright: feed.rights, guid: feed.id,
      publishedAt: timeOf(feed.published), updatedAt: timeOf(feed.updated), persons: feed.authors, picture: feed.image, topics: feed.categories, hub: feed.hub, self: feed.self,
      ttl: feed.minIntervalSeconds === null ? null : String(feed.minIntervalSeconds / 60),
    }),
    item: feed.items.map((item) => itemElement(item, timeOf)),
  };
  return { rss: { $: { version: '2.0' }, channel: [channel] } };
}

/** The part of rss-parser between its XML parser and its answer; its type declarations leave it out. */
interface DocumentReader { buildRSS2(document: RssDocument): ReadRssFeed }

function isDocumentReader(parser: object): parser is DocumentReader {
  return 'buildRSS2' in parser && typeof parser.buildRSS2 === 'function';
}

/** rss-parser set up for our documents. */
export function rssParser(): Parser<FeedExtras, ItemExtras> {
  return new Parser<FeedExtras, ItemExtras>({ customFields: { feed: [...FEED_EXTRAS], item: [...ITEM_EXTRAS] } });
}

const parser = rssParser();
if (!isDocumentReader(parser)) throw new TypeError('this rss-parser has no buildRSS2: it is not the version package.json names');
const reader: DocumentReader = parser;

/** Reads a canonical document with rss-parser. */
export const readRssDocument = (document: RssDocument): ReadRssFeed => reader.buildRSS2(document);
