import { indexWords, isOneCharacter, searchWords } from './index-words.js';
import type { StoryFilter } from './types.js';

/** Longest text that is looked for, and most words in it. */
const LONGEST_TEXT = 500;
const MOST_TERMS = 24;

const hex = (text: string): string => Buffer.from(text, 'utf8').toString('hex');

/** Marks in the index for what a story is filtered by: words that no text can hold. */
export const mark = {
  every: '0all',
  source: (id: string): string => `0s${hex(id)}`,
  language: (tag: string): string => `0l${hex(tag.toLowerCase())}`,
  agency: (id: string): string => `0a${hex(id)}`,
  country: (code: string): string => `0c${hex(code.toLowerCase())}`,
  status: (status: string): string => `0t${hex(status)}`,
};

interface Term {
  readonly words: readonly string[];
  readonly prefix: boolean;
  readonly negative: boolean;
}

const QUOTED = /(?<minus>-?)["“”„«»「」『』](?<phrase>[^"“”„«»「」『』]*)["“”„«»「」『』]?|(?<word>\S+)/gu;

/** What a person typed, as terms that all must hold. Anything is a query: what cannot be one looks for nothing. */
export function termsOf(text: string): readonly Term[] {
  const terms: Term[] = [];
  for (const { groups = {} } of text.slice(0, LONGEST_TEXT).matchAll(QUOTED)) {
    const { minus = '', phrase, word = '' } = groups;
    const negative = phrase === undefined ? /^-(?=[\p{L}\p{N}])/u.test(word) : minus === '-';
    const words = searchWords(phrase ?? word);
    if (words.length === 0) continue;
    const last = words.at(-1) ?? '';
    terms.push({ words, negative, prefix: (phrase === undefined && /[\p{L}\p{M}\p{N}]\*$/u.test(word)) || isOneCharacter(last) });
    if (terms.length === MOST_TERMS) break;
  }
  return terms;
}

const quoted = ({ words, prefix }: Term): string => `"${words.join(' ')}"${prefix ? ' *' : ''}`;

/** A filter as an FTS5 query, null where nothing but times are asked for: then the table itself is quicker. */
export function matchOf(filter: StoryFilter): string | null {
  const terms = filter.text === undefined ? [] : termsOf(filter.text);
  const wanted = terms.filter(({ negative }) => !negative).map(quoted);
  const unwanted = terms.filter(({ negative }) => negative).map(quoted);
  const place = filter.place === undefined ? [] : indexWords(filter.place).slice(0, MOST_TERMS);
  const scope = [
    filter.source === undefined ? null : mark.source(filter.source),
    filter.language === undefined ? null : mark.language(filter.language),
    filter.agency === undefined ? null : mark.agency(filter.agency),
    filter.country === undefined ? null : mark.country(filter.country),
    filter.status === undefined ? null : mark.status(filter.status),
  ].filter((part) => part !== null);
  const parts = [
    ...(wanted.length === 0 ? [] : [`({headline body place} : (${wanted.join(' AND ')}))`]),
    ...(place.length === 0 ? [] : [`(place : "${place.join(' ')}")`]),
    ...scope.map((word) => `(scope : "${word}")`),
  ];
  // Only what must not occur: of all.
  if (parts.length === 0 && unwanted.length > 0) parts.push(`(scope : "${mark.every}")`);
  if (parts.length === 0) return asksForNothing(filter, terms) ? `(scope : "0none")` : null;
  const all = parts.join(' AND ');
  return unwanted.length === 0 ? all : `(${all}) NOT ({headline body place} : (${unwanted.join(' OR ')}))`;
}

/** A text of signs alone was meant to find something, not everything. */
const asksForNothing = (filter: StoryFilter, terms: readonly Term[]): boolean =>
  (filter.text !== undefined && filter.text.trim() !== '' && terms.length === 0) || (filter.place !== undefined && filter.place.trim() !== '');
