import { z } from 'zod';
import { ok } from '../../fault.js';
import { HISTORY_STEPS, readHistory } from '../../ledger/index.js';
import type { Area } from '../area.js';
import type { OverviewSample } from '../live-overview.js';
import { liveEvents } from '../live-parts.js';
import { stateOf } from '../source-list.js';
import { sum, type SourceRow } from '../view.js';
import { apiRoute } from './route.js';

const counts = z.record(z.string(), z.int());

const overviewSchema = z.strictObject({
  at: z.string().describe('ISO 8601'), ready: z.boolean(), balanced: z.boolean(), sourcesByState: counts, seen: z.int(), delivered: z.int(), quarantined: z.int(),
  inFlight: z.int(), waiting: z.int().describe('Jobs in all queues'), backlog: z.int().describe('Deliveries that wait for all sinks'), storiesLastHour: z.int(),
});

/** Stories by time, and the whole service in one answer. */
export const historyApi: Area = {
  pages: [],
  api: [
    apiRoute({
      method: 'get', path: '/history', access: 'viewer', summary: 'Story versions accepted by minute, hour or day, the oldest first',
      query: z.strictObject({
        step: z.enum(['minute', 'hour', 'day']).default('minute'),
        count: z.coerce.number().int().min(1).max(HISTORY_STEPS.hour.most).default(30).describe('Steps, the one under way included; no more are given than are kept: 60 minutes, 744 hours, 366 days'),
      }),
      answer: z.strictObject({
        items: z.array(z.strictObject({
          begins: z.string().describe('ISO 8601'), stories: z.int(), languages: counts.describe('By BCP 47 tag; `other` for what is not told apart'),
          agencies: counts.describe('By id of the agency that the dateline names'),
        })),
      }),
      async handle({ query: { step, count } }, { services: { redis, keys }, now }) {
        const points = await readHistory(redis, keys, step, count, now.getTime());
        return ok({ items: points.map(({ begins, stories, languages, agencies }) => ({ begins: new Date(begins).toISOString(), stories, languages: Object.fromEntries(languages), agencies: Object.fromEntries(agencies) })) });
      },
    }),
    apiRoute({
      method: 'get', path: '/overview', access: 'viewer', summary: 'The whole service in one answer, a few seconds old at most where sources are few',
      answer: overviewSchema,
      handle: async (_, { services: { live } }) => ok(overviewOf(await live.latest())),
    }),
    apiRoute({
      method: 'get', path: '/overview/stream', access: 'viewer', summary: 'The same as it changes, as server-sent events',
      description: 'Each event is named overview, and its data is what /overview answers. It ends with the login of who asked, and every ten minutes, to be asked for again.',
      produces: 'text/event-stream', answer: z.string(),
      handle: (_, { services, signal }) => Promise.resolve(liveEvents({ services, signal, event: 'overview', key: 'api', data: overviewOf })),
    }),
  ],
};

function overviewOf({ at, sources, queues, sinks, checks, history }: OverviewSample): z.input<typeof overviewSchema> {
  const byState: Record<string, number> = {};
  for (const source of sources) byState[stateOf(source)] = (byState[stateOf(source)] ?? 0) + 1;
  const total = (of: (source: SourceRow) => number): number => sources.reduce((all, source) => all + of(source), 0);
  return {
    at: at.toISOString(), ready: checks.every((check) => check.ok), balanced: sources.every(({ books }) => books.balanced), sourcesByState: byState,
    seen: total(({ books }) => books.seen), delivered: total(({ books }) => books.delivered), quarantined: total(({ books }) => sum(books.quarantined)), inFlight: total(({ books }) => books.inFlight),
    waiting: queues.reduce((all, { waiting }) => all + waiting, 0), backlog: sinks.reduce((all, { waiting }) => all + waiting, 0),
    storiesLastHour: history.hour.reduce((all, { stories }) => all + stories, 0),
  };
}
