/** ISO 15924 codes of scripts with a living written press or a place on the web; the order is the order they are tried in. */
export const scripts = [
  'Zyyy', 'Latn', 'Cyrl', 'Arab', 'Hani', 'Hira', 'Kana', 'Hang', 'Deva', 'Grek', 'Hebr', 'Thai', 'Beng', 'Ethi', 'Armn', 'Geor', 'Taml', 'Telu',
  'Knda', 'Mlym', 'Gujr', 'Guru', 'Orya', 'Sinh', 'Mymr', 'Khmr', 'Laoo', 'Tibt', 'Mong', 'Thaa', 'Syrc', 'Cher', 'Cans', 'Tfng', 'Nkoo', 'Vaii',
  'Yiii', 'Bopo', 'Olck', 'Mtei', 'Cakm', 'Java', 'Sund', 'Bali', 'Lana', 'Talu', 'Tale', 'Lisu', 'Bamu', 'Limb', 'Lepc', 'Saur', 'Cham', 'Adlm',
  'Rohg', 'Copt', 'Goth', 'Brai', 'Zzzz',
] as const;

export type Script = (typeof scripts)[number];

/** What a code point is to language detection: a number below {@link NOT_A_LETTER} is an index into {@link scripts}. */
export const COMMON = 0;
export const OTHER_SCRIPT = scripts.length - 1;
export const NOT_A_LETTER = 254;
const UNKNOWN = 255;

const letterOrMark = /[\p{L}\p{M}]/u;
/** `Zyyy` stands for letters and marks that several scripts share (ʻ, ー, combining accents), `Zzzz` for scripts not listed. */
const patterns: RegExp[] = [];

/** Compiled when first asked for: most processes meet a few scripts only. */
function patternOf(script: number): RegExp {
  return patterns[script] ??= new RegExp(`\\p{sc=${scripts[script] ?? 'Zzzz'}}`, 'u');
}

const shared = /[\p{sc=Zyyy}\p{sc=Zinh}]/u;

// Unicode's tables are asked once for each code point that occurs, as a text holds a few hundred different ones at most.
const known = new Uint8Array(0x110000).fill(UNKNOWN);

function classify(codePoint: number): number {
  const character = String.fromCodePoint(codePoint);
  if (!letterOrMark.test(character)) return NOT_A_LETTER;
  if (shared.test(character)) return COMMON;
  for (let script = 1; script < OTHER_SCRIPT; script++) if (patternOf(script).test(character)) return script;
  return OTHER_SCRIPT;
}

/** Script index of a letter or mark, {@link COMMON} for those of no single script, {@link NOT_A_LETTER} otherwise. Lone surrogates are no letters. */
export function scriptOf(codePoint: number): number {
  const found = known[codePoint];
  if (found !== undefined && found !== UNKNOWN) return found;
  const script = classify(codePoint);
  known[codePoint] = script;
  return script;
}

export const scriptIndex = (script: Script): number => scripts.indexOf(script);
export const scriptCode = (index: number): Script => scripts[index] ?? 'Zzzz';

/** Letters of each script in a text, by script index; marks are not counted, so that a vowel sign does not weigh as a letter. */
export function letterCounts(text: string): Uint32Array {
  const counts = new Uint32Array(scripts.length);
  for (let at = 0; at < text.length; at++) {
    const codePoint = text.codePointAt(at) ?? 0;
    if (codePoint > 0xffff) at++;
    const script = scriptOf(codePoint);
    if (script < NOT_A_LETTER) counts[script] = (counts[script] ?? 0) + 1;
  }
  return counts;
}

/** Han and syllabic letters carry about as much text as two or three alphabetic ones. */
const DENSE_LETTER_WEIGHT = 2.6;
const dense = new Set<number>((['Hani', 'Hira', 'Kana', 'Hang', 'Bopo', 'Yiii'] as const).map(scriptIndex));

export interface DominantScript {
  readonly script: Script;
  /** Of all letters with a script, the (weighted) share in this one, 0–1. Kana and Han count as one with the script they stand for. */
  readonly share: number;
  readonly letters: number;
}

/** The script most of the text is in. Japanese is `Jpan`-like writing: reported as `Hani`, `Hira` or `Kana`, whichever counts most. */
export function dominantScript(counts: Uint32Array): DominantScript {
  let best = COMMON;
  let bestWeight = 0;
  let total = 0;
  for (let script = 1; script < counts.length; script++) {
    const weight = (counts[script] ?? 0) * (dense.has(script) ? DENSE_LETTER_WEIGHT : 1);
    total += weight;
    if (weight > bestWeight) [best, bestWeight] = [script, weight];
  }
  return { script: scriptCode(best), share: total === 0 ? 0 : bestWeight / total, letters: counts[best] ?? 0 };
}
