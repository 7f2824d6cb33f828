import { wordTable } from './word-table.js';

const KINDS = ['teaser', 'round-up-title', 'share', 'newsletter', 'copyright', 'credits', 'byline-prefix', 'byline-suffix', 'sub-heading', 'continuation'] as const;

export type WordKind = (typeof KINDS)[number];

export const furnitureTable = wordTable('furniture-words.yaml', KINDS);

/** Printable ASCII has no compatibility forms and no bidi marks. */
const PRINTABLE_ASCII = /^[ -~]*$/;
const unified = (text: string): string =>
  PRINTABLE_ASCII.test(text) ? text : text.normalize('NFKC').replace(/[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u00AD]/g, '');

/** Case, compatibility forms, bidi marks, and punctuation at the ends do not matter when words are compared. */
export function plainWords(text: string): string {
  return unified(text)
    .toLowerCase()
    .replace(/[’‘`´]/g, "'")
    .replace(/\s+/g, ' ')
    .replace(/^[\p{P}\p{S}\s]+|[\p{P}\p{S}\s]+$/gu, '');
}

const plainRows = (kind: WordKind): string[] => Object.values(furnitureTable[kind]).flat().map(plainWords);

const whole = new Map<string, WordKind>();
// A later kind wins where two claim a word, so the more specific stand last.
for (const kind of ['sub-heading', 'newsletter', 'share', 'copyright', 'round-up-title', 'teaser'] as const) {
  for (const row of plainRows(kind)) whole.set(row, kind);
}

const written = (kind: WordKind): string[] =>
  Object.values(furnitureTable[kind]).flat().map((row) => row.normalize('NFC').replace(/’/g, "'").replace(/[\p{P}\p{S}\s]+$/u, '')).sort((a, b) => b.length - a.length);

const prefixKinds = ['teaser', 'round-up-title', 'share', 'credits', 'byline-prefix', 'continuation'] as const;
export type PrefixKind = (typeof prefixKinds)[number];

interface Row {
  readonly folded: string;
  readonly length: number;
  /** In scripts without spaces a row may end anywhere; elsewhere it must end where a word ends. */
  readonly unspaced: boolean;
}

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]$/u;

/** Rows by their first character, longest first, so that a text is compared with few of them. */
function byFirstCharacter(kind: PrefixKind): ReadonlyMap<string, readonly Row[]> {
  const rows = new Map<string, Row[]>();
  for (const row of written(kind)) {
    const folded = row.toLowerCase();
    const first = folded.charAt(0);
    rows.set(first, [...(rows.get(first) ?? []), { folded, length: row.length, unspaced: UNSPACED.test(row) }]);
  }
  return rows;
}
const leading = new Map(prefixKinds.map((kind) => [kind, byFirstCharacter(kind)]));

const escaped = (row: string): string => row.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
const bylineSuffixes = new RegExp(String.raw`(?:^|[\s,،、(/|]|(?<=[\p{Script=Han}\p{Script=Katakana}]))(?:${written('byline-suffix').map(escaped).join('|')})[\s\p{P}]{0,3}$`, 'iu');
const copyright = plainRows('copyright');

/** Folding makes a text shorter by marks and punctuation alone: one of several times the longest row's length is no row. */
const LONGEST_ROW = 4 * Math.max(...[...whole.keys()].map(({ length }) => length));

/** The kind whose row is the whole of a text. */
export const wordsOf = (text: string): WordKind | null => (text.length > LONGEST_ROW ? null : whole.get(plainWords(text)) ?? null);

/** What follows the row a text begins with, as written, or null. */
export function afterPrefix(kind: PrefixKind, text: string): string | null {
  const start = text.replace(/^[\s\p{P}\p{S}\p{Cf}]+/u, '').replace(/[’‘`´]/g, "'");
  for (const { folded, length, unspaced } of leading.get(kind)?.get(start.charAt(0).toLowerCase().charAt(0)) ?? []) {
    if (start.slice(0, length).toLowerCase() === folded && (unspaced || !/^[\p{L}\p{M}\p{N}]/u.test(start.slice(length)))) return start.slice(length);
  }
  return null;
}

/** What stands before the row a text ends with, or null. */
export function beforeBylineSuffix(text: string): string | null {
  const found = bylineSuffixes.exec(text);
  return found === null ? null : text.slice(0, found.index).trim();
}

export function holdsCopyrightWords(text: string): boolean {
  const plain = plainWords(text);
  return copyright.some((row) => plain.includes(row));
}
