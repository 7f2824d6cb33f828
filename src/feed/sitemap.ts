/** Sitemaps (sitemaps.org 0.9), their indexes, and Google's news extension: the feeds of sites that have no feed. */
import { elementsOf, resolveUrl, textOf } from './element-value.js';
import { oneLine } from './html-text.js';
import type { MarkupElement } from './markup-tree.js';
import type { Feed, FeedEnclosure, FeedItem, FeedNote, FeedTime } from './types.js';

/** Twice what the protocol allows (50 000). */
const MAX_ADDRESSES = 100_000;

interface SitemapContext {
  readonly url: string | undefined;
  readonly encoding: string;
  readonly notes: readonly FeedNote[];
  readonly timeOf: (raw: string | null) => FeedTime | undefined;
}

const EMPTY_FEED = {
  title: null, titleHtml: null, link: null, id: null, description: null, language: null, authors: [], rights: null, image: null, published: null, updated: null,
  categories: [], hub: null, self: null, minIntervalSeconds: null, children: [], items: [],
} satisfies Partial<Feed>;

const EMPTY_ITEM = {
  id: null, link: null, title: null, titleHtml: null, summary: null, content: null, published: null, updated: null, authors: [], categories: [], language: null, enclosures: [], comments: null, rights: null, source: null,
} satisfies FeedItem;

const local = (element: MarkupElement): string => element.tag.slice(element.tag.indexOf(':') + 1);

/** Text by local name at any depth below: `url/loc`, `url/news:news/news:title`. */
function valuesBelow(element: MarkupElement): Map<string, string[]> {
  const values = new Map<string, string[]>();
  const stack = elementsOf(element).map((child) => ({ child, path: '' })).reverse();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const path = next.path === '' ? local(next.child) : `${next.path}/${local(next.child)}`;
    const inner = elementsOf(next.child);
    if (inner.length === 0) values.set(path, [...(values.get(path) ?? []), oneLine(textOf(next.child))]);
    for (const child of inner.reverse()) stack.push({ child, path });
  }
  return values;
}

function itemOf(element: MarkupElement, context: SitemapContext): FeedItem | null {
  const values = valuesBelow(element);
  const value = (path: string): string | null => values.get(path)?.find((text) => text !== '') ?? null;
  const loc = value('loc');
  if (loc === null) return null;
  const keywords = [value('news/keywords'), value('news/genres')].flatMap((list) => (list === null ? [] : list.split(',').map((word) => word.trim())));
  const lastmod = context.timeOf(value('lastmod')) ?? null;
  const enclosures: FeedEnclosure[] = (values.get('image/loc') ?? []).map((url) => ({ url: resolveUrl(url, context.url) }));
  return {
    ...EMPTY_ITEM, id: loc, link: resolveUrl(loc, context.url), title: value('news/title') ?? value('video/title'), summary: value('video/description'),
    published: context.timeOf(value('news/publication_date') ?? value('video/publication_date')) ?? lastmod, updated: lastmod,
    categories: [...new Set(keywords)].filter((word) => word !== ''), language: value('news/publication/language'), enclosures,
  };
}

/** News sitemaps before the others, for they hold what is new; then by what the index says of their age, in its order where it says nothing. */
const newestFirst = (children: readonly { readonly url: string; readonly at: number }[]): string[] => {
  const isNews = (url: string): number => (/news/i.test(url.replace(/^https?:\/\/[^/]*/i, '')) ? 1 : 0);
  return children.map((child, place) => ({ ...child, place }))
    .sort((one, other) => isNews(other.url) - isNews(one.url) || (one.at === other.at ? 0 : other.at - one.at) || one.place - other.place).map(({ url }) => url);
};

/** Reads a sitemap or an index of sitemaps; null where the document is neither. */
export function parseSitemap(document: MarkupElement, context: SitemapContext): Feed | null {
  const root = elementsOf(document).find((element) => /^(?:urlset|sitemapindex)$/.test(local(element)));
  if (root === undefined) return null;
  const feed = { ...EMPTY_FEED, encoding: context.encoding, notes: context.notes };
  if (local(root) === 'sitemapindex') {
    const children = elementsOf(root).filter((element) => local(element) === 'sitemap').slice(0, MAX_ADDRESSES).flatMap((element) => {
      const written = (name: string): string[] => elementsOf(element).filter((child) => local(child) === name).map((child) => oneLine(textOf(child)));
      const at = Date.parse(context.timeOf(written('lastmod')[0] ?? null)?.iso ?? '');
      return written('loc').map((loc) => ({ url: resolveUrl(loc, context.url), at: Number.isNaN(at) ? -Infinity : at })).filter(({ url }) => url !== '');
    });
    return { ...feed, format: 'sitemap-index', children: children.map(({ url }) => url), newestChildren: newestFirst(children) };
  }
  const items = elementsOf(root).filter((element) => local(element) === 'url').slice(0, MAX_ADDRESSES).flatMap((element) => itemOf(element, context) ?? []);
  return { ...feed, format: 'sitemap', items };
}

/** A sitemap of one address a line. */
export function parseTextSitemap(text: string, encoding: string, notes: readonly FeedNote[]): Feed {
  const items = text.split(/\s+/).filter((line) => line !== '').slice(0, MAX_ADDRESSES).map((link) => ({ ...EMPTY_ITEM, id: link, link }));
  return { ...EMPTY_FEED, format: 'sitemap', items, encoding, notes };
}
