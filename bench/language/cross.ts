import { createDetector, type Detector } from '../../src/language/detect.js';
import { partOf } from './folds.js';
import type { GoldText } from './gold.js';
import { trainModel, type TrainingData } from './model.js';
import { accuracyLines, isNews, judge, perLanguageLines } from './report.js';
import type { Judged } from './figures.js';
import { languageOf } from '../../src/language/tags.js';
import { defaults } from './train.js';

/**
 * Answers of the table itself: what it would say were it not allowed to refuse. Refusal is fitted on all lengths of text, and one origin
 * alone has not all of them.
 */
function answerAll(texts: readonly GoldText[], detect: Detector): Judged[] {
  return texts.map((gold) => {
    const answer = detect(gold.text);
    const refused = answer.decidedBy === 'none' || answer.decidedBy === 'franc';
    return { ...judge({ gold, answer }), answer: (refused ? answer.alternatives[0]?.tag : undefined) ?? answer.tag };
  });
}


/** Tenths of the texts kept for the test where training and test are of the same origins. */
const TEST_PARTS = 2;

/** Trains afresh, without what is asked about, and never refuses: on part of the texts, and on one origin for the other. Takes minutes. */
export function crossLines({ texts, lists, counted, strangers }: TrainingData): string[] {
  const lines: string[] = [];
  const asked = texts.filter((text) => isNews(text) && text.len !== 'word');
  // A window of several sentences may share one with training unless its origin is split by document.
  const isWindow = ({ len, origin }: GoldText): boolean => (len === '200' || len === '500') && origin !== 'ntrex';
  const inside = createDetector(trainModel({ texts: texts.filter((text) => partOf(text) >= TEST_PARTS), lists, counted, strangers }, defaults).model);
  const runs: [string, Judged[]][] = [['same origins', answerAll(asked.filter((text) => partOf(text) < TEST_PARTS && !isWindow(text)), inside)]];
  const origins = [...new Set(asked.map(({ origin }) => origin))];
  for (const origin of origins) {
    const own = texts.filter((text) => text.origin === origin || text.lang === 'und');
    const languages = new Set(own.map(({ lang }) => languageOf(lang)));
    const detect = createDetector(trainModel({ texts: own, lists, counted, strangers }, defaults).model);
    runs.push([`${origin} → others`, answerAll(asked.filter((text) => text.origin !== origin && languages.has(languageOf(text.lang))), detect)]);
  }
  for (const [name, judged] of runs) lines.push(...accuracyLines(`trained apart: ${name}`, judged));
  return [...lines, 'recall by language:', ...perLanguageLines(runs)];
}
