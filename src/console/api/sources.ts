import { z } from 'zod';
import { sourceSchema, type SourceConfig } from '../../config/index.js';
import { failed, misconfigured, ok } from '../../fault.js';
import { sourceLanguages } from '../../ledger/index.js';
import type { Area } from '../area.js';
import { addSourceEntry, editSource, exportOpml, importOpml, parkSource, pollNow, switchSource } from '../source-changes.js';
import type { SourceRow } from '../view.js';
import { asWritten, apiRoute, pageOf, pageQuery } from './route.js';
import { sourceLook } from './source-look.js';
import { booksSchema } from './status.js';

const configured = z.strictObject({
  id: z.string(), name: z.string(), url: z.string(), enabled: z.boolean(),
  language: z.string().nullable(), timeZone: z.string().nullable(), agency: z.string().nullable(), stories: z.string(), tags: z.array(z.string()), robots: z.string(),
  allowPrivate: z.boolean(), interval: z.number().nullable().describe('Fixed time between two polls in milliseconds; null follows its rhythm'),
  headers: z.array(z.string()).describe('Names of extra request headers; their values are not shown'),
  proxy: z.boolean().describe('Whether it has a proxy of its own'),
});
const standing = z.strictObject({
  lastPollAt: z.string().nullable(), nextPollAt: z.string().nullable(), trouble: z.string().nullable(),
  health: z.strictObject({ state: z.string(), reason: z.string(), since: z.string() }).nullable(),
  books: booksSchema,
});
const sourceAnswer = z.strictObject({ ...configured.shape, standing: standing.nullable().describe('How it stands; null while the service does not know it yet') });

const configuredOf = (source: SourceConfig): z.input<typeof configured> => ({
  id: source.id, name: source.name, url: source.url, enabled: source.enabled, language: source.language ?? null, timeZone: source.timeZone ?? null,
  agency: source.agency ?? null, stories: source.stories, tags: source.tags, robots: source.robots, allowPrivate: source.allowPrivate, interval: source.interval ?? null,
  headers: Object.keys(source.headers ?? {}), proxy: source.proxy !== undefined,
});

function answerOf(source: SourceConfig, rows: ReadonlyMap<string, SourceRow>): z.input<typeof sourceAnswer> {
  const row = rows.get(source.id);
  return {
    ...configuredOf(source),
    standing: row === undefined ? null : {
      lastPollAt: row.lastPollAt, nextPollAt: row.nextPollAt, trouble: row.trouble, books: row.books,
      health: row.health === null ? null : { state: row.health.state, reason: row.health.reason, since: row.health.since },
    },
  };
}

const languagesAnswer = z.strictObject({
  pages: z.record(z.string(), z.int()).describe('Pages so far by BCP 47 tag; und where the text did not tell'),
  usual: z.string().nullable().describe('The tag that its pages have by now; null before there are enough of them'),
  changed: z.strictObject({ from: z.string(), to: z.string(), at: z.string().describe('ISO 8601') }).nullable().describe('Its last change from one language to another; null where there was none'),
});

const id = z.strictObject({ id: z.string().min(1).max(64).describe('Id of the source') });
const { id: _, ...changeable } = sourceSchema.in.shape;
const changes = z.strictObject(Object.fromEntries(Object.entries(changeable).map(([name, field]) => [name, z.union([field, z.null()]).optional()])));
const OPML_BYTES = 16_000_000;
const DAY_MS = 86_400_000;

/** Sources: what the console does to them, for programs. */
export const sourcesApi: Area = {
  pages: [],
  api: [
    apiRoute({
      method: 'get', path: '/sources', access: 'viewer', summary: 'The sources, by id, each as configured and how it stands',
      query: z.strictObject({ ...pageQuery.shape, state: z.string().max(40).optional().describe('Only those in this state: silent, failing …'), language: z.string().max(40).optional() }),
      answer: pageOf(sourceAnswer),
      async handle({ query: { limit, cursor = '', state, language } }, { services }) {
        const rows = new Map((await services.view.sources()).map((row) => [row.id, row]));
        const after = services.sources().filter((source) => source.id > cursor
          && (state === undefined || rows.get(source.id)?.health?.state === state) && (language === undefined || source.language === language))
          .toSorted((left, right) => (left.id < right.id ? -1 : 1));
        return ok({ items: after.slice(0, limit).map((source) => answerOf(source, rows)), next: after.length > limit ? after[limit - 1]?.id ?? null : null });
      },
    }),
    apiRoute({
      method: 'get', path: '/sources.opml', access: 'viewer', summary: 'The sources as an OPML list for other readers', produces: 'text/x-opml',
      query: z.strictObject({ enabled: z.stringbool().default(false).describe('Only those that are switched on') }), answer: z.string(),
      handle: ({ query }, { services }) => Promise.resolve(new Response(exportOpml(services, query.enabled), {
        headers: { 'Content-Type': 'text/x-opml; charset=utf-8', 'Content-Disposition': 'attachment; filename="dateline.opml"' },
      })),
    }),
    apiRoute({
      method: 'post', path: '/sources.opml', access: 'editor', action: 'sources.import', summary: 'Takes the subscriptions of an OPML list over, switched off unless said otherwise',
      query: z.strictObject({ enable: z.stringbool().default(false) }), consumes: 'text/x-opml', body: z.string(), maxBytes: OPML_BYTES,
      answer: z.strictObject({ added: z.array(z.string()), present: z.int(), unusable: z.array(z.strictObject({ url: z.string(), why: z.string() })) }),
      async handle({ query, body }, { services, note }) {
        const imported = await importOpml(services, body, query.enable);
        if (!imported.ok) return imported;
        note(`${imported.value.added.length} sources`);
        return ok({ added: [...imported.value.added], present: imported.value.present, unusable: [...imported.value.unusable] });
      },
    }),
    sourceLook,
    apiRoute({
      method: 'post', path: '/sources', access: 'editor', action: 'source.add', status: 201, summary: 'Adds a source to sources.yaml',
      description: 'allowPrivate, robots: ignore, a proxy and addresses outside the web are for operators.', body: asWritten(sourceSchema), answer: configured,
      async handle({ body }, { services, visitor, note }) {
        note(body.id);
        const added = await addSourceEntry(services, body, visitor.role);
        return added.ok ? ok(configuredOf(added.value)) : added;
      },
    }),
    apiRoute({
      method: 'get', path: '/sources/:id', access: 'viewer', summary: 'One source', params: id, answer: sourceAnswer,
      async handle({ params }, { services }) {
        const source = services.sources().find((one) => one.id === params.id);
        if (source === undefined) return failed(misconfigured({ code: 'source-unknown', message: `There is no source ${params.id}.` }));
        return ok(answerOf(source, new Map((await services.view.sources()).map((row) => [row.id, row]))));
      },
    }),
    apiRoute({
      method: 'get', path: '/sources/:id/languages', access: 'viewer', summary: 'The languages of a source\'s pages, and whether it changed its language', params: id,
      answer: languagesAnswer,
      async handle({ params }, { services: { sources, redis, keys } }) {
        if (!sources().some((one) => one.id === params.id)) return failed(misconfigured({ code: 'source-unknown', message: `There is no source ${params.id}.` }));
        const { pages, usual, changed } = await sourceLanguages(redis, keys, params.id);
        return ok({ pages, usual, changed });
      },
    }),
    apiRoute({
      method: 'patch', path: '/sources/:id', access: 'editor', action: 'source.edit', summary: 'Sets fields of a source, as they are written in sources.yaml; null takes one away',
      params: id, body: asWritten(changes), answer: configured,
      async handle({ params, body }, { services, visitor, note }) {
        note(params.id);
        const edited = await editSource(services, params.id, body, visitor.role);
        return edited.ok ? ok(configuredOf(edited.value)) : edited;
      },
    }),
    ...([['pause', false, 'Switches a source off: it is polled no more; its books stay'], ['resume', true, 'Switches a source on']] as const).map(([word, enabled, summary]) => apiRoute({
      method: 'post', path: `/sources/:id/${word}`, access: 'editor', action: `source.${word}`, summary, params: id, answer: configured,
      async handle({ params }, { services, note }) {
        note(params.id);
        const switched = await switchSource(services, params.id, enabled);
        return switched.ok ? ok(configuredOf(switched.value)) : switched;
      },
    })),
    apiRoute({
      method: 'post', path: '/sources/:id/poll', access: 'editor', action: 'source.poll', status: 202, summary: 'Makes its next poll due now', params: id, answer: configured,
      async handle({ params }, { services, note }) {
        note(params.id);
        const polled = await pollNow(services, params.id);
        return polled.ok ? ok(configuredOf(polled.value)) : polled;
      },
    }),
    apiRoute({
      method: 'post', path: '/sources/:id/park', access: 'editor', action: 'source.park', summary: 'Leaves a source alone for some days; the file stays as it is', params: id,
      body: z.strictObject({ days: z.number().min(0.01).max(365) }), answer: configured,
      async handle({ params, body }, { services, note }) {
        note(`${params.id}, ${body.days} days`);
        const parked = await parkSource(services, params.id, body.days * DAY_MS);
        return parked.ok ? ok(configuredOf(parked.value)) : parked;
      },
    }),
  ],
};
