import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalTag, UNDETERMINED } from '../../src/language/tags.js';

/** Words of one language, in no order that means anything. */
export interface WordList {
  readonly tag: string;
  readonly words: readonly string[];
}

/** Words taken of each list: more makes the table no better, only slower to build. */
export const LISTED_WORDS = 12_000;

/** Names begin with a capital where a script has them; what a language is told by does not. */
const plainWord = /^[\p{Ll}\p{Lo}\p{Lm}\p{M}]{2,24}$/u;

const order = (word: string): string => createHash('md5').update(word).digest('hex');

/**
 * The word lists of a folder: files named by a language code (`hrv.txt`, `srp_latn.txt`), a word a line. Of a long list a part is taken, the
 * same every time and the same words in every language, so that languages are compared on like words.
 */
export function readWordLists(folder: string, most: number, isWanted: (tag: string) => boolean = () => true): WordList[] {
  return readdirSync(folder).filter((name) => name.endsWith('.txt')).sort().flatMap((name) => {
    const tag = canonicalTag(name.slice(0, -4));
    if (tag === UNDETERMINED || !isWanted(tag)) return [];
    const words = readFileSync(join(folder, name), 'utf8').split('\n').filter((word) => plainWord.test(word));
    return [{ tag, words: words.map((word) => [order(word), word] as const).sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, most).map(([, word]) => word) }];
  });
}
