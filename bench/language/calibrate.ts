import { compare } from '../../src/language/compare.js';
import { inputs, type Calibration, type Evidence, type Typical } from '../../src/language/confidence.js';
import type { SiblingGroups } from '../../src/language/groups.js';
import { read } from '../../src/language/reading.js';
import { softmax } from '../../src/language/softmax.js';
import type { Table } from '../../src/language/table.js';
import { languageOf } from '../../src/language/tags.js';
import { newsLanguages } from './figures.js';
import { fitLogit, type Observation } from './logit.js';

/** A text that the table was not trained on. A tag outside the table, or `und`, is a text that the table must not answer. */
export interface CalibrationText {
  readonly tag: string;
  readonly text: string;
  /** Of a kind of text that the table saw nothing of: it tells known from unknown, but not how sure an answer is. */
  readonly isForeignGround?: boolean;
}

/** Letters at which a new temperature begins. */
const BUCKETS = [0, 25, 50, 110, 250];
const TEMPERATURES = Array.from({ length: 120 }, (_, step) => 1 + step * 0.75);

interface Scored {
  readonly letters: number;
  readonly nats: readonly number[];
  readonly gold: number;
}

function bestTemperature(scored: readonly Scored[]): number {
  const loss = (temperature: number): number =>
    scored.reduce((sum, { nats, gold }) => sum - Math.log(Math.max(1e-9, softmax(nats, temperature)[gold] ?? 0)), 0);
  return TEMPERATURES.map((temperature) => ({ temperature, loss: loss(temperature) }))
    .reduce((best, next) => (next.loss < best.loss ? next : best)).temperature;
}

/** Texts outside the table that a script needs before doubt is fitted for it. */
const LEAST_STRANGERS = 40;

/** Texts outside the table to each text in it, in the feeds of a newsroom: what a text's looks are weighed against. */
const STRANGERS = 0.05;

/** Weights of "the text is in the table" for one script; the two kinds weigh as they occur, however many of each were to be had. */
function fitKnown(observations: readonly Observation[]): number[] | undefined {
  const strangers = observations.filter(({ outcome }) => !outcome).length;
  if (strangers < LEAST_STRANGERS) return undefined;
  const weight = STRANGERS * (observations.length - strangers) / strangers;
  return fitLogit(observations.map((observation) => (observation.outcome ? observation : { ...observation, weight })));
}

/** Nats by which a language of no large wire is rarer in the press than its neighbours: one text to their five. */
const RARITY = 1.6;

interface Seen {
  /** Tag that fits best. */
  readonly best: string;
  readonly evidence: Evidence;
  readonly isKnown: boolean;
  readonly isForeignGround: boolean;
}

const rounded = (value: number): number => Number(value.toFixed(3));

/** Letters from which a text's shares say something of its language. */
const TYPICAL_LETTERS = 25;

/** Means by the language that fits best, over texts that the table should know; `und` has the mean of them all. */
function typicalOf(seen: readonly Seen[]): Record<string, Typical> {
  const sums = new Map<string, { count: number; hitShare: number; wordNats: number }>();
  for (const { best, evidence, isKnown, isForeignGround } of seen) {
    if (!isKnown || isForeignGround || evidence.letters < TYPICAL_LETTERS) continue;
    for (const tag of [best, 'und']) {
      const sum = sums.get(tag) ?? { count: 0, hitShare: 0, wordNats: 0 };
      sums.set(tag, { count: sum.count + 1, hitShare: sum.hitShare + evidence.hitShare, wordNats: sum.wordNats + evidence.wordNats });
    }
  }
  const least = 30;
  return Object.fromEntries([...sums].filter(([, { count }]) => count >= least)
    .map(([tag, { count, hitShare, wordNats }]) => [tag, { hitShare: rounded(hitShare / count), wordNats: rounded(wordNats / count) }]));
}

/** Fits what turns scores into probabilities on texts that the table has not seen. */
export function calibrate(table: Table, siblings: SiblingGroups, texts: readonly CalibrationText[]): Calibration {
  const scored: Scored[] = [];
  const seen = new Map<string, Seen[]>();
  for (const { tag, text, isForeignGround = false } of texts) {
    const reading = read(text);
    const { script } = reading.dominant;
    const own = table.of(script);
    if (own === undefined || reading.isCode || reading.dominant.letters < 2) continue;
    const { nats, best, evidence } = compare(reading, own, siblings);
    const gold = own.tags.indexOf(tag);
    if (gold >= 0 && !isForeignGround) scored.push({ letters: evidence.letters, nats: Array.from(nats), gold });
    const others = seen.get(script) ?? [];
    seen.set(script, others);
    others.push({ best: own.tags[best] ?? '', evidence, isKnown: gold >= 0, isForeignGround });
  }
  const temperatures: [number, number][] = [];
  for (const [bucket, least] of BUCKETS.entries()) {
    const below = BUCKETS[bucket + 1] ?? Infinity;
    const own = bestTemperature(scored.filter(({ letters }) => letters >= least && letters < below));
    // A bucket of few texts, all of them right, would ask for certainty.
    temperatures.push([least, Math.max(own, temperatures.at(-1)?.[1] ?? 0)]);
  }
  const typical = typicalOf([...seen.values()].flat());
  const fallback = typical['und'] ?? { hitShare: 0, wordNats: 0 };
  const known = Object.fromEntries([...seen].flatMap(([script, own]) => {
    const weights = fitKnown(own.map(({ best, evidence, isKnown }) => ({ inputs: inputs(evidence, typical[best] ?? fallback), outcome: isKnown, weight: 1 })));
    return weights === undefined ? [] : [[script, weights]];
  }));
  const rarity = Object.fromEntries([...table.tags].filter((tag) => !newsLanguages.has(languageOf(tag))).sort().map((tag) => [tag, RARITY]));
  return { temperatures, known, typical, rarity };
}
