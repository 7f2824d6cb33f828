/** Scripts written without spaces, and Hangul, whose particles hang on the word: pairs of characters stand for words there. */
const holdsUnspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Hangul}]/u;
const run = /[\p{L}\p{M}\p{N}]+/gu;
const inRun = /^[\p{L}\p{M}\p{N}]/u;

const OUTSIDE = 1;
const SPACED = 2;
const UNSPACED = 3;
/** What each UTF-16 unit is to terms, asked of Unicode once for each that occurs: 0 is not asked yet. */
const kinds = new Uint8Array(0x10000);

function kindOf(code: number): number {
  const known = kinds[code] ?? 0;
  if (known !== 0) return known;
  const character = String.fromCharCode(code);
  const kind = !inRun.test(character) ? OUTSIDE : holdsUnspaced.test(character) ? UNSPACED : SPACED;
  kinds[code] = kind;
  return kind;
}
/** A capitalised word that does not begin its sentence. */
const properName = /(?<=[\p{L}\p{M}\p{N},;:]["'“”’]?\s["“„«(]?)(\p{Lu}[\p{L}\p{M}'’-]+)/gu;

/** Letters kept of a word: enough to tell words apart, few enough to fold most endings. */
const STEM = 6;
/** Characters of a block that are looked at; no paragraph of news is longer. */
const LONGEST = 4000;

function stem(word: string): string {
  // Arabic hangs the article and some particles before the word.
  const bare = word.length > 4 && word.charCodeAt(0) > 0x5ff && /^\p{Script=Arabic}/u.test(word) ? word.replace(/^[وفبلك]?ال/u, '') : word;
  return bare.slice(0, STEM);
}

const surrogates = /[\ud800-\udfff]/;

function addTerms(terms: Set<string>, word: string, isUnspaced: boolean): void {
  if (isUnspaced) {
    for (let at = 0; at + 1 < word.length; at += 1) terms.add(word.slice(at, at + 2));
  } else if (word.length > 2) terms.add(stem(word));
}

/** The distinct terms of a text, in order of appearance: stems of words, or pairs of characters. */
export function termsOf(text: string): Set<string> {
  const terms = new Set<string>();
  const looked = text.slice(0, LONGEST).toLowerCase();
  if (surrogates.test(looked)) {
    // Letters beyond the first plane are rare enough for the slower way.
    for (const [word] of looked.matchAll(run)) addTerms(terms, word, holdsUnspaced.test(word));
    return terms;
  }
  let start = 0;
  let isUnspaced = false;
  for (let at = 0; at <= looked.length; at += 1) {
    const kind = at === looked.length ? OUTSIDE : kindOf(looked.charCodeAt(at));
    if (kind === UNSPACED) isUnspaced = true;
    if (kind !== OUTSIDE) continue;
    if (at > start) addTerms(terms, looked.slice(start, at), isUnspaced);
    start = at + 1;
    isUnspaced = false;
  }
  return terms;
}

/** The names in a text, as far as capitals tell them; all its terms in scripts without capitals. */
export function namesOf(text: string): Set<string> {
  const looked = text.slice(0, LONGEST);
  if (!/\p{Lu}/u.test(looked)) return termsOf(looked);
  const names = new Set<string>();
  for (const [, name = ''] of looked.matchAll(properName)) if (name.length > 2) names.add(name.toLowerCase().slice(0, STEM));
  return names;
}

/** The terms of a page's blocks, and how telling each is: rare among the blocks is telling, everywhere is not (inverse document frequency). */
export class PageTerms {
  readonly #blocks: readonly ReadonlySet<string>[];
  readonly #frequency = new Map<string, number>();

  constructor(texts: readonly string[]) {
    this.#blocks = texts.map(termsOf);
    for (const terms of this.#blocks) for (const term of terms) this.#frequency.set(term, this.frequency(term) + 1);
  }

  /** Blocks of the page that hold a term. */
  frequency(term: string): number {
    return this.#frequency.get(term) ?? 0;
  }

  weight(term: string): number {
    return Math.log((this.#blocks.length + 1) / Math.max(1, this.frequency(term)));
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
