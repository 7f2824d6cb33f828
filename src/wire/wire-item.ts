/** What the readers of the formats share: an empty item, times, and paths in a tree by local names. */
import { attributeOf, elementsOf, oneLine, readTime, textOf, type MarkupElement } from '../feed/index.js';
import type { WireFormat, WireItem, WireTerm } from './types.js';

/** An item that says nothing yet. */
export const silentItem = (format: WireFormat): WireItem => ({
  format, uri: null, version: null, type: null, title: null, headline: null, subheadline: null, byline: null, dateline: null, located: null, slugline: null, summary: null, bodyHtml: null, language: null,
  subjects: [], genres: [], places: [], keywords: [], urgency: null, wordCount: null, versionCreated: null, firstCreated: null, contentCreated: null, embargoed: null, pubStatus: null, provider: null,
  copyrightHolder: null, copyrightNotice: null, usageTerms: null, edNote: null, associations: [],
});

/** Lower-case name without a prefix: agencies declare namespaces, or do not, or declare the wrong one. */
export const localName = (element: MarkupElement): string => element.tag.slice(element.tag.indexOf(':') + 1);

/** Elements at a path of local names below, `a/b/c`. */
export function at(element: MarkupElement | null, path: string): MarkupElement[] {
  let found = element === null ? [] : [element];
  for (const name of path.split('/')) found = found.flatMap((each) => elementsOf(each).filter((child) => localName(child) === name));
  return found;
}

/** Every element of a name at any depth, in document order. */
export function everywhere(element: MarkupElement, name: string): MarkupElement[] {
  const found: MarkupElement[] = [];
  const stack = elementsOf(element).reverse();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (localName(next) === name) found.push(next);
    for (const child of elementsOf(next).reverse()) stack.push(child);
  }
  return found;
}

export const lineOf = (element: MarkupElement | null | undefined): string | null => (element === null || element === undefined ? null : oneLine(textOf(element)) || null);

/** Text of the first element at a path that has any. */
export function lineAt(element: MarkupElement | null, path: string): string | null {
  for (const each of at(element, path)) {
    const line = lineOf(each);
    if (line !== null) return line;
  }
  return null;
}

/** An attribute of the first element at a path that has it. */
export function attributeAt(element: MarkupElement | null, path: string, name: string): string | null {
  for (const each of at(element, path)) {
    const value = attributeOf(each, name);
    if (value !== null) return value;
  }
  return null;
}

/** A written time as UTC ISO 8601; null for none. */
export const timeOf = (written: string | null): string | null => (written === null ? null : readTime(written));

export const present = <T>(values: readonly (T | null)[]): T[] => values.filter((value) => value !== null);

/** Terms that say anything at all. */
export const terms = (found: readonly WireTerm[]): WireTerm[] => found.filter(({ name, code }) => name !== null || code !== null);
