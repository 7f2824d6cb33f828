import { expect, test } from 'vitest';
import { audit } from './audit.js';

const line = (id: string, url: string, version = 1): string => JSON.stringify({ id, version, url });
const published = new Set(['a', 'b']);

test.each([
  ['all once', [line('1', 'a'), line('2', 'b')], { lost: [], doubled: [], foreign: [] }],
  ['one lost', [line('1', 'a')], { lost: ['b'], doubled: [], foreign: [] }],
  ['one doubled', [line('1', 'a'), line('2', 'b'), line('1', 'a')], { lost: [], doubled: ['1/1'], foreign: [] }],
  ['a new version is no double', [line('1', 'a'), line('2', 'b'), line('1', 'a', 2)], { lost: [], doubled: [], foreign: [] }],
  ['one from elsewhere', [line('1', 'a'), line('2', 'b'), line('3', 'c')], { lost: [], doubled: [], foreign: ['c'] }],
])('the audit sees: %s', (_, lines, expected) => {
  expect(audit(published, lines)).toEqual(expected);
});
