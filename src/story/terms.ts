/** Scripts written without spaces, and Hangul, whose particles hang on the word: pairs of characters stand for words there. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Hangul}]/u;
const run = /[\p{L}\p{M}\p{N}]+/gu;

/** Letters kept of a word: enough to tell words apart, few enough to fold most endings. */
const STEM = 6;

function stem(word: string): string {
  // Arabic and Hebrew hang particles before the word.
  const bare = /^\p{Script=Arabic}/u.test(word) && word.length > 4 ? word.replace(/^[وفبلك]?ال/u, '') : word;
  return bare.slice(0, STEM);
}

/** The distinct terms of a text, in order of appearance: stems of words, or pairs of characters. */
export function termsOf(text: string): Set<string> {
  const terms = new Set<string>();
  for (const [word] of text.toLowerCase().matchAll(run)) {
    if (unspaced.test(word)) {
      for (let at = 0; at + 1 < word.length; at += 1) terms.add(word.slice(at, at + 2));
    } else if (word.length > 2) terms.add(stem(word));
  }
  return terms;
}

/** How telling each term of a page is: rare among its blocks is telling, everywhere is not (inverse document frequency). */
export class PageTerms {
  readonly #blocks: readonly ReadonlySet<string>[];
  readonly #frequency = new Map<string, number>();

  constructor(texts: readonly string[]) {
    this.#blocks = texts.map(termsOf);
    for (const terms of this.#blocks) for (const term of terms) this.#frequency.set(term, (this.#frequency.get(term) ?? 0) + 1);
  }

  frequency(term: string): number {
    return this.#frequency.get(term) ?? 0;
  }

  weight(term: string): number {
    return Math.log((this.#blocks.length + 1) / (this.#frequency.get(term) ?? 1));
  }

  of(position: number): ReadonlySet<string> {
    return this.#blocks[position] ?? new Set();
  }

  /** The terms of the blocks `from` … `to`, both included. */
  between(from: number, to: number): Set<string> {
    const all = new Set<string>();
    for (let at = Math.max(0, from); at <= Math.min(to, this.#blocks.length - 1); at += 1) for (const term of this.of(at)) all.add(term);
    return all;
  }

  /** Weighted share of `some` that is also in `others`, 0–1; 0 for an empty set. */
  shared(some: ReadonlySet<string>, others: ReadonlySet<string>): number {
    let total = 0;
    let common = 0;
    for (const term of some) {
      const weight = this.weight(term);
      total += weight;
      if (others.has(term)) common += weight;
    }
    return total === 0 ? 0 : common / total;
  }

  /** Cosine of two sets under the page's weights, 0–1. */
  likeness(some: ReadonlySet<string>, others: ReadonlySet<string>): number {
    let common = 0;
    let left = 0;
    let right = 0;
    for (const term of some) {
      const square = this.weight(term) ** 2;
      left += square;
      if (others.has(term)) common += square;
    }
    for (const term of others) right += this.weight(term) ** 2;
    return left === 0 || right === 0 ? 0 : common / Math.sqrt(left * right);
  }
}
