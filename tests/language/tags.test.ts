import { describe, expect, it } from 'vitest';
import { canonicalTag, directionOf, languageOf, sameLanguage } from '../../src/language/index.js';

describe('canonicalTag', () => {
  it.each([
    ['en', 'en'], ['EN-us', 'en'], ['pt-BR', 'pt'], ['pt_BR', 'pt'], ['de_DE.UTF-8', 'de'], [' fr ', 'fr'],
    ['zh-CN', 'zh-Hans'], ['zh_TW', 'zh-Hant'], ['zh-HK', 'zh-Hant'], ['zh-Hans-SG', 'zh-Hans'], ['zh', 'zh'], ['cmn', 'zh'], ['chi', 'zh'],
    ['sr', 'sr'], ['sr-Latn-RS', 'sr-Latn'], ['sr-Cyrl', 'sr-Cyrl'], ['sr_RS@latin', 'sr'],
    ['iw', 'he'], ['in', 'id'], ['ji', 'yi'], ['mo', 'ro'], ['no', 'nb'], ['nb-NO', 'nb'], ['nn', 'nn'],
    ['zlm', 'ms'], ['zsm', 'ms'], ['arb', 'ar'], ['prs', 'fa'], ['azj', 'az'], ['kmr', 'ku'], ['swh', 'sw'], ['tgl', 'fil'],
    ['uz-Cyrl', 'uz-Cyrl'], ['uz-Latn', 'uz'], ['az-Arab', 'az-Arab'], ['ku-Arab', 'ku-Arab'], ['kk-Latn', 'kk-Latn'],
  ])('reads %s as %s', (code, tag) => {
    expect(canonicalTag(code)).toBe(tag);
  });

  it.each(['', ' ', 'english', 'xx', 'und', '12', 'sh', 'hbs', 'sh-Latn', '-', 'e', '\ud800', 'a'.repeat(10_000)])('has no tag for %j', (code) => {
    expect(canonicalTag(code)).toBe('und');
  });
});

describe('tags', () => {
  it('lets an open script match either, and keeps two scripts apart', () => {
    expect(sameLanguage('sr', 'sr-Latn')).toBe(true);
    expect(sameLanguage('sr-Cyrl', 'sr-Latn')).toBe(false);
    expect(sameLanguage('hr', 'sr')).toBe(false);
  });

  it('gives the language of a tag and the direction of a script', () => {
    expect(languageOf('zh-Hant')).toBe('zh');
    expect(['Arab', 'Hebr', 'Thaa', 'Latn', 'Hans'].map(directionOf)).toEqual(['rtl', 'rtl', 'rtl', 'ltr', 'ltr']);
  });
});
