import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { ChineseLetters } from './chinese.js';
import { readPackageFile } from './package-file.js';
import { readTable, type Table } from './table.js';
import type { Calibration } from './confidence.js';

/** Everything that detection has learned: read once, when the module is loaded. */
export interface Model {
  readonly table: Table;
  readonly calibration: Calibration;
  readonly chinese: ChineseLetters;
}

const calibrationSchema = z.object({
  temperatures: z.array(z.tuple([z.number(), z.number().positive()])),
  known: z.array(z.number()),
});

const chineseSchema = z.object({ simplified: z.string(), traditional: z.string() });

const json = (...path: readonly string[]): unknown => JSON.parse(readPackageFile(...path).toString('utf8'));

/** The model shipped with the package. Throws when a file of it is missing or broken, since nothing can be detected without. */
export function loadModel(): Model {
  const letters = chineseSchema.parse(json('config', 'language', 'chinese.json'));
  return {
    table: readTable(gunzipSync(readPackageFile('config', 'language', 'ngrams.bin.gz'))),
    calibration: calibrationSchema.parse(json('config', 'language', 'calibration.json')),
    chinese: { simplified: new Set(letters.simplified), traditional: new Set(letters.traditional) },
  };
}
