/** Near-duplicates: agency copy as papers print it, against stories that only look alike; and what a window of stories costs. */
import { z } from 'zod';
import { BAND_BYTES, isSameStory, likeness, sketchForDuplicates } from '../src/duplicate/index.js';
import { corpusFolder, cpuMilliseconds, jsonLinesFiles, readJsonLines, writeJsonLines, type Benchmark } from './benchmark.js';
import { editsOf, negativesOf, type Pair } from './duplicates/pairs.js';
import { windowCost } from './duplicates/window-cost.js';

const Row = z.looseObject({ id: z.string(), lang: z.string().nullish(), text: z.string().nullish() });
const WHERE = 'Any JSON Lines with id, lang and text will do: the texts of public extraction benchmarks, say.';
const WINDOW = 1_000_000;

interface Told {
  readonly id: string;
  readonly language: string;
  readonly text: string;
  readonly near: Uint8Array;
}

/** Bands as the window keeps them, in this process. */
class Bands {
  readonly #named = new Map<string, Told[]>();

  add(told: Told): void {
    for (const name of namesOf(told.near)) this.#named.set(name, [...(this.#named.get(name) ?? []), told].slice(0, 4));
  }

  like(near: Uint8Array): Told[] {
    return [...new Set(namesOf(near).flatMap((name) => this.#named.get(name) ?? []))];
  }
}

const namesOf = (near: Uint8Array): string[] => Array.from({ length: BAND_BYTES / 4 }, (_, at) => Buffer.from(near.subarray(at * 4, at * 4 + 4)).toString('latin1'));

interface Count {
  readonly same: boolean;
  judged: number;
  marked: number;
  short: number;
}

export const duplicates: Benchmark = {
  about: 'near-duplicates: copy cut, lengthened and restyled against look-alikes; bytes and CPU of a full window (--stories=N)',
  async run(run) {
    const folder = corpusFolder(run, 'extraction', WHERE);
    if (folder !== null) judge(jsonLinesFiles(folder).flatMap(readJsonLines).map((row) => Row.parse(row)), run.out);
    const stories = Number(run.flags['stories'] ?? WINDOW);
    const cost = await windowCost(stories);
    console.log(`window of ${cost.stories} stories: ${cost.bytesAStory.toFixed(0)} bytes of Redis a story; processor time of Redis ${cost.rememberMicros.toFixed(0)} µs to remember one, ${cost.lookMicros.toFixed(0)} µs to look for one`);
    return 0;
  },
};

function judge(rows: readonly z.infer<typeof Row>[], out: string): void {
  const bands = new Bands();
  const texts: Told[] = [];
  let short = 0;
  let alike = 0;
  const began = cpuMilliseconds();
  for (const { id, lang, text } of rows) {
    if (text === null || text === undefined) continue;
    const near = sketchForDuplicates(text);
    if (near === null) short += 1;
    else texts.push({ id, language: lang ?? 'und', text, near });
  }
  const micros = ((cpuMilliseconds() - began) * 1_000) / (texts.length + short);
  const originals: Told[] = [];
  for (const told of texts) {
    // Pages that stand in two of the collections are one story; each is told once.
    if (bands.like(told.near).some((other) => isSameStory(likeness(told.near.subarray(BAND_BYTES), other.near.subarray(BAND_BYTES))))) alike += 1;
    else {
      bands.add(told);
      originals.push(told);
    }
  }
  const counts = new Map<string, Count>();
  const predictions: unknown[] = [];
  const ask = (told: Told, { edit, text, same }: Pair): void => {
    const count = counts.get(edit) ?? { same, judged: 0, marked: 0, short: 0 };
    counts.set(edit, count);
    const near = sketchForDuplicates(text);
    if (near === null) {
      count.short += 1;
      return;
    }
    count.judged += 1;
    const found = bands.like(near)
      .map((other) => ({ id: other.id, alike: likeness(near.subarray(BAND_BYTES), other.near.subarray(BAND_BYTES)) }))
      .filter((other) => isSameStory(other.alike)).sort((left, right) => right.alike.contained - left.alike.contained)[0];
    const marked = same ? found?.id === told.id : found !== undefined;
    if (marked) count.marked += 1;
    predictions.push({ id: told.id, edit, same, found: found?.id ?? null });
  };
  for (const [at, told] of originals.entries()) {
    const others = originals.filter(({ language }) => language === told.language);
    const other = others[(others.indexOf(told) + 1 + (at % 7)) % others.length] ?? told;
    if (other === told) continue;
    for (const pair of editsOf(told.text, other.text)) ask(told, pair);
    // What it is mixed with must not be in the window itself, or finding that would be right.
    for (const pair of negativesOf(told.text, restOf(other.text, told.text.length))) ask(told, pair);
  }
  writeJsonLines(out, predictions);
  report(counts, { texts: originals.length, short, alike, micros });
}

/** A text of that length at least in the words of another, in other orders, so that it is nobody's story and reads like the language. */
function restOf(text: string, length: number): string {
  const words = text.split(/(?<=\s)|(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/u);
  const parts: string[] = [];
  for (let written = 0, turn = 0; written < length && turn < 50; turn += 1) {
    const step = STEPS.slice(turn % STEPS.length).find((prime) => words.length % prime !== 0) ?? 1;
    const part = words.map((_, at) => words[(at * step + turn) % words.length] ?? '').join('');
    parts.push(part);
    written += part.length;
  }
  return parts.join(' ');
}

const STEPS = [7, 11, 13, 17, 19, 23, 29, 31, 37, 41];

function report(counts: ReadonlyMap<string, Count>, told: { readonly texts: number; readonly short: number; readonly alike: number; readonly micros: number }): void {
  console.log(`${told.texts} stories told; ${told.short} too short to be judged; ${told.alike} more left out as the same as one of them; sketch ${told.micros.toFixed(0)} µs of CPU a story`);
  for (const kind of [true, false]) {
    console.log(kind ? 'the same story (marked: recall)' : 'another story (marked: false)');
    for (const [edit, { same, judged, marked, short }] of counts) {
      if (same === kind) console.log(`  ${edit.padEnd(54)} ${`${((100 * marked) / Math.max(1, judged)).toFixed(1)} %`.padStart(8)} of ${String(judged).padStart(5)}${short > 0 ? `, ${short} too short` : ''}`);
    }
  }
  const all = [...counts.values()];
  const total = (rows: readonly Count[], key: 'judged' | 'marked'): number => rows.reduce((sum, row) => sum + row[key], 0);
  const [right, wrong] = [all.filter(({ same }) => same), all.filter(({ same }) => !same)];
  console.log(`recall ${((100 * total(right, 'marked')) / Math.max(1, total(right, 'judged'))).toFixed(2)} %, precision ${((100 * total(right, 'marked')) / Math.max(1, total(right, 'marked') + total(wrong, 'marked'))).toFixed(2)} %, look-alikes marked ${((100 * total(wrong, 'marked')) / Math.max(1, total(wrong, 'judged'))).toFixed(2)} %`);
}
