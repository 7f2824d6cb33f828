import { ok } from '../../fault.js';
import type { Area, Page, PageRequest } from '../area.js';
import { badge, button, counted, csrfField, field, foreign, html, nothing, number, relative, select, table, type Column, type Html } from '../markup/index.js';
import { importOpml, parkSource, pollNow, switchSource } from '../source-changes.js';
import { errorOf, listSources, pickSources, queryString, sourceQuery, standingOf, type ListedSource, type Sort, type SourceQuery } from '../source-list.js';
import { sum } from '../view.js';
import { mayAct, type Visitor } from '../visitor.js';
import { sourcePage } from './source.js';
import { editPage, takeAdded, takeEdited } from './source-form.js';
import { addPage, takeLook } from './source-survey.js';

const SHOWN = 50;
const DAY_MS = 86_400_000;
const PARK_DAYS = 7;
const OPML_BYTES = 16_000_000;

/** Every source: how it stands, and what can be done about it. No source's id begins with a hyphen, so `-` is free for pages of their own. */
export const sources: Area = {
  nav: { label: 'Sources', path: '/sources' },
  pages: [
    { method: 'get', path: '/sources', access: 'viewer', handle: listPage },
    { method: 'get', path: '/sources/-/add', access: 'editor', handle: addPage },
    { method: 'post', path: '/sources/-/look', access: 'editor', action: 'source.look', handle: takeLook },
    { method: 'post', path: '/sources/-/add', access: 'editor', action: 'source.add', handle: takeAdded },
    {
      method: 'post', path: '/sources/-/import', access: 'editor', action: 'sources.import', maxBytes: OPML_BYTES,
      async handle({ form, services }) {
        const list = form.get('list');
        const imported = await importOpml(services, list === null ? '' : typeof list === 'string' ? list : await list.text(), false);
        if (!imported.ok) return imported;
        const { added, present, unusable } = imported.value;
        return ok({ to: '/sources?state=off', say: `${counted(added.length, 'source')} added, switched off. ${present} were there already, ${unusable.length} cannot be used.`, target: `${added.length} sources` });
      },
    },
    { method: 'get', path: '/sources/:id', access: 'viewer', handle: sourcePage },
    { method: 'get', path: '/sources/:id/edit', access: 'editor', handle: editPage },
    { method: 'post', path: '/sources/:id/edit', access: 'editor', action: 'source.edit', handle: takeEdited },
    {
      method: 'post', path: '/sources/:id/poll', access: 'editor', action: 'source.poll',
      async handle({ params, services }) {
        const polled = await pollNow(services, params['id'] ?? '');
        return polled.ok ? ok({ to: `/sources/${polled.value.id}`, say: `${polled.value.id} is polled as soon as a worker is free.`, target: polled.value.id }) : polled;
      },
    },
    {
      method: 'post', path: '/sources/:id/park', access: 'editor', action: 'source.park',
      async handle({ params, services }) {
        const parked = await parkSource(services, params['id'] ?? '', PARK_DAYS * DAY_MS);
        return parked.ok ? ok({ to: `/sources/${parked.value.id}`, say: `${parked.value.id} is left alone for ${PARK_DAYS} days.`, target: parked.value.id }) : parked;
      },
    },
    ...([['pause', false], ['resume', true]] as const).map(([word, enabled]) => ({
      method: 'post' as const, path: `/sources/:id/${word}`, access: 'editor' as const, action: `source.${word}`,
      async handle({ params, services }: PageRequest) {
        const switched = await switchSource(services, params['id'] ?? '', enabled);
        return switched.ok ? ok({ to: `/sources/${switched.value.id}`, say: enabled ? `${switched.value.id} is switched on.` : `${switched.value.id} is switched off; its books stay.`, target: switched.value.id }) : switched;
      },
    })),
  ],
};

async function listPage({ url, services, visitor, now }: PageRequest): Promise<Page> {
  const query = sourceQuery(url.searchParams);
  const all = listSources(await services.view.sources(), services.sources());
  const picked = pickSources(all, query);
  const pages = Math.max(1, Math.ceil(picked.length / SHOWN));
  const page = Math.min(query.page, pages);
  const ill = all.filter(({ state }) => standingOf(state) === 'ill').length;
  return {
    title: 'Sources',
    lead: `${counted(picked.length, 'source')}${picked.length === all.length ? '' : ` of ${number(all.length)}`}${ill === 0 ? '' : `; ${ill} in trouble`}.`,
    body: html`${filters(all, query)}${mayAct(visitor.role, 'editor') ? tools() : nothing}
    ${table({ caption: 'Sources', rows: picked.slice((page - 1) * SHOWN, page * SHOWN), empty: 'No source fits.', columns: columns(query, visitor, now) })}
    ${pages === 1 ? nothing : html`<p class="pager">${page > 1 ? html`<a href="${queryString(query, { page: page - 1 })}">Before</a>` : nothing} Page ${page} of ${pages} ${page < pages ? html`<a href="${queryString(query, { page: page + 1 })}">Next</a>` : nothing}</p>`}
    ${mayAct(visitor.role, 'editor') ? importForm(visitor) : nothing}`,
  };
}

const tools = (): Html => html`<div class="actions"><a class="button primary" href="/sources/-/add">Add a source</a> <a class="button" href="/api/v1/sources.opml">Export as OPML</a></div>`;

const importForm = (visitor: Visitor): Html => html`<h2>Import</h2><form method="post" action="/sources/-/import" enctype="multipart/form-data" class="sheet">${csrfField(visitor)}
  <p class="field"><label for="list">OPML list</label><input id="list" name="list" type="file" required aria-describedby="list-hint"><small id="list-hint">Its feeds are added switched off; those that are there already stay as they are.</small></p>
  <button>Import</button></form>`;

function filters(all: readonly ListedSource[], query: SourceQuery): Html {
  const options = (any: string, values: readonly string[], chosen: string): [string, string][] =>
    [['', any], ...[...new Set([...values, ...(chosen === '' ? [] : [chosen])])].filter((value) => value !== '').sort().map((value): [string, string] => [value, value])];
  return html`<form method="get" action="/sources" class="filters" role="search" aria-label="Sources">
    ${field({ name: 'text', label: 'Name, id or address', type: 'search', value: query.text })}
    ${select({ name: 'state', label: 'State', value: query.state, options: options('any', all.map(({ state }) => state), query.state) })}
    ${select({ name: 'language', label: 'Language', value: query.language, options: options('any', all.map(({ language }) => language ?? ''), query.language) })}
    ${field({ name: 'host', label: 'Host', value: query.host })}
    ${select({ name: 'error', label: 'Last error', value: query.error, options: [['', 'any or none'], ['any', 'any'], ...options('', all.map(({ row }) => errorOf(row)), query.error).slice(1).filter(([code]) => code !== 'any')] })}
    <input type="hidden" name="sort" value="${query.reverse ? '-' : ''}${query.sort}">
    <p class="field"><button>Show</button></p></form>`;
}

function columns(query: SourceQuery, visitor: Visitor, now: Date): Column<ListedSource>[] {
  const sorted = (label: string, sort: Sort): Pick<Column<ListedSource>, 'label' | 'heading' | 'sorted'> => {
    const here = query.sort === sort;
    // Figures and times begin with the greatest, names with the first.
    const downwards = (sort !== 'name' && sort !== 'state' && sort !== 'next') !== query.reverse;
    return {
      label, heading: html`<a href="${queryString(query, { sort, reverse: here && !query.reverse, page: 1 })}">${label}</a>`,
      ...(here ? { sorted: downwards ? 'descending' as const : 'ascending' as const } : {}),
    };
  };
  return [
    { ...sorted('Source', 'name'), cell: ({ row }) => html`<a href="/sources/${row.id}">${foreign(row.name)}</a> <code class="faint">${row.id}</code>` },
    { ...sorted('State', 'state'), cell: ({ state, row }) => html`${badge(standingOf(state), state)}${row.health === null || state === 'healthy' ? nothing : html` <small>${foreign(row.health.reason, 120)}</small>`}` },
    { label: 'Language', cell: ({ language }) => language },
    { label: 'Host', cell: ({ host }) => (host === '' ? nothing : html`<a href="${queryString(query, { host, page: 1 })}">${host}</a>`) },
    { ...sorted('Polled', 'polled'), cell: ({ row: { lastPollAt } }) => (lastPollAt === null ? 'never' : relative(lastPollAt, now)) },
    { ...sorted('Next', 'next'), cell: ({ row: { nextPollAt } }) => (nextPollAt === null ? nothing : relative(nextPollAt, now)) },
    { ...sorted('Seen', 'seen'), kind: 'figure', cell: ({ row: { books } }) => number(books.seen) },
    { ...sorted('Delivered', 'delivered'), kind: 'figure', cell: ({ row: { books } }) => number(books.delivered) },
    { ...sorted('Failed', 'failed'), kind: 'figure', cell: ({ row: { books } }) => number(sum(books.rejected) + sum(books.quarantined)) },
    { label: 'Last error', cell: ({ row }) => (row.trouble === null ? nothing : foreign(row.trouble, 120)) },
    ...(mayAct(visitor.role, 'editor') ? [{
      label: 'Then', cell: ({ row: { id, enabled } }: ListedSource) => (enabled
        ? button({ action: `/sources/${id}/poll`, label: 'Poll now', visitor }) : button({ action: `/sources/${id}/resume`, label: 'Switch on', visitor })),
    }] : []),
  ];
}
