import { wordTable } from './word-table.js';

export const counterTable = wordTable('page-counters.yaml', ['counted']).counted;

/** How many of a unit are asked of CLDR: enough to meet every plural form of the news languages. */
const COUNTS = [0, 1, 2, 3, 5, 11, 21, 100] as const;
const UNITS = ['second', 'minute', 'hour', 'day', 'week'] as const;
const STYLES = ['long', 'short', 'narrow'] as const;
/** What is longer than this is prose, and a figure in it is news. */
const LONGEST = 80;

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
const tables = new Map<string, readonly string[]>();

/** The words of "5 minutes ago" in one language, without the figure, the longest first (Unicode CLDR, by way of Intl). */
function agoOf(language: string): readonly string[] {
  const known = tables.get(language);
  if (known !== undefined) return known;
  const words = new Set<string>();
  for (const style of STYLES) {
    const format = new Intl.RelativeTimeFormat(language, { style, numeric: 'always' });
    for (const unit of UNITS) {
      for (const count of COUNTS) {
        const [before = '', after = ''] = fold(format.formatToParts(-count, unit).map(({ type, value }) => (type === 'literal' ? value : '0')).join('')).split(/\p{Nd}+/u);
        if (before !== '' || after !== '') words.add(`${before}0${after}`);
      }
    }
  }
  const sorted = [...words].sort((left, right) => right.length - left.length);
  tables.set(language, sorted);
  return sorted;
}

const isTag = (tag: string): boolean => Intl.RelativeTimeFormat.supportedLocalesOf(tag).length > 0;

const counted: ReadonlySet<string> = new Set(Object.values(counterTable).flat().map(fold));

/** Letters that may stand beside the age: a word or two ("zuletzt aktualisiert"); in scripts without spaces fewer say as much. */
const BESIDE = 28;
const BESIDE_UNSPACED = 6;
const MOST_WORDS = 7;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Changes without the publisher's doing: how old the text is by the reader's clock ("Updated 5 min ago"), or how many have read it. */
export function isVolatile(text: string, language: string): boolean {
  if (text.length > LONGEST || !/\p{Nd}/u.test(text)) return false;
  const bare = fold(text.replace(/(?<=\p{Nd})[.,'\s](?=\p{Nd})/gu, '')).replace(/\p{Nd}+/gu, '0');
  if (bare.split('0').length !== 2) return false;
  if (counted.has(bare.replace('0', ''))) return true;
  if (text.split(/\s+/u).length > MOST_WORDS) return false;
  const beside = unspaced.test(text) ? BESIDE_UNSPACED : BESIDE;
  const primary = language.split('-', 1)[0] ?? 'en';
  return [primary, 'en'].some((tag) => tag !== 'und' && isTag(tag) && agoOf(tag).some((words) => bare.includes(words) && bare.length - words.length <= beside));
}
