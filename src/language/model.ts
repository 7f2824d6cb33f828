import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { ChineseLetters } from './chinese.js';
import { readPackageFile } from './package-file.js';
import { SiblingGroups } from './groups.js';
import { readTable, type Table } from './table.js';
import type { Calibration } from './confidence.js';

/** Everything that detection has learned: read once, when the module is loaded. */
export interface Model {
  readonly table: Table;
  readonly calibration: Calibration;
  readonly chinese: ChineseLetters;
  readonly siblings: SiblingGroups;
}

const calibrationSchema = z.object({
  temperatures: z.array(z.tuple([z.number(), z.number().positive()])),
  known: z.record(z.string(), z.array(z.number())),
  typical: z.record(z.string(), z.object({ hitShare: z.number(), wordNats: z.number() })),
});

const chineseSchema = z.object({ simplified: z.string(), traditional: z.string() });

const siblingsSchema = z.record(z.string(), z.array(z.object({ tags: z.array(z.string()), words: z.array(z.string()) })));

const json = (...path: readonly string[]): unknown => JSON.parse(readPackageFile(...path).toString('utf8'));

/** Words that tell siblings apart: written by hand, not counted, so any table can be used with them. */
export const readSiblings = (): SiblingGroups => new SiblingGroups(siblingsSchema.parse(json('config', 'language', 'siblings.json')));

export function readChineseLetters(): ChineseLetters {
  const { simplified, traditional } = chineseSchema.parse(json('config', 'language', 'chinese.json'));
  return { simplified: new Set(simplified), traditional: new Set(traditional) };
}

/** The model shipped with the package. Throws when a file of it is missing or broken, since nothing can be detected without. */
export const loadModel = (): Model => ({
  table: readTable(gunzipSync(readPackageFile('config', 'language', 'ngrams.bin.gz'))),
  calibration: calibrationSchema.parse(json('config', 'language', 'calibration.json')),
  siblings: readSiblings(),
  chinese: readChineseLetters(),
});
