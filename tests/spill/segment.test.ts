import { expect, test } from 'vitest';
import { decodeSegment, encodeSegment } from '../../src/spill/index.js';

const delivery = (name: string, body: string) => ({ name, body: Buffer.from(body) });
const THREE = [delivery('deliver/a/b/1/s', '[["id",1]]\n{"text":"first\\nline"}'), delivery('deliver/a/c/2/s', 'ריק 新闻 \u2028 “x”'), delivery('deliver/a/d/3/s', '')];

test('what is written is read, byte for byte, in its order', () => {
  expect(decodeSegment(encodeSegment(THREE))).toEqual(THREE);
  expect(decodeSegment(encodeSegment([]))).toEqual([]);
});

test('a segment cut at any byte gives its whole lines and nothing else', () => {
  const bytes = encodeSegment(THREE);
  for (let end = 0; end < bytes.length; end += 1) {
    const read = decodeSegment(bytes.subarray(0, end));
    expect(THREE.slice(0, read.length)).toEqual(read);
    // A line without its end is whole all the same; one that lacks more is not.
    expect(read.length).toBe(bytes.subarray(0, end + 1).filter((byte) => byte === 0x0a).length);
  }
});

test('any byte changed costs no more than its line, and never gives another text', () => {
  const bytes = encodeSegment(THREE);
  for (let at = 0; at < bytes.length; at += 1) {
    const damaged = Buffer.from(bytes);
    damaged[at] = (damaged[at] ?? 0) ^ 0x11;
    const read = decodeSegment(damaged);
    expect(read.length).toBeGreaterThanOrEqual(THREE.length - 2);
    for (const each of read) expect(THREE).toContainEqual(each);
  }
});
