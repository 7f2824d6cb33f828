/** Scripts written without spaces: their characters stand for words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const inWord = /^[\p{L}\p{M}\p{N}]/u;
const digit = /\p{Nd}/u;

const OUTSIDE = 1;
const LETTER = 2;
const DIGIT = 3;
const UNSPACED = 4;
/** What each UTF-16 unit is, asked of Unicode once for each that occurs: 0 is not asked yet. Halves of a pair count as letters of a word. */
const kinds = new Uint8Array(0x10000);

function kindOf(code: number): number {
  const known = kinds[code] ?? 0;
  if (known !== 0) return known;
  const character = String.fromCharCode(code);
  const isHalf = code >= 0xd800 && code <= 0xdfff;
  const kind = isHalf ? LETTER : !inWord.test(character) ? OUTSIDE : unspaced.test(character) ? UNSPACED : digit.test(character) ? DIGIT : LETTER;
  kinds[code] = kind;
  return kind;
}
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

/** MurmurHash3's finaliser. */
function mixed(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const FNV = 0x811c9dc5;

/** Runs of words of a text (Broder's shingles), so that order counts and single common words do not. */
export function shinglesOf(text: string): Shingles {
  const tokens: number[] = [];
  const figures = new Set<number>();
  let characters = 0;
  let word = FNV;
  let isWord = false;
  let isFigure = false;
  const end = (): void => {
    if (!isWord) return;
    const token = mixed(word);
    tokens.push(token);
    if (isFigure) figures.add(token);
    word = FNV;
    isWord = false;
    isFigure = false;
  };
  const folded = text.slice(0, LONGEST).normalize('NFKC').toLowerCase();
  for (let at = 0; at < folded.length; at += 1) {
    const code = folded.charCodeAt(at);
    const kind = kindOf(code);
    if (kind === OUTSIDE || kind === UNSPACED) end();
    if (kind === UNSPACED) {
      tokens.push(mixed(FNV ^ code));
      characters += 1;
    } else if (kind !== OUTSIDE) {
      // FNV-1a over UTF-16 units.
      word = Math.imul(word ^ code, 0x01000193);
      isWord = true;
      if (kind === DIGIT) isFigure = true;
    }
  }
  end();
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
