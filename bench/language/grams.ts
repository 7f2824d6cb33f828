/**
 * Relative frequencies of the n-grams of letters of one language (1 to 5 letters, none over a word's border), as shares of all letters. From
 * them follow the n-grams with a word's borders: a sequence that is followed by a letter less often than it occurs ends words.
 */
export type LetterGrams = readonly ReadonlyMap<string, number>[];

export const BORDER_LETTER = ' ';
const LONGEST = 5;

const add = (into: Map<string, number>, gram: string, share: number): void => {
  into.set(gram, (into.get(gram) ?? 0) + share);
};

/** Shares below this are rounding, or too rare for any table. */
const LEAST_SHARE = 2e-7;

/** How often each sequence is followed by a letter, follows one, and stands between two. */
function neighbours(grams: LetterGrams): { readonly after: Map<string, number>; readonly before: Map<string, number>; readonly between: Map<string, number> } {
  const [after, before, between] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
  for (const own of grams) {
    for (const [gram, share] of own) {
      if (gram.length > 1) {
        add(after, gram.slice(0, -1), share);
        add(before, gram.slice(1), share);
      }
      if (gram.length > 2) add(between, gram.slice(1, -1), share);
    }
  }
  return { after, before, between };
}

/** The n-grams with borders, as the detector counts them, of 1 to 5 characters. */
export function withBorders(grams: LetterGrams): ReadonlyMap<string, number> {
  const { after, before, between } = neighbours(grams);
  const all = new Map<string, number>();
  const keep = (gram: string, share: number): void => {
    if (share >= LEAST_SHARE) all.set(gram, share);
  };
  for (const own of grams) {
    for (const [gram, share] of own) {
      keep(gram, share);
      if (gram.length === LONGEST) continue;
      const last = share - (after.get(gram) ?? 0);
      const first = share - (before.get(gram) ?? 0);
      keep(gram + BORDER_LETTER, last);
      keep(BORDER_LETTER + gram, first);
      if (gram.length < LONGEST - 1) keep(BORDER_LETTER + gram + BORDER_LETTER, first + last - share + (between.get(gram) ?? 0));
    }
  }
  return all;
}

/**
 * The n-grams of the same text in another alphabet, where a letter may become two: at each place of the text stands the longest sequence known
 * of it, which is rewritten, and its beginnings are counted.
 */
export function rewritten(grams: ReadonlyMap<string, number>, rewrite: (text: string) => string): ReadonlyMap<string, number> {
  const all = new Map<string, number>();
  for (const [gram, share] of grams) {
    const isLongest = gram.length === LONGEST || (gram.length > 1 && gram.endsWith(BORDER_LETTER));
    if (!isLongest) continue;
    const written = rewrite(gram);
    const firstLength = rewrite(gram.charAt(0)).length;
    for (let from = 0; from < firstLength; from++) {
      for (let length = 1; length <= LONGEST && from + length <= written.length; length++) {
        const beginning = written.slice(from, from + length);
        if (beginning !== BORDER_LETTER) add(all, beginning, share);
      }
    }
  }
  return all;
}
