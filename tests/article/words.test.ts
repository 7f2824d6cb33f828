import { describe, expect, it } from 'vitest';
import { CLASS_WORDS, HINT, hintsOf, type Hint } from '../../src/article/class-words.js';
import { foldPhrase, FURNITURE_KINDS, FURNITURE_WORDS, furnitureWordsIn, type FurnitureWord } from '../../src/article/furniture-words.js';
import { BYLINE_LEADS, beginsAsByline } from '../../src/article/person-names.js';
import { CONSENT_TITLES, ERROR_TITLES } from '../../src/article/page-words.js';

const rows = Object.entries(FURNITURE_WORDS).flatMap(([kind, languages]) =>
  Object.entries(languages).map(([language, phrases]) => [kind as FurnitureWord, language, phrases] as const));

describe('furniture words', () => {
  it.each(rows)('%s, %s: every phrase is found at the start of a text and as a whole', (kind, language, phrases) => {
    const bit = 1 << FURNITURE_KINDS.indexOf(kind);
    expect(Intl.getCanonicalLocales(language)).toEqual([language]);
    expect(phrases.filter((phrase) => (furnitureWordsIn(phrase.replace(/=$/, '')).whole & bit) === 0)).toEqual([]);
    const beginnings = phrases.filter((phrase) => !phrase.endsWith('='));
    expect(beginnings.filter((phrase) => (furnitureWordsIn(`${phrase.toLocaleUpperCase(language)}: 12`).begins & bit) === 0)).toEqual([]);
    expect(phrases.filter((phrase, at) => phrases.indexOf(phrase) !== at)).toEqual([]);
  });

  it('does not take a word for its beginning, nor prose for a label', () => {
    expect(furnitureWordsIn('Shareholders of the bank met on Monday.').begins).toBe(0);
    expect(furnitureWordsIn(`Read more ${'and more '.repeat(60)}`).begins).toBe(0);
  });
});

describe('class words', () => {
  it.each(Object.entries(CLASS_WORDS) as [Hint, string][])('%s: every word is found between hyphens, underscores and capitals', (hint, list) => {
    expect(list.split(' ').filter((word) => (hintsOf(word) & hintsOf(`x-${word}_y`) & HINT[hint]) === 0)).toEqual([]);
  });

  it('reads the two halves of a glued name', () => {
    expect(hintsOf('articleBody') & HINT.body).toBe(HINT.body);
    expect(hintsOf('entry-content') & HINT.body).toBe(HINT.body);
    expect(hintsOf('c7 d_x1')).toBe(0);
  });
});

describe('other tables', () => {
  it.each(BYLINE_LEADS)('a byline begins with "%s"', (lead) => {
    expect(beginsAsByline(`${lead} 王建宏`)).toBe(true);
  });

  it.each([...Object.entries(ERROR_TITLES), ...Object.entries(CONSENT_TITLES)])('titles, %s', (language, phrases) => {
    expect(Intl.getCanonicalLocales(language)).toEqual([language]);
    for (const phrase of phrases) expect(foldPhrase(phrase)).not.toBe('');
  });
});
