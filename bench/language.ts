import { franc } from 'franc';
import { canonicalTag, detectLanguage, detectParagraphs, type Language } from '../src/language/index.js';
import { corpusFolder, cpuMilliseconds, writeJsonLines, type Benchmark } from './benchmark.js';
import { byLength, confusions, hardLanguages, isRight, lengths, macro, mean, newsLanguages, percent, recalls, type Judged } from './language/figures.js';
import { readGold, type GoldText } from './language/gold.js';
import { languageOf } from '../src/language/index.js';

const WHERE = 'NTREX-128 (github.com/MicrosoftTranslator/NTREX) and the test data of lingua-rs (github.com/pemistahl/lingua-rs) in its form will do.';

const judge = ({ lang, len, origin }: GoldText, answer: string): Judged => ({ gold: lang, length: len, origin, answer });

function lengthLine(name: string, judged: readonly Judged[]): string {
  const { each, mean: overall } = byLength(judged);
  return `${name.padEnd(26)} ${percent(overall).padStart(5)} | ${lengths.map((length) => `${length} ${percent(each.get(length) ?? Number.NaN)}`).join('  ')}`;
}

/** Share of answers that are right, by confidence in steps of a tenth, and the mean gap between the two weighted by answers. */
function calibrationLines(answers: readonly { readonly confidence: number; readonly right: boolean }[]): string[] {
  const steps = Array.from({ length: 10 }, (_, step) => answers.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === step));
  const gap = steps.reduce((sum, step) => sum + Math.abs(step.reduce((s, { confidence, right }) => s + confidence - (right ? 1 : 0), 0)), 0) / answers.length;
  return [
    ...steps.map((step, index) => `  ${(index / 10).toFixed(1)}–${((index + 1) / 10).toFixed(1)}  said ${percent(mean(step.map(({ confidence }) => confidence))).padStart(5)}`
      + `  right ${percent(mean(step.map(({ right }) => (right ? 1 : 0)))).padStart(5)}  of ${step.length}`),
    `  expected calibration error ${percent(gap)}`,
  ];
}

export const language: Benchmark = {
  about: 'language of texts, texts of no language, mixed documents; beside franc (corpus langid)',
  async run(run) {
    const folder = corpusFolder(run, 'langid', WHERE);
    if (folder === null) return 0;
    const { texts, documents } = readGold(folder);
    const asked = texts.filter(({ len }) => len !== 'word');
    for (const { text } of asked.slice(0, 2_000)) detectLanguage(text);

    const answers: Language[] = [];
    const started = cpuMilliseconds();
    for (const { text } of asked) answers.push(detectLanguage(text));
    const took = cpuMilliseconds() - started;

    const paragraphsAnswered = documents.map(({ paragraphs }) => detectParagraphs(paragraphs.map(({ text }) => text)));
    writeJsonLines(run.out, [
      ...asked.map(({ id }, index) => ({ id, lang: answers[index]?.tag, conf: answers[index]?.confidence })),
      ...documents.map(({ id }, index) => ({
        id, lang: paragraphsAnswered[index]?.language.tag, paragraphs: paragraphsAnswered[index]?.paragraphs.map(({ tag }) => tag),
      })),
    ]);

    const news = asked.map((text, index) => ({ text, answer: answers[index] })).filter(({ text }) => newsLanguages.has(languageOf(text.lang)));
    const judged = news.map(({ text, answer }) => judge(text, answer?.tag ?? 'und'));
    console.log(`${asked.length} texts, predictions in ${run.out}`);
    console.log(lengthLine('Dateline', judged));
    for (const origin of new Set(judged.map((row) => row.origin))) console.log(lengthLine(`  origin ${origin}`, judged.filter((row) => row.origin === origin)));
    const recall = recalls(judged);
    console.log(`hard languages ${percent(mean(hardLanguages.map((tag) => recall.get(tag) ?? Number.NaN)))}: ${hardLanguages.map((tag) => `${tag} ${percent(recall.get(tag) ?? Number.NaN)}`).join('  ')}`);
    console.log(`macro over all texts ${percent(macro(judged))}; mistaken most: ${confusions(judged, 15).join(', ')}`);

    const undetermined = asked.map((text, index) => ({ text, answer: answers[index] })).filter(({ text }) => text.lang === 'und');
    if (undetermined.length > 0) {
      console.log(`und refused ${percent(mean(undetermined.map(({ answer }) => (answer?.tag === 'und' ? 1 : 0))))} of ${undetermined.length}; news answered ${percent(mean(news.map(({ answer }) => (answer?.tag === 'und' ? 0 : 1))))}`);
    }
    console.log('confidence (news and und):');
    const rated = [
      ...news.map(({ answer }, index) => ({ confidence: answer?.confidence ?? 0, right: isRight(judged[index] ?? { gold: '', length: '', origin: '', answer: '' }) })),
      ...undetermined.filter(({ answer }) => answer?.tag !== 'und').map(({ answer }) => ({ confidence: answer?.confidence ?? 0, right: false })),
    ].filter(({ confidence }) => confidence > 0);
    for (const line of calibrationLines(rated)) console.log(line);

    if (documents.length > 0) {
      const right = documents.map(({ paragraphs }, index) => paragraphs.map(({ lang }, at) => languageOf(lang) === languageOf(paragraphsAnswered[index]?.paragraphs[at]?.tag ?? 'und')));
      console.log(`mixed documents: paragraphs ${percent(mean(right.flat().map((ok) => (ok ? 1 : 0))))}, whole documents ${percent(mean(right.map((all) => (all.every(Boolean) ? 1 : 0))))} of ${documents.length}`);
    }

    const some = asked.filter((_, index) => index % Math.ceil(asked.length / 5_000) === 0);
    const francStarted = cpuMilliseconds();
    const francAnswers = some.map((text) => judge(text, canonicalTag(franc(text.text, { minLength: 1 }))));
    const francTook = cpuMilliseconds() - francStarted;
    console.log(lengthLine(`franc, on ${some.length}`, francAnswers.filter(({ gold }) => newsLanguages.has(languageOf(gold)))));
    console.log(`CPU: ${(1000 * took / asked.length).toFixed(0)} µs a text (${Math.round(1000 * asked.length / took)} a second); franc ${(1000 * francTook / some.length).toFixed(0)} µs (${Math.round(1000 * some.length / francTook)} a second)`);
    return 0;
  },
};
