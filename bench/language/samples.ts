import type { Script } from '../../src/language/script.js';
import { clean } from '../../src/language/clean.js';
import { dominantScript, letterCounts } from '../../src/language/script.js';
import type { GoldText } from './gold.js';
import type { WordList } from './words.js';
import { toSerbianLatin } from './serbian.js';
import type { Sample } from './train.js';

/** Scripts in which several languages of the press write: only these need a table. */
export const tableScripts: readonly Script[] = ['Latn', 'Cyrl', 'Arab', 'Deva', 'Ethi'];

/** Training samples by script. Serbian in Cyrillic counts for Serbian in Latin letters too: the press writes one language in both. */
export function samplesByScript(texts: readonly GoldText[], wordLists: readonly WordList[] = []): Map<Script, Sample[]> {
  const samples = new Map<Script, Sample[]>(tableScripts.map((script) => [script, []]));
  const add = (tag: string, text: string, source: string): void => {
    const { script } = dominantScript(letterCounts(clean(text)));
    if (!tagFits(tag, script)) return;
    samples.get(script)?.push({ tag, text, source });
  };
  for (const { lang, len, text, origin } of texts) {
    // The windows repeat sentences that are there already.
    if (lang === 'und' || len === '200' || len === '500') continue;
    const source = len.startsWith('word') ? `${origin}-words` : origin;
    add(lang, text, source);
    if (lang === 'sr-Cyrl') add('sr-Latn', toSerbianLatin(text), source);
  }
  for (const { tag, words } of wordLists) {
    const own = tag === 'sr' ? 'sr-Cyrl' : tag;
    const { script } = new Intl.Locale(own).maximize();
    const written = words.filter((word) => dominantScript(letterCounts(word)).script === script);
    samples.get(script as Script)?.push(...chunks(written).map((text) => ({ tag: own, text, source: 'lists' })));
  }
  return samples;
}

/** Words joined to texts short enough that none is cut. */
function chunks(words: readonly string[]): string[] {
  return Array.from({ length: Math.ceil(words.length / 200) }, (_, index) => words.slice(200 * index, 200 * (index + 1)).join(' '));
}

/** Foreign sentences in a language's data would teach its table another script. */
const tagFits = (tag: string, script: Script): boolean => new Intl.Locale(tag).maximize().script === script;
