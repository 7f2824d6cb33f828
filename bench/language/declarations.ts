import { languageOf } from '../../src/language/tags.js';

/** Share of sources that declare their language rightly, as measured on feeds. */
const RIGHT = 0.92;

/** What a source may declare in the place of the right language: half of it English, a quarter a sibling, a quarter anything. */
const siblings: Readonly<Record<string, readonly string[]>> = {
  bs: ['hr', 'sr'], hr: ['bs', 'sr'], sr: ['hr', 'bs'], id: ['ms'], ms: ['id'], da: ['nb'], nb: ['da'], cs: ['sk'], sk: ['cs'],
  es: ['pt'], pt: ['es'], ru: ['uk'], uk: ['ru'], bg: ['mk'], mk: ['bg'], fa: ['ar'], ur: ['fa'], hi: ['ur'],
};

/** A declared language for each of the gold ones: drawn by a fixed sequence, so every run and every detector gets the same. */
export function drawDeclarations(golds: readonly string[], others: readonly string[]): string[] {
  let state = 12_345;
  const draw = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const any = (list: readonly string[]): string => list[Math.floor(draw() * list.length)] ?? 'en';
  return golds.map((gold) => {
    const language = languageOf(gold);
    if (draw() < RIGHT) return gold;
    const kind = draw();
    if (kind < 0.5 && language !== 'en') return 'en';
    return any(kind < 0.75 ? siblings[language] ?? others : others);
  });
}
