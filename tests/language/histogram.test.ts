import { describe, expect, it } from 'vitest';
import { countLanguage, detectLanguage, evidentLanguage, NO_LANGUAGES, type LanguageHistogram } from '../../src/language/index.js';

const at = new Date('2026-11-23T10:00:00Z');
const after = (tags: readonly string[], start: LanguageHistogram = NO_LANGUAGES): LanguageHistogram =>
  tags.reduce((histogram, tag) => countLanguage(histogram, tag, at), start);
const times = (count: number, tag: string): string[] => Array.from({ length: count }, () => tag);

describe('countLanguage', () => {
  it('counts pages by tag and finds the usual language', () => {
    const histogram = after([...times(30, 'fr'), 'und', 'en']);
    expect(histogram.pages).toEqual({ fr: 30, und: 1, en: 1 });
    expect(histogram.usual).toBe('fr');
    expect(histogram.changed).toBeNull();
    expect(histogram.recent).not.toHaveProperty('und');
  });

  it('calls nothing usual after a few pages', () => {
    expect(after(times(5, 'fr')).usual).toBeNull();
  });

  it('shows a source that changes its language, once, with the time', () => {
    const changed = after(times(60, 'hr'), after(times(100, 'sr-Latn')));
    expect(changed).toMatchObject({ usual: 'hr', changed: { from: 'sr-Latn', to: 'hr', at: at.toISOString() } });
    expect(countLanguage(changed, 'hr', new Date('2026-12-01')).changed?.at).toBe(at.toISOString());
  });

  it('does not take a source that sends two languages in turn for one that changes', () => {
    const pages = Array.from({ length: 300 }, (_, index) => (index % 2 === 0 ? 'nl' : 'fr'));
    expect(after(pages, after(times(40, 'nl'))).changed).toBeNull();
  });

  it('does not take the other script of a language left open for a change', () => {
    expect(after(times(100, 'zh-Hans'), after(times(100, 'zh'))).changed).toBeNull();
  });

  it('stays bounded when a source names a new language a page', () => {
    const tags = Array.from({ length: 2_000 }, (_, index) => `q${String.fromCharCode(97 + (index % 20))}${String.fromCharCode(97 + (index % 26))}`);
    const { pages, recent } = after(tags);
    expect(Object.keys(pages).length).toBeLessThanOrEqual(25);
    expect(Object.values(pages).reduce((sum, count) => sum + count, 0)).toBe(2_000);
    expect(Object.keys(recent).length).toBeLessThanOrEqual(8);
  });
});

describe('evidentLanguage', () => {
  it('takes what a text shows', () => {
    expect(evidentLanguage(detectLanguage('Le gouvernement a présenté mercredi un projet de loi sur les retraites devant l’Assemblée nationale.'))).toBe('fr');
  });

  it('takes nothing from an answer that the source decided', () => {
    const answer = { tag: 'hr', script: 'Latn', direction: 'ltr', confidence: 0.95, alternatives: [] } as const;
    expect(evidentLanguage({ ...answer, decidedBy: 'history' })).toBe('und');
    expect(evidentLanguage({ ...answer, decidedBy: 'declared' })).toBe('und');
    expect(evidentLanguage({ ...answer, confidence: 0.5, decidedBy: 'ngrams' })).toBe('und');
  });
});
