import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { BodyTooLargeError, readBody, UnreadableBodyError } from '../../src/fetch/body.js';

const page = `<p>${Array.from({ length: 4_000 }, (_, number) => `line ${number * 7_919}`).join('\n')}</p>`;
const LIMIT = 1_000_000;

async function* inChunks(bytes: Uint8Array, size = 700): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const read = async (bytes: Uint8Array, encoding: string | undefined, options: { limit?: number; chunk?: number; cut?: boolean } = {}) => {
  const body = await readBody(inChunks(bytes, options.chunk), encoding, { maxBytes: options.limit ?? LIMIT, cut: options.cut });
  return { text: Buffer.from(body.bytes).toString(), damaged: body.damaged };
};
const gz = gzipSync(page);

describe('codings are undone', () => {
  test.each([
    ['no coding', Buffer.from(page), undefined],
    ['identity', Buffer.from(page), 'identity'],
    ['gzip', gz, 'gzip'],
    ['x-gzip, any case', gz, 'X-GZip'],
    ['brotli', brotliCompressSync(page), 'br'],
    ['deflate as zlib', deflateSync(page), 'deflate'],
    ['deflate as the bare stream', deflateRawSync(page), 'deflate'],
    ['two layers, undone from the last', brotliCompressSync(gz), 'gzip, br'],
    ['gzip twice, said twice', gzipSync(gz), 'gzip, gzip'],
    ['gzip twice, said once', gzipSync(gz), 'gzip'],
    ['gzip that no header names', gz, undefined],
    ['gzip of two members', Buffer.concat([gzipSync(page.slice(0, 99)), gzipSync(page.slice(99))]), 'gzip'],
    ['plain text under a gzip header', Buffer.from(page), 'gzip'],
    ['a charset where a coding belongs', Buffer.from(page), 'utf-8'],
    ['gzip followed by zeros', Buffer.concat([gz, Buffer.alloc(40)]), 'gzip'],
  ])('%s', async (_, bytes, encoding) => {
    expect(await read(bytes, encoding)).toEqual({ text: page, damaged: false });
    expect(await read(bytes, encoding, { chunk: 2 })).toEqual({ text: page, damaged: false });
  });

  test('an empty body stays empty, coded or not', async () => {
    expect(await read(Buffer.alloc(0), 'gzip')).toEqual({ text: '', damaged: false });
    expect(await read(Buffer.from('a'), 'gzip')).toEqual({ text: 'a', damaged: false });
  });
});

describe('broken streams give what came', () => {
  test.each([
    ['gzip', gz, 'gzip'],
    ['zlib', deflateSync(page), 'deflate'],
    ['brotli', brotliCompressSync(page), 'br'],
  ])('%s cut in half', async (_, bytes, encoding) => {
    const { text, damaged } = await read(bytes.subarray(0, bytes.length / 2), encoding);
    expect(damaged).toBe(true);
    expect(text.length).toBeGreaterThan(page.length / 4);
    expect(page.startsWith(text)).toBe(true);
  });

  test('gzip without its trailer, or followed by stray bytes, loses nothing', async () => {
    expect(await read(gz.subarray(0, -6), 'gzip')).toEqual({ text: page, damaged: true });
    expect(await read(Buffer.concat([gz, Buffer.from('<!-- made in 3 ms -->')]), 'gzip', { chunk: LIMIT })).toEqual({ text: page, damaged: true });
  });

  test('an error in the middle keeps what was before it', async () => {
    const bytes = Buffer.from(gz);
    bytes.fill(0xff, 8_000, 8_030);
    const { text, damaged } = await read(bytes, 'gzip', { chunk: LIMIT });
    expect(damaged).toBe(true);
    expect(page.slice(0, 10_000)).toBe(text.slice(0, 10_000));
  });

  test('what cannot be read at all is an error', async () => {
    await expect(read(Buffer.from('<html>not brotli</html>'), 'br')).rejects.toThrow(UnreadableBodyError);
    await expect(read(Buffer.from(page), 'zstd')).rejects.toThrow('coded as zstd');
    await expect(read(gz, 'gzip, gzip, gzip, gzip')).rejects.toThrow('4 times over');
  });
});

describe('size is bounded', () => {
  test('on the wire and after decompression', async () => {
    const exact = Buffer.from(page).length;
    expect((await read(gz, 'gzip', { limit: exact })).text).toBe(page);
    await expect(read(gz, 'gzip', { limit: exact - 1 })).rejects.toThrow(BodyTooLargeError);
    await expect(read(Buffer.from(page), undefined, { limit: exact - 1 })).rejects.toThrow(BodyTooLargeError);
  });

  test('a bomb is stopped where it passes the bound, also one inside another', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const before = process.memoryUsage().arrayBuffers;
    await expect(read(bomb, 'gzip')).rejects.toThrow(BodyTooLargeError);
    await expect(read(gzipSync(bomb), 'gzip')).rejects.toThrow(BodyTooLargeError);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  });

  test('the start of a larger body is had on request', async () => {
    for (const [bytes, encoding] of [[Buffer.from(page), undefined], [gz, 'gzip'], [gzipSync(gz), 'gzip']] as const) {
      expect(await read(bytes, encoding, { limit: 20_000, cut: true })).toEqual({ text: page.slice(0, 20_000), damaged: true });
    }
  });

  test('a source without end is left at the bound', async () => {
    let left = false;
    const endless = (async function* () {
      try {
        for (;;) yield Buffer.alloc(65_536, 'a');
      } finally {
        left = true;
      }
    })();
    await expect(readBody(endless, undefined, { maxBytes: LIMIT })).rejects.toThrow(BodyTooLargeError);
    expect(left).toBe(true);
  });
});
