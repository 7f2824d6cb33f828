/** A file of an agency to its items, whichever of the wire formats it is in. */
import { failed, giveUp, ok, type Outcome } from '../fault.js';
import { elementsOf, readMarkup } from '../feed/index.js';
import { decodeBytes } from '../fetch/index.js';
import { readNewsml1 } from './newsml-1.js';
import { readNewsmlG2 } from './newsml-g2.js';
import { readNinjs } from './ninjs.js';
import { nitfElements, readNitf } from './nitf.js';
import { readAnpa1312, readIptc7901 } from './teleprinter.js';
import type { ParseWireOptions, WireItem } from './types.js';
import { localName } from './wire-item.js';

// oxlint-disable-next-line no-control-regex -- part of the formats
const STARTS_TELEPRINTER = /^[\s\x16]{0,99}\x01/;
// oxlint-disable-next-line no-control-regex -- part of the format
const ANPA = /\x02\s{0,9}\^|^\s{0,9}\x16/;

/** A message of the teleprinter formats, by the control characters it cannot be without: SOH, or STX before ETX. */
function isTeleprinter(text: string): boolean {
  const stx = text.indexOf('\u{2}');
  return STARTS_TELEPRINTER.test(text) || (stx >= 0 && text.includes('\u{3}', stx));
}

function fromJson(text: string): WireItem[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return [];
  }
  const items: readonly unknown[] = Array.isArray(json) ? json : [json];
  return items.slice(0, 1000).flatMap((item) => readNinjs(item) ?? []);
}

function fromXml(text: string): WireItem[] {
  const document = readMarkup(text);
  const roots = elementsOf(document).map(localName);
  if (roots.includes('newsml')) return readNewsml1(document);
  if (roots.includes('nitf')) return nitfElements(document).slice(0, 1).map(readNitf);
  const items = readNewsmlG2(document);
  return items.length > 0 ? items : nitfElements(document).slice(0, 1).map(readNitf);
}

/**
 * Reads NewsML-G2, NewsML 1.2, NITF, ninjs 1.x to 3.x, IPTC 7901 and ANPA 1312, told apart by their content.
 * Never throws. Faults: `empty`, `not-wire`, `too-large`, all to give up.
 */
export function parseWire(bytes: Uint8Array, options: ParseWireOptions = {}): Outcome<readonly WireItem[]> {
  const looks = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 200)).toString('latin1').trimStart();
  // control characters of the teleprinter formats would be taken for damage in XML
  const kind = /^(?:\u{EF}\u{BB}\u{BF})?\s*</u.test(looks) ? 'xml' : /^(?:\u{EF}\u{BB}\u{BF})?\s*[[{]/u.test(looks) ? 'json' : 'text';
  const { text, defects } = decodeBytes(bytes, { contentType: options.contentType, kind, languageHint: options.language });
  if (defects.includes('gzip-too-large')) return failed(giveUp({ code: 'too-large', message: 'The file is larger than the limit once decompressed.' }));
  if (text.trim() === '') return failed(giveUp({ code: 'empty', message: 'The file holds no text at all.' }));
  const start = text.trimStart();
  const items = /^[[{]/.test(start) ? fromJson(text) : start.startsWith('<') ? fromXml(text) : !isTeleprinter(text) ? [] : ANPA.test(text) ? [readAnpa1312(text)] : [readIptc7901(text)];
  if (items.length > 0) return ok(items);
  return failed(giveUp({ code: 'not-wire', message: 'The file is in none of the wire formats.', hint: 'NewsML-G2, NewsML 1.2, NITF, ninjs, IPTC 7901 and ANPA 1312 are read.' }));
}
