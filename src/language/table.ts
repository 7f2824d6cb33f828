import { WORD_ORDER, type Features } from './ngrams.js';
import { languageOf } from './tags.js';
import { scriptIndex, type Script } from './script.js';

/**
 * The packed table: `DLT1`, the length of the header (32-bit little-endian), the header as JSON, then for each script in the header's
 * order its buckets' entry counts and its rows.
 *
 * A row is one n-gram: a fingerprint byte, the number of its languages, and for each the language's index and its weight, a byte each. A
 * bucket holds the rows whose hash starts alike; its number of bytes is stored in two bytes. A weight is the logarithm of how much likelier
 * the n-gram is in the language than an n-gram never seen there, in `step`s.
 */
export interface TableHeader {
  readonly scripts: readonly ScriptHeader[];
}

export interface ScriptHeader {
  readonly script: Script;
  /** Tags as the answer gives them. */
  readonly tags: readonly string[];
  /** Leading bits of a hash that choose a bucket. */
  readonly bits: number;
  /** Nats of one unit of weight. */
  readonly step: number;
  /** Bytes of all rows. */
  readonly bytes: number;
}

export const MAGIC = 'DLT1';

/** Scores of one text in the languages of one script; reused between texts. */
export interface Scores {
  /** Nats above a text of unseen n-grams, by language index. */
  readonly nats: Float64Array;
  /** N-grams of the text that the language has. */
  readonly hits: Int32Array;
  /** The part of `nats` that whole words brought. */
  readonly wordNats: Float64Array;
}

export class ScriptTable {
  readonly tags: readonly string[];
  readonly script: number;
  private readonly shift: number;
  private readonly step: number;
  private readonly sums: Int32Array;
  private readonly wordSums: Int32Array;
  /** Of the text scored last. */
  readonly scores: Scores;

  constructor(header: ScriptHeader, private readonly offsets: Uint32Array, private readonly rows: Uint8Array) {
    this.tags = header.tags;
    this.script = scriptIndex(header.script);
    this.shift = 32 - header.bits;
    this.step = header.step;
    this.sums = new Int32Array(header.tags.length);
    this.wordSums = new Int32Array(header.tags.length);
    this.scores = {
      nats: new Float64Array(header.tags.length), hits: new Int32Array(header.tags.length), wordNats: new Float64Array(header.tags.length),
    };
  }

  /** Scores the features of a text. The result is overwritten by the next call. */
  score(features: Features): Scores {
    const { sums, wordSums, offsets, rows, shift, scores: { nats, hits, wordNats } } = this;
    const { hashes, orders, counts, size } = features;
    sums.fill(0);
    hits.fill(0);
    wordSums.fill(0);
    for (let feature = 0; feature < size; feature++) {
      const hash = hashes[feature] ?? 0;
      const bucket = hash >>> shift;
      const fingerprint = hash & 0xff;
      const end = offsets[bucket + 1] ?? 0;
      let at = offsets[bucket] ?? 0;
      while (at < end) {
        const languages = rows[at + 1] ?? 0;
        if (rows[at] !== fingerprint) {
          at += 2 + 2 * languages;
          continue;
        }
        const isWord = orders[feature] === WORD_ORDER;
        const times = counts[feature] ?? 0;
        for (let entry = at + 2, last = at + 2 + 2 * languages; entry < last; entry += 2) {
          const language = rows[entry] ?? 0;
          const weight = times * (rows[entry + 1] ?? 0);
          sums[language] = (sums[language] ?? 0) + weight;
          hits[language] = (hits[language] ?? 0) + times;
          if (isWord) wordSums[language] = (wordSums[language] ?? 0) + weight;
        }
        break;
      }
    }
    for (let language = 0; language < nats.length; language++) {
      nats[language] = (sums[language] ?? 0) * this.step;
      wordNats[language] = (wordSums[language] ?? 0) * this.step;
    }
    return this.scores;
  }
}

export class Table {
  private readonly byScript: ReadonlyMap<string, ScriptTable>;
  /** Every tag that a script's table can answer. */
  readonly tags: ReadonlySet<string>;
  /** The languages of {@link tags}, without scripts. */
  readonly languages: ReadonlySet<string>;

  constructor(tables: ReadonlyMap<string, ScriptTable>) {
    this.byScript = tables;
    this.tags = new Set([...tables.values()].flatMap(({ tags }) => tags));
    this.languages = new Set([...this.tags].map(languageOf));
  }

  of(script: string): ScriptTable | undefined {
    return this.byScript.get(script);
  }
}

/** Reads a packed table. Throws a RangeError or a SyntaxError when the bytes are not one: the file ships with the package. */
export function readTable(bytes: Uint8Array): Table {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (new TextDecoder().decode(bytes.subarray(0, 4)) !== MAGIC) throw new SyntaxError('not a packed language table');
  const headerLength = view.getUint32(4, true);
  let at = 8 + headerLength;
  const { scripts } = JSON.parse(new TextDecoder().decode(bytes.subarray(8, at))) as TableHeader;
  const tables = new Map<string, ScriptTable>();
  for (const header of scripts) {
    const buckets = 1 << header.bits;
    const offsets = new Uint32Array(buckets + 1);
    for (let bucket = 0; bucket < buckets; bucket++) {
      const size = at + 2 * bucket;
      offsets[bucket + 1] = (offsets[bucket] ?? 0) + ((bytes[size] ?? 0) | ((bytes[size + 1] ?? 0) << 8));
    }
    at += 2 * buckets;
    if (offsets[buckets] !== header.bytes) throw new RangeError(`language table: rows of ${header.script} do not add up`);
    tables.set(header.script, new ScriptTable(header, offsets, bytes.subarray(at, at + header.bytes)));
    at += header.bytes;
  }
  return new Table(tables);
}
