/** Any feed's tree, brought to one canonical shape: an RSS 2.0 document whose every field is decoded, resolved and chosen. */
import {
  attributeOf, baseOf, bodyConstruct, elementsOf, elementLanguage, hasElements, looksLikeHtml, oneLine, plainText, resolveUrl, textConstruct, textOf, type TextConstruct,
} from './element-value.js';
import { readPerson } from './person.js';
import type { MarkupElement } from './markup-tree.js';
import type { FeedEnclosure, FeedPerson, FeedSource } from './types.js';

const MAX_ITEMS = 10_000;
const MAX_VALUES = 200;

/** What is known of the document besides its bytes. */
export interface DocumentContext {
  readonly url?: string | undefined;
  readonly language?: string | undefined;
}

/** Fields both of a feed and of an item, times still as written. */
export interface CanonicalFields {
  readonly title: TextConstruct | null;
  readonly link: string | null;
  readonly id: string | null;
  readonly published: string | null;
  readonly updated: string | null;
  readonly authors: readonly FeedPerson[];
  readonly categories: readonly string[];
  readonly language: string | null;
  readonly rights: string | null;
}

export interface CanonicalItem extends CanonicalFields {
  readonly summary: string | null;
  readonly content: string | null;
  readonly enclosures: readonly FeedEnclosure[];
  readonly comments: string | null;
  readonly source: FeedSource | null;
  /** The publisher's own address behind a redirecting `link`. */
  readonly originalLink: string | null;
}

export interface CanonicalFeed extends CanonicalFields {
  readonly format: 'rss' | 'rdf' | 'atom';
  readonly description: string | null;
  readonly image: string | null;
  readonly hub: string | null;
  readonly self: string | null;
  readonly minIntervalSeconds: number | null;
  readonly items: readonly CanonicalItem[];
  readonly dropped: number;
}

type Fields = ReadonlyMap<string, readonly MarkupElement[]>;
const NO_FIELDS: Fields = new Map();

/** Child elements by canonical tag. */
function fieldsOf(element: MarkupElement): Fields {
  const fields = new Map<string, MarkupElement[]>();
  for (const child of element.children) {
    if (typeof child === 'string') continue;
    const { tag } = child;
    const list = fields.get(tag);
    if (list === undefined) fields.set(tag, [child]);
    else if (list.length < MAX_VALUES) list.push(child);
  }
  return fields;
}

const isEmpty = (element: MarkupElement): boolean => element.children.every((child) => typeof child === 'string' && !/\S/.test(child));

/** The first element with content, by the order of tags. */
function first(fields: Fields, tags: readonly string[]): MarkupElement | null {
  for (const tag of tags) for (const element of fields.get(tag) ?? []) if (!isEmpty(element)) return element;
  return null;
}

const NONE: readonly MarkupElement[] = [];

/** Every element of the tags, by the order of tags. */
function all(fields: Fields, tags: readonly string[]): readonly MarkupElement[] {
  let found = NONE;
  for (const tag of tags) {
    const elements = fields.get(tag);
    if (elements !== undefined) found = found.length === 0 ? elements : [...found, ...elements];
  }
  return found;
}

function text(fields: Fields, tags: readonly string[]): string | null {
  const element = first(fields, tags);
  return element === null ? null : textOf(element).trim();
}

/** Elements whose text is HTML by their definition; others of RSS may be, and Atom's say so. */
const ALWAYS_HTML = new Set(['content:encoded', 'fullitem', 'body', 'xhtml:body']);

const typeByDefault = (element: MarkupElement): 'text' | 'html' | 'guess' =>
  ALWAYS_HTML.has(element.tag) ? 'html' : element.tag.startsWith('atom:') ? 'text' : 'guess';

const construct = (element: MarkupElement | null, context: DocumentContext): TextConstruct | null =>
  element === null ? null : textConstruct(element, typeByDefault(element), context.url);

/** Body-like fields: HTML, or null. */
function body(element: MarkupElement | null, context: DocumentContext): string | null {
  return element === null ? null : bodyConstruct(element, typeByDefault(element), context.url) || null;
}

interface LinkElement {
  readonly href: string;
  readonly rel: string;
  readonly type: string | null;
  readonly element: MarkupElement;
}

/** Atom's link elements, wherever they stand; RSS's are text. */
function atomLinks(fields: Fields, context: DocumentContext): LinkElement[] {
  return all(fields, ['atom:link', 'link', 'xhtml:link']).flatMap((element) => {
    const href = attributeOf(element, 'href') ?? attributeOf(element, 'resource');
    if (href === null) return [];
    const rel = (attributeOf(element, 'rel') ?? 'alternate').toLowerCase().replace(/^https?:\/\/www\.iana\.org\/assignments\/relation\//, '');
    return [{ href: resolveUrl(href, baseOf(element, context.url)), rel, type: attributeOf(element, 'type')?.toLowerCase() ?? null, element }];
  });
}

const isPageType = (type: string | null): boolean => type === null || type === 'text/html' || type === 'application/xhtml+xml';

function alternate(links: readonly LinkElement[]): string | null {
  const candidates = links.filter(({ rel }) => rel === 'alternate');
  return (candidates.find(({ type }) => type === 'text/html') ?? candidates.find(({ type }) => isPageType(type)) ?? candidates[0])?.href ?? null;
}

function textLink(fields: Fields, tags: readonly string[], context: DocumentContext): string | null {
  for (const element of all(fields, tags)) {
    const written = oneLine(textOf(element));
    if (written !== '') return resolveUrl(written, baseOf(element, context.url));
  }
  return null;
}

function persons(fields: Fields, tags: readonly string[], context: DocumentContext): FeedPerson[] {
  const found: FeedPerson[] = [];
  for (const element of all(fields, tags)) {
    const inner = hasElements(element) ? fieldsOf(element) : NO_FIELDS;
    const name = text(inner, ['atom:name', 'name', 'foaf:name', 'itunes:name', 'rdf:value']);
    const email = text(inner, ['atom:email', 'email', 'itunes:email']);
    const uri = text(inner, ['atom:uri', 'atom:url', 'atom:homepage', 'uri', 'url', 'homepage']);
    if (name !== null || email !== null || uri !== null) {
      const split = name === null ? null : readPerson(name);
      found.push({ ...split, ...(email === null ? {} : { email: email.replace(/^mailto:/i, '') }), ...(uri === null ? {} : { uri: resolveUrl(uri, baseOf(element, context.url)) }) });
    } else {
      const written = textOf(element);
      const single = readPerson(looksLikeHtml(written) ? plainText(written) : written);
      if (single !== null) found.push(single);
    }
  }
  if (found.length < 2) return found;
  const seen = new Set<string>();
  return found.filter((person) => {
    const key = `${person.name ?? ''}\n${person.email ?? ''}\n${person.uri ?? ''}`.toLowerCase();
    return !seen.has(key) && seen.add(key);
  });
}

/** The first group of tags that names anybody: mixing them repeats a person in several spellings. */
function firstPersons(fields: Fields, groups: readonly (readonly string[])[], context: DocumentContext): FeedPerson[] {
  for (const group of groups) {
    const found = persons(fields, group, context);
    if (found.length > 0) return found;
  }
  return [];
}

function categories(fields: Fields): string[] {
  const found: string[] = [];
  for (const element of all(fields, ['category', 'atom:category', 'dc:subject', 'media:category', 'itunes:category', 'googleplay:category', 'news:genres'])) {
    const label = attributeOf(element, 'label');
    const term = attributeOf(element, 'term') ?? attributeOf(element, 'text');
    const written = oneLine(textOf(element));
    for (const value of [label, term, written]) if (value !== null && value !== '') found.push(looksLikeHtml(value) ? plainText(value) : oneLine(value));
    if (hasElements(element)) for (const nested of elementsOf(element)) {
      const inner = attributeOf(nested, 'text');
      if (inner !== null) found.push(inner);
    }
  }
  for (const element of all(fields, ['tags', 'itunes:keywords', 'media:keywords', 'news:keywords'])) found.push(...textOf(element).split(',').map(oneLine));
  return [...new Set(found.filter((value) => value !== ''))];
}

function enclosureOf(element: MarkupElement, url: string | null, lengthNames: readonly string[], context: DocumentContext): FeedEnclosure[] {
  if (url === null) return [];
  const type = attributeOf(element, 'type');
  const length = lengthNames.map((name) => attributeOf(element, name)).find((value) => value !== null && /^\d{1,15}$/.test(value));
  return [{ url: resolveUrl(url, baseOf(element, context.url)), ...(type === null ? {} : { type }), ...(length === undefined || length === null ? {} : { length: Number(length) }) }];
}

function enclosures(fields: Fields, links: readonly LinkElement[], context: DocumentContext): FeedEnclosure[] {
  const media = [...all(fields, ['media:content']), ...all(fields, ['media:group']).flatMap((group) => elementsOf(group).filter(({ tag }) => tag === 'media:content'))];
  const found = [
    ...all(fields, ['enclosure']).flatMap((element) => enclosureOf(element, attributeOf(element, 'url') ?? attributeOf(element, 'href') ?? attributeOf(element, 'resource'), ['length', 'size'], context)),
    ...links.filter(({ rel }) => rel === 'enclosure').flatMap(({ element, href }) => enclosureOf(element, href, ['length'], context)),
    ...media.flatMap((element) => enclosureOf(element, attributeOf(element, 'url'), ['filesize'], context)),
  ];
  if (found.length < 2) return found;
  return found.slice(0, MAX_VALUES * 3).filter((one, i) => found.findIndex(({ url }) => url === one.url) === i).slice(0, MAX_VALUES);
}

const TITLE = ['title', 'atom:title', 'dc:title', 'itunes:title', 'media:title', 'news:title'];
const PUBLISHED = ['pubdate', 'atom:published', 'atom:issued', 'dcterms:issued', 'published', 'issued', 'atom:created', 'dcterms:created', 'created'];
const UPDATED = ['atom:updated', 'atom:modified', 'dcterms:modified', 'updated', 'modified', 'lastbuilddate', 'dcterms:date', 'dc:date'];
const RIGHTS = ['copyright', 'atom:rights', 'rights', 'dc:rights', 'atom:copyright', 'dcterms:rights', 'media:copyright'];
const ID = ['guid', 'atom:id', 'id'];
const CONTENT = ['atom:content', 'content:encoded', 'content', 'xhtml:body', 'body', 'fullitem'];
const SUMMARY = ['description', 'atom:summary', 'summary', 'dc:description', 'itunes:summary', 'itunes:subtitle', 'media:description', 'dcterms:abstract'];

/** A guid is an address unless it says that it is none (RSS 2.0). */
function permalink(fields: Fields, context: DocumentContext): string | null {
  for (const element of fields.get('guid') ?? []) {
    const written = oneLine(textOf(element));
    if (attributeOf(element, 'ispermalink')?.toLowerCase() !== 'false' && /^https?:\/\//i.test(written)) return resolveUrl(written, baseOf(element, context.url));
  }
  return null;
}

/** `atom:id` is an IRI (RFC 4287, 4.2.6); a path in its place is read against the base. */
function itemId(fields: Fields, context: DocumentContext): string | null {
  const element = first(fields, ID);
  if (element === null) return null;
  const written = oneLine(textOf(element));
  return element.tag === 'atom:id' && /^[^:\s]*\/[^:\s]*$/.test(written) ? resolveUrl(written, baseOf(element, context.url)) : written;
}

function languageField(fields: Fields, element: MarkupElement): string | null {
  return text(fields, ['language', 'dc:language', 'news:language']) ?? elementLanguage(element);
}

function readItem(element: MarkupElement, context: DocumentContext, feedLanguage: string | null): CanonicalItem {
  const fields = fieldsOf(element);
  const links = atomLinks(fields, context);
  const about = attributeOf(element, 'about');
  const original = text(fields, ['feedburner:origenclosurelink']);
  const found = enclosures(fields, links, context).map((enclosure, i) => (i === 0 && original !== null ? { ...enclosure, url: resolveUrl(original, context.url) } : enclosure));
  const titleElement = first(fields, TITLE);
  const contentElement = first(fields, CONTENT) ?? (fields.has('summary') ? first(fields, ['description']) : null);
  // an item with both a summary and a description means the longer one by the second
  const described = fields.has('summary') && fields.has('description');
  const summaryElement = first(fields, described ? ['summary'] : SUMMARY);
  const published = text(fields, PUBLISHED);
  const updated = text(fields, UPDATED);
  const group = (fields.get('media:group') ?? [])[0];
  const groupFields = group === undefined ? null : fieldsOf(group);
  const contentSource = contentElement === null ? null : attributeOf(contentElement, 'src');
  return {
    title: construct(titleElement ?? (groupFields === null ? null : first(groupFields, TITLE)), context),
    link: alternate(links) ?? textLink(fields, ['link'], context) ?? permalink(fields, context)
      ?? (about !== null && /^https?:/i.test(about) ? about : null) ?? contentSource ?? found[0]?.url ?? null,
    id: itemId(fields, context) ?? about ?? text(fields, ['dc:identifier']),
    published: published ?? text(fields, ['dc:date', 'dcterms:date', 'date']),
    updated,
    authors: firstPersons(withSourceAuthors(fields), [['atom:author', 'author'], ['dc:creator', 'dcterms:creator', 'dc:author'], ['itunes:author'], ['googleplay:author'], ['dc:contributor'], ['media:credit']], context),
    categories: categories(fields),
    language: languageField(fields, titleElement ?? contentElement ?? summaryElement ?? element) ?? feedLanguage,
    rights: body(first(fields, RIGHTS), context),
    summary: body(summaryElement ?? (groupFields === null ? null : first(groupFields, SUMMARY)), context),
    content: body(contentElement, context),
    enclosures: found,
    comments: textLink(fields, ['comments'], context) ?? links.find(({ rel, type }) => rel === 'replies' && isPageType(type))?.href ?? null,
    source: sourceOf(fields, context),
    originalLink: textLink(fields, ['feedburner:origlink'], context),
  };
}

/** An entry without an author has its source's (RFC 4287, 4.2.1). */
function withSourceAuthors(fields: Fields): Fields {
  const source = fields.get('atom:source')?.[0];
  const authors = source === undefined || fields.has('atom:author') ? undefined : fieldsOf(source).get('atom:author');
  return authors === undefined ? fields : new Map([...fields, ['atom:author', authors]]);
}

function sourceOf(fields: Fields, context: DocumentContext): FeedSource | null {
  const element = all(fields, ['source', 'atom:source', 'dc:source'])[0];
  if (element === undefined) return null;
  const inner = fieldsOf(element);
  const url = attributeOf(element, 'url') ?? alternate(atomLinks(inner, context)) ?? text(inner, ['link']);
  const title = inner.size > 0 ? construct(first(inner, TITLE), context)?.text ?? null : oneLine(textOf(element)) || null;
  return title === null && url === null ? null : { title, link: url === null ? null : resolveUrl(url, baseOf(element, context.url)), id: text(inner, ID) };
}

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
