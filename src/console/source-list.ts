import type { SourceConfig } from '../config/index.js';
import type { Standing } from './markup/index.js';
import { sum, type SourceRow } from './view.js';

/** A source as the list shows it. */
export interface ListedSource {
  readonly row: SourceRow;
  /** `off`, `not polled yet`, or how its polls go. */
  readonly state: string;
  readonly language: string | null;
  /** Host of its address; '' where it has none. */
  readonly host: string;
}

export function listSources(rows: readonly SourceRow[], configured: readonly SourceConfig[]): ListedSource[] {
  const byId = new Map(configured.map((source) => [source.id, source]));
  return rows.map((row) => ({
    row, state: stateOf(row), language: byId.get(row.id)?.language ?? null, host: URL.canParse(row.url) ? new URL(row.url).host : '',
  }));
}

export const stateOf = ({ enabled, health }: Pick<SourceRow, 'enabled' | 'health'>): string => (enabled ? health?.state ?? 'not polled yet' : 'off');

/** How much each state asks for a person. */
const STANDINGS: Readonly<Record<string, Standing>> = {
  healthy: 'well', late: 'watch', shrunk: 'watch', 'overlap lost': 'watch', silent: 'ill', failing: 'ill', parked: 'off', off: 'off', 'not polled yet': 'watch',
};
export const standingOf = (state: string): Standing => STANDINGS[state] ?? 'watch';

/** Code of the last fault, which stands before its sentence. */
export const errorOf = ({ trouble }: Pick<SourceRow, 'trouble'>): string => /^[a-z0-9-]+(?=: )/.exec(trouble ?? '')?.[0] ?? '';

const news = (value: string | null): number => (value === null ? -Infinity : Date.parse(value));

/** By what the list can be sorted; figures and times begin with the greatest. */
export const SORTS = {
  name: ({ row: one }: ListedSource, { row: other }: ListedSource) => one.name.localeCompare(other.name),
  state: (one: ListedSource, other: ListedSource) => one.state.localeCompare(other.state),
  polled: ({ row: one }: ListedSource, { row: other }: ListedSource) => descending(news(one.lastPollAt), news(other.lastPollAt)),
  next: ({ row: one }: ListedSource, { row: other }: ListedSource) => descending(-news(one.nextPollAt), -news(other.nextPollAt)),
  seen: ({ row: one }: ListedSource, { row: other }: ListedSource) => descending(one.books.seen, other.books.seen),
  delivered: ({ row: one }: ListedSource, { row: other }: ListedSource) => descending(one.books.delivered, other.books.delivered),
  failed: ({ row: one }: ListedSource, { row: other }: ListedSource) => descending(failing(one), failing(other)),
} as const;
export type Sort = keyof typeof SORTS;

const failing = ({ books }: SourceRow): number => sum(books.rejected) + sum(books.quarantined);
/** Two that are both unknown are alike, though the difference of infinities is no number. */
const descending = (one: number, other: number): number => (one === other ? 0 : other > one ? 1 : -1);

export interface SourceQuery {
  readonly text: string;
  readonly state: string;
  readonly language: string;
  readonly host: string;
  /** Code of the last fault, or `any`. */
  readonly error: string;
  readonly sort: Sort;
  readonly reverse: boolean;
  /** From 1. */
  readonly page: number;
}

const LONGEST = 200;

/** The query string, whatever stands in it. */
export function sourceQuery(params: URLSearchParams): SourceQuery {
  const given = (name: string): string => (params.get(name) ?? '').trim().slice(0, LONGEST);
  const sort = given('sort').replace(/^-/, '');
  const page = Number(given('page'));
  return {
    text: given('text'), state: given('state'), language: given('language'), host: given('host'), error: given('error'),
    sort: isSort(sort) ? sort : 'name', reverse: given('sort').startsWith('-'), page: Number.isSafeInteger(page) && page > 0 ? page : 1,
  };
}

const isSort = (name: string): name is Sort => Object.hasOwn(SORTS, name);

/** The same as a query string, without what says nothing. */
export function queryString(query: SourceQuery, change: Partial<SourceQuery> = {}): string {
  const { text, state, language, host, error, sort, reverse, page } = { ...query, ...change };
  const params = new URLSearchParams(Object.entries({
    text, state, language, host, error, sort: sort === 'name' && !reverse ? '' : `${reverse ? '-' : ''}${sort}`, page: page === 1 ? '' : String(page),
  }).filter(([, value]) => value !== ''));
  return params.size === 0 ? '/sources' : `/sources?${params.toString()}`;
}

/** Those that fit, sorted; equals by id. */
export function pickSources(all: readonly ListedSource[], { text, state, language, host, error, sort, reverse }: SourceQuery): ListedSource[] {
  const words = text.toLocaleLowerCase().split(/\s+/).filter((word) => word !== '');
  const fits = (one: ListedSource): boolean => {
    const hay = `${one.row.id} ${one.row.name} ${one.row.url}`.toLocaleLowerCase();
    return words.every((word) => hay.includes(word)) && (state === '' || one.state === state) && (language === '' || one.language === language)
      && (host === '' || one.host === host) && (error === '' || (error === 'any' ? one.row.trouble !== null : errorOf(one.row) === error));
  };
  const sign = reverse ? -1 : 1;
  return all.filter(fits).toSorted((one, other) => sign * SORTS[sort](one, other) || (one.row.id < other.row.id ? -1 : 1));
}
