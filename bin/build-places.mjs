#!/usr/bin/env node
// Builds config/dateline/places.bin from a GeoNames city file (cities500.txt, https://download.geonames.org/export/dump/, CC BY 4.0):
//   node bin/build-places.mjs PATH/TO/cities500.txt PATH/TO/cldr-dates-full/main
// CLDR's exemplar cities of the time zones (Unicode licence) and config/dateline/place-names.yaml add names GeoNames lacks.
// Form of the result (Brotli): one JSON line {names, countries, listed}, then per name the gap to the last hash (LEB128),
// then per name a 32-bit value: rank in the top 2 bits, country in the next 8, and the number of the listed city in the low 22 (0 = not listed).
import { createReadStream, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { parse } from 'yaml';
import { fold, hashName } from '../dist/src/dateline/fold.js';

const [source, cldr] = process.argv.slice(2);
if (source === undefined || cldr === undefined) {
  console.error('usage: node bin/build-places.mjs PATH/TO/cities500.txt PATH/TO/cldr-dates-full/main');
  process.exit(2);
}

const latin = /^[\p{Script=Latin}\p{P}\p{Zs}\p{M}\d]+$/u;
const airportCode = /^[A-Z]{3}$/;
const cities = [];
for await (const line of createInterface({ input: createReadStream(source) })) {
  const [, name, ascii, alternates, , , , code, country, , , , , , population, , , zone] = line.split('\t');
  cities.push({ name, ascii, alternates, code, country, population: Number(population), zone });
}
cities.sort((a, b) => b.population - a.population);

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Adds names to the biggest city that fits. */
function addNames(names, fits) {
  const city = cities.find(fits);
  if (city === undefined) return false;
  city.alternates = [...new Set([...names, ...city.alternates.split(',')])].join(',');
  return true;
}

function exemplars(locale) {
  const file = join(cldr, locale, 'timeZoneNames.json');
  if (!existsSync(file)) return new Map();
  const found = new Map();
  for (const [area, places] of Object.entries(JSON.parse(readFileSync(file, 'utf8')).main[locale].dates.timeZoneNames.zone)) {
    for (const [place, value] of Object.entries(places)) if (value.exemplarCity) found.set(`${area}/${place}`, value.exemplarCity);
  }
  return found;
}
const namesOfZone = new Map();
for (const locale of readdirSync(cldr)) {
  for (const [zone, name] of exemplars(locale)) namesOfZone.set(zone, (namesOfZone.get(zone) ?? new Set()).add(name));
}
for (const [zone, english] of exemplars('en')) {
  const plain = fold(english);
  addNames(namesOfZone.get(zone) ?? [], (city) => city.zone === zone && (fold(city.name) === plain || city.alternates.split(',').some((name) => fold(name) === plain)));
}
const more = parse(readFileSync(join(root, 'config', 'dateline', 'place-names.yaml'), 'utf8'));
for (const [country, rows] of Object.entries(more.names)) {
  for (const [english, names] of Object.entries(rows)) {
    if (!addNames(names, (city) => city.country === country && (city.name === english || city.ascii === english || city.alternates.split(',').includes(english)))) {
      console.error(`no city ${english}, ${country}`);
    }
  }
}

const rankOf = ({ code, population }) =>
  code === 'PPLC' ? 3 : population >= 100_000 || code === 'PPLA' ? 2 : population >= 5_000 ? 1 : 0;
const countries = [];
const listed = [];
const byName = new Map();

function add(name, country, value, weight) {
  const folded = fold(name);
  if (folded.length < 2 || /\d/.test(folded)) return;
  const hash = hashName(folded);
  const held = byName.get(hash);
  if (held === undefined) {
    byName.set(hash, [{ country, value, weight }]);
    return;
  }
  const same = held.find((entry) => entry.country === country);
  if (same === undefined) held.push({ country, value, weight });
  else if (same.weight < weight) Object.assign(same, { value, weight });
}

// An official name counts four times an alternate one, so that a city's nickname does not hide a town of that name
// but "Roma" is the capital of Italy and not a town in Texas, "Geneva" not one in Illinois.
const officialWeight = 4;
for (const city of cities) {
  const rank = rankOf(city);
  let country = countries.indexOf(city.country);
  if (country < 0) country = countries.push(city.country) - 1;
  if (city.number === undefined && (rank >= 2 || city.population >= 15_000)) city.number = listed.push(more.english[city.country]?.[city.name] ?? city.name);
  const value = ((rank << 30) | (country << 22) | (city.number ?? 0)) >>> 0;
  const weight = city.population + (rank === 3 ? 1_000_000 : 0);
  add(city.name, country, value, weight * officialWeight);
  add(city.ascii, country, value, weight * officialWeight);
  for (const other of city.alternates.split(',')) {
    if (other === '' || airportCode.test(other)) continue;
    if (latin.test(other) ? rank >= 2 && other.length >= 3 && /^\p{Lu}.*\p{Ll}/u.test(other) : rank >= 1 || other.length >= 3) add(other, country, value, weight);
  }
}

const rows = [...byName].flatMap(([hash, entries]) => entries.sort((a, b) => b.weight - a.weight).slice(0, 3).map(({ value }) => ({ hash, value })));
rows.sort((a, b) => a.hash - b.hash);
const gaps = [];
let last = 0;
for (const { hash } of rows) {
  let gap = hash - last;
  last = hash;
  while (gap >= 0x80) {
    gaps.push((gap & 0x7f) | 0x80);
    gap = Math.floor(gap / 0x80);
  }
  gaps.push(gap);
}
const values = Buffer.alloc(rows.length * 4);
// Byte planes: all low bytes first, so that Brotli finds the repeats.
for (let plane = 0; plane < 4; plane++) rows.forEach(({ value }, i) => { values[plane * rows.length + i] = (value >>> (plane * 8)) & 0xff; });
const head = Buffer.from(`${JSON.stringify({ names: rows.length, gapBytes: gaps.length, countries, listed })}\n`);
const packed = brotliCompressSync(Buffer.concat([head, Buffer.from(gaps), values]), {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
});
const target = join(root, 'config', 'dateline', 'places.bin');
writeFileSync(target, packed);
console.log(`${cities.length} cities, ${listed.length} listed, ${rows.length} names, ${packed.length} bytes`);
