import { compare } from '../../src/language/compare.js';
import { inputs, type Calibration } from '../../src/language/confidence.js';
import { read } from '../../src/language/reading.js';
import { softmax } from '../../src/language/softmax.js';
import type { Table } from '../../src/language/table.js';
import { fitLogit, type Observation } from './logit.js';

/** A text that the table was not trained on. A tag outside the table, or `und`, is a text that the table must not answer. */
export interface CalibrationText {
  readonly tag: string;
  readonly text: string;
}

/** Letters at which a new temperature begins. */
const BUCKETS = [0, 25, 50, 110, 250];
const TEMPERATURES = Array.from({ length: 80 }, (_, step) => 1 + step * 0.5);

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

/** Fits what turns scores into probabilities on texts that the table has not seen. */
export function calibrate(table: Table, texts: readonly CalibrationText[]): Calibration {
  const scored: Scored[] = [];
  const observations: Observation[] = [];
  const strangers = texts.filter(({ tag }) => !table.tags.has(tag)).length;
  const strangerWeight = (texts.length - strangers) / Math.max(1, strangers) / 2;
  for (const { tag, text } of texts) {
    const reading = read(text);
    const own = table.of(reading.dominant.script);
    if (own === undefined || reading.isCode || reading.dominant.letters < 2) continue;
    const { nats, evidence } = compare(reading, own);
    const gold = own.tags.indexOf(tag);
    if (gold >= 0) scored.push({ letters: evidence.letters, nats: Array.from(nats), gold });
    observations.push({ inputs: inputs(evidence), outcome: gold >= 0, weight: gold >= 0 ? 1 : strangerWeight });
  }
  const temperatures = BUCKETS.map((least, bucket): [number, number] => {
    const below = BUCKETS[bucket + 1] ?? Infinity;
    return [least, bestTemperature(scored.filter(({ letters }) => letters >= least && letters < below))];
  });
  return { temperatures, known: fitLogit(observations) };
}
