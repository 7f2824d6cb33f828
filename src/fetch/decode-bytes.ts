/** Bytes to text, once, before any parser sees them: the one decoder for feeds and pages. */
import { isUtf8 } from 'node:buffer';
import { TextDecoder as WhatwgDecoder } from '@exodus/bytes/encoding.js';
import { encodingOfContentType, encodingOfHtml, encodingOfXmlDeclaration, languageOfHead, type EncodingName } from './declared-encoding.js';
import { detectEncoding } from './detect-encoding.js';
import { gunzipLoosely } from './loose-gunzip.js';
import { decodeUtf8WithStrays } from './stray-bytes.js';

export interface DecodeOptions {
  /** HTTP Content-Type header. */
  readonly contentType?: string | undefined;
  /** Where a document of this kind says its encoding: XML declaration, `meta`, or nowhere. */
  readonly kind: 'xml' | 'html' | 'json' | 'text';
  /** Language of the source, BCP 47: decides where the bytes alone are too few. */
  readonly languageHint?: string | undefined;
  /** Bound of the decoded bytes; what lies beyond is cut off. Default 64 MiB. */
  readonly maxBytes?: number | undefined;
}

/** The evidence that decided. */
export type EncodingEvidence = 'bom' | 'zero-bytes' | 'utf-8' | 'http' | 'xml-declaration' | 'meta' | 'detected' | 'language' | 'default';

export type DecodeDefect = 'gzip-damaged' | 'gzip-too-large' | 'cut' | 'wrong-label' | 'stray-bytes' | 'replaced-characters' | 'c1-repaired';

export interface Decoded {
  readonly text: string;
  /** Lower-case name of the WHATWG Encoding Standard, or `utf-32le` / `utf-32be`. */
  readonly encoding: EncodingName;
  readonly from: EncodingEvidence;
  readonly defects: readonly DecodeDefect[];
}

const MAX_BYTES = 64 * 1024 * 1024;
const HEAD_BYTES = 4096;
/** So many multi-byte characters do not turn out valid UTF-8 by accident: the label is wrong then. */
const ENOUGH_UTF8 = 3;
/** A label is still believed when so small a share of the characters does not fit: damage, not a wrong label. */
const DAMAGED_SHARE = 0.005;

interface Choice {
  readonly encoding: EncodingName;
  readonly from: EncodingEvidence;
  readonly text: string;
}

/** Decodes by the standard's tables; null when `fatal` and something does not fit. */
function decodeAs(bytes: Uint8Array, encoding: EncodingName, fatal: boolean): string | null {
  if (encoding.startsWith('utf-32')) return decodeUtf32(bytes, encoding !== 'utf-32be');
  try {
    // Node 20's own decoder is wrong for windows-1252, big5, euc-kr and others; UTF-8 it reads right and fastest
    const decoder = encoding === 'utf-8' ? new TextDecoder('utf-8', { fatal }) : new WhatwgDecoder(encoding, { fatal });
    return decoder.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return null;
    throw error;
  }
}

/** UTF-32 has no place in the standard, but feeds with its mark exist. */
function decodeUtf32(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const point = view.getUint32(at, littleEndian);
    if (point === 0xfeff && at === 0) continue;
    parts.push(point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? '\u{FFFD}' : String.fromCodePoint(point));
  }
  return parts.join('');
}

function byteOrderMark(bytes: Uint8Array): EncodingName | null {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'utf-32le' : 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return a === 0 && b === 0 && c === 0xfe && d === 0xff ? 'utf-32be' : null;
}

/** A document begins with an ASCII character: where its zero bytes stand tells the width and order of the units. */
function zeroBytePattern(bytes: Uint8Array): EncodingName | null {
  const [a = 1, b = 1, c = 1, d = 1] = bytes;
  if (a !== 0 && b === 0 && c === 0 && d === 0) return 'utf-32le';
  if (a === 0 && b === 0 && c === 0 && d !== 0) return 'utf-32be';
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return 'utf-16le';
  return a === 0 && b !== 0 && c === 0 && d !== 0 ? 'utf-16be' : null;
}

/** Without a last character that a cut left incomplete. */
function withoutPartialEnd(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes;
    if (byte >= 0xc0) {
      const width = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < width ? bytes.subarray(0, bytes.length - back) : bytes;
    }
  }
  return bytes;
}

/** Characters beyond ASCII in valid UTF-8, counted no further than `enough`. */
function countsBeyondAscii(bytes: Uint8Array, enough: number): number {
  let count = 0;
  for (let at = 0; at < bytes.length && count < enough; at++) if ((bytes[at] ?? 0) >= 0xc0) count++;
  return count;
}

const REPLACEMENT = /\u{FFFD}/gu;
const brokenShare = (text: string): number => (text.match(REPLACEMENT)?.length ?? 0) / Math.max(1, text.length);

/** Stateful encodings look like ASCII and mean something else. */
const isStateful = (encoding: EncodingName): boolean => encoding === 'iso-2022-jp';

/** The same bytes as a Buffer, whose own UTF-8 decoder is the quickest. */
const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
const headOf = (bytes: Uint8Array): string => bufferOf(bytes.subarray(0, HEAD_BYTES)).toString('latin1');

function labelsOf(head: string, options: DecodeOptions): { encoding: EncodingName; from: EncodingEvidence }[] {
  const labels: { encoding: EncodingName | null; from: EncodingEvidence }[] = [{ encoding: encodingOfContentType(options.contentType), from: 'http' }];
  if (options.kind === 'xml' || options.kind === 'html') labels.push({ encoding: encodingOfXmlDeclaration(head), from: 'xml-declaration' });
  if (options.kind === 'html') labels.splice(1, 0, { encoding: encodingOfHtml(head), from: 'meta' });
  return labels.flatMap(({ encoding, from }) => (encoding === null ? [] : [{ encoding, from }]));
}

function choose(bytes: Uint8Array, options: DecodeOptions): Choice {
  const marked = byteOrderMark(bytes);
  if (marked !== null) return { encoding: marked, from: 'bom', text: decodeAs(bytes, marked, false) ?? '' };
  const wide = zeroBytePattern(bytes);
  if (wide !== null) return { encoding: wide, from: 'zero-bytes', text: decodeAs(bytes, wide, false) ?? '' };

  // units of two or four bytes would have shown as zero bytes above
  const head = headOf(bytes);
  const labels = labelsOf(head, options).filter(({ encoding }) => !/^utf-(?:16|32)/.test(encoding));
  const whole = withoutPartialEnd(bytes);
  const validUtf8 = isUtf8(whole);
  const beyondAscii = validUtf8 ? countsBeyondAscii(whole, ENOUGH_UTF8) : ENOUGH_UTF8;
  if (validUtf8 && beyondAscii >= ENOUGH_UTF8) {
    return { encoding: 'utf-8', from: labels[0]?.encoding === 'utf-8' ? labels[0].from : 'utf-8', text: bufferOf(bytes).toString('utf8') };
  }
  for (const { encoding, from } of labels) {
    const text = validUtf8 && encoding === 'utf-8' ? bufferOf(bytes).toString('utf8') : decodeAs(bytes, encoding, true);
    if (text !== null) return { encoding, from, text };
  }
  for (const { encoding, from } of labels) {
    const text = decodeAs(bytes, encoding, false);
    if (text !== null && brokenShare(text) < DAMAGED_SHARE) return { encoding, from, text };
  }
  return unlabelled(bytes, options.kind, validUtf8, options.languageHint ?? languageOfHead(head));
}

function unlabelled(bytes: Uint8Array, kind: DecodeOptions['kind'], validUtf8: boolean, language: string | undefined): Choice {
  const escapes = bytes.includes(0x1b);
  if (validUtf8 && !escapes) {
    // all ASCII, or nearly: the standards' defaults agree on the text, and differ in the name
    const encoding = kind === 'html' && countsBeyondAscii(bytes, 1) === 0 ? 'windows-1252' : 'utf-8';
    return { encoding, from: encoding === 'utf-8' ? 'utf-8' : 'default', text: bufferOf(bytes).toString('utf8') };
  }
  if (!validUtf8) {
    const text = decodeAs(bytes, 'utf-8', false) ?? '';
    if (brokenShare(text) < DAMAGED_SHARE && /[^\0-\x7F\u{FFFD}]/u.test(text)) return { encoding: 'utf-8', from: 'utf-8', text };
  }
  const found = detectEncoding(bytes, language, (encoding) => decodeAs(bytes, encoding, true) !== null);
  const { encoding, from } = found ?? { encoding: validUtf8 ? 'utf-8' : 'windows-1252', from: 'default' as const };
  return { encoding, from, text: decodeAs(bytes, encoding, isStateful(encoding)) ?? decodeAs(bytes, 'windows-1252', false) ?? '' };
}

/** windows-1252 in the place of C1 controls, which no publisher means (the HTML standard reads `&#146;` so as well). */
const C1 = Object.fromEntries(Array.from({ length: 32 }, (_, i) => {
  const control = String.fromCharCode(0x80 + i);
  return [control, new WhatwgDecoder('windows-1252').decode(Uint8Array.of(0x80 + i))];
}));
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const C1_CONTROL = /[\x80-\x9F]/;
// oxlint-disable-next-line no-control-regex -- as above
const C1_CONTROLS = /[\x80-\x9F]/g;

/**
 * Decodes a document's bytes to text, and never throws.
 *
 * Order of evidence: gzip taken off (truncated and double too); byte order mark; zero-byte pattern; valid UTF-8 with at
 * least three characters beyond ASCII, whatever a label says; HTTP charset (RFC 7303 and RFC 9110), `meta` prescan (HTML standard) or XML
 * declaration, each only if the bytes fit; the same with little damage; detection, held against the language; windows-1252.
 * Tables are those of the WHATWG Encoding Standard. Single windows-1252 bytes in UTF-8 are read as such; C1 controls become the windows-1252 characters meant, except for kind `text`.
 */
export function decodeBytes(bytes: Uint8Array, options: DecodeOptions): Decoded {
  const maxBytes = options.maxBytes ?? MAX_BYTES;
  const defects: DecodeDefect[] = [];
  const unzipped = gunzipLoosely(bytes, maxBytes);
  if (unzipped.defect !== null) defects.push(unzipped.defect);
  let content = unzipped.bytes;
  if (content.length > maxBytes) {
    content = content.subarray(0, maxBytes);
    defects.push('cut');
  }
  const { encoding, from, text: decoded } = choose(content, options);
  let text = decoded;
  if (encoding === 'utf-8' && text.includes('\u{FFFD}') && !isUtf8(content)) {
    text = decodeUtf8WithStrays(from === 'bom' ? content.subarray(3) : content);
    defects.push('stray-bytes');
  }
  if (from === 'utf-8' && encodingOfContentType(options.contentType) !== null) defects.push('wrong-label');
  if (text.includes('\u{FFFD}')) defects.push('replaced-characters');
  if (options.kind !== 'text' && C1_CONTROL.test(text)) {
    text = text.replace(C1_CONTROLS, (control) => C1[control] ?? control);
    defects.push('c1-repaired');
  }
  return { text, encoding, from, defects };
}
