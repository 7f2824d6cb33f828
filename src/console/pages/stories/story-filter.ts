import { z } from 'zod';
import type { StoryFilter } from '../../../store/index.js';

/** Day or moment, ISO 8601; a bare day is one of UTC. */
const moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]).transform((text) => Date.parse(text));

/** Which stories, as it stands in an address: the same for the pages, the interface for programs and the feeds. */
export const filterQuery = z.strictObject({
  q: z.string().max(500).optional().describe('Words, "phrases", prefixes (elect*), words that must not occur (-sport), in any script'),
  source: z.string().max(64).optional().describe('Id of a source'),
  language: z.string().max(35).optional().describe('BCP 47 tag; zh takes in zh-Hant'),
  agency: z.string().max(64).optional().describe('Id of the agency in the dateline'),
  country: z.string().regex(/^[A-Za-z]{2}$/).optional().describe('ISO 3166-1 alpha-2 code of a place in the dateline'),
  place: z.string().max(100).optional().describe('Words of the name of a place in the dateline, as written or in English'),
  status: z.enum(['usable', 'corrected', 'withdrawn']).optional(),
  from: moment.optional().describe('Not before this day (UTC) or moment'),
  until: moment.optional().describe('Before this day (UTC) or moment'),
});

export type FilterQuery = z.output<typeof filterQuery>;
export const FILTER_KEYS = ['q', 'source', 'language', 'agency', 'country', 'place', 'status', 'from', 'until'] as const;
export type FilterKey = (typeof FILTER_KEYS)[number];

export const filterOf = ({ q, country, ...rest }: FilterQuery): StoryFilter => ({ ...rest, text: q, country: country?.toUpperCase() });

export interface AskedFilter {
  readonly filter: StoryFilter;
  /** The parts that were understood, as they were written. */
  readonly asked: Readonly<Partial<Record<FilterKey, string>>>;
  /** Parts that could not be understood, and are left out. */
  readonly wrong: readonly FilterKey[];
}

/** Reads a page's address part by part: a mistake in one does not lose the others. */
export function askedFilter({ searchParams }: URL): AskedFilter {
  const asked: Partial<Record<FilterKey, string>> = {};
  const wrong: FilterKey[] = [];
  for (const key of FILTER_KEYS) {
    const text = searchParams.get(key)?.trim() ?? '';
    if (text === '') continue;
    if (filterQuery.shape[key].safeParse(text).success) asked[key] = text;
    else wrong.push(key);
  }
  return { filter: filterOf(filterQuery.parse(asked)), asked, wrong };
}

/** An address with the parts asked for and others in their place; null takes one out. */
export function withParts(path: string, asked: AskedFilter['asked'], parts: Readonly<Record<string, string | null>> = {}): string {
  const query = new URLSearchParams(Object.entries({ ...asked, ...parts }).filter((entry): entry is [string, string] => entry[1] !== null && entry[1] !== undefined));
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}
