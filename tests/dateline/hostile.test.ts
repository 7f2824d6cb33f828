import { describe, expect, it } from 'vitest';
import { explainDateline, parseDateline } from '../../src/dateline/index.js';

const long = 200_000;
/** Each would make a backtracking or unbounded reader slow; all must come back, and with offsets inside the text. */
const hostile: Readonly<Record<string, string>> = {
  nothing: '',
  blanks: ' '.repeat(long),
  newlines: '\n'.repeat(long),
  letters: 'a'.repeat(long),
  capitals: 'A '.repeat(long / 2),
  hyphens: 'a-'.repeat(long / 2),
  apostrophes: "a'".repeat(long / 2),
  initials: 'A.'.repeat(long / 2),
  dashes: '-'.repeat(long),
  brackets: '('.repeat(long),
  'nested brackets': '([【/'.repeat(long / 4),
  'closed brackets': '()'.repeat(long / 2),
  slashes: '/'.repeat(long),
  commas: 'PARIS, '.repeat(long / 7),
  dates: '3 March 2024 ('.repeat(long / 14),
  'joined dates': '3 مارس الموافق '.repeat(long / 15),
  weekdays: 'Monday, '.repeat(long / 8),
  digits: '1'.repeat(long),
  chinese: '北京'.repeat(long / 2),
  'chinese lists': '北京、'.repeat(long / 3),
  katakana: '【ロンドン'.repeat(long / 5),
  agencies: 'AFP/'.repeat(long / 4),
  domains: 'a.'.repeat(long / 2),
  marks: '\u0301'.repeat(long),
  joiners: '\u200d\u200f'.repeat(long / 2),
  'lone surrogates': '\ud800'.repeat(long),
  'a place and a wall': `OSLO, March 3 (${'x'.repeat(long)}`,
  nul: 'OSLO\u0000, March 3 (AFP) - Text.',
};

describe('hostile input', () => {
  for (const [name, text] of Object.entries(hostile)) {
    it(`comes back from ${name}`, () => {
      const found = parseDateline(text, { reference: '2024-03-05' });
      const { start, end } = found ?? { start: 0, end: Math.min(1, text.length) };
      expect(start).toBeGreaterThanOrEqual(0);
      expect(end).toBeLessThanOrEqual(text.length);
      expect(start).toBeLessThanOrEqual(end);
      expect(typeof explainDateline(text.slice(0, 400))).toBe('string');
    });
  }

  it('takes a nonsensical reference as none', () => {
    expect(parseDateline('OSLO, March 3 (AFP) - Snow fell.', { reference: 'yesterday' })?.date).toEqual({ raw: 'March 3', iso: null });
  });
});
