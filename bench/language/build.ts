/**
 * Builds the shipped model: `node dist/bench/language/build.js --corpus DIR --sources DIR`, the latter as `bench/language/sources.sh` fills it.
 * With `--check` nothing is written: it says whether the committed model is what these make, byte by byte. Takes some minutes and 5 GB.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readGold } from './gold.js';
import { trainModel } from './model.js';
import { readChineseDictionaries, readSources } from './sources.js';
import { defaults } from './train.js';

const { values } = parseArgs({
  options: {
    corpus: { type: 'string', default: join('..', 'shared', 'corpora', 'langid') },
    sources: { type: 'string' },
    origins: { type: 'string' },
    out: { type: 'string', default: join('config', 'language') },
    check: { type: 'boolean', default: false },
  },
});

const sources = values.sources === undefined ? undefined : resolve(values.sources);
const origins = values.origins?.split(',');
// The order of the files and rows must not matter.
const texts = readGold(values.corpus).texts.filter(({ origin }) => origins === undefined || origins.includes(origin) || origin.startsWith('synthetic'))
  .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
const { model, packed } = trainModel({ texts, ...readSources(sources, texts) }, defaults);

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const made: Record<string, Uint8Array | string> = {
  'ngrams.bin': packed,
  'calibration.json': `${JSON.stringify(model.calibration)}\n`,
  ...(sources === undefined ? {} : { 'chinese.json': `${JSON.stringify(await readChineseDictionaries(sources), null, 1)}\n` }),
};
// Compressed bytes depend on the compressor's version, the table itself does not.
const zipped = (name: string): boolean => name.endsWith('.bin');
const fileOf = (name: string): string => join(values.out, zipped(name) ? `${name}.gz` : name);

if (values.check) {
  for (const [name, content] of Object.entries(made)) {
    const committed = readFileSync(fileOf(name));
    const isSame = sha256(zipped(name) ? gunzipSync(committed) : committed) === sha256(content);
    console.log(`${name}: ${isSame ? 'the same' : 'DIFFERS'}`);
    if (!isSame) process.exitCode = 1;
  }
} else {
  for (const [name, content] of Object.entries(made)) writeFileSync(fileOf(name), zipped(name) ? gzipSync(content, { level: 9 }) : content);
  const files = Object.fromEntries(Object.entries(made).map(([name, content]) => [name, sha256(content)]));
  writeFileSync(join(values.out, 'built.json'), `${JSON.stringify({ corpus: sha256(texts.map((row) => JSON.stringify(row)).join('\n')), files }, null, 1)}\n`);
  console.log(`language table: ${(gzipSync(packed, { level: 9 }).length / 2 ** 20).toFixed(2)} MiB`);
}
