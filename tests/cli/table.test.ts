import { expect, test } from 'vitest';
import { displayWidth, table } from '../../src/cli/table.js';

test('wide letters take two columns, combining marks and isolates none', () => {
  expect(displayWidth('abc')).toBe(3);
  expect(displayWidth('新华社')).toBe(6);
  expect(displayWidth('연합')).toBe(4);
  expect(displayWidth('e\u0301')).toBe(1);
  expect(displayWidth('\u2068سانا\u2069')).toBe(4);
  expect(displayWidth('\u001B[31mred\u001B[39m')).toBe(3);
});

test('columns line up, numbers to the right', () => {
  expect(table(['name', 'items'], [['新华', '7'], ['sana', '1,234']])).toBe('name  items\n新华      7\nsana  1,234\n');
});
