import { scriptCode, type Script } from './script.js';

/** Letters written in only one of the two Chinese scripts. */
export interface ChineseLetters {
  readonly simplified: ReadonlySet<string>;
  readonly traditional: ReadonlySet<string>;
}

export type ChineseScript = 'Hans' | 'Hant';

/** The script whose own letters prevail; null when there are none, or as many of both. */
export function chineseScript(text: string, { simplified, traditional }: ChineseLetters): ChineseScript | null {
  let balance = 0;
  for (const letter of text) {
    if (simplified.has(letter)) balance++;
    else if (traditional.has(letter)) balance--;
  }
  if (balance === 0) return null;
  return balance > 0 ? 'Hans' : 'Hant';
}

/** Share of kana among the letters of a text in Han letters from which it is Japanese: particles and endings are kana in any sentence. */
const KANA_IN_JAPANESE = 0.04;

/** Which writing a text in Han letters or kana is: Japanese, Chinese, or `Bopo` for Chinese sound letters alone. */
export function eastAsianWriting(counts: Uint32Array): 'Jpan' | 'Hani' {
  let han = 0;
  let kana = 0;
  for (const [index, count] of counts.entries()) {
    const script: Script = scriptCode(index);
    if (script === 'Hani' || script === 'Bopo') han += count;
    if (script === 'Hira' || script === 'Kana') kana += count;
  }
  return kana > KANA_IN_JAPANESE * (han + kana) ? 'Jpan' : 'Hani';
}
