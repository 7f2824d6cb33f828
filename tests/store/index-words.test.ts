import { expect, test } from 'vitest';
import { fold, indexWords, SAME_LETTERS, searchWords } from '../../src/store/index-words.js';

test.each([
  ['The Élysée said', ['the', 'elysee', 'said']],
  ['G20 in Straße', ['g20', 'in', 'strasse']],
  ['新华社', ['新华', '华社', '社']],
  ['北京2026年', ['北京', '京', '2026', '年']],
  ['東京タワー', ['東京', '京タ', 'タワ', 'ワー', 'ー']],
  ['भारत में', ['भारत', 'में']],
  ['٢٠٢٦ سنة', ['2026', 'سنه']],
  ['والعراق بالعراق للعراق العراق عراق', ['عراق', 'عراق', 'عراق', 'عراق', 'عراق']],
  ['الله', ['الله']],
  ['مُحَمَّد أحمد', ['محمد', 'احمد']],
  ['🎉 … —', []],
  ['a'.repeat(100), ['a'.repeat(64)]],
])('%s is found by its words', (text, words) => {
  expect(indexWords(text)).toEqual(words);
});

test.each(Object.entries(SAME_LETTERS))('%s is taken for %s', (letter, same) => {
  expect(fold(`${letter}!`)).toBe(fold(`${same}!`));
});

test('a Thai run is found by any part of it', () => {
  const words = indexWords('ประเทศไทยรายงาน').join(' ');
  expect(words).toContain(searchWords('ไทย').join(' '));
  expect(words).not.toContain(searchWords('ลาว').join(' '));
});

test('Hangul keeps its syllables, and a name is found before its particle', () => {
  expect(indexWords('서울에서').join(' ')).toContain(searchWords('서울').join(' '));
});

test('Vietnamese tones may be left out', () => {
  expect(indexWords('Hà Nội, Đà Nẵng')).toEqual(['ha', 'noi', 'da', 'nang']);
});

test('what is indexed holds nothing that a query could take for its own signs', () => {
  expect(indexWords('a"b* OR (c) NEAR/2 {d}:e ^f -g +h').join(' ')).toMatch(/^[a-z0-9 ]+$/);
});

test('a megabyte of marks ends soon', () => {
  const hostile = `a${'\u0301'.repeat(1_000_000)}`;
  expect(indexWords(hostile)[0]).toBe('a');
});
