import { describe, expect, it } from 'vitest';
import { updateHistory } from '../../src/language/index.js';

const after = (tags: readonly string[], start: Readonly<Record<string, number>> = {}): Record<string, number> =>
  tags.reduce((history, tag) => updateHistory(history, tag), { ...start });

describe('updateHistory', () => {
  it('grows towards one for a source of one language', () => {
    const history = after(Array.from({ length: 200 }, () => 'fr'));
    expect(history['fr']).toBeGreaterThan(0.99);
    expect(history['fr']).toBeLessThanOrEqual(1);
  });

  it('shows a source that changes its language', () => {
    const history = after(Array.from({ length: 60 }, () => 'hr'), after(Array.from({ length: 200 }, () => 'sr-Latn')));
    expect(history['hr']).toBeGreaterThan(history['sr-Latn'] ?? 0);
  });

  it('stays bounded, keeps the newest tag, and leaves undetermined texts out', () => {
    const tags = Array.from({ length: 500 }, (_, index) => `q${String.fromCharCode(97 + (index % 26))}${String.fromCharCode(97 + (index % 7))}`);
    const history = after(tags);
    expect(Object.keys(history).length).toBeLessThanOrEqual(8);
    expect(history).toHaveProperty(tags.at(-1) ?? '');
    expect(updateHistory(history, 'und')).toEqual(history);
  });

  it('does not change what it is given', () => {
    const before = Object.freeze({ de: 0.5 });
    updateHistory(before, 'de');
    expect(before).toEqual({ de: 0.5 });
  });
});
