import { clean } from '../../src/language/clean.js';
import { collectFeatures, Features, hashOfGram, ORDERS } from '../../src/language/ngrams.js';
import { scriptIndex, type Script } from '../../src/language/script.js';
import { MAGIC, type ScriptHeader } from '../../src/language/table.js';

/** A piece of training text. */
export interface Sample {
  /** Tag that the table will answer. */
  readonly tag: string;
  readonly text: string;
  /** Name of the source: each source of a language weighs by its weight, however long it is. */
  readonly source: string;
}

export interface TrainingOptions {
  readonly sourceWeights: Readonly<Record<string, number>>;
  /** Weight of each order of n-grams and of whole words. */
  readonly orderWeights: readonly number[];
  /** Share of an order's n-grams that one never seen in a language is given. */
  readonly floor: readonly number[];
  /** N-grams of each order met fewer times in all are left out. */
  readonly leastCount: readonly number[];
  /** Entries below this many nats are left out. */
  readonly leastWeight: number;
  readonly step: number;
  /** Bytes of all rows together; the rows worth least are left out. */
  readonly bytes: number;
}

export const defaults: TrainingOptions = {
  sourceWeights: { lists: 0.3, press: 0.5 },
  orderWeights: [0.2, 0.5, 0.8, 1, 1, 1],
  floor: [1e-6, 1e-6, 1e-6, 1e-6, 1e-6, 5e-6],
  leastCount: [2, 2, 2, 2, 2, 1],
  leastWeight: 0.3,
  step: 0.1,
  bytes: 7_500_000,
};

/** N-grams counted elsewhere, as shares of a language's letters. */
export interface CountedGrams {
  readonly tag: string;
  readonly source: string;
  readonly grams: ReadonlyMap<string, number>;
}

/** Letters that counts given as shares are taken to come from. */
const COUNTED_LETTERS = 1e6;

/** N-gram counts of one source of one language. */
class Counts {
  readonly byOrder = Array.from({ length: ORDERS }, () => new Map<number, number>());
  readonly totals = new Float64Array(ORDERS);

  add(features: Features): void {
    for (let index = 0; index < features.size; index++) {
      const hash = features.hashes[index] ?? 0;
      const order = features.orders[index] ?? 0;
      const counts = this.byOrder[order];
      const times = features.counts[index] ?? 0;
      counts?.set(hash, (counts.get(hash) ?? 0) + times);
      this.totals[order] = (this.totals[order] ?? 0) + times;
    }
  }

  addCounted(grams: ReadonlyMap<string, number>): void {
    for (const [gram, share] of grams) {
      const order = gram.length - 1;
      this.byOrder[order]?.set(hashOfGram(gram), share * COUNTED_LETTERS);
      this.totals[order] = (this.totals[order] ?? 0) + share * COUNTED_LETTERS;
    }
  }
}

/** One n-gram: its languages and its relative frequency in each. */
interface Row {
  readonly order: number;
  count: number;
  readonly languages: number[];
  readonly frequencies: number[];
}

/** Counts of every n-gram of a script: relative frequency in each language, the mean of the language's sources by their weights. */
function countRows(
  script: Script, samples: readonly Sample[], counted: readonly CountedGrams[], tags: readonly string[], options: TrainingOptions,
): Map<number, Row> {
  const features = new Features();
  const index = scriptIndex(script);
  const rows = new Map<number, Row>();
  for (const [language, tag] of tags.entries()) {
    const sources = new Map<string, Counts>();
    for (const { text, source } of samples.filter((sample) => sample.tag === tag)) {
      const own = sources.get(source) ?? new Counts();
      sources.set(source, own);
      collectFeatures(clean(text).toLowerCase(), index, features);
      own.add(features);
    }
    for (const { source, grams } of counted.filter((other) => other.tag === tag)) {
      const own = new Counts();
      own.addCounted(grams);
      sources.set(source, own);
    }
    for (let order = 0; order < ORDERS; order++) addOrder(rows, language, order, sources, options);
  }
  return rows;
}

function addOrder(rows: Map<number, Row>, language: number, order: number, sources: ReadonlyMap<string, Counts>, options: TrainingOptions): void {
  const present = [...sources].filter(([, own]) => (own.totals[order] ?? 0) > 0);
  const weightOf = (source: string): number => options.sourceWeights[source] ?? 1;
  const sum = present.reduce((total, [source]) => total + weightOf(source), 0);
  for (const [source, own] of present) {
    const scale = weightOf(source) / sum / (own.totals[order] ?? 1);
    for (const [hash, count] of own.byOrder[order] ?? []) {
      let row = rows.get(hash);
      if (row === undefined) rows.set(hash, row = { order, count: 0, languages: [], frequencies: [] });
      row.count += count;
      // The languages come one after the other, so the last entry is this language's or another's.
      const last = row.languages.length - 1;
      if (row.languages[last] === language) row.frequencies[last] = (row.frequencies[last] ?? 0) + count * scale;
      else {
        row.languages.push(language);
        row.frequencies.push(count * scale);
      }
    }
  }
}

interface PackedScript {
  readonly header: ScriptHeader;
  readonly bytes: Uint8Array;
}

interface Candidate {
  readonly hash: number;
  readonly bytes: Uint8Array;
  /** Nats a byte by which meeting the n-gram tells languages apart, on the mean over texts. */
  readonly worth: number;
}

/** What a row is worth keeping for: the mean, over the languages, of how often it occurs times how far it sets its languages apart. */
function candidates(rows: ReadonlyMap<number, Row>, languages: number, options: TrainingOptions): Candidate[] {
  const found: Candidate[] = [];
  for (const [hash, { order, count, languages: own, frequencies }] of rows) {
    if (count < (options.leastCount[order] ?? 0)) continue;
    const floor = options.floor[order] ?? 1;
    const weights = frequencies.map((frequency) => (options.orderWeights[order] ?? 0) * Math.log1p(frequency / floor));
    const mean = weights.reduce((sum, weight) => sum + weight, 0) / languages;
    const worth = frequencies.reduce((sum, frequency, index) => sum + frequency * Math.abs((weights[index] ?? 0) - mean), 0);
    const entries = own.flatMap((language, index) => {
      const weight = weights[index] ?? 0;
      const units = Math.min(255, Math.round(weight / options.step));
      return weight >= options.leastWeight && units > 0 ? [language, units] : [];
    });
    if (entries.length === 0) continue;
    const bytes = Uint8Array.from([hash & 0xff, entries.length / 2, ...entries]);
    found.push({ hash: hash >>> 0, bytes, worth: worth / (bytes.length + 2) });
  }
  return found;
}

function pack(script: Script, chosen: readonly Candidate[], tags: readonly string[], options: TrainingOptions): PackedScript {
  const sorted = [...chosen].sort((a, b) => a.hash - b.hash);
  const bits = Math.max(8, Math.ceil(Math.log2(sorted.length + 1)) - 1);
  const sizes = new Uint16Array(1 << bits);
  const seen = new Set<number>();
  let total = 0;
  const kept = sorted.filter(({ hash, bytes }) => {
    const bucket = hash >>> (32 - bits);
    // Two n-grams of one bucket and fingerprint cannot be told apart: the first stays.
    const key = bucket * 256 + (hash & 0xff);
    if (seen.has(key)) return false;
    seen.add(key);
    sizes[bucket] = (sizes[bucket] ?? 0) + bytes.length;
    total += bytes.length;
    return true;
  });
  const bytes = new Uint8Array(2 * sizes.length + total);
  const view = new DataView(bytes.buffer);
  for (const [bucket, size] of sizes.entries()) view.setUint16(2 * bucket, size, true);
  let at = 2 * sizes.length;
  for (const row of kept) {
    bytes.set(row.bytes, at);
    at += row.bytes.length;
  }
  return { header: { script, tags, bits, step: options.step, bytes: total }, bytes };
}

/** The worth from which rows fit into a number of bytes. */
function leastWorth(rows: readonly Candidate[], budget: number): number {
  let left = budget;
  for (const { bytes, worth } of [...rows].sort((a, b) => b.worth - a.worth)) {
    left -= bytes.length + 2;
    if (left < 0) return worth;
  }
  return 0;
}

/** Builds the packed table from samples grouped by script. */
export function train(
  samples: ReadonlyMap<Script, readonly Sample[]>, counted: readonly CountedGrams[] = [], options: TrainingOptions = defaults,
): Uint8Array {
  const ranked = [...samples].filter(([, own]) => own.length > 0).map(([script, own]) => {
    const tags = [...new Set(own.map(({ tag }) => tag))].sort();
    return { script, tags, rows: candidates(countRows(script, own, counted, tags, options), tags.length, options) };
  });
  const least = leastWorth(ranked.flatMap(({ rows }) => rows), options.bytes);
  const parts = ranked.map(({ script, tags, rows }) => pack(script, rows.filter(({ worth }) => worth >= least), tags, options));
  const header = new TextEncoder().encode(JSON.stringify({ scripts: parts.map((part) => part.header) }));
  const bytes = new Uint8Array(8 + header.length + parts.reduce((sum, part) => sum + part.bytes.length, 0));
  bytes.set(new TextEncoder().encode(MAGIC));
  new DataView(bytes.buffer).setUint32(4, header.length, true);
  bytes.set(header, 8);
  let at = 8 + header.length;
  for (const part of parts) {
    bytes.set(part.bytes, at);
    at += part.bytes.length;
  }
  return bytes;
}
