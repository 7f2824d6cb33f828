/** UTF-8 with bytes of another encoding in it: a name out of an old database, a quotation mark pasted in. */
import { TextDecoder as WhatwgDecoder } from '@exodus/bytes/encoding.js';

const WINDOWS_1252 = Array.from({ length: 128 }, (_, i) => new WhatwgDecoder('windows-1252').decode(Uint8Array.of(0x80 + i)));

/** Length of the valid UTF-8 sequence at `at` (RFC 3629), 0 where there is none. */
function sequenceAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const width = first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
  const second = bytes[at + 1] ?? 0;
  // overlong forms, surrogates, and what lies above U+10FFFF
  if ((first === 0xe0 && second < 0xa0) || (first === 0xed && second > 0x9f) || (first === 0xf0 && second < 0x90) || (first === 0xf4 && second > 0x8f)) return 0;
  for (let i = 1; i < width; i++) {
    const byte = bytes[at + i] ?? 0;
    if (byte < 0x80 || byte > 0xbf) return 0;
  }
  return width;
}

/**
 * Decodes UTF-8 with faults: a single byte that is none, between characters of ASCII, is read as windows-1252; anything else that is none
 * becomes U+FFFD, as what a cut character left.
 */
export function decodeUtf8WithStrays(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const parts: string[] = [];
  let from = 0;
  let at = 0;
  while (at < bytes.length) {
    const width = sequenceAt(bytes, at);
    if (width > 0) {
      at += width;
      continue;
    }
    if (at > from) parts.push(buffer.toString('utf8', from, at));
    const alone = (bytes[at - 1] ?? 0) < 0x80 && (bytes[at + 1] ?? 0) < 0x80 && at + 1 < bytes.length;
    parts.push(alone ? WINDOWS_1252[(bytes[at] ?? 0x80) - 0x80] ?? '\u{FFFD}' : '\u{FFFD}');
    at++;
    // the bytes a broken character leaves behind make one mark together
    if (!alone) while (at < bytes.length && (bytes[at] ?? 0) >= 0x80 && (bytes[at] ?? 0) <= 0xbf && sequenceAt(bytes, at) === 0) at++;
    from = at;
  }
  if (at > from) parts.push(buffer.toString('utf8', from, at));
  return parts.join('');
}
