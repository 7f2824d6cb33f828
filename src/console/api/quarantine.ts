import { z } from 'zod';
import { failed, giveUp, ok } from '../../fault.js';
import { listQuarantine, showQuarantined, type QuarantinedJob } from '../../ledger/index.js';
import type { Area } from '../area.js';
import { dropPicked, MOST_AT_ONCE, retryPicked } from '../quarantine-changes.js';
import { apiRoute, pageOf, pageQuery } from './route.js';

const job = z.strictObject({
  id: z.string(), at: z.string().describe('ISO 8601'), source: z.string(), item: z.string(), revision: z.int(), stage: z.string().describe('article or deliver'),
  sink: z.string().nullable(), reason: z.string(), message: z.string(), hint: z.string().nullable(), consequence: z.string(), attempts: z.int(),
});
const whole = z.strictObject({
  ...job.shape,
  facts: z.looseObject({}).nullable().describe('What the feed said of the item'),
  stories: z.array(z.unknown()).describe('Records that a sink did not take; empty where reading already failed'),
});
const answerOf = (entry: QuarantinedJob): z.input<typeof job> => ({
  id: entry.id, at: entry.at, source: entry.source, item: entry.item, revision: entry.revision, stage: entry.queue, sink: entry.sink ?? null,
  reason: entry.code, message: entry.message, hint: entry.hint ?? null, consequence: entry.consequence, attempts: entry.attempts,
});

const filter = { source: z.string().max(64).optional(), reason: z.string().max(100).optional().describe('Code of what went wrong'),
  since: z.iso.datetime({ offset: true }).optional().describe('Those that failed then or later'), until: z.iso.datetime({ offset: true }).optional().describe('Those that failed then or before') };
const times = ({ since, until }: { readonly since?: string | undefined; readonly until?: string | undefined }) => ({ since: since === undefined ? undefined : Date.parse(since), until: until === undefined ? undefined : Date.parse(until) });
const picked = z.strictObject({ ids: z.array(z.string().max(1_000)).min(1).max(MOST_AT_ONCE).optional(), ...filter, all: z.boolean().optional() });
const acted = z.strictObject({ done: z.int(), more: z.boolean().describe('Whether more fit than one request takes: ask again') });
const CURSOR = /^\d{1,6}$/;

/** Jobs that failed for good: to look at, to try again, to give up. */
export const quarantineApi: Area = {
  pages: [],
  api: [
    apiRoute({
      method: 'get', path: '/quarantine', access: 'viewer', summary: 'Jobs that failed for good, the newest first',
      query: z.strictObject({ ...pageQuery.shape, cursor: z.string().regex(CURSOR).optional(), ...filter }), answer: pageOf(job),
      async handle({ query: { limit, cursor = '0', source, reason, ...span } }, { services: { redis, keys } }) {
        const from = Number(cursor);
        const jobs = await listQuarantine(redis, keys, { source, reason, ...times(span), limit: from + limit + 1 });
        return ok({ items: jobs.slice(from, from + limit).map(answerOf), next: jobs.length > from + limit ? String(from + limit) : null });
      },
    }),
    apiRoute({
      method: 'get', path: '/quarantine/:id', access: 'viewer', summary: 'One job with all that is kept of it', params: z.strictObject({ id: z.string().max(1_000) }), answer: whole,
      async handle({ params }, { services: { redis, keys } }) {
        const found = await showQuarantined(redis, keys, params.id);
        if (found === null) return failed(giveUp({ code: 'no-such-job', message: 'There is no job of this id in quarantine.', hint: 'It may have been retried or dropped.' }));
        return ok({ ...answerOf(found), facts: found.facts === null ? null : { ...found.facts }, stories: found.stories.map((story) => story as unknown) });
      },
    }),
    apiRoute({
      method: 'post', path: '/quarantine/retry', access: 'operator', action: 'quarantine.retry', status: 202, summary: 'Puts jobs back to work', body: picked, answer: acted,
      async handle({ body }, { services, note }) {
        const result = await retryPicked(services, { ...body, ...times(body) });
        if (result.ok) note(`${result.value.done} jobs${body.source === undefined ? '' : ` of ${body.source}`}${body.reason === undefined ? '' : `, ${body.reason}`}`);
        return result;
      },
    }),
    apiRoute({
      method: 'post', path: '/quarantine/drop', access: 'operator', action: 'quarantine.drop', summary: 'Gives jobs up for good: their items are then rejected(dropped) in the books', body: picked, answer: acted,
      async handle({ body }, { services, note }) {
        const result = await dropPicked(services, { ...body, ...times(body) });
        if (result.ok) note(`${result.value.done} jobs${body.source === undefined ? '' : ` of ${body.source}`}${body.reason === undefined ? '' : `, ${body.reason}`}`);
        return result;
      },
    }),
  ],
};
