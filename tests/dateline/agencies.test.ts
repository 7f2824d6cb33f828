import { describe, expect, it } from 'vitest';
import { bundledAgencies, parseDateline } from '../../src/dateline/index.js';

const rows = bundledAgencies();

describe('the table of agencies', () => {
  it('holds at least ninety rows with ids of their own', () => {
    expect(rows.length).toBeGreaterThanOrEqual(90);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });

  for (const row of rows) {
    for (const { text, place } of row.examples) {
      it(`${row.id}: ${text.slice(0, 44)}`, () => {
        const found = parseDateline(text);
        expect(found).not.toBeNull();
        expect(found?.places.map(({ name }) => name)).toEqual(place === null ? [] : [place]);
        expect(found?.agency?.id).toBe(row.id);
        expect(text.slice(found?.end)).not.toMatch(/^[-–—_.:=।|/)\]】]/u);
      });
    }
  }
});
