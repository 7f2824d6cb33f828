/** What an element of a feed holds: its text, its attributes, and the base and language in force there. */
import { parseUrl } from './address.js';
import { NO_ATTRIBUTES, type MarkupElement } from './markup-tree.js';

const isElement = (child: MarkupElement | string): child is MarkupElement => typeof child !== 'string';

/** Whether any child is an element: most elements of a feed hold text alone. */
export const hasElements = (element: MarkupElement): boolean => element.children.some(isElement);

/** The element's child elements. */
export const elementsOf = (element: MarkupElement): MarkupElement[] => element.children.filter(isElement);

/** An attribute by its local name, in any case and under any prefix; empty counts as absent. */
export function attributeOf(element: MarkupElement, name: string): string | null {
  if (element.attributes === NO_ATTRIBUTES) return null;
  const exact = element.attributes[name];
  if (exact !== undefined) return exact.trim() === '' ? null : exact.trim();
  for (const [written, value] of Object.entries(element.attributes)) {
    const lower = written.toLowerCase();
    if (lower === name || (lower.endsWith(`:${name}`) && !lower.startsWith('xml:') && !lower.startsWith('xmlns:'))) return value.trim() === '' ? null : value.trim();
  }
  return null;
}

/** `xml:lang` in force at the element (XML 1.0, 2.12). */
export function elementLanguage(element: MarkupElement): string | null {
  for (let at: MarkupElement | null = element; at !== null; at = at.parent) {
    const value = at.attributes['xml:lang'];
    if (value !== undefined) return value.trim() === '' ? null : value.trim();
  }
  return null;
}

/** The base of relative references at the element (XML Base), over the document's own address. */
export function baseOf(element: MarkupElement, documentUrl: string | undefined): string | undefined {
  const bases: string[] = [];
  for (let at: MarkupElement | null = element; at !== null; at = at.parent) {
    const value = at.attributes['xml:base'];
    if (value !== undefined && value.trim() !== '') bases.push(value.trim());
  }
  let base = documentUrl;
  for (const written of bases.reverse()) base = parseUrl(written, base)?.href ?? base;
  return base;
}

/** An address that the URL parser would give back unchanged, as nearly all are: seen at a glance, which is much quicker. */
const PLAIN_ADDRESS = /^https?:\/\/(?!\d)(?:[a-z0-9-]+\.)+[a-z]{2,}\/(?:[\w~%=&,;:@!+()*$-]|\/(?!\.)|\.(?![./]))*(?:\?[\w~%=&,;:@!+()*$/.-]*)?(?:#[\w~%=&,;:@!+()*$/.?-]*)?$/;

/** An address made absolute where that can be done; as written otherwise. */
export function resolveUrl(written: string, base: string | undefined): string {
  const text = written.trim();
  if (text === '' || PLAIN_ADDRESS.test(text)) return text;
  return parseUrl(text, base)?.href ?? text;
}

/** All text under an element, in order; markup left out. */
export function textOf(element: MarkupElement): string {
  const { children } = element;
  if (children.length === 1 && typeof children[0] === 'string') return children[0];
  const parts: string[] = [];
  const stack: (MarkupElement | string)[] = [...children].reverse();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (typeof next === 'string') parts.push(next);
    else for (let i = next.children.length - 1; i >= 0; i--) {
      const child = next.children[i];
      if (child !== undefined) stack.push(child);
    }
  }
  return parts.join('');
}
