import { expect, test } from 'vitest';
import { dateline } from './dateline.js';

test('agencies test shows what is understood, piece by piece', async () => {
  const { code, stdout } = await dateline(['agencies', 'test', 'Geneva, SANA – Russian Foreign Minister Sergey Lavrov said.']);
  expect(code).toBe(0);
  expect(stdout).toContain('A dateline.');
  expect(stdout).toContain('Geneva');
  expect(stdout).toContain('sana');
});

test('and says so when there is none', async () => {
  expect((await dateline(['agencies', 'test', 'The minister said on Tuesday that the talks go on.'])).stdout).toMatch(/^No /);
});
