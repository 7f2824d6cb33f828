#!/usr/bin/env node
// Builds config/dateline/place-points.bin, where the cities of places.bin stand on the map, from the same GeoNames file (CC BY 4.0):
//   node bin/build-place-points.mjs PATH/TO/cities500.txt
// Form of the result (Brotli): one JSON line {points}, then per point the gap to the last key (LEB128; see placeKey), then the
// planes of the low and high bytes of the latitudes and of the longitudes, in hundredths of a degree, 16 bits with a sign.
import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { parse } from 'yaml';
import { placeKey } from '../dist/src/dateline/place-points.js';

const [source] = process.argv.slice(2);
if (source === undefined) {
  console.error('usage: node bin/build-place-points.mjs PATH/TO/cities500.txt');
  process.exit(2);
}

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { english } = parse(readFileSync(join(root, 'config', 'dateline', 'place-names.yaml'), 'utf8'));
const cities = [];
for await (const line of createInterface({ input: createReadStream(source) })) {
  const [, name, , , latitude, longitude, , code, country, , , , , , population] = line.split('\t');
  // Those that places.bin has an English name for.
  if (code !== 'PPLC' && code !== 'PPLA' && Number(population) < 15_000) continue;
  cities.push({ name: english[country]?.[name] ?? name, country, capital: code === 'PPLC', population: Number(population), at: [latitude, longitude].map((degrees) => Math.round(Number(degrees) * 100)) });
}
cities.sort((a, b) => b.population - a.population);

const points = new Map();
const put = (key, city) => {
  const held = points.get(key);
  if (held === undefined) points.set(key, city);
  else if (held.country !== city.country || (held.name !== city.name && held.capital !== city.capital)) console.error(`one key for ${held.name}, ${held.country} and ${city.name}, ${city.country}`);
};
for (const city of cities) {
  // The biggest of a name stands for it in its country, as in places.bin.
  put(placeKey(city.name, city.country), city);
  // A country without its city stands at its capital.
  if (city.capital) put(placeKey('', city.country), city);
}

const rows = [...points].sort(([a], [b]) => a - b);
const gaps = [];
let last = 0;
for (const [key] of rows) {
  let gap = key - last;
  last = key;
  for (; gap >= 0x80; gap = Math.floor(gap / 0x80)) gaps.push((gap & 0x7f) | 0x80);
  gaps.push(gap);
}
const planes = Buffer.alloc(rows.length * 4);
rows.forEach(([, { at: [latitude, longitude] }], row) => {
  [latitude & 0xff, (latitude >> 8) & 0xff, longitude & 0xff, (longitude >> 8) & 0xff].forEach((byte, plane) => { planes[plane * rows.length + row] = byte; });
});
const head = Buffer.from(`${JSON.stringify({ points: rows.length })}\n`);
const packed = brotliCompressSync(Buffer.concat([head, Buffer.from(gaps), planes]), { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 } });
writeFileSync(join(root, 'config', 'dateline', 'place-points.bin'), packed);
console.log(`${rows.length} points, ${packed.length} bytes`);
