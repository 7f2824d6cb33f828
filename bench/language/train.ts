import { clean } from '../../src/language/clean.js';
import { collectFeatures, Features, ORDERS } from '../../src/language/ngrams.js';
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
  /** Weight of each order of n-grams, of whole words and of pairs of words. */
  readonly orderWeights: readonly number[];
  /** Share of an order's n-grams that one never seen in a language is given. */
  readonly floor: readonly number[];
  /** N-grams of each order met fewer times in all are left out. */
  readonly leastCount: readonly number[];
  /** Entries below this many nats are left out. */
  readonly leastWeight: number;
  readonly step: number;
}

export const defaults: TrainingOptions = {
  sourceWeights: {},
  orderWeights: [0.2, 0.5, 0.8, 1, 1, 1, 0.5],
  floor: [1e-6, 1e-6, 1e-6, 1e-6, 1e-6, 5e-6, 5e-6],
  leastCount: [2, 2, 2, 3, 3, 2, 3],
  leastWeight: 0.3,
  step: 0.1,
};

/** N-gram counts of one source of one language. */
class Counts {
  readonly byOrder = Array.from({ length: ORDERS }, () => new Map<number, number>());
  readonly totals = new Float64Array(ORDERS);

  add(features: Features): void {
    for (let index = 0; index < features.size; index++) {
      const hash = features.hashes[index] ?? 0;
      const order = features.orders[index] ?? 0;
      const counts = this.byOrder[order];
      counts?.set(hash, (counts.get(hash) ?? 0) + 1);
      this.totals[order] = (this.totals[order] ?? 0) + 1;
    }
  }
}

interface Row {
  readonly order: number;
  count: number;
  /** Relative frequency by language. */
  readonly frequencies: Map<number, number>;
}

/** Counts of every n-gram of a script: relative frequency in each language, the mean of the language's sources by their weights. */
function countRows(script: Script, samples: readonly Sample[], tags: readonly string[], options: TrainingOptions): Map<number, Row> {
  const features = new Features();
  const index = scriptIndex(script);
  const counts = new Map<string, Map<string, Counts>>();
  for (const { tag, text, source } of samples) {
    const sources = counts.get(tag) ?? new Map<string, Counts>();
    counts.set(tag, sources);
    const own = sources.get(source) ?? new Counts();
    sources.set(source, own);
    collectFeatures(clean(text).toLowerCase(), index, features);
    own.add(features);
  }
  const rows = new Map<number, Row>();
  for (const [language, tag] of tags.entries()) {
    const sources = [...(counts.get(tag) ?? new Map<string, Counts>())];
    for (let order = 0; order < ORDERS; order++) {
      const weights = sources.map(([source, own]) => ((own.totals[order] ?? 0) > 0 ? (options.sourceWeights[source] ?? 1) : 0));
      const sum = weights.reduce((a, b) => a + b, 0);
      for (const [position, [, own]] of sources.entries()) {
        const scale = (weights[position] ?? 0) / sum / (own.totals[order] ?? 1);
        for (const [hash, count] of own.byOrder[order] ?? []) {
          const row = rows.get(hash) ?? { order, count: 0, frequencies: new Map<number, number>() };
          if (row.count === 0) rows.set(hash, row);
          row.count += count;
          row.frequencies.set(language, (row.frequencies.get(language) ?? 0) + count * scale);
        }
      }
    }
    counts.delete(tag);
  }
  return rows;
}

interface PackedScript {
  readonly header: ScriptHeader;
  readonly bytes: Uint8Array;
}

function pack(script: Script, rows: ReadonlyMap<number, Row>, tags: readonly string[], options: TrainingOptions): PackedScript {
  const packed: { hash: number; bytes: number[] }[] = [];
  for (const [hash, { order, count, frequencies }] of rows) {
    if (count < (options.leastCount[order] ?? 0)) continue;
    const bytes = [hash & 0xff, 0];
    for (const [language, frequency] of frequencies) {
      const weight = (options.orderWeights[order] ?? 0) * Math.log1p(frequency / (options.floor[order] ?? 1));
      const units = Math.min(255, Math.round(weight / options.step));
      if (weight >= options.leastWeight && units > 0) bytes.push(language, units);
    }
    bytes[1] = (bytes.length - 2) / 2;
    if (bytes[1] > 0) packed.push({ hash: hash >>> 0, bytes });
  }
  packed.sort((a, b) => a.hash - b.hash);
  const bits = Math.max(8, Math.ceil(Math.log2(packed.length + 1)) - 1);
  const sizes = new Uint16Array(1 << bits);
  const seen = new Set<number>();
  let total = 0;
  const kept = packed.filter(({ hash, bytes }) => {
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

/** Builds the packed table from samples grouped by script. */
export function train(samples: ReadonlyMap<Script, readonly Sample[]>, options: TrainingOptions = defaults): Uint8Array {
  const parts: PackedScript[] = [];
  for (const [script, own] of samples) {
    const tags = [...new Set(own.map(({ tag }) => tag))].sort();
    parts.push(pack(script, countRows(script, own, tags, options), tags, options));
  }
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
