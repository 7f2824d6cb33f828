import { createHash } from 'node:crypto';
import { termsOf } from './terms.js';

/** What makes two texts the same for a reader: letters and digits, without case, punctuation and white space. */
const bare = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, '');

/** Hash of the normalised text, 128 bits as hex: equal texts have equal fingerprints. */
export const fingerprintOf = (text: string): string => createHash('sha256').update(bare(text)).digest('hex').slice(0, 32);

/** Hash of the normalised headline, 64 bits as hex; '' without one. */
export const headlineHashOf = (headline: string | null): string => (headline === null ? '' : fingerprintOf(headline).slice(0, 16));

/** Bytes of a sketch, one to each of its hash functions. */
const SKETCH = 32;

const mix = (value: number): number => {
  let mixed = value;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
};

function hashOf(term: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < term.length; at += 1) hash = Math.imul(hash ^ term.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/**
 * A sketch of a text's terms: one byte of each of 32 minima (b-bit minwise hashing, Li and König 2010), base64url, 43 characters.
 * '' for a text without terms.
 */
export function sketchOf(text: string): string {
  const minima = new Uint32Array(SKETCH).fill(0xffffffff);
  const hashes = [...termsOf(text)].map(hashOf);
  if (hashes.length === 0) return '';
  for (const hash of hashes) {
    for (let at = 0; at < SKETCH; at += 1) {
      const value = mix(hash ^ Math.imul(at + 1, 0x9e3779b1));
      if (value < (minima[at] ?? 0)) minima[at] = value;
    }
  }
  return Buffer.from(minima.map((value) => value & 0xff)).toString('base64url');
}

/** Estimated share of terms two texts have in common, 0–1, from their sketches. */
export function sketchLikeness(left: string, right: string): number {
  const a = Buffer.from(left, 'base64url');
  const b = Buffer.from(right, 'base64url');
  if (a.length !== SKETCH || b.length !== SKETCH) return 0;
  const same = a.reduce((sum, byte, at) => sum + (byte === b[at] ? 1 : 0), 0) / SKETCH;
  // One byte in 256 agrees by chance.
  return Math.max(0, (same - 1 / 256) / (1 - 1 / 256));
}
