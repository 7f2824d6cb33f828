/** Scripts written without spaces: their characters stand for words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const run = /[\p{L}\p{M}\p{N}]+/gu;
/** Characters that are looked at; the rest of a longer text says no more. */
const LONGEST = 20_000;
/** Words of a shingle, and characters where those stand for words: one word of those scripts is about one and a half. */
const WORDS = 3;
const CHARACTERS = 5;

export interface Shingles {
  /** Distinct shingles in the order of the text, as 32-bit hashes. */
  readonly hashes: readonly number[];
  /** Distinct figures of the text, as hashes. */
  readonly figures: readonly number[];
  /** Characters stand for words. */
  readonly unspaced: boolean;
}

/** FNV-1a over UTF-16 units, mixed (MurmurHash3's finaliser). */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Runs of words of a text (Broder's shingles), so that order counts and single common words do not. */
export function shinglesOf(text: string): Shingles {
  const tokens: number[] = [];
  const figures = new Set<number>();
  let characters = 0;
  for (const [word] of text.slice(0, LONGEST).normalize('NFKC').toLowerCase().matchAll(run)) {
    if (/\p{Nd}/u.test(word)) figures.add(hashOf(word));
    if (unspaced.test(word)) {
      for (const character of word) tokens.push(hashOf(character));
      characters += word.length;
    } else tokens.push(hashOf(word));
  }
  const byCharacter = characters > tokens.length / 2;
  const size = byCharacter ? CHARACTERS : WORDS;
  const hashes = new Set<number>();
  for (let at = 0; at + size <= tokens.length; at += 1) {
    let hash = 0;
    for (let next = at; next < at + size; next += 1) hash = Math.imul(hash, 0x01000193) ^ (tokens[next] ?? 0);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    hashes.add((hash ^ (hash >>> 13)) >>> 0);
  }
  return { hashes: [...hashes], figures: [...figures], unspaced: byCharacter };
}
