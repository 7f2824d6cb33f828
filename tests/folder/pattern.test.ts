import { expect, test } from 'vitest';
import { matchesPattern } from '../../src/folder/index.js';

test.each([
  ['a.xml', '*', true], ['a.xml', '*.xml', true], ['A.XML', '*.xml', true], ['a.xml.gz', '*.xml', false], ['afp-12.xml', 'afp-??.*', true],
  ['afp-1.xml', 'afp-??.*', false], ['', '*', true], ['a', '', false], ['خبر.xml', '???.xml', true], ['a.b', 'a?b', true], ['axxb', 'a*x*b', true],
])('%s against %s: %s', (name, pattern, fits) => expect(matchesPattern(name, pattern)).toBe(fits));

test('a hostile pattern takes no more than name times pattern', () => {
  expect(matchesPattern('a'.repeat(255), `${'*a'.repeat(99)}b`)).toBe(false);
});
