import { readChineseLetters, readSiblings, type Model } from '../../src/language/model.js';
import { readTable } from '../../src/language/table.js';
import { languageOf } from '../../src/language/tags.js';
import { calibrate, type CalibrationText } from './calibrate.js';
import { partOf } from './folds.js';
import type { GoldText } from './gold.js';
import { nonsense } from './nonsense.js';
import { pieces } from './pieces.js';
import { samplesByScript } from './samples.js';
import { train, type CountedGrams, type TrainingOptions } from './train.js';
import type { WordList } from './words.js';

export interface TrainingData {
  readonly texts: readonly GoldText[];
  readonly lists: readonly WordList[];
  /** N-grams of the press, counted by others. */
  readonly counted: readonly CountedGrams[];
  /** Texts in languages outside the table, for the calibration. */
  readonly strangers: readonly CalibrationText[];
}

/** Tenths of the texts that the trial table, on which the calibration is fitted, does not see. */
export const CALIBRATION_PARTS: readonly number[] = [0, 1];

const NONSENSE_OF_EACH_KIND = 30;

/** Trains a table on all texts and calibrates it by a trial table that saw four fifths of them. */
export function trainModel(
  { texts, lists, counted, strangers }: TrainingData, options: TrainingOptions, calibrationParts: readonly number[] = CALIBRATION_PARTS,
): { readonly model: Model; readonly packed: Uint8Array } {
  const siblings = readSiblings();
  const isLeftOut = (text: GoldText): boolean => calibrationParts.includes(partOf(text));
  const leftOut = texts.filter((text) => isLeftOut(text) && text.len !== 'word' && text.lang !== 'und').map(({ lang, text }) => ({ tag: lang, text }));
  const trial = readTable(train(samplesByScript(texts.filter((text) => !isLeftOut(text)), lists), counted, options));
  const calibration = calibrate(trial, siblings, [
    ...leftOut,
    ...pieces(leftOut),
    ...texts.filter(({ lang }) => lang === 'und').map(({ text }) => ({ tag: 'und', text })),
    ...nonsense(NONSENSE_OF_EACH_KIND),
    ...strangers.filter(({ tag }) => trial.tags.has(tag) || !trial.languages.has(languageOf(tag))).map((text) => ({ ...text, isForeignGround: true })),
  ]);
  const packed = train(samplesByScript(texts, lists), counted, options);
  return { model: { table: readTable(packed), calibration, chinese: readChineseLetters(), siblings }, packed };
}
