import { expect, test } from 'vitest';
import { datelineSlots } from '../../src/console/pages/stories/dateline-slots.js';
import { wordDiff } from '../../src/console/pages/stories/word-diff.js';

const side = (before: string, after: string, kind: 'gone' | 'new'): string => wordDiff(before, after).filter((run) => run.kind !== (kind === 'gone' ? 'new' : 'gone')).map(({ text }) => text).join('');

test.each([
  ['the rain fell', 'the snow fell'], ['', 'new'], ['old', ''], ['', ''], ['a b c d', 'b c x d'], ['大雨在北京', '大雪在北京'], ['one\n\ntwo', 'one\n\ntwo three'],
])('%j to %j: both sides come back whole', (before, after) => {
  expect(side(before, after, 'gone')).toBe(before);
  expect(side(before, after, 'new')).toBe(after);
});

test('only what changed is marked', () => {
  expect(wordDiff('Heavy rain fell on Monday.', 'Heavy rain fell on Tuesday.')).toEqual([
    { kind: 'same', text: 'Heavy rain fell on ' }, { kind: 'gone', text: 'Monday' }, { kind: 'new', text: 'Tuesday' }, { kind: 'same', text: '.' }]);
});

test('texts too long to compare word by word are shown as a whole', () => {
  expect(wordDiff('a '.repeat(20_000), 'b '.repeat(20_000)).map(({ kind }) => kind)).toEqual(['gone', 'new', 'same']);
});

test('the slots of a dateline are found as written, each once', () => {
  const pieces = datelineSlots({
    raw: 'PARIS, March 3 (Reuters) -', places: [{ name: 'PARIS', englishName: 'Paris', countryCode: 'FR' }, { name: 'NOWHERE' }],
    date: { raw: 'March 3', iso: '2026-03-03' }, agency: { id: 'reuters', raw: 'Reuters' }, reporter: null,
  });
  expect(pieces.map(({ text, slot }) => [text, slot?.kind ?? null])).toEqual([['PARIS', 'place'], [', ', null], ['March 3', 'date'], [' (', null], ['Reuters', 'agency'], [') -', null]]);
  expect(pieces.map(({ text }) => text).join('')).toBe('PARIS, March 3 (Reuters) -');
});
