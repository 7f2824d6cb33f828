import { expect, test } from 'vitest';
import { auditOf } from '../../bench/faults/audit.js';
import { SECOND_EDITION } from '../../bench/faults/items.js';
import { TOLD_ONCE, type ExpectedStory } from '../../bench/faults/world.js';

const line = (id: string, url: string, version = 1, more: object = {}): string => JSON.stringify({ id, version, url, ...more });
const published = new Map([['a', TOLD_ONCE], ['b', TOLD_ONCE]]);
const changed = new Map<string, ExpectedStory>([['a', { versions: 2, state: 'edited' }], ['b', { versions: 2, state: 'withdrawn' }]]);
const clean = { lost: [], stale: [], doubled: [], foreign: [], torn: 0 };

test.each([
  ['all once', [line('1', 'a'), line('2', 'b')], { ...clean, records: 2 }],
  ['one lost', [line('1', 'a')], { ...clean, records: 1, lost: ['b'] }],
  ['one doubled', [line('1', 'a'), line('2', 'b'), line('1', 'a')], { ...clean, records: 3, doubled: ['1/1'] }],
  ['a version too many, which is no double', [line('1', 'a'), line('2', 'b'), line('1', 'a', 2)], { ...clean, records: 3, stale: ['a: 2 versions, the last first, instead of 1, first'] }],
  ['one from elsewhere', [line('1', 'a'), line('2', 'b'), line('3', 'c')], { ...clean, records: 3, foreign: ['c'] }],
  ['one page under two ids', [line('1', 'a'), line('2', 'b'), line('3', 'a')], { ...clean, records: 3, stale: ['a: 2 versions, the last first, instead of 1, first'], foreign: ['a has two ids'] }],
  ['a torn line', [line('1', 'a'), '{"id":"2","ver', line('2', 'b')], { ...clean, records: 2, torn: 1 }],
])('the audit sees: %s', (_, lines, expected) => {
  expect(auditOf(lines).against(published)).toEqual(expected);
});

const edited = { status: 'usable', body: { text: `Rain. ${SECOND_EDITION}, it said.` } };
const withdrawn = { status: 'withdrawn', body: { text: '' } };

test.each([
  ['the last states, in whatever order they came', [line('1', 'a', 2, edited), line('1', 'a'), line('2', 'b'), line('2', 'b', 2, withdrawn)], []],
  ['an edition that never came', [line('1', 'a'), line('2', 'b'), line('2', 'b', 2, withdrawn)], ['a: 1 versions, the last first, instead of 2, edited']],
  ['a story that was not withdrawn', [line('1', 'a'), line('1', 'a', 2, edited), line('2', 'b'), line('2', 'b', 2)], ['b: 2 versions, the last first, instead of 2, withdrawn']],
])('the audit sees of changed pages: %s', (_, lines, stale) => {
  expect(auditOf(lines).against(changed)).toEqual({ ...clean, records: lines.length, stale });
});
