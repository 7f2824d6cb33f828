/** Bytes of a feed to its items: decode, read as a tree, bring to canonical RSS, read with rss-parser. */
import { failed, giveUp, ok, type Outcome } from '../fault.js';
import { decodeBytes } from '../fetch/index.js';
import { parseUrl } from './address.js';
import { canonicalFeed, findRoot } from './canonical-feed.js';
import type { CanonicalFeed } from './canonical-record.js';
import { readTime } from './feed-time.js';
import type { TimeContext } from './time-reading.js';
import { parseJsonFeed } from './json-feed.js';
import { hubOfLinkHeader } from './link-header.js';
import { readMarkup, type MarkupElement } from './markup-tree.js';
import { readRssDocument, rssDocument, type ReadRssFeed, type ReadRssItem } from './rss-document.js';
import { parseSitemap, parseTextSitemap } from './sitemap.js';
import { tooManyItems } from './too-many-items.js';
import type { Feed, FeedItem, FeedNote, FeedTime, ParseFeedOptions } from './types.js';

const DAY_MS = 86_400_000;
/** An address a line, as sitemaps may be (sitemaps.org, "Text file"). */
const TEXT_SITEMAP = /^\s{0,99}https?:\/\/\S+\s*(?:[\r\n]+\s*https?:\/\/\S+\s*)*$/;

/** Reads times as this source writes them, and notes those it cannot. */
export interface TimeReader {
  (raw: string | null): FeedTime | undefined;
}

function timeReader(options: ParseFeedOptions, language: string | null, unread: Set<string>): TimeReader {
  const context: TimeContext = { timeZone: options.timeZone, language: options.language ?? language ?? undefined };
  const latest = (options.now ?? new Date()).getTime() + DAY_MS;
  return (raw) => {
    if (raw === null || raw.trim() === '') return undefined;
    const iso = readTime(raw, context);
    if (iso === null) unread.add(raw.slice(0, 100));
    return iso !== null && Date.parse(iso) > latest ? { raw, iso, future: true } : { raw, iso };
  };
}

function itemOf(item: ReadRssItem): FeedItem {
  return {
    id: item.guid ?? null, link: item.link ?? null, title: item.title ?? null, titleHtml: item.titleHtml ?? null, summary: item.teaser ?? null, content: item.body ?? null,
    published: item.publishedAt ?? null, updated: item.updatedAt ?? null, authors: item.persons ?? [], categories: item.categories ?? [], language: item.itemLanguage ?? null,
    enclosures: item.media ?? [], comments: item.comments ?? null, rights: item.copyright ?? null, source: item.origin ?? null,
    ...(item.originalLink === undefined ? {} : { originalLink: item.originalLink }),
  };
}

function feedOf(read: ReadRssFeed, canonical: CanonicalFeed, encoding: string, notes: readonly FeedNote[]): Feed {
  return {
    format: canonical.format, title: read.title ?? null, titleHtml: read.titleHtml ?? null, link: read.link ?? null, id: read.guid ?? null, description: read.description ?? null,
    language: read.language ?? null, authors: read.persons ?? [], rights: read.copyright ?? null, image: read.picture ?? null, published: read.publishedAt ?? null, updated: read.updatedAt ?? null,
    categories: read.topics ?? [], hub: read.hub ?? null, self: read.self ?? null, minIntervalSeconds: read.ttl === undefined ? null : Number(read.ttl) * 60, children: [],
    items: read.items.map(itemOf), encoding, notes,
  };
}

const notFeed = (code: string, message: string, hint: string): Outcome<never> => failed(giveUp({ code, message, hint }));

function whyNot(document: MarkupElement, text: string): Outcome<never> {
  if (text.trim() === '') return notFeed('empty', 'The answer holds no text at all.', 'Open the address in a browser: the feed may have moved.');
  if (/<html[\s>]|<!doctype\s+html/i.test(text.slice(0, 4096))) {
    return notFeed('html-not-feed', 'The answer is a web page, not a feed.', 'Let the page name its feed: discovery finds the address in its head.');
  }
  const root = document.children.find((child) => typeof child !== 'string');
  return notFeed('not-a-feed', `The answer is no feed${root === undefined ? '' : `: its root element is <${root.name.slice(0, 40)}>`}.`, 'RSS, RDF, Atom, JSON Feed and sitemaps are read.');
}

function looksLikeJson(text: string, contentType: string | undefined): boolean {
  const start = /[^\s\u{FEFF}]/u.exec(text.slice(0, 1000))?.[0];
  return start === '{' || (start === '[' && /json/i.test(contentType ?? ''));
}

/**
 * Reads a feed of any kind: RSS 0.9x, 1.0, 1.1 and 2.0, RDF, Atom 0.3 and 1.0, JSON Feed 1.x, sitemaps and their indexes.
 *
 * Never throws and asks nothing of the network. One bad item, date or entity costs just that, and is named in `notes`.
 * Faults: `empty`, `html-not-feed`, `not-a-feed`, `too-large` (a gzip bomb), all to give up.
 */
export function parseFeed(bytes: Uint8Array, options: ParseFeedOptions = {}): Outcome<Feed> {
  const kind = /json/i.test(options.contentType ?? '') ? 'json' : 'xml';
  const { text, encoding, defects } = decodeBytes(bytes, { contentType: options.contentType, kind, languageHint: options.language });
  if (defects.includes('gzip-too-large')) return notFeed('too-large', 'The feed is larger than the limit once decompressed.', 'Ask the publisher for a shorter feed.');
  const url = options.contentLocation === undefined ? options.url : parseUrl(options.contentLocation, options.url)?.href ?? options.url;
  const notes: FeedNote[] = defects.map((code) => ({ code, message: `The bytes were read over: ${code.replaceAll('-', ' ')}.` }));
  const unread = new Set<string>();
  const named = hubOfLinkHeader(options.linkHeader, url);
  const finish = (feed: Feed): Outcome<Feed> => ok({
    ...feed, hub: named.hub ?? feed.hub, self: named.self ?? feed.self,
    notes: [...feed.notes, ...[...unread].slice(0, 20).map((raw) => ({ code: 'time-not-understood', message: `A time was not understood: ${raw}` }))],
  });

  if (looksLikeJson(text, options.contentType)) {
    const feed = parseJsonFeed(text, { url, encoding, notes, timeOf: timeReader(options, null, unread) });
    return feed === null ? whyNot(readMarkup(''), text) : finish(feed);
  }
  if (TEXT_SITEMAP.test(text)) return finish(parseTextSitemap(text, encoding, notes));
  const document = readMarkup(text);
  const sitemap = parseSitemap(document, { url, encoding, notes, timeOf: timeReader(options, null, unread) });
  if (sitemap !== null) return finish(sitemap);
  const root = findRoot(document);
  if (root === null) return whyNot(document, text);
  const canonical = canonicalFeed(root.element, root.format, { url, language: options.contentLanguage });
  if (canonical.dropped > 0) notes.push(tooManyItems(canonical.dropped + canonical.items.length, canonical.items.length));
  const read = readRssDocument(rssDocument(canonical, timeReader(options, canonical.language, unread)));
  return finish(feedOf(read, canonical, encoding, notes));
}
