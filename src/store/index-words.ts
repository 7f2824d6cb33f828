/** Scripts written without spaces, and Hangul, whose particles hang on the word. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Hangul}ー々〆]/u;
const SEGMENT = new RegExp(`(?:${UNSPACED.source}\\p{M}*)+|(?:(?!${UNSPACED.source})[\\p{L}\\p{M}\\p{N}])+`, 'gu');
/** Marks that readers leave out and put in at will; in Indic and South-East Asian scripts they are vowels and stay. */
const LOOSE_MARKS = /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}])\p{Mn}+/gu;
const ONLY_ASCII = /^[\0-\x7f]*$/;

/** Letters that writers of one script take for each other, by what they are indexed as. */
export const SAME_LETTERS: Readonly<Record<string, string>> = {
  'ى': 'ي', 'ی': 'ي', 'ې': 'ي', 'ک': 'ك', 'ة': 'ه', 'ہ': 'ه', 'ھ': 'ه', 'ە': 'ه', 'ٱ': 'ا',
  'ß': 'ss', 'ł': 'l', 'ø': 'o', 'đ': 'd', 'ı': 'i', 'æ': 'ae', 'œ': 'oe', 'ð': 'd', 'þ': 'th', 'ς': 'σ', 'ё': 'е',
};
const sameLetters = new RegExp(`[${Object.keys(SAME_LETTERS).join('')}]`, 'gu');
/** Code points of the zeros of the digits that news is written with, beside ASCII. */
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50, 0x1040, 0x17e0];
const digit = new RegExp(`[${ZEROS.map((zero) => `\\u{${zero.toString(16)}}-\\u{${(zero + 9).toString(16)}}`).join('')}]`, 'gu');
const TATWEEL = /[\u0640\u200c\u200d]/gu;
/** The article and the particles that Arabic hangs before a word. */
const ARABIC_PREFIX = /^(?:[وفبك]?ال|لل)(?=\p{Script=Arabic}{3})/u;

const asciiDigit = (char: string): string => {
  const code = char.codePointAt(0) ?? 0;
  const zero = ZEROS.find((first) => code >= first && code <= first + 9) ?? code;
  return String(code - zero);
};

/** Text as it is compared: without case, width, accents and forms that readers take for the same. */
export function fold(text: string): string {
  if (ONLY_ASCII.test(text)) return text.toLowerCase();
  return text.normalize('NFKD').toLowerCase().replace(LOOSE_MARKS, '').normalize('NFC')
    .replace(TATWEEL, '').replace(sameLetters, (letter) => SAME_LETTERS[letter] ?? letter).replace(digit, asciiDigit);
}

/**
 * The words a text is found by, in its order, each of letters, digits and marks only. Where words are not spaced, pairs of
 * characters stand for them (and the last one alone), so that a run of characters is found wherever it stands. SQLite's own
 * trigrams would find nothing for a word of two characters, which most Chinese words are.
 */
export function indexWords(text: string): string[] {
  const words: string[] = [];
  for (const [segment] of fold(text).matchAll(SEGMENT)) {
    if (UNSPACED.test(segment)) addPairs(words, Array.from(segment));
    else words.push(segment.replace(ARABIC_PREFIX, '').slice(0, LONGEST_WORD));
  }
  return words;
}

const LONGEST_WORD = 64;

function addPairs(words: string[], characters: readonly string[]): void {
  for (let at = 0; at + 1 < characters.length; at += 1) words.push(`${characters[at] ?? ''}${characters[at + 1] ?? ''}`);
  const last = characters.at(-1);
  if (last !== undefined) words.push(last);
}

/** The words a searched text asks for: as those of the index, but without the last character alone where pairs say it already. */
export function searchWords(text: string): string[] {
  const words: string[] = [];
  for (const [segment] of fold(text).matchAll(SEGMENT)) {
    const own = indexWords(segment);
    words.push(...(UNSPACED.test(segment) && own.length > 1 ? own.slice(0, -1) : own));
  }
  return words;
}

/** Whether a word is one character of an unspaced script: it stands for every pair that begins with it. */
export const isOneCharacter = (word: string): boolean => UNSPACED.test(word) && Array.from(word).length === 1;
