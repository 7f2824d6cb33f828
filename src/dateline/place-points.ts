import { brotliDecompressSync } from 'node:zlib';
import { z } from 'zod';
import { fold, hashName } from './fold.js';
import { tableBytes } from './tables.js';

/** Where a place stands, in degrees; `capital` where only its country is known, and the capital stands for it. */
export interface PlacePoint {
  readonly latitude: number;
  readonly longitude: number;
  readonly of: 'place' | 'capital';
}

interface Table {
  readonly keys: Uint32Array;
  /** Hundredths of a degree: latitude and longitude of each key in turn. */
  readonly degrees: Int16Array;
}

const headSchema = z.object({ points: z.int() });

/** Form: see bin/build-place-points.mjs. A quarter of a megabyte once read. */
function read(): Table {
  const bytes = brotliDecompressSync(tableBytes('place-points.bin'));
  const line = bytes.indexOf(0x0a);
  const { points } = headSchema.parse(JSON.parse(bytes.toString('utf8', 0, line)));
  const keys = new Uint32Array(points);
  const degrees = new Int16Array(points * 2);
  let at = line + 1;
  let key = 0;
  for (let point = 0; point < points; point++) {
    for (let scale = 1; ; scale *= 0x80) {
      const byte = bytes[at++] ?? 0;
      key += (byte & 0x7f) * scale;
      if (byte < 0x80) break;
    }
    keys[point] = key;
  }
  const plane = (number: number, point: number): number => bytes[at + number * points + point] ?? 0;
  for (let point = 0; point < points; point++) {
    degrees[point * 2] = plane(0, point) | (plane(1, point) << 8);
    degrees[point * 2 + 1] = plane(2, point) | (plane(3, point) << 8);
  }
  return { keys, degrees };
}

let table: Table | undefined;

/** What a place is looked up by: 32 bits of its folded English name within its country; the capital has the empty name too. */
export const placeKey = (name: string, countryCode: string): number => hashName(`${countryCode.toLowerCase()} ${fold(name)}`);

/** Where a place of a dateline stands: by its English name, else by its country; null where neither is known. Reads the table at the first call. */
export function placePoint(name: string, countryCode: string | null): PlacePoint | null {
  if (countryCode === null || countryCode === '') return null;
  const place = pointOf(placeKey(name, countryCode));
  if (place !== null) return { ...place, of: 'place' };
  const capital = pointOf(placeKey('', countryCode));
  return capital === null ? null : { ...capital, of: 'capital' };
}

function pointOf(key: number): Pick<PlacePoint, 'latitude' | 'longitude'> | null {
  const { keys, degrees } = (table ??= read());
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? 0) < key) low = middle + 1;
    else high = middle;
  }
  return keys[low] === key ? { latitude: (degrees[low * 2] ?? 0) / 100, longitude: (degrees[low * 2 + 1] ?? 0) / 100 } : null;
}
