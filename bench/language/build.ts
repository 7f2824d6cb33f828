/**
 * Builds the shipped model: `node dist/bench/language/build.js --corpus DIR --udhr DIR --opencc DIR`. The folders are described in
 * config/language/README.md. Takes about a minute; everything is written to config/language.
 */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { readTable } from '../../src/language/table.js';
import { languageOf } from '../../src/language/tags.js';
import { calibrate, type CalibrationText } from './calibrate.js';
import { chineseLetters } from './chinese.js';
import { partOf } from './folds.js';
import { readGold } from './gold.js';
import { samplesByScript } from './samples.js';
import { train } from './train.js';
import { readDeclarations } from './udhr.js';

const { values } = parseArgs({
  options: {
    corpus: { type: 'string', default: join('..', 'shared', 'corpora', 'langid') },
    udhr: { type: 'string' },
    opencc: { type: 'string' },
    origins: { type: 'string' },
    out: { type: 'string', default: join('config', 'language') },
  },
});

const packedDictionary = z.object({ default: z.string() });
const dictionary = async (name: string): Promise<string> =>
  packedDictionary.parse(await import(pathToFileURL(resolve(values.opencc ?? '', `${name}.js`)).href)).default;

if (values.opencc !== undefined) {
  const letters = chineseLetters(await dictionary('STCharacters'), await dictionary('TSCharacters'));
  writeFileSync(join(values.out, 'chinese.json'), `${JSON.stringify(letters, null, 1)}\n`);
}

const origins = values.origins?.split(',');
const texts = readGold(values.corpus).texts.filter(({ origin }) => origins === undefined || origins.includes(origin) || origin.startsWith('synthetic'));
const CALIBRATION_PARTS = 2;
const held = texts.filter((text) => partOf(text) < CALIBRATION_PARTS && text.len !== 'word');
const trial = readTable(train(samplesByScript(texts.filter((text) => partOf(text) >= CALIBRATION_PARTS))));
const strangers: CalibrationText[] = values.udhr === undefined ? []
  : readDeclarations(values.udhr).filter(({ tag }) => !trial.languages.has(languageOf(tag)));
const calibration = calibrate(trial, [
  ...held.map(({ lang, text }) => ({ tag: lang, text })),
  ...texts.filter(({ lang }) => lang === 'und').map(({ text }) => ({ tag: 'und', text })),
  ...strangers,
]);
writeFileSync(join(values.out, 'calibration.json'), `${JSON.stringify(calibration)}\n`);

const packed = gzipSync(train(samplesByScript(texts)), { level: 9 });
writeFileSync(join(values.out, 'ngrams.bin.gz'), packed);
console.log(`language table: ${(packed.length / 2 ** 20).toFixed(2)} MiB; calibration ${JSON.stringify(calibration)}`);
