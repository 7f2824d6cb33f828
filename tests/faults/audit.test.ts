import { expect, test } from 'vitest';
import { auditOf } from '../../bench/faults/audit.js';

const line = (id: string, url: string, version = 1): string => JSON.stringify({ id, version, url });
const published = new Set(['a', 'b']);
const clean = { lost: [], doubled: [], foreign: [], torn: 0 };

test.each([
  ['all once', [line('1', 'a'), line('2', 'b')], { ...clean, records: 2 }],
  ['one lost', [line('1', 'a')], { ...clean, records: 1, lost: ['b'] }],
  ['one doubled', [line('1', 'a'), line('2', 'b'), line('1', 'a')], { ...clean, records: 3, doubled: ['1/1'] }],
  ['a new version is no double', [line('1', 'a'), line('2', 'b'), line('1', 'a', 2)], { ...clean, records: 3 }],
  ['one from elsewhere', [line('1', 'a'), line('2', 'b'), line('3', 'c')], { ...clean, records: 3, foreign: ['c'] }],
  ['one page under two ids', [line('1', 'a'), line('2', 'b'), line('3', 'a')], { ...clean, records: 3, foreign: ['a has two ids'] }],
  ['a torn line', [line('1', 'a'), '{"id":"2","ver', line('2', 'b')], { ...clean, records: 2, torn: 1 }],
])('the audit sees: %s', (_, lines, expected) => {
  expect(auditOf(lines).against(published)).toEqual(expected);
});
