/** Letters that Unicode does not decompose but that name tables spell either way, and the Arabic letters that keyboards confuse. */
const sameLetter: Readonly<Record<string, string>> = {
  ı: 'i', ł: 'l', ø: 'o', đ: 'd', ð: 'd', ħ: 'h', ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th', ŧ: 't', ə: 'e',
  'ё': 'е', 'ґ': 'г',
  'أ': 'ا', 'إ': 'ا', 'آ': 'ا', 'ٱ': 'ا', 'ى': 'ي', 'ی': 'ي', 'ې': 'ي', 'ئ': 'ي', 'ے': 'ي', 'ک': 'ك', 'ڪ': 'ك', 'ة': 'ه', 'ۃ': 'ه', 'ہ': 'ه', 'ھ': 'ه', 'ۀ': 'ه', 'ە': 'ه', 'ؤ': 'و',
  'ς': 'σ', '﻿': '',
};

const plainAscii = /^[a-z ]*$/;
/** Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowel signs and stretching, joiners and direction marks. */
const dropped = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0640\u200b-\u200f\u2060-\u2069\u00ad\ufeff\u202a-\u202e]/gu;
const spacing = /[\s\-‐‑–—'’‘ʻʼ`´.·・•_־]+/gu;
const odd = /[ıłøđðħßæœþŧəёґأإآٱىیېئےکڪةۃہھۀەؤς]/gu;

/**
 * The form under which names are compared: lower case, no accents, Arabic letter variants made one, hyphens, apostrophes and
 * stops as blanks. Vowel signs of Indic scripts stay, since they tell names apart.
 */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (plainAscii.test(lower)) return lower;
  if (lower.length > longestKept) return foldLetters(lower);
  const known = kept.get(lower);
  if (known !== undefined) return known;
  const folded = foldLetters(lower);
  if (kept.size >= mostKept) kept.clear();
  kept.set(lower, folded);
  return folded;
}

/** Words come again: a few thousand short ones are kept, under 1 MB. */
const kept = new Map<string, string>();
const mostKept = 4096;
const longestKept = 32;

function foldLetters(lower: string): string {
  return lower
    .normalize('NFKD')
    .replace(dropped, '')
    .normalize('NFKC')
    .replace(odd, (letter) => sameLetter[letter] ?? letter)
    .replace(spacing, ' ')
    .trim();
}

/** FNV-1a over UTF-16 units, 32 bit, with the final mix of MurmurHash3: FNV alone spreads short names badly. */
export function hashName(folded: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < folded.length; i++) hash = Math.imul(hash ^ folded.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  return hash >>> 0;
}
