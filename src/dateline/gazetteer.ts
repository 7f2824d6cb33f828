import { brotliDecompressSync } from 'node:zlib';
import { z } from 'zod';
import { fold, hashName } from './fold.js';
import { tableBytes } from './tables.js';

export interface KnownPlace {
  /** English name, for cities of 15,000 people and more and seats of government; null for smaller places. */
  readonly englishName: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly countryCode: string;
  /** 0 village, 1 town of 5,000, 2 city of 100,000 or seat of a first-order division, 3 capital. */
  readonly rank: 0 | 1 | 2 | 3;
}

const headSchema = z.object({ names: z.int(), gapBytes: z.int(), countries: z.array(z.string()), listed: z.array(z.string()) });

interface Table {
  readonly hashes: Uint32Array;
  readonly values: Uint32Array;
  readonly countries: readonly string[];
  readonly listed: readonly string[];
}

/** Form: see bin/build-places.mjs. About 5 MB once read. */
function read(): Table {
  const bytes = brotliDecompressSync(tableBytes('places.bin'));
  const line = bytes.indexOf(0x0a);
  const head = headSchema.parse(JSON.parse(bytes.toString('utf8', 0, line)));
  const hashes = new Uint32Array(head.names);
  const values = new Uint32Array(head.names);
  let at = line + 1;
  let hash = 0;
  for (let i = 0; i < head.names; i++) {
    let scale = 1;
    for (;;) {
      const byte = bytes[at++] ?? 0;
      hash += (byte & 0x7f) * scale;
      if (byte < 0x80) break;
      scale *= 0x80;
    }
    hashes[i] = hash;
  }
  for (let plane = 0; plane < 4; plane++) {
    const from = line + 1 + head.gapBytes + plane * head.names;
    for (let i = 0; i < head.names; i++) values[i] = ((values[i] ?? 0) | ((bytes[from + i] ?? 0) << (plane * 8))) >>> 0;
  }
  return { hashes, values, countries: head.countries, listed: head.listed };
}

let table: Table | undefined;

/** Places of that name, at most one a country, the most populous first. Reads the table at the first call. */
export function placesNamed(name: string): KnownPlace[] {
  const folded = fold(name);
  const found = lookUp(folded);
  return found.length === 0 && folded.startsWith('st ') ? lookUp(`saint ${folded.slice(3)}`) : found;
}

function lookUp(folded: string): KnownPlace[] {
  const { hashes, values, countries, listed } = (table ??= read());
  const hash = hashName(folded);
  let low = 0;
  let high = hashes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((hashes[middle] ?? 0) < hash) low = middle + 1;
    else high = middle;
  }
  const found: KnownPlace[] = [];
  for (; hashes[low] === hash; low++) {
    const value = values[low] ?? 0;
    const number = value & 0x3fffff;
    found.push({
      rank: (value >>> 30) as KnownPlace['rank'],
      countryCode: countries[(value >>> 22) & 0xff] ?? '',
      englishName: number === 0 ? null : (listed[number - 1] ?? null),
    });
  }
  return found;
}
