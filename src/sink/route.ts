import { z } from 'zod';
import type { StoryFilter } from '../config/index.js';
import type { SinkPlan } from './plan.js';

/** What stories are routed by. */
export interface RoutingFacts {
  readonly source: string;
  /** BCP 47. */
  readonly language: string;
  /** Of every place of the dateline: its country, and its names as written and in English. */
  readonly countries: readonly string[];
  readonly places: readonly string[];
  readonly agency: string | null;
  readonly status: string;
}

const routed = z.object({
  source: z.object({ id: z.string() }),
  language: z.object({ tag: z.string() }),
  status: z.string(),
  dateline: z.object({
    places: z.array(z.object({ name: z.string(), englishName: z.string().optional(), countryCode: z.string().optional() })),
    agency: z.object({ id: z.string().nullable() }).nullable(),
  }).nullable(),
});

/** Reads them off a story record. */
export function routingFacts(record: string): RoutingFacts {
  const { source, language, status, dateline } = routed.parse(JSON.parse(record));
  const places = dateline?.places ?? [];
  return {
    source: source.id, language: language.tag, status, agency: dateline?.agency?.id ?? null,
    countries: places.flatMap(({ countryCode }) => countryCode ?? []),
    places: places.flatMap(({ name, englishName }) => (englishName === undefined ? [name] : [name, englishName])),
  };
}

/** Whether a plan looks at the story at all; if not, nothing has to be read for it. */
export const isFiltered = ({ only, except }: Pick<SinkPlan, 'only' | 'except'>): boolean => only !== null || except !== null;

/** Whether the story goes to the sink. */
export const isRouted = ({ only, except }: Pick<SinkPlan, 'only' | 'except'>, facts: RoutingFacts): boolean =>
  (only === null || fits(only, facts, true)) && (except === null || !fits(except, facts, false));

/**
 * Every key that is given must fit, by any of its values. A notice of withdrawal has no dateline any more, and must reach every
 * sink that the story may have reached: `unknown` says what its lack counts for.
 */
function fits(filter: StoryFilter, facts: RoutingFacts, unknown: boolean): boolean {
  const { sources, languages, countries, places, agencies, statuses } = filter;
  const bare = facts.status === 'withdrawn' && facts.agency === null && facts.places.length === 0;
  return (sources?.includes(facts.source) ?? true)
    && (languages?.some((range) => isInRange(facts.language, range)) ?? true)
    && (countries === undefined || (bare ? unknown : meet(countries, facts.countries)))
    && (places === undefined || (bare ? unknown : meet(places, facts.places)))
    && (agencies === undefined || (bare ? unknown : facts.agency !== null && meet(agencies, [facts.agency])))
    && (statuses?.some((status) => status === facts.status) ?? true);
}

/** Basic filtering of RFC 4647, section 3.3.1: a range takes the tag itself and everything below it. */
const isInRange = (tag: string, range: string): boolean => `${tag.toLowerCase()}-`.startsWith(`${range.toLowerCase()}-`);

const meet = (wanted: readonly string[], there: readonly string[]): boolean => {
  const folded = new Set(there.map(fold));
  return wanted.some((value) => folded.has(fold(value)));
};

/** Accents are left out after decomposition; a letter of its own (ø, ł, đ) stays. */
const fold = (text: string): string => text.normalize('NFKD').replace(/\p{Mn}+/gu, '').toLowerCase().trim();

export interface Routes {
  readonly routed: readonly SinkPlan[];
  /** Stories left out, of the sinks that get none of them. */
  readonly unrouted: ReadonlyMap<string, number>;
}

/** Where the stories of one page go: every sink that wants one of them; it picks its own when they are handed over. */
export function routes(plans: readonly SinkPlan[], records: readonly string[]): Routes {
  const facts = plans.some(isFiltered) ? records.map(routingFacts) : [];
  const routed = plans.filter((plan) => !isFiltered(plan) || facts.some((story) => isRouted(plan, story)));
  return { routed, unrouted: new Map(plans.filter((plan) => !routed.includes(plan)).map(({ name }) => [name, records.length])) };
}
