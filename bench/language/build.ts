/**
 * Builds the shipped model: `node dist/bench/language/build.js --corpus DIR --udhr DIR --lists DIR --opencc DIR`. The folders are described in
 * config/language/README.md. Takes about a minute; everything is written to config/language.
 */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { chineseLetters } from './chinese.js';
import { readGold } from './gold.js';
import { trainModel } from './model.js';
import { readPress } from './press.js';
import { defaults } from './train.js';
import { readDeclarations } from './udhr.js';
import { LISTED_WORDS, readWordLists } from './words.js';

const { values } = parseArgs({
  options: {
    corpus: { type: 'string', default: join('..', 'shared', 'corpora', 'langid') },
    udhr: { type: 'string' },
    press: { type: 'string' },
    lists: { type: 'string' },
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
const { model, packed } = trainModel({
  texts,
  lists: values.lists === undefined ? [] : readWordLists(values.lists, LISTED_WORDS),
  counted: values.press === undefined ? [] : readPress(values.press, texts),
  strangers: values.udhr === undefined ? [] : readDeclarations(values.udhr),
}, defaults);
const zipped = gzipSync(packed, { level: 9 });
writeFileSync(join(values.out, 'ngrams.bin.gz'), zipped);
writeFileSync(join(values.out, 'calibration.json'), `${JSON.stringify(model.calibration)}\n`);
console.log(`language table: ${(zipped.length / 2 ** 20).toFixed(2)} MiB; calibration ${JSON.stringify(model.calibration)}`);
