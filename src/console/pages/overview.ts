import type { Books } from '../../ledger/index.js';
import type { Area, Page, PageRequest } from '../area.js';
import { SPANS, spanOf, type OverviewSample, type Span } from '../live-overview.js';
import { liveParts } from '../live-parts.js';
import { badge, counted, foreign, html, nothing, number, relative, table, type Html } from '../markup/index.js';
import { standingOf, stateOf } from '../source-list.js';
import { disposed, sum, type HealthCheck, type SourceRow } from '../view.js';
import { queueTable, sinkTable } from './queue-tables.js';
import { agencyShares, languageShares, storyChart } from './story-chart.js';

/** One look tells whether work goes on and whether the books balance. */
export const overview: Area = {
  nav: { label: 'Overview', path: '/' },
  pages: [
    { method: 'get', path: '/', access: 'viewer', handle: overviewPage },
    { method: 'get', path: '/overview/events', access: 'viewer', handle: overviewEvents },
  ],
};

/** Sources that the overview names; the rest stand under Sources. */
const SOURCES = 25;
/** Minutes that the rate is taken over, the one under way left out. */
const RATE_MINUTES = 5;

async function overviewPage({ url, services: { live } }: PageRequest): Promise<Page> {
  const sample = await live.latest();
  const span = spanOf(url.searchParams.get('span'));
  return {
    title: 'Overview',
    lead: html`<span id="lead">${leadOf(sample)}</span>`,
    body: html`<div data-live="/overview/events?span=${span}">
    <nav class="spans" aria-label="Stretch of the charts">${(Object.keys(SPANS) as Span[]).map((name) => html`<a href="/?span=${name}"${name === span ? html` aria-current="true"` : nothing}>Last ${name}</a>`)}</nav>
    ${Object.entries(partsOf(sample, span)).filter(([id]) => id !== 'lead').map(([id, part]) => html`<div id="${id}">${part}</div>`)}</div>`,
    scripts: ['overview.js'],
  };
}

/** What changes while one looks, by the id of its place on the page. */
function partsOf(sample: OverviewSample, span: Span): Readonly<Record<string, Html>> {
  const { sources, queues, sinks, checks, history, at } = sample;
  const points = history[span];
  const shown = sources.filter((source) => source.enabled || source.books.seen > 0);
  return {
    lead: leadOf(sample),
    stories: storyChart(points, span),
    shares: html`<div class="columns"><div>${languageShares(points)}</div><div>${agencyShares(points)}</div></div>`,
    standing: html`<div class="columns"><div>${stateTable(sources)}</div><div>${ledgerTable(shown)}</div></div>`,
    queues: queueTable(queues),
    sinks: sinkTable(sinks, at),
    health: healthTable(checks),
    sources: sourceTable(shown.toSorted(troubledFirst).slice(0, SOURCES), at, shown.length),
  };
}

function leadOf({ sources, history }: OverviewSample): Html {
  const shown = sources.filter((source) => source.enabled || source.books.seen > 0);
  const balanced = shown.every((source) => source.books.balanced);
  const delivered = shown.reduce((total, source) => total + source.books.delivered, 0);
  const rate = history.hour.slice(-RATE_MINUTES - 1, -1).reduce((total, { stories }) => total + stories, 0) / RATE_MINUTES;
  return html`${rate.toFixed(1)} stories a minute; ${counted(delivered, 'item')} delivered, from ${counted(shown.filter((source) => source.enabled).length, 'source')}.
      <strong class="${balanced ? 'well' : 'ill'}">${balanced ? 'The books balance.' : 'The books do not balance.'}</strong>`;
}

function overviewEvents({ url, services, signal }: PageRequest): Promise<Response> {
  const span = spanOf(url.searchParams.get('span'));
  return Promise.resolve(liveParts({ services, signal, key: `overview ${span}`, partsOf: (sample) => partsOf(sample, span) }));
}

/** Those that ask for a person, then those that bring the most. */
const RANK = { ill: 0, watch: 1, well: 2, off: 3 } as const;
const rankOf = (source: SourceRow): number => (source.books.balanced ? RANK[standingOf(stateOf(source))] : -1);
const troubledFirst = (one: SourceRow, other: SourceRow): number => rankOf(one) - rankOf(other) || other.books.delivered - one.books.delivered || (one.id < other.id ? -1 : 1);

function stateTable(sources: readonly SourceRow[]): Html {
  const counts = new Map<string, number>();
  for (const source of sources) counts.set(stateOf(source), (counts.get(stateOf(source)) ?? 0) + 1);
  return table({
    caption: 'Sources by state', showCaption: true, rows: [...counts].toSorted(([one], [other]) => RANK[standingOf(one)] - RANK[standingOf(other)] || (one < other ? -1 : 1)), empty: 'No source is configured.',
    columns: [
      { label: 'State', cell: ([state]) => html`<a href="/sources?state=${encodeURIComponent(state)}">${badge(standingOf(state), state)}</a>` },
      { label: 'Sources', kind: 'figure', cell: ([, count]) => number(count) },
    ],
  });
}

function ledgerTable(sources: readonly SourceRow[]): Html {
  const total = (of: (books: Books) => number): number => sources.reduce((all, { books }) => all + of(books), 0);
  const columns: readonly (readonly [string, number])[] = [
    ['Delivered', total(({ delivered }) => delivered)], ['Unchanged', total(({ unchanged }) => unchanged)], ['Duplicate', total(({ duplicate }) => duplicate)],
    ['Rejected', total(({ rejected }) => sum(rejected))], ['Quarantined', total(({ quarantined }) => sum(quarantined))], ['In flight', total(({ inFlight }) => inFlight)],
    ['Seen', total(({ seen }) => seen)],
  ];
  return table({
    caption: 'Ledger', showCaption: true, rows: columns, empty: '',
    columns: [{ label: 'Items', cell: ([name]) => (name === 'Quarantined' ? html`<a href="/quarantine">${name}</a>` : name) }, { label: 'Count', kind: 'figure', cell: ([, count]) => number(count) }],
  });
}

const healthTable = (checks: readonly HealthCheck[]): Html => table({
  caption: 'Health', showCaption: true, rows: checks, empty: 'Nothing is looked after.',
  columns: [
    { label: 'What', cell: ({ name }) => name },
    { label: 'Stands', cell: ({ ok }) => (ok ? badge('well', 'well') : badge('ill', 'ill')) },
    { label: 'Seen', cell: ({ detail }) => detail },
  ],
});

const sourceTable = (sources: readonly SourceRow[], now: Date, all: number): Html => html`${table({
  caption: all > sources.length ? `Sources: the ${sources.length} that most ask for you` : 'Sources', showCaption: true, rows: sources,
  empty: 'No source is switched on. Switch one on in config/sources.yaml; it is picked up at once.',
  columns: [
    { label: 'Source', cell: ({ name, id }) => html`${foreign(name)} <code class="faint">${id}</code>` },
    ...(['seen', 'delivered', 'unchanged', 'duplicate'] as const).map((column) => (
      { label: capital(column), kind: 'figure' as const, cell: ({ books }: SourceRow) => number(books[column]) })),
    { label: 'Rejected', kind: 'figure', cell: ({ books }) => withReasons(books.rejected) },
    { label: 'Quarantined', kind: 'figure', cell: ({ books }) => withReasons(books.quarantined) },
    { label: 'In flight', kind: 'figure', cell: ({ books }) => number(books.inFlight) },
    { label: 'Balance', cell: ({ books }) => html`<span class="${books.balanced ? 'well' : 'ill'}">${balance(books)}</span>` },
    { label: 'Last poll', cell: ({ lastPollAt }) => (lastPollAt === null ? 'not yet' : relative(lastPollAt, now)) },
    { label: 'State', cell: ({ health, trouble }) => html`${healthCell(health, now)}${trouble === null ? nothing : html` <span class="ill">${foreign(trouble)}</span>`}` },
  ],
})}${all > sources.length ? html`<p><a href="/sources">All ${number(all)} sources</a></p>` : nothing}`;

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

const healthCell = (health: SourceRow['health'], now: Date): Html => {
  if (health === null) return nothing;
  return health.state === 'healthy' ? badge('well', 'healthy') : html`${badge('ill', health.state)} ${relative(health.since, now)}: ${foreign(health.reason)}`;
};

function balance(books: Books): string {
  const difference = books.seen - disposed(books) - books.inFlight;
  return books.balanced ? 'balanced' : `${difference > 0 ? '+' : ''}${number(difference)}`;
}

function withReasons(counts: Readonly<Record<string, number>>): string {
  const reasons = Object.entries(counts).filter(([, count]) => count > 0).map(([reason, count]) => `${reason} ${number(count)}`);
  return reasons.length === 0 ? '0' : `${number(sum(counts))} (${reasons.join(', ')})`;
}
