import { franc } from 'franc';
import { canonicalTag, detectLanguage, detectParagraphs, languageOf } from '../src/language/index.js';
import { corpusFolder, cpuMilliseconds, writeJsonLines, type Benchmark } from './benchmark.js';
import { crossLines } from './language/cross.js';
import { drawDeclarations } from './language/declarations.js';
import { isRight, mean, newsLanguages, percent } from './language/figures.js';
import { readGold, type GoldDocument, type GoldText } from './language/gold.js';
import { loadLine } from './language/load.js';
import { accuracyLines, confidenceLines, isNews, judge, lengthLine, perLanguageLines, refusalLines, type Answered } from './language/report.js';
import { readSources } from './language/sources.js';

const WHERE = 'NTREX-128 (github.com/MicrosoftTranslator/NTREX) and the test data of lingua-rs (github.com/pemistahl/lingua-rs) in its form will do.';

/** Texts given to franc, which is slow. */
const FRANC_TEXTS = 5_000;

const share = (values: readonly boolean[]): string => percent(mean(values.map((value) => (value ? 1 : 0))));

/** A thing that a detector answers in so many milliseconds of CPU time. */
function timed<T>(items: readonly GoldText[], answer: (item: GoldText) => T): { readonly answers: T[]; readonly each: number; readonly line: string } {
  const started = cpuMilliseconds();
  const answers = items.map(answer);
  const took = cpuMilliseconds() - started;
  return { answers, each: took / items.length, line: `${(1000 * took / items.length).toFixed(0)} µs a text, ${Math.round(1000 * items.length / took)} a second` };
}

function documentLines(documents: readonly GoldDocument[], answers: readonly (readonly string[])[]): string[] {
  if (documents.length === 0) return [];
  const right = documents.map(({ paragraphs }, index) => paragraphs.map(({ lang }, at) => languageOf(lang) === languageOf(answers[index]?.[at] ?? 'und')));
  return [`mixed documents: paragraphs ${share(right.flat())}, whole documents ${share(right.map((all) => all.every(Boolean)))} of ${documents.length}`];
}

export const language: Benchmark = {
  about: 'language of texts, texts of no language, mixed documents; beside franc (corpus langid). --cross also trains afresh, minutes',
  async run(run) {
    const folder = corpusFolder(run, 'langid', WHERE);
    if (folder === null) return 0;
    const { texts, documents } = readGold(folder);
    const asked = texts.filter(({ len }) => len !== 'word');
    for (const { text } of asked.slice(0, 2_000)) detectLanguage(text);

    const { answers, each, line: speed } = timed(asked, ({ text }) => detectLanguage(text));
    const answered = asked.flatMap((gold, index): Answered[] => (answers[index] === undefined ? [] : [{ gold, answer: answers[index] }]));
    const inDocuments = documents.map(({ paragraphs }) => detectParagraphs(paragraphs.map(({ text }) => text)));
    writeJsonLines(run.out, [
      ...answered.map(({ gold: { id }, answer }) => ({ id, lang: answer.tag, conf: answer.confidence })),
      // The scorer has no form for mixed documents: one row for the document, and one a paragraph as `id#n`.
      ...documents.flatMap(({ id }, index) => [
        { id, lang: inDocuments[index]?.language.tag, conf: inDocuments[index]?.language.confidence },
        ...(inDocuments[index]?.paragraphs ?? []).map(({ tag, confidence }, at) => ({ id: `${id}#${at}`, lang: tag, conf: confidence })),
      ]),
    ]);
    console.log(`${asked.length} texts, predictions in ${run.out}`);

    const news = answered.filter(({ gold }) => isNews(gold));
    const judged = news.map(judge);
    const none = answered.filter(({ gold }) => gold.lang === 'und');
    for (const line of accuracyLines('Dateline', judged)) console.log(line);

    const declared = drawDeclarations(news.map(({ gold }) => gold.lang), [...newsLanguages]);
    const withDeclared = news.map(({ gold }, index) => judge({ gold, answer: detectLanguage(gold.text, { declared: declared[index] }) }));
    console.log(lengthLine('declared, 92 of 100 rightly', withDeclared));
    const isTrue = withDeclared.map(({ gold }, index) => languageOf(gold) === languageOf(declared[index] ?? ''));
    console.log(`  right where the declaration is ${share(withDeclared.filter((_, index) => isTrue[index]).map(isRight))}, where it is wrong ${share(withDeclared.filter((_, index) => isTrue[index] === false).map(isRight))}`);

    if (none.length > 0) for (const line of refusalLines(news, none)) console.log(line);
    console.log('confidence of answers, news and und (what is said, what is right):');
    const rated = [...news, ...none].filter(({ answer }) => answer.tag !== 'und')
      .map((row) => ({ confidence: row.answer.confidence, right: row.gold.lang !== 'und' && isRight(judge(row)) }));
    for (const line of confidenceLines(rated)) console.log(line);
    for (const line of documentLines(documents, inDocuments.map(({ paragraphs }) => paragraphs.map(({ tag }) => tag)))) console.log(line);
    if (run.flags['per-language'] === true) for (const line of perLanguageLines([['recall', judged], ['with declared', withDeclared]])) console.log(line);

    const some = asked.filter((_, index) => index % Math.ceil(asked.length / FRANC_TEXTS) === 0);
    const { answers: francTags, each: francEach, line: francSpeed } = timed(some, ({ text }) => canonicalTag(franc(text, { minLength: 1 })));
    const francJudged = some.flatMap((gold, index) => (isNews(gold) ? [{ gold: gold.lang, length: gold.len, origin: gold.origin, answer: francTags[index] ?? 'und' }] : []));
    console.log(lengthLine(`franc, on ${some.length} of them`, francJudged));
    console.log(`CPU: ${speed}; franc ${francSpeed}; ${(francEach / each).toFixed(1)} times franc's speed`);
    console.log(loadLine());

    if (run.flags['cross'] === true) {
      const { sources, folds } = run.flags;
      const data = { texts, ...readSources(typeof sources === 'string' ? sources : undefined, texts) };
      for (const line of crossLines(data, typeof folds === 'string' ? Number(folds) : 1)) console.log(line);
    }
    return 0;
  },
};
