import { detectLanguage, type Detector } from './detect.js';
import { canonicalTag, sameLanguage, UNDETERMINED } from './tags.js';
import type { Language, LanguageHints } from './types.js';

export interface DocumentLanguage {
  /** The language most of the document is in, as sure as the whole of it allows. */
  readonly language: Language;
  /** One answer a paragraph, in order. */
  readonly paragraphs: readonly Language[];
  /** Tags of the languages that at least a seventh of the document is in, most first. */
  readonly tags: readonly string[];
}

/** Share of a document's characters from which a second language is more than a quotation. */
const NOTABLE_SHARE = 1 / 7;
/** Paragraphs looked at one by one; what follows in a longer document counts as the document's language. */
const MOST_PARAGRAPHS = 2_000;

/** Characters by tag of the paragraphs that were told, most first. */
function weigh(paragraphs: readonly string[], answers: readonly Language[]): [tag: string, share: number][] {
  const weights = new Map<string, number>();
  for (const [index, { tag, confidence }] of answers.entries()) {
    if (tag !== UNDETERMINED) weights.set(tag, (weights.get(tag) ?? 0) + (paragraphs[index]?.length ?? 0) * confidence);
  }
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  return [...weights].map(([tag, weight]): [string, number] => [tag, weight / total]).sort(([, a], [, b]) => b - a);
}

/**
 * The language of a document and of each of its paragraphs. The paragraphs are told apart first, so a quotation does not flip the
 * document; then each is asked again with the document's language as a prior, which settles the short ones.
 */
export function detectParagraphs(paragraphs: readonly string[], hints: LanguageHints = {}, detect: Detector = detectLanguage): DocumentLanguage {
  const looked = paragraphs.slice(0, MOST_PARAGRAPHS);
  const alone = looked.map((paragraph) => detect(paragraph, hints));
  const [main] = weigh(looked, alone);
  if (main === undefined) return { language: detect(paragraphs.slice(0, MOST_PARAGRAPHS).join('\n'), hints), paragraphs: alone, tags: [] };
  const [context] = main;
  const answers = looked.map((paragraph, index) => (alone[index]?.tag === context ? alone[index] : detect(paragraph, { ...hints, context })));
  const shares = weigh(looked, answers);
  const mainText = looked.filter((_, index) => answers[index]?.tag === context).join('\n');
  return {
    language: detect(mainText, { ...hints, context }),
    paragraphs: answers,
    tags: shares.filter(([, share]) => share >= NOTABLE_SHARE).map(([tag]) => tag),
  };
}

/** Characters of a text that are enough to know its language by. */
const SAMPLE = 1_500;
/** Paragraphs of a text weighed against each other, and characters of each: a quotation can be long, a list of paragraphs longer. */
const MOST_WEIGHED = 24;
const WEIGHED_CHARACTERS = 300;

/**
 * The one language of a story or a page. Its start answers for it where that is in the declared language; else its paragraphs are weighed
 * one by one, so that a long quotation at its head does not flip it.
 */
export function languageOfParagraphs(paragraphs: readonly string[], hints: LanguageHints = {}): Language {
  const told = paragraphs.filter((paragraph) => paragraph !== '');
  const start = detectLanguage(told.join('\n').slice(0, SAMPLE), hints);
  const isDeclared = hints.declared !== undefined && sameLanguage(start.tag, canonicalTag(hints.declared));
  if (isDeclared || told.length < 2) return start;
  const { language } = detectParagraphs(told.slice(0, MOST_WEIGHED).map((paragraph) => paragraph.slice(0, WEIGHED_CHARACTERS)), hints);
  return language.tag === UNDETERMINED ? start : language;
}
