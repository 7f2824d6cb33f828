import { execFileSync } from 'node:child_process';
import { z } from 'zod';
import { expect, test } from 'vitest';
import { packageRoot } from '../src/package-root.js';

/** What the README and the design promise to whoever uses Dateline as a library. */
const PROMISED = ['decodeBytes', 'parseFeed', 'readArticle', 'detectLanguage', 'parseDateline', 'splitStories', 'parseWire'];

/** Runs a module that imports the built package by its name, as a program elsewhere does. */
const run = (code: string): unknown =>
  JSON.parse(execFileSync(process.execPath, ['--input-type=module', '--eval', code], { cwd: packageRoot, encoding: 'utf8' }));

test('the built package gives its core functions and the schema of the record under its name', () => {
  const given = z.record(z.string(), z.string()).parse(run(`
    import * as dateline from 'dateline';
    console.log(JSON.stringify(Object.fromEntries(Object.entries(dateline).map(([name, value]) => [name, typeof value]))));
  `));
  expect(PROMISED.filter((name) => given[name] !== 'function')).toEqual([]);
  expect(given['storyRecordSchema']).toBe('object');
});

test('a page goes from bytes to stories by the exported functions alone', () => {
  expect(run(`
    import { decodeBytes, parseDateline, readArticle, splitStories } from 'dateline';
    const bytes = Buffer.from('<html><body><h1>A bridge opens</h1><p>GENEVA, March 3 (Reuters) - The bridge over the river was opened on Tuesday, '
      + 'the mayor of the town said in a statement to the press.</p></body></html>');
    const { text } = decodeBytes(bytes, { kind: 'html' });
    const { stories } = splitStories(readArticle(text, { url: 'https://example.org/1.html' }));
    console.log(JSON.stringify([stories.length, parseDateline('GENEVA, March 3 (Reuters) - The bridge').agency?.id]));
  `)).toEqual([1, 'reuters']);
});
