import { describe, expect, test } from 'vitest';
import { clipped, foreign, foreignIn, relative, span, table, time } from '../../src/console/markup/index.js';

const NOW = new Date('2026-11-23T12:00:00Z');
const text = async (markup: unknown): Promise<string> => String(await markup);

describe('text of others', () => {
  test('is isolated and escaped, and in its language where that is known', async () => {
    expect(await text(foreign('<b>"\u202E'))).toBe('<bdi>&lt;b&gt;&quot;\u202E</bdi>');
    expect(await text(foreignIn('خبر', 'ar'))).toBe('<bdi lang="ar">خبر</bdi>');
    expect(await text(foreignIn('x', '"><script>'))).not.toContain('<script>');
    expect(await text(foreignIn('x', 'und'))).toBe('<bdi>x</bdi>');
  });
  test('of a megabyte is cut between characters, at once', async () => {
    expect(clipped('a'.repeat(1_000_000), 240)).toBe(`${'a'.repeat(240)}…`);
    expect(clipped(`${'a'.repeat(239)}\u{1F469}\u200D\u{1F680}`, 240)).toBe(`${'a'.repeat(239)}…`);
    // One grapheme without an end.
    expect(clipped(`a${'\u0301'.repeat(1_000_000)}`, 240).length).toBeLessThanOrEqual(241);
    expect((await text(foreign('<'.repeat(1_000_000)))).length).toBeLessThan(1_100);
  });
});

test('times are short and whole at once', async () => {
  expect(await text(time('2026-11-23T09:05:00Z', NOW))).toBe('<time datetime="2026-11-23T09:05:00.000Z" title="2026-11-23T09:05:00.000Z">09:05</time>');
  expect(await text(time('no time', NOW))).toBe('no time');
  expect(await text(relative('2026-11-23T11:56:00Z', NOW))).toContain('>4 min ago<');
  expect(await text(relative('2026-11-23T14:00:00Z', NOW))).toContain('>in 2 h<');
  expect([0, 999, 1_000, 3_600_000, 90_000_000].map(span)).toEqual(['0 s', '0 s', '1 s', '1 h', '1 d']);
});

test('a table names its columns in every cell, and says what to do when it is empty', async () => {
  const init = { caption: 'Wires', columns: [{ label: 'Wire', cell: (row: string) => row }, { label: 'Size', kind: 'figure' as const, cell: (row: string) => row.length }], empty: 'None yet.' };
  const full = await text(table({ ...init, rows: ['<a>'] }));
  expect(full).toContain('<th scope="row">&lt;a&gt;</th>');
  expect(full).toContain('<td data-label="Size" class="figure">3</td>');
  expect(await text(table({ ...init, rows: [] }))).toBe('<p class="empty">None yet.</p>');
});
