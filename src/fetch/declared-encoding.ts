/** What a document says of its own encoding: HTTP, XML declaration, the HTML standard's prescan for `meta`. */
import { normalizeEncoding } from '@exodus/bytes/encoding.js';

/** A name of the WHATWG Encoding Standard in lower case, or `utf-32le` / `utf-32be`. */
export type EncodingName = string;

/** The prescan of the HTML standard stops at 1024 bytes; pages put long scripts first, so ours goes on (browsers reload then). */
const PRESCAN_BYTES = 4096;
const DECLARATION_BYTES = 1024;

/** Labels feeds use that the standard has no name for, and the superset each is read as. */
const OTHER_LABELS: Readonly<Record<string, EncodingName>> = {
  'x-gbk': 'gb18030', 'gb-2312': 'gb18030', 'gb_2312': 'gb18030', 'cp936': 'gb18030', 'ms936': 'gb18030', 'euc-cn': 'gb18030',
  'cp949': 'euc-kr', 'uhc': 'euc-kr', 'ms949': 'euc-kr',
  'cp932': 'shift_jis', 'windows-932': 'shift_jis',
  'cp950': 'big5', 'ms950': 'big5',
  'utf-32': 'utf-32', 'utf32': 'utf-32', 'ucs-4': 'utf-32', 'utf-32le': 'utf-32le', 'utf-32be': 'utf-32be',
  'utf_8': 'utf-8', 'utf': 'utf-8', 'unicode': 'utf-8', 'utf-8-sig': 'utf-8', 'utf8-sig': 'utf-8',
  'win-1250': 'windows-1250', 'win-1251': 'windows-1251', 'win-1252': 'windows-1252', 'win1251': 'windows-1251', 'win1252': 'windows-1252',
  'windows1251': 'windows-1251', 'windows1252': 'windows-1252', 'windows-31': 'shift_jis', 'macroman': 'macintosh', 'mac-roman': 'macintosh',
  'big5hkscs': 'big5', 'cp874': 'windows-874', 'shift_jis_2004': 'shift_jis', 'euc-jis-2004': 'euc-jp', 'iso2022-jp-2': 'iso-2022-jp',
  'iso2022-jp-2004': 'iso-2022-jp', 'iso2022-jp-ext': 'iso-2022-jp', 'maccyrillic': 'x-mac-cyrillic', 'mac-cyrillic': 'x-mac-cyrillic', 'koi8r': 'koi8-r', 'latin-1': 'windows-1252', 'iso-latin-1': 'windows-1252', 'iso8859_1': 'windows-1252',
};

/** The encoding a label means, or null where nobody knows it. GB labels are read as gb18030, the superset of them all. */
export function encodingOfLabel(label: string): EncodingName | null {
  const clean = label.trim().toLowerCase();
  if (clean === '' || clean.length > 40) return null;
  const name = OTHER_LABELS[clean] ?? normalizeEncoding(clean) ?? normalizeEncoding(clean.replaceAll('_', '-'));
  if (name === null || name === 'replacement' || name === 'x-user-defined') return null;
  return name === 'gbk' ? 'gb18030' : name;
}

/** Quotes and separators that templates leave behind. */
const tidyLabel = (label: string): string => label.trim().replace(/^["']+|["';,]+$/g, '');

/** `charset` of a Content-Type header (RFC 9110, 8.3.2), quoted or not. */
export function encodingOfContentType(contentType: string | undefined): EncodingName | null {
  const match = /;\s*charset\s*=\s*("[^"]{1,60}"|'[^']{1,60}'|[^\s;]{1,60})/i.exec((contentType ?? '').slice(0, 500));
  return match?.[1] === undefined ? null : encodingOfLabel(tidyLabel(match[1]));
}

/** `encoding` of the XML declaration. `head` holds one character a byte. */
export function encodingOfXmlDeclaration(head: string): EncodingName | null {
  const declaration = /^[\s\0\u{FEFF}]{0,20}<\?xml\s([^>]{0,400})/iu.exec(head.slice(0, DECLARATION_BYTES))?.[1] ?? '';
  const label = /encoding\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s?"']+))/i.exec(declaration);
  return label === null ? null : encodingOfLabel(tidyLabel(label[1] ?? label[2] ?? label[3] ?? ''));
}

/** The language a document says it is in: `lang` of its root, `language` of a feed; a hint for the detector. */
export function languageOfHead(head: string): string | undefined {
  const root = /<(?:html|rss|feed|rdf:rdf)\s([^>]{0,400})/i.exec(head)?.[1] ?? '';
  return (/\blang\s*=\s*["']?([a-z]{2,3}(?:[-_][a-z0-9]{2,8})*)/i.exec(root) ?? /<language>\s*([a-z]{2,3}(?:[-_][a-z0-9]{2,8})*)\s*</i.exec(head))?.[1];
}

const isSpace = (c: string | undefined): boolean => c === ' ' || c === '\t' || c === '\n' || c === '\r' || c === '\f';
const isLetter = (c: string | undefined): boolean => c !== undefined && /^[A-Za-z]$/.test(c);

/** One attribute by the prescan's rules: the place after it, its name and value in lower case; null at the end of the tag. */
function attributeAt(text: string, start: number): { readonly end: number; readonly name: string; readonly value: string } | null {
  let at = start;
  while (isSpace(text[at]) || text[at] === '/') at++;
  if (at >= text.length || text[at] === '>') return null;
  const nameStart = at;
  while (at < text.length && !(text[at] === '=' && at > nameStart) && !isSpace(text[at]) && text[at] !== '/' && text[at] !== '>') at++;
  const name = text.slice(nameStart, at).toLowerCase();
  while (isSpace(text[at])) at++;
  if (text[at] !== '=') return { end: at, name, value: '' };
  at++;
  while (isSpace(text[at])) at++;
  const quote = text[at];
  if (quote === '"' || quote === "'") {
    const close = text.indexOf(quote, at + 1);
    if (close < 0) return { end: text.length, name, value: '' };
    return { end: close + 1, name, value: text.slice(at + 1, close).toLowerCase() };
  }
  const valueStart = at;
  while (at < text.length && !isSpace(text[at]) && text[at] !== '>') at++;
  return { end: at, name, value: text.slice(valueStart, at).toLowerCase() };
}

/** "Extracting a character encoding from a meta element" of the HTML standard. */
function charsetOfContent(content: string): EncodingName | null {
  const match = /charset\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;"']+))/.exec(content);
  return match === null ? null : encodingOfLabel(match[1] ?? match[2] ?? match[3] ?? '');
}

function encodingOfMeta(text: string, start: number): { readonly end: number; readonly encoding: EncodingName | null } {
  let at = start;
  let pragma = false;
  let needsPragma: boolean | null = null;
  let encoding: EncodingName | null = null;
  const seen = new Set<string>();
  for (let found = attributeAt(text, at); found !== null; found = attributeAt(text, at)) {
    at = found.end;
    if (seen.has(found.name)) continue;
    seen.add(found.name);
    if (found.name === 'http-equiv') pragma = found.value === 'content-type';
    else if (found.name === 'content' && encoding === null) {
      encoding = charsetOfContent(found.value);
      if (encoding !== null) needsPragma = true;
    } else if (found.name === 'charset') {
      encoding = encodingOfLabel(found.value);
      needsPragma = false;
    }
  }
  if (needsPragma === null || (needsPragma && !pragma)) encoding = null;
  // a document whose meta could be read as ASCII is not UTF-16, whatever it says
  return { end: at, encoding: encoding?.startsWith('utf-16') === true ? 'utf-8' : encoding };
}

/** "Prescan a byte stream to determine its encoding" of the HTML standard. `head` holds one character a byte. */
export function encodingOfHtml(head: string): EncodingName | null {
  const text = head.slice(0, PRESCAN_BYTES);
  let at = 0;
  while (at < text.length) {
    at = text.indexOf('<', at);
    if (at < 0) return null;
    if (text.startsWith('<!--', at)) {
      const close = text.indexOf('-->', at + 2);
      if (close < 0) return null;
      at = close + 3;
    } else if (/^<meta[\s/]/i.test(text.slice(at, at + 6))) {
      const meta = encodingOfMeta(text, at + 5);
      if (meta.encoding !== null) return meta.encoding;
      at = meta.end;
    } else if (isLetter(text[at + 1]) || (text[at + 1] === '/' && isLetter(text[at + 2]))) {
      at += 2;
      while (at < text.length && !isSpace(text[at]) && text[at] !== '>') at++;
      for (let found = attributeAt(text, at); found !== null; found = attributeAt(text, at)) at = found.end;
    } else if (/^<[!/?]/.test(text.slice(at, at + 2))) {
      const close = text.indexOf('>', at);
      if (close < 0) return null;
      at = close + 1;
    } else at++;
  }
  return null;
}
