import { createDetector, type Detector } from '../../src/language/detect.js';
import { languageOf } from '../../src/language/tags.js';
import { partOf } from './folds.js';
import type { GoldText } from './gold.js';
import { trainModel, type TrainingData } from './model.js';
import { accuracyLines, confidenceLines, isNews, judge, perLanguageLines, type Answered } from './report.js';
import { isRight } from './figures.js';
import { defaults } from './train.js';

const answerAll = (texts: readonly GoldText[], detect: Detector): Answered[] => texts.map((gold) => ({ gold, answer: detect(gold.text) }));

const isWindow = ({ len, origin }: GoldText): boolean => (len === '200' || len === '500') && origin !== 'ntrex';

/** The texts that share no sentence with what is asked: windows of several sentences are made of texts that stand alone too. */
function strangeTo(asked: readonly GoldText[], texts: readonly GoldText[]): GoldText[] {
  const windows = new Map<string, string[]>();
  for (const text of asked.filter(isWindow)) windows.set(text.lang, [...windows.get(text.lang) ?? [], text.text]);
  return texts.filter(({ lang, text, len }) => len.startsWith('word') || windows.get(lang)?.some((window) => window.includes(text)) !== true);
}

interface Run {
  readonly name: string;
  readonly answered: readonly Answered[];
}

/** Asks fifths of the texts of a table made from the rest, without the sentences that both hold. */
function ownOrigins({ texts, ...others }: TrainingData, asked: readonly GoldText[], folds: number): Run {
  const answered = Array.from({ length: folds }, (_, fold) => {
    const parts = [2 * fold, 2 * fold + 1];
    const left = asked.filter((text) => parts.includes(partOf(text)));
    const rest = strangeTo(left, texts.filter((text) => !parts.includes(partOf(text))));
    const calibrationParts = parts.map((part) => (part + 2) % 10);
    return answerAll(left, createDetector(trainModel({ texts: rest, ...others }, defaults, calibrationParts).model));
  });
  return { name: 'same origins', answered: answered.flat() };
}

/** Asks all texts of the other origins of a table made from one, in the languages that it has. */
function otherOrigins({ texts, ...others }: TrainingData, asked: readonly GoldText[]): Run[] {
  return [...new Set(asked.map(({ origin }) => origin))].map((origin) => {
    const own = texts.filter((text) => text.origin === origin || text.lang === 'und');
    const languages = new Set(own.map(({ lang }) => languageOf(lang)));
    const detect = createDetector(trainModel({ texts: own, ...others }, defaults).model);
    return { name: `${origin} → others`, answered: answerAll(asked.filter((text) => text.origin !== origin && languages.has(languageOf(text.lang))), detect) };
  });
}

/**
 * Trains afresh, without what is asked about: on the texts but a fifth of them (or each fifth in turn, with five folds), and on one origin for
 * the other. The answers are those that the detector would give, refusals included. Takes minutes a training.
 */
export function crossLines(data: TrainingData, folds: number): string[] {
  const asked = data.texts.filter((text) => isNews(text) && text.len !== 'word');
  const inside = ownOrigins(data, asked, folds);
  const runs = [inside, ...otherOrigins(data, asked)];
  const rated = inside.answered.filter(({ answer }) => answer.tag !== 'und')
    .map((row) => ({ confidence: row.answer.confidence, right: isRight(judge(row)) }));
  return [
    ...runs.flatMap(({ name, answered }) => accuracyLines(`trained apart: ${name}`, answered.map(judge))),
    `confidence of answers to news not trained on, ${folds} of 5 folds (what is said, what is right):`,
    ...confidenceLines(rated),
    'recall by language:',
    ...perLanguageLines(runs.map(({ name, answered }): [string, ReturnType<typeof judge>[]] => [name, answered.map(judge)])),
  ];
}
