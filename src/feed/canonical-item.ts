/** One item, brought to canonical shape. */
import { attributeOf, baseOf, elementsOf, resolveUrl, textOf } from './element-value.js';
import { all, alternate, atomLinks, body, construct, CONTENT, fieldsOf, first, ID, isPageType, itemId, languageField, MAX_VALUES, PUBLISHED, RIGHTS, SUMMARY, text, textLink, TITLE, UPDATED, type Fields, type LinkElement } from './feed-fields.js';
import { categories, firstPersons } from './feed-people.js';
import { oneLine } from './html-text.js';
import type { CanonicalItem, DocumentContext } from './canonical-record.js';
import type { MarkupElement } from './markup-tree.js';
import type { FeedEnclosure, FeedSource } from './types.js';

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

/** A guid is an address unless it says that it is none (RSS 2.0). */
function permalink(fields: Fields, context: DocumentContext): string | null {
  for (const element of fields.get('guid') ?? []) {
    const written = oneLine(textOf(element));
    if (attributeOf(element, 'ispermalink')?.toLowerCase() !== 'false' && /^https?:\/\//i.test(written)) return resolveUrl(written, baseOf(element, context.url));
  }
  return null;
}

/** Reads an item element of any format. */
export function readItem(element: MarkupElement, context: DocumentContext, feedLanguage: string | null): CanonicalItem {
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
