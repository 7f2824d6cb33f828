/** HTML as text: told from plain text, made plain, its addresses made absolute. */
import { decodeHTML } from 'entities';
import { resolveUrl } from './element-value.js';

const NEEDS_ESCAPE = /[&<>]/;
export const escapeText = (text: string): string => (!NEEDS_ESCAPE.test(text) ? text : text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
export const escapeAttribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** Attributes of HTML that hold an address. */
export const ADDRESS_ATTRIBUTES = new Set(['href', 'src', 'cite', 'data', 'poster', 'action', 'background', 'longdesc', 'codebase', 'classid', 'usemap', 'profile', 'formaction']);
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
