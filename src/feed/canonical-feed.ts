/** Any feed's tree, brought to canonical shape: its root found, its items gathered, its own fields chosen. */
import { attributeOf, baseOf, elementsOf, resolveUrl } from './element-value.js';
import { all, alternate, atomLinks, body, construct, fieldsOf, first, itemId, languageField, PUBLISHED, RIGHTS, text, textLink, TITLE, UPDATED, type Fields } from './feed-fields.js';
import { categories, firstPersons } from './feed-people.js';
import { readItem } from './canonical-item.js';
import type { CanonicalFeed, DocumentContext } from './canonical-record.js';
import type { MarkupElement } from './markup-tree.js';

const MAX_ITEMS = 10_000;

const NAME_OF_ROOT = /^(?:atom:|rdf:|\?:)?(rss|feed|rdf|channel)$/;

/** The first element that can be a feed's root, wherever it stands. */
export function findRoot(document: MarkupElement): { readonly element: MarkupElement; readonly format: CanonicalFeed['format'] } | null {
  const queue: MarkupElement[] = elementsOf(document);
  for (let at = 0; at < queue.length && at < 100_000; at++) {
    const element = queue[at];
    if (element === undefined) break;
    const name = NAME_OF_ROOT.exec(element.tag)?.[1];
    if (name === 'feed') return { element, format: 'atom' };
    if (name === 'rdf') return { element, format: 'rdf' };
    if (name !== undefined) return { element, format: 'rss' };
    queue.push(...elementsOf(element));
  }
  return null;
}

const isItem = (element: MarkupElement): boolean => element.tag === 'item' || element.tag === 'atom:entry' || element.tag === 'entry';

/** Items inside the channel, beside it, or in `items`, in the order of the document. */
function itemElements(root: MarkupElement, channel: MarkupElement): MarkupElement[] {
  const found: MarkupElement[] = [];
  const parents = channel === root ? [root] : [channel, root];
  for (const parent of parents) {
    for (const element of elementsOf(parent)) {
      if (isItem(element)) found.push(element);
      else if (element.tag === 'items') found.push(...elementsOf(element).filter(isItem));
    }
  }
  return found;
}

const PERIOD_SECONDS: Readonly<Record<string, number>> = { hourly: 3600, daily: 86_400, weekly: 604_800, monthly: 2_592_000, yearly: 31_536_000 };

/** `ttl` in minutes (RSS 2.0), or `sy:updatePeriod` over `sy:updateFrequency` (RSS 1.0 syndication module). */
function minInterval(fields: Fields): number | null {
  const ttl = text(fields, ['ttl']);
  if (ttl !== null && /^\d{1,6}$/.test(ttl)) return Number(ttl) * 60;
  const period = PERIOD_SECONDS[text(fields, ['sy:updateperiod'])?.toLowerCase() ?? ''];
  if (period === undefined) return null;
  const frequency = Number(text(fields, ['sy:updatefrequency']) ?? 1);
  return Math.round(period / (Number.isInteger(frequency) && frequency > 0 ? frequency : 1));
}

function imageOf(fields: Fields, root: MarkupElement, context: DocumentContext): string | null {
  for (const element of [...all(fields, ['image']), ...elementsOf(root).filter(({ tag }) => tag === 'image')]) {
    const inner = fieldsOf(element);
    const url = textLink(inner, ['url', 'rdf:value'], context) ?? attributeOf(element, 'url') ?? attributeOf(element, 'resource');
    if (url !== null) return resolveUrl(url, baseOf(element, context.url));
  }
  const logo = textLink(fields, ['atom:logo', 'logo'], context);
  if (logo !== null) return logo;
  for (const element of all(fields, ['itunes:image', 'googleplay:image', 'media:thumbnail'])) {
    const url = attributeOf(element, 'href') ?? attributeOf(element, 'url');
    if (url !== null) return resolveUrl(url, baseOf(element, context.url));
  }
  const picture = all(fields, ['media:content']).find((element) => attributeOf(element, 'medium') === 'image' || attributeOf(element, 'type')?.startsWith('image/') === true);
  const pictureUrl = picture === undefined ? null : attributeOf(picture, 'url');
  return pictureUrl ?? textLink(fields, ['atom:icon', 'icon'], context);
}

/**
 * Where relative references of the items start. Atom says the document's address (RFC 4287, 2); RSS does not say, and its writers mean the
 * site, not the host that serves the feed.
 */
function itemContext(format: CanonicalFeed['format'], site: string | null, context: DocumentContext): DocumentContext {
  const known = format === 'atom' && context.url !== undefined;
  return known || site === null || !/^https?:/i.test(site) ? context : { ...context, url: site };
}

/** Reads the feed below `root`. */
export function canonicalFeed(root: MarkupElement, format: CanonicalFeed['format'], context: DocumentContext): CanonicalFeed {
  const channel = elementsOf(root).find(({ tag }) => tag === 'channel') ?? root;
  const fields = fieldsOf(channel);
  const links = atomLinks(fields, context);
  const site = alternate(links) ?? textLink(fields, ['link'], context);
  const link = (rel: string): string | null => links.find((one) => one.rel === rel)?.href ?? null;
  const inItems = itemContext(format, site ?? (context.url === undefined ? link('self') : null), context);
  const language = languageField(fields, first(fields, TITLE) ?? channel) ?? context.language ?? null;
  const elements = itemElements(root, channel);
  const published = text(fields, PUBLISHED);
  return {
    format,
    title: construct(first(fields, TITLE), context),
    link: site,
    id: itemId(fields, context) ?? attributeOf(channel, 'about') ?? text(fields, ['dc:identifier']),
    published: published ?? text(fields, ['dc:date']),
    updated: text(fields, UPDATED),
    description: body(first(fields, ['description', 'atom:subtitle', 'atom:tagline', 'subtitle', 'tagline', 'dc:description', 'itunes:summary', 'itunes:subtitle', 'atom:info']), context),
    authors: firstPersons(fields, [['atom:author', 'author'], ['managingeditor'], ['dc:creator', 'dcterms:creator', 'dc:author'], ['itunes:author'], ['itunes:owner'], ['webmaster'], ['dc:publisher']], context),
    categories: categories(fields),
    language,
    rights: body(first(fields, RIGHTS), context),
    image: imageOf(fields, root, context),
    hub: link('hub'),
    self: link('self'),
    minIntervalSeconds: minInterval(fields),
    items: elements.slice(0, MAX_ITEMS).map((element) => readItem(element, inItems, language)),
    dropped: Math.max(0, elements.length - MAX_ITEMS),
  };
}
