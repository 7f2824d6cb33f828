/** Character and entity references, decoded forgivingly and within bounds. */
import { isUtf8 } from 'node:buffer';
import { decodeHTML } from 'entities';

const MAX_ENTITIES = 200;
/** One entity, its own entities expanded: what is longer is a bomb, and is left out. */
const MAX_ENTITY = 10_000;
/** All expansion in a document together. */
const MAX_EXPANSION = 1_000_000;
const MAX_ROUNDS = 8;

/** The document's own entities; gives each one's text until the document has used up what it may. */
export class EntityTable {
  #left = MAX_EXPANSION;
  readonly #texts: ReadonlyMap<string, string>;
  constructor(texts: ReadonlyMap<string, string>) { this.#texts = texts; }

  textOf(name: string): string | undefined {
    const text = this.#texts.get(name);
    if (text === undefined || text.length > this.#left) return undefined;
    this.#left -= text.length;
    return text;
  }
}

const XML_NAMES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function codePointOf(digits: string, radix: 10 | 16): string {
  const point = digits.length > 7 ? Number.NaN : Number.parseInt(digits, radix);
  if (Number.isNaN(point) || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return '\u{FFFD}';
  // 0x80–0x9F are windows-1252 by the HTML standard; the entities package holds that table
  if (point >= 0x80 && point < 0xa0) return decodeHTML(`&#${point};`);
  return point < 0x20 && point !== 9 && point !== 10 && point !== 13 ? '' : String.fromCodePoint(point);
}

/** Names of HTML stay the same for ever, so each is looked up once. */
const htmlNames = new Map<string, string | null>();
function htmlName(name: string): string | null {
  let found = htmlNames.get(name);
  if (found === undefined) {
    const decoded = decodeHTML(`&${name};`);
    found = decoded.startsWith('&') && decoded.endsWith(';') && decoded.length > 1 ? null : decoded;
    if (htmlNames.size < 4096) htmlNames.set(name, found);
  }
  return found;
}

const REFERENCE = /&(?:#[xX]([0-9a-fA-F]{1,12});?|#([0-9]{1,12});?|([A-Za-z_][\w.:-]{0,63});)/y;

/** The reference at `at`: its text and end, or null where there is none. */
function referenceAt(text: string, at: number, table: EntityTable | undefined): { readonly value: string; readonly end: number } | null {
  // escaped HTML is mostly these
  switch (text.charCodeAt(at + 1)) {
    case 0x6c: if (text.startsWith('lt;', at + 1)) return { value: '<', end: at + 4 }; break;
    case 0x67: if (text.startsWith('gt;', at + 1)) return { value: '>', end: at + 4 }; break;
    case 0x61: if (text.startsWith('amp;', at + 1)) return { value: '&', end: at + 5 }; break;
    case 0x71: if (text.startsWith('quot;', at + 1)) return { value: '"', end: at + 6 }; break;
    default:
  }
  REFERENCE.lastIndex = at;
  const match = REFERENCE.exec(text);
  if (match === null) return null;
  const [whole, hex, decimal, name = ''] = match;
  const value = hex !== undefined ? codePointOf(hex, 16) : decimal !== undefined ? codePointOf(decimal, 10) : XML_NAMES[name] ?? table?.textOf(name) ?? htmlName(name);
  return value === null ? null : { value, end: at + whole.length };
}

/** The bytes of UTF-8, each as a reference of its own, as some writers put them: `&#226;&#128;&#166;` for an ellipsis. */
const BYTE_REFERENCES = /(?:&#(?:19[4-9]|2[0-3]\d|24[0-4]);(?:&#1[2-9]\d;){1,3})+/g;

function joinByteReferences(text: string): string {
  return text.replace(BYTE_REFERENCES, (run) => {
    const bytes = Buffer.from([...run.matchAll(/\d+/g)].map(([digits]) => Number(digits)));
    return isUtf8(bytes) ? bytes.toString('utf8') : run;
  });
}

/** Decodes XML's, HTML's and the document's own entities once; anything else stays as written. */
export function decodeReferences(written: string, table?: EntityTable): string {
  if (!written.includes('&')) return written;
  const text = written.includes(';&#1') ? joinByteReferences(written) : written;
  let at = text.indexOf('&');
  let decoded = '';
  let from = 0;
  while (at >= 0) {
    const reference = referenceAt(text, at, table);
    if (reference !== null) {
      decoded += text.slice(from, at) + reference.value;
      from = reference.end;
    }
    at = text.indexOf('&', reference === null ? at + 1 : from);
  }
  return decoded + text.slice(from);
}

const DECLARATION = /<!ENTITY\s+([A-Za-z_][\w.:-]{0,63})\s+(?:"([^"]{0,10000})"|'([^']{0,10000})')\s*>/g;

/** The general entities of an internal subset, expanded in each other. External and parameter entities are never followed. */
export function entitiesOfSubset(subset: string): EntityTable {
  const raw = new Map<string, string>();
  for (const match of subset.matchAll(DECLARATION)) {
    const [, name = '', double, single] = match;
    if (raw.size >= MAX_ENTITIES) break;
    if (!raw.has(name)) raw.set(name, double ?? single ?? '');
  }
  const texts = new Map<string, string>();
  for (const [name, value] of raw) {
    let text = value;
    for (let round = 0; round < MAX_ROUNDS && text.includes('&') && text.length <= MAX_ENTITY; round++) text = expandOnce(text, raw);
    // the last references of a cycle are left as they stand
    if (text.length <= MAX_ENTITY) texts.set(name, decodeReferences(text));
  }
  return new EntityTable(texts);
}

function expandOnce(text: string, raw: ReadonlyMap<string, string>): string {
  let grown = text.length;
  return text.replace(/&([A-Za-z_][\w.:-]{0,63});/g, (whole, name: string) => {
    const value = raw.get(name);
    if (value === undefined || grown > MAX_ENTITY) return whole;
    grown += value.length;
    return value;
  });
}
