import { languageOf } from './tags.js';

/** Words that some languages of a group of siblings use and the others do not; a star stands for any ending. */
export interface Contrast {
  readonly tags: readonly string[];
  readonly words: readonly string[];
}

export type ContrastGroups = Readonly<Record<string, readonly Contrast[]>>;

/** Characters of the shortest stem that a star may follow. */
const SHORTEST_STEM = 3;
/** Words of a text that are looked up. */
const MOST_WORDS = 400;

/** Words of one group, ready to be looked up. */
export class ContrastWords {
  private readonly words = new Map<string, ReadonlySet<string>>();
  private readonly stems = new Map<string, ReadonlySet<string>>();
  private longestStem = 0;

  constructor(contrasts: readonly Contrast[]) {
    for (const { tags, words } of contrasts) {
      const languages = new Set(tags);
      for (const word of words) {
        if (!word.endsWith('*')) {
          this.words.set(word, languages);
          continue;
        }
        this.stems.set(word.slice(0, -1), languages);
        this.longestStem = Math.max(this.longestStem, word.length - 1);
      }
    }
  }

  /** The languages that a lower-cased word speaks for; the longest stem decides. Undefined for a word that all of them use. */
  languagesOf(word: string): ReadonlySet<string> | undefined {
    const whole = this.words.get(word);
    if (whole !== undefined) return whole;
    for (let length = Math.min(word.length, this.longestStem); length >= SHORTEST_STEM; length--) {
      const found = this.stems.get(word.slice(0, length));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** How many words of a lower-cased text speak for each of the tags. */
  votes(text: string, tags: readonly string[]): Float64Array {
    const votes = new Float64Array(tags.length);
    let left = MOST_WORDS;
    for (const [word] of text.matchAll(/\p{L}+/gu)) {
      if (left-- === 0) break;
      const languages = this.languagesOf(word);
      if (languages === undefined) continue;
      for (const [index, tag] of tags.entries()) if (languages.has(languageOf(tag))) votes[index] = (votes[index] ?? 0) + 1 / languages.size;
    }
    return votes;
  }
}
