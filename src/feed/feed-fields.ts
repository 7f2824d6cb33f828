/** The fields of an item or a feed by canonical tag, and the orders in which they stand in for each other. */
import { attributeOf, baseOf, elementLanguage, resolveUrl, textOf } from './element-value.js';
import { oneLine } from './html-text.js';
import { bodyConstruct, textConstruct, type TextConstruct } from './text-construct.js';
import type { DocumentContext } from './canonical-record.js';
import type { MarkupElement } from './markup-tree.js';

export const MAX_VALUES = 200;

export const TITLE = ['title', 'atom:title', 'dc:title', 'itunes:title', 'media:title', 'news:title'];
export const PUBLISHED = ['pubdate', 'atom:published', 'atom:issued', 'dcterms:issued', 'published', 'issued', 'atom:created', 'dcterms:created', 'created'];
export const UPDATED = ['atom:updated', 'atom:modified', 'dcterms:modified', 'updated', 'modified', 'lastbuilddate', 'dcterms:date', 'dc:date'];
export const RIGHTS = ['copyright', 'atom:rights', 'rights', 'dc:rights', 'atom:copyright', 'dcterms:rights', 'media:copyright'];
export const ID = ['guid', 'atom:id', 'id'];
export const CONTENT = ['atom:content', 'content:encoded', 'content', 'xhtml:body', 'body', 'fullitem'];
export const SUMMARY = ['description', 'atom:summary', 'summary', 'dc:description', 'itunes:summary', 'itunes:subtitle', 'media:description', 'dcterms:abstract'];

export type Fields = ReadonlyMap<string, readonly MarkupElement[]>;
export const NO_FIELDS: Fields = new Map();

/** Child elements by canonical tag. */
export function fieldsOf(element: MarkupElement): Fields {
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
export function first(fields: Fields, tags: readonly string[]): MarkupElement | null {
  for (const tag of tags) for (const element of fields.get(tag) ?? []) if (!isEmpty(element)) return element;
  return null;
}

const NONE: readonly MarkupElement[] = [];

/** Every element of the tags, by the order of tags. */
export function all(fields: Fields, tags: readonly string[]): readonly MarkupElement[] {
  let found = NONE;
  for (const tag of tags) {
    const elements = fields.get(tag);
    if (elements !== undefined) found = found.length === 0 ? elements : [...found, ...elements];
  }
  return found;
}

export function text(fields: Fields, tags: readonly string[]): string | null {
  const element = first(fields, tags);
  return element === null ? null : textOf(element).trim();
}

/** Elements whose text is HTML by their definition; others of RSS may be, and Atom's say so. */
const ALWAYS_HTML = new Set(['content:encoded', 'fullitem', 'body', 'xhtml:body']);

const typeByDefault = (element: MarkupElement): 'text' | 'html' | 'guess' =>
  ALWAYS_HTML.has(element.tag) ? 'html' : element.tag.startsWith('atom:') ? 'text' : 'guess';

export const construct = (element: MarkupElement | null, context: DocumentContext): TextConstruct | null =>
  element === null ? null : textConstruct(element, typeByDefault(element), context.url);

/** Body-like fields: HTML, or null. */
export function body(element: MarkupElement | null, context: DocumentContext): string | null {
  return element === null ? null : bodyConstruct(element, typeByDefault(element), context.url) || null;
}

export interface LinkElement {
  readonly href: string;
  readonly rel: string;
  readonly type: string | null;
  readonly element: MarkupElement;
}

/** Atom's link elements, wherever they stand; RSS's are text. */
export function atomLinks(fields: Fields, context: DocumentContext): LinkElement[] {
  return all(fields, ['atom:link', 'link', 'xhtml:link']).flatMap((element) => {
    const href = attributeOf(element, 'href') ?? attributeOf(element, 'resource');
    if (href === null) return [];
    const rel = (attributeOf(element, 'rel') ?? 'alternate').toLowerCase().replace(/^https?:\/\/www\.iana\.org\/assignments\/relation\//, '');
    return [{ href: resolveUrl(href, baseOf(element, context.url)), rel, type: attributeOf(element, 'type')?.toLowerCase() ?? null, element }];
  });
}

export const isPageType = (type: string | null): boolean => type === null || type === 'text/html' || type === 'application/xhtml+xml';

export function alternate(links: readonly LinkElement[]): string | null {
  const candidates = links.filter(({ rel }) => rel === 'alternate');
  return (candidates.find(({ type }) => type === 'text/html') ?? candidates.find(({ type }) => isPageType(type)) ?? candidates[0])?.href ?? null;
}

export function textLink(fields: Fields, tags: readonly string[], context: DocumentContext): string | null {
  for (const element of all(fields, tags)) {
    const written = oneLine(textOf(element));
    if (written !== '') return resolveUrl(written, baseOf(element, context.url));
  }
  return null;
}

/** `atom:id` is an IRI (RFC 4287, 4.2.6); a path in its place is read against the base. */
export function itemId(fields: Fields, context: DocumentContext): string | null {
  const element = first(fields, ID);
  if (element === null) return null;
  const written = oneLine(textOf(element));
  return element.tag === 'atom:id' && /^[^:\s]*\/[^:\s]*$/.test(written) ? resolveUrl(written, baseOf(element, context.url)) : written;
}

export function languageField(fields: Fields, element: MarkupElement): string | null {
  return text(fields, ['language', 'dc:language', 'news:language']) ?? elementLanguage(element);
}
