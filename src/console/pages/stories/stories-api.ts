import { z } from 'zod';
import { failed, giveUp, ok } from '../../../fault.js';
import type { StorySummary, StoryVersion } from '../../../store/index.js';
import { apiRoute, pageOf, pageQuery, type ApiRoute } from '../../api/route.js';
import { feedRoutes } from './feed-out.js';
import { kept } from './kept-stories.js';
import { pageApi } from './page-api.js';
import { filterOf, filterQuery } from './story-filter.js';
import { storyStream } from './story-stream.js';

const summary = z.strictObject({
  id: z.string(), version: z.int(), at: z.string().describe('News time, ISO 8601: publication as far as it can be believed, else arrival'),
  arrivedAt: z.string().describe('ISO 8601'), status: z.enum(['usable', 'corrected', 'withdrawn']), headline: z.string().nullable(),
  lead: z.string().describe('First words of the text'), kicker: z.string().nullable(), source: z.strictObject({ id: z.string(), name: z.string() }), url: z.string(),
  language: z.string().describe('BCP 47'), direction: z.enum(['ltr', 'rtl']), agency: z.string().nullable(), dateline: z.string().nullable().describe('As written'),
  countries: z.array(z.string()), cluster: z.string().nullable(), duplicateOf: z.string().nullable(),
});
const record = z.looseObject({ id: z.string(), version: z.int() }).describe('A story record, as story.schema.json has it');
const facet = z.array(z.strictObject({ value: z.string(), count: z.int() }));
const byId = z.strictObject({ id: z.string().max(64).describe('Id of a story') });

const summaryOf = ({ id, version, at, arrivedAt, status, headline, lead, kicker, source, url, language, direction, agency, dateline, countries, cluster, duplicateOf }: StorySummary): z.input<typeof summary> => ({
  id, version, at: new Date(at).toISOString(), arrivedAt: new Date(arrivedAt).toISOString(), status, headline, lead, kicker, source: { ...source }, url,
  language, direction, agency, dateline, countries: [...countries], cluster, duplicateOf,
});

const unknown = (id: string) => failed(giveUp({ code: 'no-such-story', message: `No story ${id.slice(0, 40)} is kept.` }));
/** An embargoed version is not given out before its time. */
const isOut = ({ record: { embargoedUntil } }: StoryVersion, now: Date): boolean => embargoedUntil === undefined || Date.parse(embargoedUntil) <= now.getTime();

/** Static paths stand before those with an id in them. */
export const storiesApi: readonly ApiRoute[] = [
  apiRoute({
    method: 'get', path: '/stories', access: 'viewer', summary: 'Stories kept, newest first by news time', query: z.strictObject({ ...pageQuery.shape, ...filterQuery.shape }), answer: pageOf(summary),
    handle: async ({ query: { limit, cursor, ...asked } }, { services, now }) => {
      const store = kept(services);
      if (!store.ok) return store;
      const page = await store.value.search({ ...filterOf(asked), outwardAt: now.getTime(), limit, after: cursor });
      return ok({ items: page.stories.map(summaryOf), next: page.next });
    },
  }),
  apiRoute({
    method: 'get', path: '/stories/facets', access: 'viewer', summary: 'How the stories of a search divide by source, language, agency, country and status', query: filterQuery,
    answer: z.strictObject({ counted: z.int().describe('Stories counted: the newest of the search'), more: z.boolean(), facets: z.strictObject({ source: facet, language: facet, agency: facet, country: facet, status: facet }) }),
    handle: async ({ query }, { services, now }) => {
      const store = kept(services);
      if (!store.ok) return store;
      const { counted, more, facets } = await store.value.facets({ ...filterOf(query), outwardAt: now.getTime() });
      return ok({ counted, more, facets: { source: [...facets.source], language: [...facets.language], agency: [...facets.agency], country: [...facets.country], status: [...facets.status] } });
    },
  }),
  apiRoute({
    method: 'get', path: '/stories/stream', access: 'viewer', summary: 'Story versions as they come, as server-sent events',
    description: 'Each event has the data {position, version, record} and its position as id; Last-Event-ID, or `after`, goes on from there. Without either: from now on.',
    query: z.strictObject({ ...filterQuery.shape, after: z.coerce.number().int().min(0).optional().describe('Position to go on from') }), produces: 'text/event-stream', answer: z.string(),
    handle: async ({ query: { after, ...asked } }, { services, headers, signal }) => {
      const store = kept(services);
      return store.ok ? storyStream(store.value, filterOf(asked), { after, lastEventId: headers.get('last-event-id'), signal, onError: services.onError }) : store;
    },
  }),
  ...feedRoutes,
  ...pageApi,
  apiRoute({
    method: 'get', path: '/stories/:id', access: 'viewer', summary: 'The newest version of a story', params: byId, answer: record,
    handle: async ({ params: { id } }, { services, now }) => {
      const store = kept(services);
      if (!store.ok) return store;
      const found = await store.value.story(id);
      return found !== null && isOut(found, now) ? ok({ ...found.record }) : unknown(id);
    },
  }),
  apiRoute({
    method: 'get', path: '/stories/:id/versions', access: 'viewer', summary: 'Every version of a story that is kept, oldest first', params: byId,
    answer: z.strictObject({ items: z.array(z.strictObject({ version: z.int(), arrivedAt: z.string(), position: z.int().nullable().describe('In the stream'), record })) }),
    handle: async ({ params: { id } }, { services, now }) => {
      const store = kept(services);
      if (!store.ok) return store;
      const versions = (await store.value.versions(id)).filter((version) => isOut(version, now));
      return versions.length === 0 ? unknown(id)
        : ok({ items: versions.map(({ version, arrivedAt, position, record: of }) => ({ version, arrivedAt: new Date(arrivedAt).toISOString(), position, record: { ...of } })) });
    },
  }),
  apiRoute({
    method: 'get', path: '/stories/:id/related', access: 'viewer', summary: 'Stories of the same cluster, the original and the duplicates', params: byId, answer: z.strictObject({ items: z.array(summary) }),
    handle: async ({ params: { id } }, { services, now }) => {
      const store = kept(services);
      if (!store.ok) return store;
      return ok({ items: (await store.value.related(id)).filter(({ embargoedUntil }) => embargoedUntil === null || embargoedUntil <= now.getTime()).map(summaryOf) });
    },
  }),
];
