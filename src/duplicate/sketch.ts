import { shinglesOf } from './shingles.js';

/** Hash functions of a text's sketch, half a byte each. */
export const MINIMA = 80;
/** Of its figures. */
export const FIGURES = 16;
/** Rows of a band, and bands: of the whole text, and as many of its lead. */
const ROWS = 3;
const BANDS = 6;
/** Shingles that are the lead: papers cut agency copy from its end. */
const LEAD = 60;
/** Shorter texts are told apart by every word, and are never near: flashes, table rows, "More to follow". */
const SHORTEST = 35;
const SHORTEST_UNSPACED = 70;

export const BAND_BYTES = 2 * BANDS * 4;
export const SIGNATURE_BYTES = MINIMA / 2 + 2 + FIGURES / 2 + 1;
/** Length of what `sketchForDuplicates` gives: its bands, then its signature. */
export const NEAR_BYTES = BAND_BYTES + SIGNATURE_BYTES;

/** Multiply-and-add hashing (Dietzfelbinger); the constants come from a fixed generator, so that every machine has the same. */
const [factors, offsets] = constants();
function constants(): [Int32Array, Int32Array] {
  const tables: [Int32Array, Int32Array] = [new Int32Array(MINIMA), new Int32Array(MINIMA)];
  let state = 0x9e3779b9;
  const next = (): number => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5;
    const mixed = Math.imul(state ^ (state >>> 12), 0x297a2d39);
    return mixed ^ (mixed >>> 15);
  };
  for (let at = 0; at < MINIMA; at += 1) {
    tables[0][at] = next() | 1;
    tables[1][at] = next();
  }
  return tables;
}

function minimaOf(hashes: readonly number[], count: number): Uint32Array {
  const minima = new Uint32Array(count).fill(0xffffffff);
  for (const hash of hashes) {
    for (let at = 0; at < count; at += 1) {
      const product = Math.imul(hash, factors[at] ?? 1) + (offsets[at] ?? 0);
      // The low bits of a product are weak; the high ones come down.
      const value = (product ^ (product >>> 15)) >>> 0;
      if (value < (minima[at] ?? 0)) minima[at] = value;
    }
  }
  return minima;
}

/** Half a byte of each minimum, of its middle: b-bit minwise hashing (Li and König 2010). */
function nibbles(minima: Uint32Array, into: Uint8Array): void {
  for (let at = 0; at < minima.length; at += 2) into[at / 2] = ((((minima[at] ?? 0) >>> 3) & 15) << 4) | (((minima[at + 1] ?? 0) >>> 3) & 15);
}

function bandsOf(minima: Uint32Array, salt: number, into: DataView, from: number): void {
  for (let band = 0; band < BANDS; band += 1) {
    let hash = salt + band;
    for (let row = 0; row < ROWS; row += 1) {
      hash = Math.imul(hash ^ (minima[band * ROWS + row] ?? 0), 0x85ebca6b);
      hash ^= hash >>> 13;
    }
    into.setUint32(from + band * 4, hash >>> 0);
  }
}

/**
 * What finds and compares a story that others print too: twelve bands (locality-sensitive hashing of minwise sketches, six of
 * the whole text and six of its lead), then a signature of 51 bytes. Null for a text too short to be judged.
 */
export function sketchForDuplicates(text: string): Uint8Array | null {
  const { hashes, figures, unspaced } = shinglesOf(text);
  if (hashes.length < (unspaced ? SHORTEST_UNSPACED : SHORTEST)) return null;
  const bytes = new Uint8Array(NEAR_BYTES);
  const view = new DataView(bytes.buffer);
  const minima = minimaOf(hashes, MINIMA);
  bandsOf(minima, 0x51ed270b, view, 0);
  bandsOf(minimaOf(hashes.slice(0, LEAD), ROWS * BANDS), 0x1b56c4e9, view, BANDS * 4);
  nibbles(minima, bytes.subarray(BAND_BYTES));
  view.setUint16(BAND_BYTES + MINIMA / 2, Math.min(0xffff, hashes.length));
  nibbles(minimaOf(figures, FIGURES), bytes.subarray(BAND_BYTES + MINIMA / 2 + 2));
  view.setUint8(NEAR_BYTES - 1, Math.min(255, figures.length));
  return bytes;
}
