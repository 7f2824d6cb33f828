import type { StoryFilter } from '../../../store/index.js';
import { filterQuery } from '../stories/story-filter.js';
import { isRegion, type RegionName } from './regions.js';

export const HOUR_MS = 3_600_000;

/** Spans that the page offers, in hours. */
export const RANGES = { '6h': 6, '24h': 24, '7d': 168 } as const;
export type Range = keyof typeof RANGES;

const PARTS = ['source', 'language', 'agency'] as const;
export type Part = (typeof PARTS)[number];

export interface MapQuery {
  readonly range: Range;
  /** End of the last hour, ms since 1970, where it is not the running one. */
  readonly end: number | null;
  /** Begin of the one hour that the map shows, ms since 1970; null for all of the range. */
  readonly hour: number | null;
  readonly region: RegionName;
  readonly parts: Readonly<Partial<Record<Part, string>>>;
}

/** The query string, whatever stands in it: a part that cannot be understood is left out. */
export function mapQuery(params: URLSearchParams): MapQuery {
  const range = params.get('range') ?? '';
  const region = params.get('region') ?? '';
  const parts: Partial<Record<Part, string>> = {};
  for (const part of PARTS) {
    const text = params.get(part)?.trim() ?? '';
    if (text !== '' && filterQuery.shape[part].safeParse(text).success) parts[part] = text;
  }
  return { range: isRange(range) ? range : '24h', end: hourOf(params.get('end')), hour: hourOf(params.get('hour')), region: isRegion(region) ? region : 'world', parts };
}

const isRange = (text: string): text is Range => Object.hasOwn(RANGES, text);

/** An hour as the addresses write it: `2026-11-24T10`, UTC. */
const HOUR = /^\d{4}-\d\d-\d\dT\d\d$/;
function hourOf(text: string | null): number | null {
  if (text === null || !HOUR.test(text)) return null;
  const time = Date.parse(`${text}:00Z`);
  return Number.isNaN(time) ? null : time;
}
const hourText = (ms: number): string => new Date(ms).toISOString().slice(0, 13);

/** The same as an address, with other parts in place; the running range and the whole world are not said. */
export function mapAddress(query: MapQuery, change: Partial<MapQuery> = {}): string {
  const { range, end, hour, region, parts } = { ...query, ...change };
  const params = new URLSearchParams({
    ...(range === '24h' ? {} : { range }), ...(end === null ? {} : { end: hourText(end) }), ...(hour === null ? {} : { hour: hourText(hour) }),
    ...(region === 'world' ? {} : { region }), ...parts,
  });
  return params.size === 0 ? '/map' : `/map?${params.toString()}`;
}

export interface Span {
  /** ms since 1970: begin of the first hour, end of the last one. */
  readonly from: number;
  readonly until: number;
}

/** Whole hours: the running one, which is not over yet, and those before it. */
export function spanOf({ range, end }: Pick<MapQuery, 'range' | 'end'>, now: number): Span {
  const until = Math.min(end ?? Infinity, (Math.floor(now / HOUR_MS) + 1) * HOUR_MS);
  return { from: until - RANGES[range] * HOUR_MS, until };
}

export const filterIn = ({ from, until }: Span, { parts }: Pick<MapQuery, 'parts'>): StoryFilter => ({ ...parts, from, until });
