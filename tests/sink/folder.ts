import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { SinkBatch, SinkStory } from '../../src/sink/index.js';

/** A folder of the test file's own, removed after it. */
export async function ownFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dl-sink-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Every whole line of every file in a folder; a torn one makes it throw. */
export async function linesIn(folder: string): Promise<string[]> {
  const lines: string[] = [];
  for (const name of (await readdir(folder)).filter((name) => name.endsWith('.ndjson')).sort()) {
    const text = await readFile(join(folder, name), 'utf8');
    if (text !== '' && !text.endsWith('\n')) throw new Error(`${name} ends within a line`);
    lines.push(...text.split('\n').slice(0, -1));
  }
  return lines;
}

export function story(id: string, version = 1, filler = ''): SinkStory {
  const json = JSON.stringify({ id, version, filler });
  return { id, version, json, record: json };
}

/** A batch with its mark, as the ledger keeps it. */
export function batchOf(key: string, stories: readonly SinkStory[], mark: string, again = false): SinkBatch & { readonly marks: readonly string[] } {
  const marks: string[] = [];
  return { key, stories, mark, again, marks, signal: new AbortController().signal, remark: (mark) => Promise.resolve(marks.push(mark) > 0) };
}
