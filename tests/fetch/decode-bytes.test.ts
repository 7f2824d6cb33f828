import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeBytes } from '../../src/fetch/index.js';
import { encodingOfHtml, encodingOfLabel } from '../../src/fetch/declared-encoding.js';
import { ENCODINGS_OF_LANGUAGE } from '../../src/fetch/detect-encoding.js';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const bytesOf = (...parts: (string | number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : part)));

/** windows-1251 by hand: А–я are contiguous there. */
const cp1251 = (text: string): number[] => Array.from(text, (c) => {
  const point = c.codePointAt(0) ?? 0;
  return point >= 0x410 && point <= 0x44f ? point - 0x410 + 0xc0 : point;
});
const RUSSIAN = 'Правительство утвердило порядок помощи сельским школам и больницам на будущий год';

describe('the order of evidence', () => {
  it.each([
    ['utf-8', [0xef, 0xbb, 0xbf, 0x61]],
    ['utf-16le', [0xff, 0xfe, 0x61, 0]],
    ['utf-16be', [0xfe, 0xff, 0, 0x61]],
    ['utf-32le', [0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]],
    ['utf-32be', [0, 0, 0xfe, 0xff, 0, 0, 0, 0x61]],
  ])('lets a byte order mark of %s win over HTTP', (encoding, bytes) => {
    expect(decodeBytes(Uint8Array.from(bytes), { kind: 'xml', contentType: 'text/xml; charset=koi8-r' }))
      .toEqual({ text: 'a', encoding, from: 'bom', defects: [] });
  });

  it.each(['utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'])('sees %s without a mark by its zero bytes', (encoding) => {
    const width = encoding.startsWith('utf-32') ? 4 : 2;
    const bytes = new Uint8Array(5 * width);
    Array.from('<rss>').forEach((c, i) => { bytes[i * width + (encoding.endsWith('le') ? 0 : width - 1)] = c.charCodeAt(0); });
    expect(decodeBytes(bytes, { kind: 'xml' })).toMatchObject({ text: '<rss>', encoding, from: 'zero-bytes' });
  });

  it('reads valid UTF-8 as such, whatever the label says', () => {
    const decoded = decodeBytes(utf8(`<rss>${RUSSIAN}</rss>`), { kind: 'xml', contentType: 'text/xml; charset=iso-8859-1' });
    expect(decoded).toMatchObject({ text: `<rss>${RUSSIAN}</rss>`, encoding: 'utf-8', defects: ['wrong-label'] });
  });

  it('believes an 8-bit label when the bytes would be UTF-8 by accident', () => {
    // 0xC3 0xA9 once: two characters of windows-1252, or one of UTF-8
    expect(decodeBytes(bytesOf('x', [0xc3, 0xa9]), { kind: 'text', contentType: 'text/plain; charset=windows-1252' }).text).toBe('xÃ©');
  });

  it('takes HTTP before the XML declaration', () => {
    const bytes = bytesOf('<?xml version="1.0" encoding="iso-8859-1"?><a>', cp1251('Мир'), '</a>');
    const decoded = decodeBytes(bytes, { kind: 'xml', contentType: 'application/xml; charset="windows-1251"' });
    expect([decoded.from, decoded.text.slice(-7)]).toEqual(['http', 'Мир</a>']);
  });

  it('takes the XML declaration when HTTP is silent', () => {
    const bytes = bytesOf("<?xml version='1.0' encoding='WINDOWS-1251' ?><a>", cp1251('Мир'), '</a>');
    const decoded = decodeBytes(bytes, { kind: 'xml', contentType: 'text/xml' });
    expect([decoded.from, decoded.encoding, decoded.text.slice(-7)]).toEqual(['xml-declaration', 'windows-1251', 'Мир</a>']);
  });

  it('passes over a label the bytes do not fit', () => {
    const bytes = bytesOf('<?xml version="1.0" encoding="utf-8"?><a>', cp1251(RUSSIAN), '</a>');
    const decoded = decodeBytes(bytes, { kind: 'xml' });
    expect([decoded.from, decoded.encoding]).toEqual(['detected', 'windows-1251']);
    expect(decoded.text).toContain(RUSSIAN);
  });

  it('keeps a label that almost all characters fit', () => {
    const decoded = decodeBytes(bytesOf([...utf8(RUSSIAN.repeat(10))], [0xff], 'end'), { kind: 'text', contentType: 'text/plain; charset=utf-8' });
    expect(decoded).toMatchObject({ encoding: 'utf-8', from: 'http', defects: ['stray-bytes', 'replaced-characters'] });
  });

  it('detects what no label tells', () => {
    expect(decodeBytes(bytesOf(cp1251(RUSSIAN)), { kind: 'text' })).toMatchObject({ from: 'detected', encoding: 'windows-1251', text: RUSSIAN });
  });

  it('falls back on the language where the bytes are too few', () => {
    expect(decodeBytes(bytesOf('S', [0xe3], 'o Paulo'), { kind: 'text', languageHint: 'pt-BR' }).text).toBe('São Paulo');
    expect(decodeBytes(bytesOf(cp1251('Уфа')), { kind: 'text', languageHint: 'ru' }).text).toBe('Уфа');
  });

  it('gives windows-1252 a name for plain ASCII pages, UTF-8 for feeds', () => {
    expect(decodeBytes(utf8('<p>x'), { kind: 'html' }).encoding).toBe('windows-1252');
    expect(decodeBytes(utf8('<rss/>'), { kind: 'xml' }).encoding).toBe('utf-8');
  });
});

describe('tables', () => {
  it('reads the C1 range of windows-1252 as the standard does, which Node 20 does not', () => {
    expect(decodeBytes(Uint8Array.of(0x93, 0x92, 0x80), { kind: 'text', contentType: 'text/plain; charset=iso-8859-1' }).text).toBe('“’€');
  });

  it.each([
    ['shift_jis', [0x93, 0xfa, 0x96, 0x7b], '日本'],
    ['euc-jp', [0xc6, 0xfc, 0xcb, 0xdc], '日本'],
    ['iso-2022-jp', [0x1b, 0x24, 0x42, 0x46, 0x7c, 0x4b, 0x5c, 0x1b, 0x28, 0x42], '日本'],
    ['big5', [0xa4, 0xa4, 0xa4, 0xe5], '中文'],
    ['gb2312', [0xd6, 0xd0, 0xce, 0xc4], '中文'],
    ['gbk', [0x80], '€'],
    ['euc-kr', [0xc7, 0xd1, 0xb1, 0xdb], '한글'],
    ['ks_c_5601-1987', [0xc7, 0xd1], '한'],
    ['koi8-u', [0xf0, 0xa4], 'Пє'],
    ['windows-1255', [0xe0, 0xf9], 'אש'],
    ['windows-1256', [0xe3], 'م'],
    ['iso-8859-16', [0xa4], '€'],
    ['ibm866', [0x80], 'А'],
    ['macintosh', [0x8e], 'é'],
    ['x-mac-cyrillic', [0x80], 'А'],
    ['windows-874', [0xa1], 'ก'],
    ['windows-1258', [0xd2], '\u0309'],
  ])('decodes %s', (label, bytes, text) => {
    expect(decodeBytes(Uint8Array.from(bytes), { kind: 'text', contentType: `text/plain; charset=${label}` }).text).toBe(text);
  });

  it('knows every encoding its language table names', () => {
    for (const encodings of Object.values(ENCODINGS_OF_LANGUAGE)) for (const name of encodings) expect(encodingOfLabel(name)).toBe(name);
  });

  it.each([['utf_8', 'utf-8'], ['win-1251', 'windows-1251'], ['x-gbk', 'gb18030'], ['cp949', 'euc-kr'], ['Latin-1', 'windows-1252'], ['nonsense', null], ['replacement', null]])(
    'reads the label %s', (label, encoding) => expect(encodingOfLabel(label)).toBe(encoding));
});

describe('the meta prescan', () => {
  it.each([
    ['<meta charset=koi8-r>', 'koi8-r'],
    ['<META CHARSET = "koi8-r" />', 'koi8-r'],
    ['<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', 'koi8-r'],
    ['<meta content="text/html; charset=koi8-r" http-equiv=content-type>', 'koi8-r'],
    ['<meta content="text/html; charset=koi8-r">', null],
    ['<meta name="x" content="charset=koi8-r">', null],
    ['<!-- <meta charset=koi8-r> -->', null],
    ['<a title="<meta charset=koi8-r>">', null],
    ['<meta charset=utf-16>', 'utf-8'],
    ['<meta charset="koi8-r', null],
    ['<meta', null],
  ])('reads %s', (html, encoding) => expect(encodingOfHtml(html)).toBe(encoding));
});

describe('damage', () => {
  const feed = utf8(`<rss>${'text, text. '.repeat(5000)}${RUSSIAN}</rss>`);

  it('takes off gzip once and twice', () => {
    expect(decodeBytes(gzipSync(feed), { kind: 'xml' }).text).toContain(RUSSIAN);
    expect(decodeBytes(gzipSync(gzipSync(feed)), { kind: 'xml' }).text).toContain(RUSSIAN);
  });

  it('keeps what a truncated or damaged gzip holds', () => {
    const noise = utf8(Array.from({ length: 4000 }, (_, i) => `${(i * 7919) % 10007} item\n`).join(''));
    const zipped = gzipSync(noise);
    expect(decodeBytes(zipped.subarray(0, zipped.length >> 1), { kind: 'text' }).text).toMatch(/^0 item\n7919 item\n/);
    const hurt = Uint8Array.from(zipped);
    hurt.fill(0xff, hurt.length >> 1, (hurt.length >> 1) + 64);
    const decoded = decodeBytes(hurt, { kind: 'text' });
    expect(decoded.text).toMatch(/^0 item\n7919 item\n/);
    expect(decoded.defects).toContain('gzip-damaged');
  });

  it('refuses a gzip bomb', () => {
    expect(decodeBytes(gzipSync(new Uint8Array(3_000_000)), { kind: 'xml', maxBytes: 100_000 })).toMatchObject({ text: '', defects: ['gzip-too-large'] });
  });

  it('cuts what is too long', () => {
    expect(decodeBytes(utf8('abcdef'), { kind: 'text', maxBytes: 3 })).toMatchObject({ text: 'abc', defects: ['cut'] });
  });

  it('reads C1 controls as the windows-1252 characters meant, and leaves plain text alone', () => {
    expect(decodeBytes(utf8('a\u{92}b\u{93}\u{94}'), { kind: 'xml' })).toMatchObject({ text: 'a’b“”', defects: ['c1-repaired'] });
    expect(decodeBytes(utf8('a\u{92}b\u{93}\u{94}'), { kind: 'text' }).text).toBe('a\u{92}b\u{93}\u{94}');
  });

  it.each([
    ['a byte alone', ['Espa', [0xf1], 'a'], 'España'],
    ['a quotation mark alone', ['don', [0x92], 't'], 'don’t'],
    ['a character cut in the middle', ['a', [0xe2, 0x80], 'b'], 'a\u{FFFD}b'],
    ['two strays together', ['a', [0xf1, 0xe1], 'b'], 'a\u{FFFD}\u{FFFD}b'],
    ['an overlong form', ['a', [0xc0, 0xaf], 'b'], 'a\u{FFFD}b'],
    ['a surrogate', ['a', [0xed, 0xa0, 0x80], 'b'], 'a\u{FFFD}b'],
    ['a byte at the end', ['a', [0xf1]], 'a\u{FFFD}'],
  ])('reads %s in UTF-8', (_, parts, expected) => {
    const decoded = decodeBytes(bytesOf([...utf8(RUSSIAN.repeat(9))], ...parts), { kind: 'text', contentType: 'text/plain; charset=utf-8' });
    expect(decoded.text.slice(RUSSIAN.length * 9)).toBe(expected);
    expect(decoded.encoding).toBe('utf-8');
  });

  it('does not throw UTF-8 away for a character cut at the end', () => {
    const cut = utf8(RUSSIAN).subarray(0, -1);
    expect(decodeBytes(cut, { kind: 'text' })).toMatchObject({ encoding: 'utf-8' });
  });

  it('never throws, and is quick, on bytes of every kind', () => {
    const kinds = ['xml', 'html', 'json', 'text'] as const;
    let seed = 1;
    for (let round = 0; round < 400; round++) {
      const bytes = Uint8Array.from({ length: round % 97 }, () => { seed = (seed * 48271) % 2147483647; return seed & 0xff; });
      for (const kind of kinds) expect(typeof decodeBytes(bytes, { kind }).text).toBe('string');
    }
    expect(decodeBytes(utf8('<meta '.repeat(100_000)), { kind: 'html' }).encoding).toBe('windows-1252');
    expect(decodeBytes(new Uint8Array(), { kind: 'xml' }).text).toBe('');
  });
});
