import { sourceSchema, type SourceConfig } from '../../config/index.js';
import { giveUp, ok, type Outcome } from '../../fault.js';
import { asWritten } from '../api/route.js';
import type { Area, Changed, FormRequest, Page, PageRequest } from '../area.js';
import { badge, button, counted, csrfField, faultNote, field, foreign, html, nothing, number, relative, select, table, type Column, type Html, type Standing } from '../markup/index.js';
import { addSourceEntry, parkSource, pollNow, switchSource } from '../source-changes.js';
import { sum, type SourceRow } from '../view.js';
import { mayAct } from '../visitor.js';

const DAY_MS = 86_400_000;
const REST_DAYS = 7;

/** The wires: how each stands, and what can be done to it. */
export const sources: Area = {
  nav: { label: 'Sources', path: '/sources' },
  pages: [
    { method: 'get', path: '/sources', access: 'viewer', handle: listPage },
    { method: 'get', path: '/sources/add', access: 'editor', handle: ({ visitor }) => Promise.resolve(addPage(csrfField(visitor), new Map(), new Map())) },
    { method: 'post', path: '/sources/add', access: 'editor', action: 'source.add', handle: add },
    { method: 'get', path: '/sources/:id', access: 'viewer', handle: sourcePage },
    { method: 'post', path: '/sources/:id/pause', access: 'editor', action: 'source.pause', handle: act('is paused.', ({ services }, id) => switchSource(services, id, false)) },
    { method: 'post', path: '/sources/:id/resume', access: 'editor', action: 'source.resume', handle: act('is on.', ({ services }, id) => switchSource(services, id, true)) },
    { method: 'post', path: '/sources/:id/poll', access: 'editor', action: 'source.poll', handle: act('is polled now.', ({ services }, id) => pollNow(services, id)) },
    { method: 'post', path: '/sources/:id/park', access: 'editor', action: 'source.park', handle: act(`is left alone for ${REST_DAYS} days.`, ({ services }, id) => parkSource(services, id, REST_DAYS * DAY_MS)) },
  ],
};

/** A source as configured and as it stands; the latter is null while the service does not know it yet. */
interface Listed {
  readonly source: SourceConfig;
  readonly row: SourceRow | null;
  /** `off`, `not polled yet`, or as the poll stage judges it. */
  readonly state: string;
}

const SORTS = {
  name: (one: Listed, other: Listed) => one.source.name.localeCompare(other.source.name),
  state: (one: Listed, other: Listed) => one.state.localeCompare(other.state),
  poll: (one: Listed, other: Listed) => (other.row?.lastPollAt ?? '').localeCompare(one.row?.lastPollAt ?? ''),
  seen: (one: Listed, other: Listed) => (other.row?.books.seen ?? 0) - (one.row?.books.seen ?? 0),
} as const;
type Sort = keyof typeof SORTS;

async function listPage({ url, services, visitor, now }: PageRequest): Promise<Page> {
  const given = (name: string): string => url.searchParams.get(name)?.trim().slice(0, 200) ?? '';
  const asked = { q: given('q'), state: given('state'), language: given('language') };
  const sort: Sort = Object.hasOwn(SORTS, given('sort')) ? (given('sort') as Sort) : 'name';
  const all = await listed(services);
  const found = all.filter(({ source, state }) => (asked.state === '' || state === asked.state) && (asked.language === '' || source.language === asked.language)
    && (asked.q === '' || `${source.id} ${source.name} ${source.url}`.toLowerCase().includes(asked.q.toLowerCase()))).toSorted(SORTS[sort]);
  const ill = all.filter(({ state }) => standingOf(state) === 'ill').length;
  const options = (values: readonly string[]): [string, string][] => [['', 'any'], ...[...new Set(values)].sort().map((value): [string, string] => [value, value])];
  const headed = (label: string, by: Sort): Pick<Column<Listed>, 'label' | 'heading' | 'sorted'> => ({
    label, heading: html`<a href="/sources?${new URLSearchParams({ ...asked, sort: by }).toString()}">${label}</a>`, ...(sort === by ? { sorted: 'ascending' as const } : {}),
  });
  return {
    title: 'Sources',
    lead: html`${counted(all.filter(({ source }) => source.enabled).length, 'source')} on, of ${number(all.length)}. ${ill === 0 ? 'None is in trouble.' : html`<strong class="ill">${number(ill)} in trouble.</strong>`}`,
    body: html`<form class="filters" method="get" action="/sources" role="search">
      ${field({ name: 'q', label: 'Name, id or address', value: asked.q, type: 'search' })}
      ${select({ name: 'state', label: 'State', value: asked.state, options: options(all.map(({ state }) => state)) })}
      ${select({ name: 'language', label: 'Language', value: asked.language, options: options(all.flatMap(({ source }) => source.language ?? [])) })}
      <button>Show</button>${mayAct(visitor.role, 'editor') ? html`<a class="button primary" href="/sources/add">Add a source</a>` : nothing}
      <a class="button" href="/api/v1/sources.opml">Export OPML</a></form>
    ${table({
      caption: 'Sources', rows: found, empty: all.length === 0 ? 'There is no source yet.' : 'No source fits.',
      columns: [
        { ...headed('Source', 'name'), cell: ({ source }) => html`<a href="/sources/${source.id}">${foreign(source.name)}</a> <code class="faint">${source.id}</code>` },
        { ...headed('State', 'state'), cell: ({ state, row }) => html`${badge(standingOf(state), state)}${row?.trouble ? html` ${foreign(row.trouble)}` : nothing}` },
        { label: 'Language', cell: ({ source }) => source.language ?? '' },
        { label: 'Host', cell: ({ source }) => foreign(hostOf(source.url)) },
        { ...headed('Last poll', 'poll'), cell: ({ row }) => (row?.lastPollAt ? relative(row.lastPollAt, now) : 'not yet') },
        { label: 'Next', cell: ({ row }) => (row?.nextPollAt ? relative(row.nextPollAt, now) : '') },
        { ...headed('Seen', 'seen'), kind: 'figure', cell: ({ row }) => number(row?.books.seen ?? 0) },
        { label: 'Delivered', kind: 'figure', cell: ({ row }) => number(row?.books.delivered ?? 0) },
      ] satisfies Column<Listed>[],
    })}`,
  };
}

async function listed({ sources, view }: PageRequest['services']): Promise<Listed[]> {
  const rows = new Map((await view.sources()).map((row) => [row.id, row]));
  return sources().map((source) => {
    const row = rows.get(source.id) ?? null;
    return { source, row, state: source.enabled ? row?.health?.state ?? (row?.lastPollAt ? 'polled' : 'not polled yet') : 'off' };
  });
}

const standingOf = (state: string): Standing => (state === 'healthy' || state === 'polled' ? 'well' : state === 'off' || state === 'not polled yet' ? 'off' : state === 'late' ? 'watch' : 'ill');
const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : '');

async function sourcePage({ params, services, visitor, now }: PageRequest): Promise<Page> {
  const one = (await listed(services)).find(({ source }) => source.id === params['id']);
  if (one === undefined) return { title: 'Sources', status: 404, body: faultNote(giveUp({ code: 'source-unknown', message: 'There is no such source.', hint: 'It may have been taken out of the file.' })) };
  const { source, row, state } = one;
  const press = (word: string, label: string, kind?: 'primary'): Html => button({ action: `/sources/${source.id}/${word}`, label, visitor, ...(kind === undefined ? {} : { kind }) });
  const reasons = (counts: Readonly<Record<string, number>>): string => {
    const told = Object.entries(counts).filter(([, count]) => count > 0).map(([reason, count]) => `${reason} ${number(count)}`).join(', ');
    return `${number(sum(counts))}${told === '' ? '' : ` (${told})`}`;
  };
  return {
    title: source.name,
    lead: html`${badge(standingOf(state), state)}${row?.health && state !== 'healthy' ? html`: ${foreign(row.health.reason)}, ${relative(row.health.since, now)}` : nothing}`,
    body: html`${mayAct(visitor.role, 'editor') ? html`<div class="actions">${source.enabled
      ? html`${press('poll', 'Poll now', 'primary')}${press('pause', 'Pause')}${press('park', `Leave alone for ${REST_DAYS} days`)}` : press('resume', 'Resume', 'primary')}</div>` : nothing}
    ${row?.trouble ? html`<div class="note ill"><p>${foreign(row.trouble, 2_000)}</p></div>` : nothing}
    <div class="columns"><section class="sheet"><h2>As configured</h2><dl class="facts"><dt>Id</dt><dd><code>${source.id}</code></dd><dt>Address</dt><dd>${foreign(source.url, 2_000)}</dd>
      <dt>Language</dt><dd>${source.language ?? 'told from the text'}</dd><dt>Agency</dt><dd>${source.agency ?? 'none named'}</dd><dt>Time zone</dt><dd>${source.timeZone ?? 'as the feed writes it'}</dd>
      <dt>Tags</dt><dd>${source.tags.map((tag) => html`<span class="chip">${tag}</span> `)}</dd><dt>robots.txt</dt><dd>${source.robots}</dd></dl></section>
    <section class="sheet"><h2>Its books</h2>${row === null ? html`<p>Nothing yet.</p>` : html`<dl class="facts"><dt>Seen</dt><dd>${number(row.books.seen)}</dd><dt>Delivered</dt><dd>${number(row.books.delivered)}</dd>
      <dt>Unchanged</dt><dd>${number(row.books.unchanged)}</dd><dt>Duplicate</dt><dd>${number(row.books.duplicate)}</dd><dt>Rejected</dt><dd>${reasons(row.books.rejected)}</dd>
      <dt>Quarantined</dt><dd><a href="/quarantine?source=${source.id}">${reasons(row.books.quarantined)}</a></dd><dt>In flight</dt><dd>${number(row.books.inFlight)}</dd>
      <dt>Balance</dt><dd class="${row.books.balanced ? 'well' : 'ill'}">${row.books.balanced ? 'balanced' : 'not balanced'}</dd></dl>`}</section></div>`,
  };
}

const FIELDS = ['url', 'id', 'name', 'language', 'timeZone', 'agency'] as const;

/** The form, with what was written and what is wrong with it. */
const addPage = (token: Html, values: ReadonlyMap<string, string>, troubles: ReadonlyMap<string, string>, note: Html = nothing): Page => {
  const of = (name: (typeof FIELDS)[number], label: string, more: { readonly hint?: string; readonly type?: 'url'; readonly required?: boolean } = {}): Html =>
    field({ name, label, value: values.get(name) ?? '', trouble: troubles.get(name), ...more });
  return {
    title: 'Add a source', lead: 'It is written to sources.yaml, and polled within a minute.', ...(troubles.size === 0 ? {} : { status: 422 as const }),
    body: html`${note}<form method="post" action="/sources/add" class="sheet">${token}
      ${of('url', 'Address of the feed', { type: 'url', required: true, hint: 'RSS, Atom, JSON Feed or a news sitemap' })}
      ${of('id', 'Id', { required: true, hint: 'Small letters, digits, . _ -; it stands in every record and is never changed' })}
      ${of('name', 'Name')}${of('language', 'Language', { hint: 'A tag such as ar or pt-BR; each story is still looked at' })}
      ${of('timeZone', 'Time zone', { hint: 'Of times that the feed writes without one: Asia/Damascus' })}${of('agency', 'Agency', { hint: 'Id of the agency whose wire it is' })}
      <button class="primary">Add</button></form>`,
  };
};

async function add({ form, services, visitor }: FormRequest): Promise<Outcome<Changed> | Page> {
  const values = new Map(FIELDS.flatMap((name): [string, string][] => {
    const value = form.get(name);
    return typeof value === 'string' && value.trim() !== '' ? [[name, value.trim()]] : [];
  }));
  // What goes to the file is what its author wrote, not what was read out of it.
  const checked = asWritten(sourceSchema).safeParse(Object.fromEntries(values));
  if (!checked.success) return addPage(csrfField(visitor), values, new Map(checked.error.issues.map(({ path, message }) => [String(path[0] ?? 'url'), message])));
  const added = await addSourceEntry(services, checked.data, visitor.role);
  if (!added.ok) return { ...addPage(csrfField(visitor), values, new Map(), faultNote(added.fault)), status: 422 };
  return ok({ to: '/sources', say: `${added.value.name} is added; it is polled within a minute.`, target: added.value.id });
}

function act(said: string, change: (request: FormRequest, id: string) => Promise<Outcome<SourceConfig>>): (request: FormRequest) => Promise<Outcome<Changed>> {
  return async (request) => {
    const changed = await change(request, request.params['id'] ?? '');
    return changed.ok ? ok({ to: `/sources/${changed.value.id}`, say: `${changed.value.name} ${said}`, target: changed.value.id }) : changed;
  };
}
