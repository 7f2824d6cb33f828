import { gunzipSync } from 'node:zlib';
import type { ChineseLetters } from './chinese.js';
import { readPackageFile } from './package-file.js';
import type { ContrastGroups } from './contrasts.js';
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

/** Room for the unpacked table in one piece, so that it is not put together from a thousand. */
const UNPACKED_BYTES = 2 ** 23;

/**
 * A JSON file of the shipped model. Its shape is not checked here but by a test, against a schema: it is part of the package as the code is,
 * and the schema library would cost more time and memory than the whole model.
 */
const shipped = (name: string): unknown => JSON.parse(readPackageFile('config', 'language', name).toString('utf8'));

/** Words that tell siblings apart: written by hand, not counted, so any table can be used with them. */
export const readSiblings = (): SiblingGroups => new SiblingGroups(shipped('siblings.json') as ContrastGroups);

export function readChineseLetters(): ChineseLetters {
  const { simplified, traditional } = shipped('chinese.json') as { readonly simplified: string; readonly traditional: string };
  return { simplified: new Set(simplified), traditional: new Set(traditional) };
}

/** The model shipped with the package. Throws when a file of it is missing or broken, since nothing can be detected without. */
export const loadModel = (): Model => ({
  table: readTable(gunzipSync(readPackageFile('config', 'language', 'ngrams.bin.gz'), { chunkSize: UNPACKED_BYTES })),
  calibration: shipped('calibration.json') as Calibration,
  siblings: readSiblings(),
  chinese: readChineseLetters(),
});
