/** What an element of a feed says: its text, its HTML, its attributes, and the base and language in force there. */
import { decodeHTML } from 'entities';
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

const NEEDS_ESCAPE = /[&<>]/;
export const escapeText = (text: string): string => (!NEEDS_ESCAPE.test(text) ? text : text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
const escapeAttribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

const VOID = new Set(['br', 'hr', 'img', 'input', 'wbr', 'area', 'col', 'embed', 'meta', 'param', 'source', 'track', 'link']);

/** Local name without the prefix XHTML may carry. */
const htmlName = (element: MarkupElement): string => (element.tag.startsWith('xhtml:') ? element.tag.slice(6) : element.name);

function openTag(element: MarkupElement, base: string | undefined): string {
  let tag = `<${htmlName(element)}`;
  for (const [name, value] of Object.entries(element.attributes)) {
    if (/^xml(?:ns)?(?::|$)/i.test(name)) continue;
    const resolved = ADDRESS_ATTRIBUTES.has(name.toLowerCase()) ? resolveUrl(value, baseOf(element, base)) : value;
    tag += ` ${name}="${escapeAttribute(resolved)}"`;
  }
  return `${tag}>`;
}

/** The markup inside an element, as HTML with addresses made absolute. */
export function innerHtml(element: MarkupElement, documentUrl: string | undefined): string {
  const parts: string[] = [];
  const stack: (MarkupElement | { readonly close: string } | string)[] = [...element.children].reverse();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (typeof next === 'string') parts.push(escapeText(next));
    else if ('close' in next) parts.push(next.close);
    else {
      parts.push(openTag(next, documentUrl));
      if (next.children.length > 0 || !VOID.has(htmlName(next).toLowerCase())) stack.push({ close: `</${htmlName(next)}>` });
      for (let i = next.children.length - 1; i >= 0; i--) {
        const child = next.children[i];
        if (child !== undefined) stack.push(child);
      }
    }
  }
  return parts.join('');
}

/** Attributes of HTML that hold an address. */
const ADDRESS_ATTRIBUTES = new Set(['href', 'src', 'cite', 'data', 'poster', 'action', 'background', 'longdesc', 'codebase', 'classid', 'usemap', 'profile', 'formaction']);
const HTML_TAG = /<[a-zA-Z][^<>]*>/g;
const HTML_ATTRIBUTE = /(\s([a-zA-Z]{3,12})\s{0,9}=\s{0,9})("[^"]*"|'[^']*'|[^\s"'<>]+)/g;
/** An address attribute whose value is not at once seen to be absolute; most bodies have none. */
const RELATIVE_ADDRESS = /\s(?:href|src|cite|data|poster|action|background|longdesc|codebase|classid|usemap|profile|formaction)\s{0,9}=\s{0,9}["']?(?!["']?(?:https?:\/\/|mailto:|data:))/i;

/** References to C1 controls, which stand for windows-1252 characters. */
const C1_REFERENCE = /&#(?:1[2-5]\d|[xX]0{0,4}[89][0-9a-fA-F]);/;
const C1_REFERENCES = /&#(?:1[2-5]\d|[xX]0{0,4}[89][0-9a-fA-F]);/g;

/** Makes the addresses in HTML absolute and names C1 characters for what they are; everything else stays byte for byte. */
export function resolveHtml(written: string, baseOfText: () => string | undefined): string {
  const html = C1_REFERENCE.test(written) ? written.replace(C1_REFERENCES, (reference) => decodeHTML(reference)) : written;
  if (!RELATIVE_ADDRESS.test(html)) return html;
  const base = baseOfText();
  if (base === undefined) return html;
  return html.replace(HTML_TAG, (tag) => tag.replace(HTML_ATTRIBUTE, (whole, lead: string, name: string, value: string) => {
    if (!ADDRESS_ATTRIBUTES.has(name.toLowerCase())) return whole;
    const quote = value.startsWith('"') || value.startsWith("'") ? value.slice(0, 1) : '';
    const written = quote === '' ? value : value.slice(1, -1);
    const address = decodeHTML(written).trim();
    if (address === '' || /^(?:[a-z][a-z0-9+.-]*:|#)/i.test(address)) return whole;
    return `${lead}${quote === '' ? '"' : quote}${escapeAttribute(resolveUrl(address, base))}${quote === '' ? '"' : quote}`;
  }));
}

const LOOKS_LIKE_HTML = /<\/?[a-zA-Z][^<>]*>|<!--|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});/;

/** True for text that was meant as HTML: a tag or a character reference stands in it. */
export const looksLikeHtml = (text: string): boolean => LOOKS_LIKE_HTML.test(text);

/** Without scripts and styles; one that never closes is left, so that no text is searched twice. */
function withoutScripts(html: string): string {
  if (!/<(?:script|style)\b/i.test(html)) return html;
  const lower = html.toLowerCase();
  let kept = '';
  let at = 0;
  for (;;) {
    const open = /<(script|style)\b/g;
    open.lastIndex = at;
    const found = open.exec(lower);
    const close = found === null ? -1 : lower.indexOf(`</${found[1] ?? ''}`, found.index);
    const end = close < 0 ? -1 : lower.indexOf('>', close);
    if (found === null || end < 0) return kept + html.slice(at);
    kept += html.slice(at, found.index);
    at = end + 1;
  }
}

/** HTML as plain text on one line: for titles and names, not for bodies. */
export function plainText(html: string): string {
  const text = html.includes('<')
    ? withoutScripts(html).replace(/<!--[\s\S]*?(?:-->|$)/g, '').replace(/<(?:br|\/?p|\/?div|\/?li)\b[^<>]*>/gi, ' ').replace(/<\/?[a-zA-Z!?][^<>]*>/g, '')
    : html;
  return oneLine(text.includes('&') ? decodeHTML(text) : text);
}

/** White space folded and trimmed, NFC. */
export const oneLine = (text: string): string => (RAGGED.test(text) ? text.replace(/\s+/g, ' ').trim() : text).normalize('NFC');
const RAGGED = /[^\S ]| {2}|^ | $/;

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
