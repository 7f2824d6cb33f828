import { z } from 'zod';
import { ok } from '../../fault.js';
import type { Area } from '../area.js';
import { apiRoute } from './route.js';

export const countsSchema = z.record(z.string(), z.int()).describe('Count by reason');
export const booksSchema = z.strictObject({
  seen: z.int(), delivered: z.int(), unchanged: z.int(), duplicate: z.int(), rejected: countsSchema, quarantined: countsSchema, inFlight: z.int(),
  balanced: z.boolean().describe('Whether `seen` is the sum of the rest'),
});
const check = z.strictObject({ name: z.string(), ok: z.boolean(), detail: z.string() });
const queue = z.strictObject({ name: z.string(), waiting: z.int(), active: z.int(), delayed: z.int(), failed: z.int(), later: z.int().describe('Behind the rest: pages asked again'),
  oldestMs: z.int().nullable().describe('Milliseconds that the oldest job has waited which could be taken now'), perMinute: z.number().describe('Jobs ended in a minute, over the last five whole ones'),
});
const sink = z.strictObject({
  name: z.string(), where: z.string(), delivered: z.int(), unrouted: z.int().describe('Story versions that its filter left out'),
  waiting: z.int().describe('Deliveries that wait for it'), waitingBytes: z.int(), fill: z.number().describe('Share of its bound that waits; 1 is full'),
  onDisk: z.int().describe('Deliveries that wait on disk or are on their way there; not all of them are among those that wait'),
  state: z.enum(['closed', 'open', 'half-open', 'stopped']).describe('closed: deliveries go'),
  since: z.int().nullable().describe('Milliseconds of the epoch since when none goes'), trouble: z.string().nullable(),
});

/** Whether work goes on: checks, queues, sinks, the ledger. */
export const statusApi: Area = {
  pages: [],
  api: [
    apiRoute({
      method: 'get', path: '/status', access: 'viewer', summary: 'Whether all is well: every dependency and every kind of work',
      answer: z.strictObject({ ready: z.boolean(), checks: z.array(check) }),
      handle: async (_, { services }) => {
        const checks = [...await services.view.checks()];
        return ok({ ready: checks.every(({ ok }) => ok), checks });
      },
    }),
    apiRoute({
      method: 'get', path: '/queues', access: 'viewer', summary: 'Jobs of each queue by state', answer: z.strictObject({ items: z.array(queue) }),
      handle: async (_, { services }) => ok({ items: [...await services.view.queues()] }),
    }),
    apiRoute({
      method: 'get', path: '/sinks', access: 'viewer', summary: 'Every sink and what it has taken', answer: z.strictObject({ items: z.array(sink) }),
      handle: async (_, { services }) => ok({ items: (await services.view.sinks()).map((row) => ({ ...row })) }),
    }),
    apiRoute({
      method: 'get', path: '/ledger', access: 'viewer', summary: 'The books: what became of the items of each source',
      query: z.strictObject({ source: z.string().max(64).optional().describe('Id of one source') }),
      answer: z.strictObject({ balanced: z.boolean(), items: z.array(z.strictObject({ source: z.string(), books: booksSchema })) }),
      handle: async ({ query }, { services }) => {
        const rows = (await services.view.sources()).filter(({ id }) => query.source === undefined || id === query.source);
        return ok({ balanced: rows.every(({ books }) => books.balanced), items: rows.map(({ id, books }) => ({ source: id, books })) });
      },
    }),
    apiRoute({
      method: 'get', path: '/session', access: 'viewer', summary: 'Who you are, and the token that your changes bring',
      answer: z.strictObject({ name: z.string(), role: z.string(), via: z.string(), csrf: z.string().nullable().describe('To be sent as X-CSRF-Token; null where none is needed') }),
      handle: (_, { visitor }) => Promise.resolve(ok({ ...visitor })),
    }),
  ],
};
