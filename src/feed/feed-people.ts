/** The people a feed or an item names, and the topics. */
import { attributeOf, baseOf, elementsOf, hasElements, resolveUrl, textOf } from './element-value.js';
import { all, fieldsOf, NO_FIELDS, text, type Fields } from './feed-fields.js';
import { looksLikeHtml, oneLine, plainText } from './html-text.js';
import { readPerson } from './person.js';
import type { DocumentContext } from './canonical-record.js';
import type { FeedPerson } from './types.js';

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
export function firstPersons(fields: Fields, groups: readonly (readonly string[])[], context: DocumentContext): FeedPerson[] {
  for (const group of groups) {
    const found = persons(fields, group, context);
    if (found.length > 0) return found;
  }
  return [];
}

export function categories(fields: Fields): string[] {
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
