/** Gzip that servers label wrongly: none announced, twice over, or cut off in the middle. */
import { constants, gunzipSync } from 'node:zlib';

const MOST_LAYERS = 3;

export interface Gunzipped {
  readonly bytes: Uint8Array;
  /** `gzip-damaged`: what could be read stands in `bytes`; `gzip-too-large`: nothing does. */
  readonly defect: 'gzip-damaged' | 'gzip-too-large' | null;
}

const isGzip = (bytes: Uint8Array): boolean => bytes.length > 10 && bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function inflate(bytes: Uint8Array, maxBytes: number): Uint8Array | 'damaged' | 'too-large' {
  try {
    // Z_SYNC_FLUSH gives what a truncated member holds instead of throwing
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: maxBytes });
  } catch (error) {
    return codeOf(error) === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'damaged';
  }
}

/** Half the damaged stream at a time, so that one bad bit costs what follows it and not the whole. */
function inflateUndamagedHead(bytes: Uint8Array, maxBytes: number): Uint8Array {
  let good = 0;
  let bad = bytes.length;
  let best: Uint8Array = new Uint8Array();
  while (bad - good > 16) {
    const middle = (good + bad) >> 1;
    const head = inflate(bytes.subarray(0, middle), maxBytes);
    if (head instanceof Uint8Array) {
      good = middle;
      best = head;
    } else bad = middle;
  }
  return best;
}

/** Takes off up to three layers of gzip. `maxBytes` bounds the output of each. */
export function gunzipLoosely(input: Uint8Array, maxBytes: number): Gunzipped {
  let bytes = input;
  let defect: Gunzipped['defect'] = null;
  for (let layer = 0; layer < MOST_LAYERS && isGzip(bytes); layer++) {
    const output = inflate(bytes, maxBytes);
    if (output === 'too-large') return { bytes: new Uint8Array(), defect: 'gzip-too-large' };
    if (output === 'damaged') defect = 'gzip-damaged';
    bytes = output === 'damaged' ? inflateUndamagedHead(bytes, maxBytes) : output;
  }
  return { bytes, defect };
}
