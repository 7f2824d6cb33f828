import { languageOf, type Language } from '../../src/language/index.js';
import { byLength, confusions, hardLanguages, lengths, macro, mean, newsLanguages, percent, recalls, type Judged } from './figures.js';
import type { GoldText } from './gold.js';

export interface Answered {
  readonly gold: GoldText;
  readonly answer: Language;
}

export const isNews = ({ lang }: GoldText): boolean => newsLanguages.has(languageOf(lang));

export const judge = ({ gold: { lang, len, origin }, answer }: Answered): Judged => ({ gold: lang, length: len, origin, answer: answer.tag });

export function lengthLine(name: string, judged: readonly Judged[]): string {
  const { each, mean: overall } = byLength(judged);
  return `${name.padEnd(32)} ${percent(overall).padStart(5)} | ${lengths.map((length) => `${length} ${percent(each.get(length) ?? Number.NaN)}`).join('  ')}`;
}

const recallOf = (tags: readonly string[], recall: ReadonlyMap<string, number>): string =>
  tags.map((tag) => `${tag} ${percent(recall.get(tag) ?? Number.NaN)}`).join('  ');

/** The figures of one run over texts of news languages: by length and origin, the hard languages, what is mistaken. */
export function accuracyLines(name: string, judged: readonly Judged[]): string[] {
  const recall = recalls(judged);
  const origins = [...new Set(judged.map(({ origin }) => origin))];
  return [
    lengthLine(name, judged),
    ...(origins.length < 2 ? [] : origins.map((origin) => lengthLine(`  ${origin}`, judged.filter((row) => row.origin === origin)))),
    `  hard languages ${percent(mean(hardLanguages.map((tag) => recall.get(tag) ?? Number.NaN)))}: ${recallOf(hardLanguages, recall)}`,
    `  macro over all texts ${percent(macro(judged))}; mistaken most: ${confusions(judged, 12).join(', ')}`,
  ];
}

/** Recall of every language in each of several runs, the worst of the first run first. */
export function perLanguageLines(runs: readonly (readonly [name: string, judged: readonly Judged[]])[]): string[] {
  const tables = runs.map(([, judged]) => recalls(judged));
  const languages = [...new Set(tables.flatMap((table) => [...table.keys()]))]
    .sort((a, b) => (tables[0]?.get(a) ?? 2) - (tables[0]?.get(b) ?? 2));
  return [
    `  language ${runs.map(([name]) => name.padStart(20)).join(' ')}`,
    ...languages.map((language) => `  ${language.padEnd(8)} ${tables.map((table) => percent(table.get(language) ?? Number.NaN).padStart(20)).join(' ')}`),
  ];
}

/** Share of answers that are right, by confidence in steps of a tenth, and the mean gap between the two. */
export function confidenceLines(rated: readonly { readonly confidence: number; readonly right: boolean }[]): string[] {
  const steps = Array.from({ length: 10 }, (_, step) => rated.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === step));
  const gap = steps.reduce((sum, step) => sum + Math.abs(step.reduce((inner, { confidence, right }) => inner + confidence - (right ? 1 : 0), 0)), 0) / rated.length;
  return [
    ...steps.map((step, index) => `  ${(index / 10).toFixed(1)}–${((index + 1) / 10).toFixed(1)}  said ${percent(mean(step.map(({ confidence }) => confidence))).padStart(5)}`
      + `  right ${percent(mean(step.map(({ right }) => (right ? 1 : 0)))).padStart(5)}  of ${step.length}`),
    `  expected calibration error ${percent(gap)}`,
  ];
}

/**
 * How many of the texts of no language are refused when a least confidence is asked that still answers 92 of 100 news texts, and
 * how many by the answer `und` itself. A doubt between siblings is none about the text being language, so it does not count here.
 */
export function refusalLines(news: readonly Answered[], none: readonly Answered[]): string[] {
  const trust = ({ answer }: Answered): number => (answer.tag === 'und' ? 0 : answer.confidence + answer.alternatives.reduce((sum, { confidence }) => sum + confidence, 0));
  const sorted = news.map(trust).sort((a, b) => b - a);
  const least = sorted[Math.floor(0.92 * sorted.length)] ?? 0;
  const share = (rows: readonly Answered[], test: (row: Answered) => boolean): string => percent(mean(rows.map((row) => (test(row) ? 1 : 0))));
  return [
    `und refused ${share(none, ({ answer }) => answer.tag === 'und')} of ${none.length}; news answered ${share(news, ({ answer }) => answer.tag !== 'und')}`,
    `  at 92 of 100 news answered (least trust ${least.toFixed(2)}): und refused ${share(none, (row) => trust(row) < least)}`,
  ];
}
