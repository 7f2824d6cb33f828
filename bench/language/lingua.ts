import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, constants } from 'node:zlib';
import { z } from 'zod';
import { rewritten, withBorders, type LetterGrams } from './grams.js';
import { toSerbianLatin } from './serbian.js';

/** N-grams with borders of a language's press, as shares of its letters. */
export interface PressGrams {
  readonly tag: string;
  readonly grams: ReadonlyMap<string, number>;
}

/** Lingua's names of languages that are not CLDR's English ones. */
const ownNames: Readonly<Record<string, string>> = { BOKMAL: 'nb', NYNORSK: 'nn', SLOVENE: 'sl', TAGALOG: 'fil', SERBIAN: 'sr-Cyrl' };

/** One order of n-grams of one language: `{"count/of the n-grams that begin alike": "n-gram n-gram …"}`. */
const modelFile = z.object({ language: z.string(), ngrams: z.record(z.string(), z.string()) });
type ModelFile = z.infer<typeof modelFile>;

const OPENING = '{"language":"';
/** Compressed bytes that are enough to see whether a model begins. */
const GLANCE = 6_000;
/** Bytes without a model after which no other comes. */
const LONGEST_GAP = 20_000;

function beginsModel(bytes: Buffer): boolean {
  try {
    return brotliDecompressSync(bytes.subarray(0, GLANCE), { finishFlush: constants.BROTLI_OPERATION_FLUSH }).subarray(0, OPENING.length).toString() === OPENING;
  } catch {
    return false;
  }
}

/** What `info: true` gives, which Node's types leave out. */
const withInfo = z.object({ buffer: z.instanceof(Buffer), engine: z.object({ bytesWritten: z.number() }) });

/** The models embedded in lingua's WebAssembly, in their order: Brotli streams one after the other. */
function* embeddedModels(wasm: Buffer): Generator<ModelFile> {
  // The table of the files' names stands before the first.
  let at = wasm.indexOf('.json.br');
  let gap = 0;
  while (at >= 0 && at < wasm.length && gap < LONGEST_GAP) {
    if (beginsModel(wasm.subarray(at))) {
      const { buffer, engine } = withInfo.parse(brotliDecompressSync(wasm.subarray(at), { info: true } as object));
      yield modelFile.parse(JSON.parse(buffer.toString('utf8')));
      at += engine.bytesWritten;
      gap = 0;
    } else {
      at++;
      gap++;
    }
  }
}

const displayNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/** Shares of all letters: a model gives each n-gram's share of those that begin alike, from the shortest up. */
function sharesOf(models: readonly ModelFile[]): LetterGrams {
  const byOrder: Map<string, number>[] = Array.from({ length: 5 }, () => new Map<string, number>());
  const read = models.map(({ ngrams }) => Object.entries(ngrams).flatMap(([fraction, list]) => {
    const [count = 0, of = 1] = fraction.split('/').map(Number);
    return list.split(' ').map((gram): [string, number] => [gram, count / of]);
  }));
  for (const own of read.sort((a, b) => (a[0]?.[0].length ?? 0) - (b[0]?.[0].length ?? 0))) {
    for (const [gram, share] of own) {
      const shorter = gram.length === 1 ? 1 : byOrder[gram.length - 2]?.get(gram.slice(0, -1)) ?? 0;
      byOrder[gram.length - 1]?.set(gram, share * shorter);
    }
  }
  return byOrder;
}

/**
 * The n-grams that lingua counted in about a million sentences of newspapers a language, from the folder of the npm package `@bluzzi/lingua`;
 * of the languages whose tags are asked for. Serbian is given in both alphabets.
 */
export function* readPressGrams(folder: string, tags: ReadonlySet<string>): Generator<PressGrams> {
  const byName = new Map([...tags].map((tag) => [displayNames.of(tag)?.toUpperCase() ?? '', tag]));
  const waiting = new Map<string, ModelFile[]>();
  for (const model of embeddedModels(readFileSync(join(folder, 'src', 'lingua_bg.wasm')))) {
    const tag = ownNames[model.language] ?? byName.get(model.language);
    if (tag === undefined) continue;
    const own = [...waiting.get(tag) ?? [], model];
    waiting.set(tag, own);
    if (own.length < 5) continue;
    waiting.delete(tag);
    const grams = withBorders(sharesOf(own));
    yield { tag, grams };
    if (tag === 'sr-Cyrl') yield { tag: 'sr-Latn', grams: rewritten(grams, toSerbianLatin) };
  }
}
