/** Text constructs: what an element says in text or in HTML, by Atom's `type` and `mode`, or by its looks. */
import { attributeOf, baseOf, hasElements, textOf } from './element-value.js';
import { htmlName, innerHtml } from './element-html.js';
import { escapeText, looksLikeHtml, oneLine, plainText, resolveHtml } from './html-text.js';
import type { MarkupElement } from './markup-tree.js';

export interface TextConstruct {
  /** Plain text on one line. */
  readonly text: string;
  /** The same as HTML, addresses made absolute. */
  readonly html: string;
  /** Whether markup or references stood in it. */
  readonly marked: boolean;
}

type TextType = 'text' | 'html' | 'xhtml' | 'guess';

const isPlainType = (type: string): boolean => type === 'text' || type === 'text/plain' || type === 'plain';

/** What kind of text an element holds, by `type` and Atom 0.3's `mode`. */
function textTypeOf(element: MarkupElement, byDefault: TextType): { readonly type: TextType; readonly base64: boolean } {
  const type = attributeOf(element, 'type')?.toLowerCase() ?? null;
  const mode = attributeOf(element, 'mode')?.toLowerCase() ?? null;
  const base64 = mode === 'base64' || (type !== null && mode === null && element.tag.startsWith('atom:') && isBase64Media(type));
  if (type === 'xhtml' || type === 'application/xhtml+xml') return { type: mode === 'escaped' ? 'html' : 'xhtml', base64 };
  if (type === 'html' || type === 'text/html') return { type: mode === 'xml' ? 'xhtml' : 'html', base64 };
  if (type !== null && isPlainType(type)) return { type: 'text', base64 };
  return { type: base64 && mode === null ? 'guess' : byDefault, base64 };
}

/** Atom 1.0, 4.1.3.3: media types that are neither text nor XML come in base64. */
const isBase64Media = (type: string): boolean => /^[a-z]+\/[a-z0-9.+-]+/.test(type) && !type.startsWith('text/') && !/[/+]xml$/.test(type);

function decodeBase64(text: string): string {
  const compact = text.replace(/\s+/g, '');
  if (compact === '' || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(compact)) return text;
  const bytes = Buffer.from(compact, 'base64');
  const decoded = bytes.toString('utf8');
  return decoded.includes('\u{FFFD}') ? text : decoded;
}

interface Written {
  readonly value: string;
  readonly kind: 'text' | 'html';
}

/** The element's text or HTML, addresses made absolute. */
function written(element: MarkupElement, byDefault: TextType, documentUrl: string | undefined): Written {
  const { type, base64 } = textTypeOf(element, byDefault);
  if (hasElements(element)) return { value: innerHtml(unwrapDiv(element, type), documentUrl).trim(), kind: 'html' };
  const text = (base64 ? decodeBase64(textOf(element)) : textOf(element)).trim();
  // XHTML in CDATA is no XHTML but text (RFC 4287, 3.1.1.3)
  if (type === 'text' || type === 'xhtml' || (type === 'guess' && !looksLikeHtml(text))) return { value: text, kind: 'text' };
  return { value: resolveHtml(text, () => baseOf(element, documentUrl)), kind: 'html' };
}

/**
 * Reads a text construct of Atom (RFC 4287, 3.1; Atom 0.3, 3.1) or a text element of RSS, which never says whether it is HTML.
 * `byDefault` is what an element without a type holds.
 */
export function textConstruct(element: MarkupElement, byDefault: TextType, documentUrl: string | undefined): TextConstruct {
  const { value, kind } = written(element, byDefault, documentUrl);
  return kind === 'text' ? { text: oneLine(value), html: escapeText(value), marked: false } : { text: plainText(value), html: value, marked: looksLikeHtml(value) };
}

/** The same for a body: its HTML. */
export function bodyConstruct(element: MarkupElement, byDefault: TextType, documentUrl: string | undefined): string {
  const { value, kind } = written(element, byDefault, documentUrl);
  return kind === 'text' ? escapeText(value) : value;
}

/** RFC 4287, 3.1.1.3: the `div` around XHTML is no part of the content. */
function unwrapDiv(element: MarkupElement, type: TextType): MarkupElement {
  if (type !== 'xhtml') return element;
  const children = element.children.filter((child) => typeof child !== 'string' || child.trim() !== '');
  const [only] = children;
  return children.length === 1 && only !== undefined && typeof only !== 'string' && htmlName(only).toLowerCase() === 'div' ? only : element;
}
