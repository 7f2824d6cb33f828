import { z } from 'zod';
import { ok } from '../../../fault.js';
import { apiRoute, type ApiRoute } from '../../api/route.js';
import { kept } from '../stories/kept-stories.js';
import { filterOf, filterQuery } from '../stories/story-filter.js';
import { HOUR_MS } from './map-query.js';
import { placeStories, unplaced } from './placed-stories.js';

const MOST_PLACES = 2_000;
const DAY_MS = 24 * HOUR_MS;
/** Hours of one answer: a month. */
const MOST_HOURS = 31 * 24;

const place = z.strictObject({
  name: z.string().describe('In English where it is known, else as written'), country: z.string().nullable().describe('ISO 3166-1 alpha-2'), stories: z.int(),
  latitude: z.number().nullable(), longitude: z.number().nullable(),
  by: z.enum(['place', 'capital']).nullable().describe('What stands at that point: the place, or the capital of its country where only that is known; null for nowhere'),
});

export const mapApi: readonly ApiRoute[] = [
  apiRoute({
    method: 'get', path: '/map/places', access: 'viewer', summary: 'Where the stories of a search come from, the most frequent places first',
    description: 'Without `from`, those of the last 24 hours. A story that names two places counts at both.',
    query: z.strictObject({ ...filterQuery.shape, limit: z.coerce.number().int().min(1).max(MOST_PLACES).default(500) }),
    answer: z.strictObject({
      stories: z.int().describe('Stories that fit'), placed: z.int().describe('Those of them that name a place'),
      unknown: z.int().describe('Stories of the places given that stand nowhere'), items: z.array(place),
    }),
    handle: async ({ query: { limit, ...asked } }, { services, now }) => {
      const store = kept(services);
      if (!store.ok) return store;
      const filter = { ...filterOf({ ...asked, from: asked.from ?? now.getTime() - DAY_MS }), outwardAt: now.getTime() };
      const [counts, { stories, placed }] = await Promise.all([store.value.places(filter, limit), store.value.placed(filter)]);
      const places = placeStories(counts);
      return ok({ stories, placed, unknown: unplaced(places), items: places.map(({ name, country, stories: count, point, by }) => ({ name, country, stories: count, latitude: point?.latitude ?? null, longitude: point?.longitude ?? null, by })) });
    },
  }),
  apiRoute({
    method: 'get', path: '/map/hours', access: 'viewer', summary: 'Stories of a search by hour, oldest first; hours without one are left out',
    description: 'Without `from`, those of the last 24 hours; never more than 31 days before `until`.',
    query: filterQuery,
    answer: z.strictObject({ from: z.string(), until: z.string(), items: z.array(z.strictObject({ hour: z.string().describe('Begin of the hour, ISO 8601'), stories: z.int() })) }),
    handle: async ({ query }, { services, now }) => {
      const store = kept(services);
      if (!store.ok) return store;
      const until = query.until ?? now.getTime();
      const from = Math.max(query.from ?? until - DAY_MS, until - MOST_HOURS * HOUR_MS);
      const hours = await store.value.hours({ ...filterOf({ ...query, from, until }), outwardAt: now.getTime() });
      return ok({ from: new Date(from).toISOString(), until: new Date(until).toISOString(), items: hours.map(({ hour, stories }) => ({ hour: new Date(hour).toISOString(), stories })) });
    },
  }),
];
