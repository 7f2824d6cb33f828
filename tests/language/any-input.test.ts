import { describe, expect, it } from 'vitest';
import { canonicalTag, detectLanguage, type Language, type LanguageHints } from '../../src/language/index.js';

const TEN_MEGABYTES = 10_000_000;
const texts: readonly (readonly [name: string, text: string])[] = [
  ['nothing', ''], ['spaces', ' \t\n\u3000\u00a0'.repeat(100)], ['control characters', '\u0000\u0007\u001b[31m'], ['emoji', '👩‍👩‍👧‍👦🇸🇾🏳️‍🌈'], ['lone surrogates', 'a\ud800 b\udfff c'],
  ['nothing but high surrogates', '\ud800'.repeat(TEN_MEGABYTES)], ['private use', '\ue000\ue001\u{f0000}'], ['marks of direction', '\u202e\u2067abc\u2069\u202c'],
  ['marks without letters', '\u0301'.repeat(10_000)], ['one letter with many marks', `a${'\u0301'.repeat(100_000)}`], ['one letter for ten megabytes', 'a'.repeat(TEN_MEGABYTES)],
  ['one word a space, ten megabytes', 'na '.repeat(TEN_MEGABYTES / 3)], ['ten megabytes of news', 'The harbour was shut on Monday, the mayor said. '.repeat(TEN_MEGABYTES / 48)],
  ['brackets in brackets', '['.repeat(1_000_000)], ['mark-up', '<b>'.repeat(100_000)], ['all scripts in one word', 'aбגدअกაሀԱ한漢あ'], ['a script of the dead', '𐎠𐎡𐎢 𒀀𒀁 𓀀𓀁'],
  ['mathematical letters', '𝕹𝖔𝖙 𝖆 𝖘𝖈𝖗𝖎𝖕𝖙'], ['words in full width', 'Ｔｈｅ ｍａｙｏｒ ｓａｉｄ'], ['a backslash', '\\'.repeat(50_000)], ['quotation marks', '"\''.repeat(50_000)],
  ['digits of a script', '٠١٢٣٤٥٦٧٨٩ १२३'], ['zero-width spaces', '\u200b\u200c\u200d\ufeff'.repeat(1_000)],
];

const hints: readonly (readonly [name: string, hints: LanguageHints])[] = [
  ['none', {}], ['an unknown declaration', { declared: 'klingon_XX.UTF-8' }], ['a hostile declaration', { declared: `en-${'x'.repeat(100_000)}` }], ['no letters', { declared: '\ud800' }],
  ['shares that are none', { history: { de: Number.NaN, fr: Number.POSITIVE_INFINITY, en: -3 } }], ['shares above one', { declared: 'fr', history: { de: 40, fr: 2 } }],
  ['tags that are none', { history: { '': 0.5, '\ud800': 0.5, constructor: 1 } }], ['names of an object', { history: JSON.parse('{"__proto__": 1, "toString": 1}') as Record<string, number> }],
];

/** What is wrong with an answer, whatever it was asked of. */
function wrongWith({ tag, script, direction, confidence, alternatives, decidedBy }: Language): string[] {
  const shares = alternatives.map((other) => other.confidence);
  const holds: Readonly<Record<string, boolean>> = {
    'canonical tag': canonicalTag(tag) === tag,
    'code of a script': /^[A-Z][a-z]{3}$/.test(script) && ['ltr', 'rtl'].includes(direction),
    'shares from 0 to 1': [confidence, ...shares].every((share) => share >= 0 && share <= 1),
    'best first': shares.every((share, at) => at === 0 || share <= (shares[at - 1] ?? 0)),
    'few, and each once': alternatives.length <= 5 && new Set([tag, ...alternatives.map((other) => other.tag)]).size === alternatives.length + 1,
    'nothing said of und': tag !== 'und' || (confidence === 0 && decidedBy === 'none'),
  };
  return Object.keys(holds).filter((what) => holds[what] !== true);
}

describe('any text', () => {
  it.each(texts)('has a sound answer: %s', (_, text) => expect(wrongWith(detectLanguage(text))).toEqual([]));
});

describe('any hints', () => {
  it.each(hints)('have a sound answer: %s', (_, given) => {
    for (const text of ['Die Regierung tagt heute in Berlin.', 'Regen', 'Predsjednik vlade u Zagrebu', '東京', 'Ο υπουργός', '2:1']) expect(wrongWith(detectLanguage(text, given))).toEqual([]);
  });

  it('do not move a text that is plain', () => {
    for (const [, given] of hints) expect(detectLanguage('Die Regierung berät am Dienstag in Berlin über niedrigere Steuern.', given).tag).toBe('de');
  });
});

it('the answer is the same whatever was read before, and nothing given is changed', () => {
  const asked = ['Die Regierung tagt.', 'Predsjednik vlade u Zagrebu', 'Правительство заявило', 'qwrtz', '财政部长'];
  const given: LanguageHints = Object.freeze({ declared: 'bs', history: Object.freeze({ hr: 0.4 }) });
  const first = asked.map((text) => detectLanguage(text, given));
  for (const [, text] of texts) detectLanguage(text.slice(0, 10_000));
  expect([...asked].reverse().map((text) => detectLanguage(text, given)).reverse()).toEqual(first);
});
