import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';

export interface BenchmarkRun {
  /** Folder of the gold files, when the user named one. */
  readonly corpus: string | undefined;
  /** File the predictions are written to. */
  readonly out: string;
  readonly args: readonly string[];
  readonly flags: Readonly<Record<string, unknown>>;
}

export interface Benchmark {
  /** One line for the usage text. */
  readonly about: string;
  /** Runs it and gives the exit code: 0 also where the corpus is absent and that was said. */
  run(run: BenchmarkRun): Promise<number>;
}

/** The folder of a corpus, or null after one clear line that says where such data can be had. */
export function corpusFolder(run: BenchmarkRun, name: string, whereToGet: string): string | null {
  const folder = resolve(run.corpus ?? join('..', 'shared', 'corpora', name));
  if (existsSync(folder)) return folder;
  console.log(`skipped: no ${name} corpus at ${folder}. Name one with --corpus DIR. ${whereToGet}`);
  return null;
}

/** Rows of one JSON Lines file, gzip or plain. */
export function readJsonLines(file: string): unknown[] {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text.split('\n').filter((line) => line.trim() !== '').map((line): unknown => JSON.parse(line));
}

/** JSON Lines files directly in a folder, whatever they are called. */
export const jsonLinesFiles = (folder: string): string[] =>
  readdirSync(folder).filter((name) => /\.jsonl(\.gz)?$/.test(name)).sort().map((name) => join(folder, name));

export function writeJsonLines(file: string, rows: readonly unknown[]): void {
  mkdirSync(dirname(resolve(file)), { recursive: true });
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

/** CPU time of this process, user and system, in milliseconds: steadier than the wall clock on a shared machine. */
export function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
