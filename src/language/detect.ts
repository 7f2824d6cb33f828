import { chineseScript, eastAsianWriting } from './chinese.js';
import { compare, highest } from './compare.js';
import { knownProbability, temperatureFor } from './confidence.js';
import { loadModel, type Model } from './model.js';
import { outsideLanguage } from './outside.js';
import { DECLARED_RIGHT, logPrior } from './prior.js';
import { rarerLanguage } from './rarer-letters.js';
import { read, type Reading } from './reading.js';
import type { ScriptTable } from './table.js';
import { softmax } from './softmax.js';
import { canonicalTag, directionOf, languageOf, likelyScript, sameLanguage, tagWithScript, UNDETERMINED } from './tags.js';
import type { Language, LanguageHints } from './types.js';

/**
 * Probability of being in a language of the table below which no language of it is answered: a long text shows that it is in none, a short one
 * hardly, and its low confidence says so better than a refusal.
 */
const LEAST_KNOWN = { short: 0.1, long: 0.7 };
/** Letters up to which a text is short, and from which it is long; between them the bound rises evenly. */
const SHORT_LETTERS = 25;
const LONG_LETTERS = 60;
/** The same where the source declares a language outside the table, which makes a text in one far likelier. */
const LEAST_KNOWN_DECLARED = 0.98;
/** The same where a text looks like names: they are in no language, however much they sound like one. */
const LEAST_KNOWN_NAMES = 0.995;
/** Probability of the best language below which even a short text is better left unnamed. */
const LEAST_PROBABLE = 0.1;
/** Letters below which nothing is said: one or two are an initial, a unit, a code. */
const LEAST_LETTERS = 3;
/** Letters from which a text that no known language fits is taken for the language that its source declares. */
const LEAST_LETTERS_DECLARED = 20;
const MOST_ALTERNATIVES = 4;
/** franc knows many languages, each a little: even a clear favourite is right in about half of the texts outside the table. */
const OUTSIDE_CONFIDENCE = 0.5;

/** How much likelier a paragraph is in the language of its document than in another, in nats. */
const CONTEXT_NATS = 2;

/** What is known of a text beside itself: codes made canonical. */
interface Hints {
  readonly declared: string | undefined;
  readonly history: Readonly<Record<string, number>> | undefined;
  /** Language of the document around the text. */
  readonly context: string | undefined;
}

interface Ranked {
  readonly tag: string;
  readonly probability: number;
}

function languageAnswer(script: string, decidedBy: Language['decidedBy'], ranked: readonly Ranked[], group?: string): Language {
  const [best = { tag: UNDETERMINED, probability: 0 }, ...others] = ranked;
  return {
    tag: best.tag,
    script,
    direction: directionOf(script),
    confidence: best.probability,
    alternatives: others.filter(({ probability }) => probability >= 0.005).slice(0, MOST_ALTERNATIVES)
      .map(({ tag, probability }) => ({ tag, confidence: probability })),
    ...(group === undefined ? {} : { group }),
    decidedBy,
  };
}

const undetermined = (reading: Reading, ranked: readonly Ranked[] = []): Language =>
  languageAnswer(reading.dominant.script, 'none', [{ tag: UNDETERMINED, probability: 0 }, ...ranked]);

/** Confidence in an answer that the script alone gives; a few letters may be a name quoted in a foreign text. */
const scriptConfidence = (letters: number, share: number): number => Math.min(0.99, share, 1 - 0.5 ** letters);

function eastAsian(reading: Reading, hints: Hints, model: Model): Language {
  const { letters, share } = reading.dominant;
  const declared = hints.declared === undefined ? undefined : languageOf(hints.declared);
  const written = chineseScript(reading.text, model.chinese);
  const confidence = scriptConfidence(letters, share);
  // A headline in Han letters alone can be Japanese: then the source knows better.
  const isJapanese = eastAsianWriting(reading.counts) === 'Jpan' || (declared === 'ja' && letters < 40 && written !== 'Hans');
  if (isJapanese) return languageAnswer('Jpan', 'script', [{ tag: 'ja', probability: confidence }]);
  if (written !== null) return languageAnswer(written, 'script', [{ tag: `zh-${written}`, probability: confidence }]);
  const script = hints.declared?.startsWith('zh-') === true ? hints.declared.slice(3) : 'Hani';
  return script === 'Hani'
    ? languageAnswer(script, 'script', [{ tag: 'zh', probability: confidence * 0.9 }, { tag: 'ja', probability: 0.05 }])
    : languageAnswer(script, 'declared', [{ tag: `zh-${script}`, probability: confidence }]);
}

/** The likeliest language of a script that one language of the press has to itself, or a rarer one that its letters or its source tell. */
function byScriptAlone(reading: Reading, { declared }: Hints): Language {
  const { script, letters, share } = reading.dominant;
  const language = new Intl.Locale(`und-${script}`).maximize().language as string | undefined;
  if (script === 'Zzzz' || language === undefined || language === UNDETERMINED) return undetermined(reading);
  const usual = tagWithScript(language, script);
  const confidence = scriptConfidence(letters, share);
  const rarer = rarerLanguage(reading.text, script);
  if (rarer !== undefined) return languageAnswer(script, 'script', [{ tag: rarer, probability: confidence }]);
  if (declared === undefined || languageOf(declared) === language || likelyScript(declared) !== script) {
    return languageAnswer(script, 'script', [{ tag: usual, probability: confidence }]);
  }
  return languageAnswer(script, 'declared', [
    { tag: declared, probability: confidence * DECLARED_RIGHT }, { tag: usual, probability: confidence * (1 - DECLARED_RIGHT) },
  ]);
}

const leastKnown = (letters: number): number => LEAST_KNOWN.short
  + (LEAST_KNOWN.long - LEAST_KNOWN.short) * Math.min(1, Math.max(0, (letters - SHORT_LETTERS) / (LONG_LETTERS - SHORT_LETTERS)));

/** A declared language that the script's table does not know and that is written in it; undefined for a text too short to go by it. */
function declaredOutside({ dominant: { script, letters } }: Reading, table: ScriptTable, { declared }: Hints): string | undefined {
  if (declared === undefined || letters < LEAST_LETTERS_DECLARED || likelyScript(declared) !== script) return undefined;
  return table.tags.some((tag) => languageOf(tag) === languageOf(declared)) ? undefined : declared;
}

function byTable(reading: Reading, table: ScriptTable, hints: Hints, model: Model): Language {
  const { nats, best: nearest, evidence } = compare(reading, table, model.siblings);
  const { rarity } = model.calibration;
  const temperature = temperatureFor(reading.dominant.letters, model.calibration);
  const known = knownProbability(evidence, reading.dominant.script, table.tags[nearest] ?? '', model.calibration);
  const told = Float64Array.from(nats, (score, index) => score / temperature - (rarity[table.tags[index] ?? ''] ?? 0));
  const alone = highest(told);
  const hinted = hints.declared !== undefined || hints.history !== undefined;
  const prior = hinted ? logPrior(table.tags, hints.declared, hints.history) : undefined;
  const shares = softmax(told.map((score, index) => score + (prior?.[index] ?? 0) + (table.tags[index] === hints.context ? CONTEXT_NATS : 0)), 1);
  const best = highest(shares);
  const { script } = reading.dominant;
  const ranked = Array.from(shares, (share, index): Ranked => ({ tag: table.tags[index] ?? UNDETERMINED, probability: share * known }))
    .sort((a, b) => b.probability - a.probability);
  if (reading.isBareNames && known < LEAST_KNOWN_NAMES) return undetermined(reading, ranked);
  const outside = declaredOutside(reading, table, hints);
  const isKnown = known >= (outside === undefined ? leastKnown(reading.dominant.letters) : LEAST_KNOWN_DECLARED);
  if (!isKnown || (ranked[0]?.probability ?? 0) < LEAST_PROBABLE) return outsideTable(reading, outside, model, ranked);
  const priorDecided = best !== alone;
  const declaredDecided = priorDecided && hints.declared !== undefined && sameLanguage(table.tags[best] ?? '', hints.declared);
  return languageAnswer(script, priorDecided ? (declaredDecided ? 'declared' : 'history') : 'ngrams', ranked,
    model.siblings.of(languageOf(table.tags[best] ?? ''))?.name);
}

function outsideTable(reading: Reading, declared: string | undefined, { table }: Model, ranked: readonly Ranked[]): Language {
  const answer = (tag: string, decidedBy: Language['decidedBy']): Language =>
    languageAnswer(reading.dominant.script, decidedBy, [{ tag, probability: OUTSIDE_CONFIDENCE }, ...ranked]);
  if (declared !== undefined) return answer(declared, 'declared');
  const found = outsideLanguage(reading, table.languages);
  return found === null ? undetermined(reading, ranked) : answer(found, 'franc');
}

export interface DetectorHints extends LanguageHints {
  /** Tag of the language of the document around the text. */
  readonly context?: string;
}

export type Detector = (text: string, hints?: DetectorHints) => Language;

/** A detector with a model of its own; {@link detectLanguage} has the one that ships. */
export function createDetector(model: Model): Detector {
  return (text, hints = {}) => {
    const reading = read(text);
    const { script, letters } = reading.dominant;
    const declaredTag = hints.declared === undefined ? UNDETERMINED : canonicalTag(hints.declared);
    const known: Hints = { declared: declaredTag === UNDETERMINED ? undefined : declaredTag, history: hints.history, context: hints.context };
    if (reading.isCode || script === 'Zyyy' || letters === 0) return undetermined(reading);
    if (script === 'Hani' || script === 'Hira' || script === 'Kana' || script === 'Bopo') return eastAsian(reading, known, model);
    if (letters < LEAST_LETTERS) return undetermined(reading);
    const table = model.table.of(script);
    return table === undefined ? byScriptAlone(reading, known) : byTable(reading, table, known, model);
  };
}

/**
 * The language of a text: its script first, then n-grams of the languages written in it, with what the source declares and has sent
 * before as a prior. Pure and bounded: any text of any length gets an answer, `und` where none is right.
 */
export const detectLanguage: Detector = createDetector(loadModel());
