import { describe, expect, it } from 'vitest';
import { looksLikeCode } from '../../src/language/code.js';

const letters = (text: string): number => (text.match(/\p{L}/gu) ?? []).length;
const judge = (text: string): boolean => looksLikeCode(text, letters(text));

describe('looksLikeCode', () => {
  it.each([
    'SELECT name, age FROM people WHERE age > 30', 'insert into people (name) values (1)', "import { read } from './read.js';",
    'public static void main(String[] args) {', 'for (const x of xs) {', '$ npm install dateline', '<p class="a"><b>x</b></p>', 'user.profile.load(id);',
  ])('calls %j code', (text) => {
    expect(judge(text)).toBe(true);
  });

  it.each([
    'Select committee from both houses meets on Friday', 'Import prices from China fell; exports rose', 'Return of the king (2003) is shown again',
    'The minister (left) said: “We use what we have.”', 'From Paris with love', 'Class of 2024 graduates', 'For the first time (since 1990), taxes fall',
  ])('calls %j prose', (text) => {
    expect(judge(text)).toBe(false);
  });

  it('is not slowed by hostile input', () => {
    for (const piece of ['select ', 'import a, ', 'a.b(', 'for (', '$ npm ', '((((', 'File "a']) expect(() => judge(piece.repeat(300_000))).not.toThrow();
  });
});
