import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { storyRecordSchema } from '../../src/story/index.js';
import { packageRoot } from '../../src/package-root.js';
import { dateline } from './dateline.js';

const SAMPLE = join(packageRoot, 'config', 'sample-wire', 'pages', 'river-talks.html');
let folder = '';

beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'dateline-cli-')); });
afterAll(() => rm(folder, { recursive: true, force: true }));

const file = async (name: string, content: string | Uint8Array): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};

test('a page of three stories gives three valid records, the dateline inherited twice', async () => {
  const { code, stdout } = await dateline(['extract', SAMPLE, '--agency', 'sana']);
  expect(code).toBe(0);
  const records = z.array(storyRecordSchema).parse(JSON.parse(stdout));
  expect(records.map((record) => [record.dateline?.places[0]?.name, record.dateline?.inherited, record.page.position, record.page.count]))
    .toEqual([['Geneva', false, 1, 3], ['Geneva', true, 2, 3], ['Geneva', true, 3, 3]]);
  expect(records.every((record) => record.bylines[0] === 'Samir Dabbagh' && record.language.tag === 'en')).toBe(true);
});

test('standard input and --lines: one record a line', async () => {
  const { stdout } = await dateline(['extract', '-', '--lines', '--url', 'https://news.example/1'], { input: await text(createReadStream(SAMPLE)) });
  const lines = stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  expect(lines.map((line) => storyRecordSchema.parse(JSON.parse(line)).url)).toEqual(Array.from({ length: 3 }, () => 'https://news.example/1'));
});

test('--explain shows every block with what it was taken for, furniture and teaser included', async () => {
  const { code, stdout } = await dateline(['extract', SAMPLE, '--explain']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/story 1: begins[^\n]*Geneva, SANA/);
  expect(stdout).toMatch(/story 2: headline[^\n]*The old canal/);
  expect(stdout).toMatch(/furniture: byline[^\n]*Samir Dabbagh/);
  expect(stdout).toMatch(/furniture of the page[^\n]*Aleppo, SANA-/);
  expect(stdout).toContain('inherited from story 1');
  // The language of the page and of each story: how sure, which part decided, what is declared.
  expect(stdout).toMatch(/language +en[^\n]*; the page declares/);
  expect(stdout).toMatch(/language +en[^\n]*, ltr/);
});

describe('bad input is told in words, with a way out, and never with a stack', () => {
  const cases: [string, () => Promise<string>, RegExp][] = [
    ['an empty file', () => file('empty.html', ''), /is empty/],
    ['a folder', () => Promise.resolve(folder), /is a folder/],
    ['a file that is not there', () => Promise.resolve(join(folder, 'nowhere.html')), /There is no file/],
    ['a binary', () => file('binary.html', Uint8Array.from({ length: 4_096 }, (_, at) => (at * 97 + 13) % 256)), /holds no story/],
    ['a page without text', () => file('bare.html', '<html><body></body></html>'), /holds no story \(empty\)/],
    ['an address that is not reached', () => Promise.resolve('http://127.0.0.1:8099/'), /loopback/],
  ];
  test.each(cases)('%s', async (_name, make, words) => {
    const { code, stdout, stderr } = await dateline(['extract', await make()]);
    expect(code).toBeGreaterThan(0);
    expect(stdout).toBe('');
    expect(stderr).toMatch(words);
    expect(stderr).toContain('mend:');
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

test('an endless file is refused at the largest size, not read for ever', async () => {
  const { code, stderr } = await dateline(['--set', 'fetch.maxPageSize=100kB', 'extract', '/dev/zero']);
  expect(code).toBe(1);
  expect(stderr).toContain('fetch.maxPageSize');
});
