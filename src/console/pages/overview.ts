import type { Books } from '../../ledger/index.js';
import type { Area, Page, PageRequest } from '../area.js';
import { badge, counted, foreign, html, nothing, number, relative, table, type Html } from '../markup/index.js';
import { hourBars, hourChart } from './hour-chart.js';
import { disposed, sum, type HealthCheck, type QueueRow, type SinkRow, type SourceRow } from '../view.js';

/** One look tells whether work goes on and whether the books balance. */
export const overview: Area = {
  nav: { label: 'Overview', path: '/' },
  pages: [{ method: 'get', path: '/', access: 'viewer', handle: overviewPage }],
};

/** Two days of hours: today beside yesterday. */
const HOURS = 48;

async function overviewPage({ services: { view, redis, keys }, now }: PageRequest): Promise<Page> {
  const [sources, queues, sinks, checks] = await Promise.all([view.sources(), view.queues(), view.sinks(), view.checks()]);
  const shown = sources.filter((source) => source.enabled || source.books.seen > 0);
  const balanced = shown.every((source) => source.books.balanced);
  const delivered = shown.reduce((total, source) => total + source.books.delivered, 0);
  return {
    title: 'Overview',
    lead: html`${counted(delivered, 'item')} delivered, from ${counted(shown.filter((source) => source.enabled).length, 'source')}.
      <strong class="${balanced ? 'well' : 'ill'}">${balanced ? 'The books balance.' : 'The books do not balance.'}</strong>`,
    body: html`${hourChart(await hourBars(redis, keys, shown.map(({ id }) => id), HOURS, now.getTime()))}${healthTable(checks)}${sourceTable(shown, now)}${queueTable(queues)}${sinkTable(sinks)}`,
  };
}

const healthTable = (checks: readonly HealthCheck[]): Html => table({
  caption: 'Health', showCaption: true, rows: checks, empty: 'Nothing is looked after.',
  columns: [
    { label: 'What', cell: ({ name }) => name },
    { label: 'Stands', cell: ({ ok }) => (ok ? badge('well', 'well') : badge('ill', 'ill')) },
    { label: 'Seen', cell: ({ detail }) => detail },
  ],
});

const sourceTable = (sources: readonly SourceRow[], now: Date): Html => table({
  caption: 'Sources', showCaption: true, rows: sources,
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
});

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

const queueTable = (queues: readonly QueueRow[]): Html => table({
  caption: 'Queues', showCaption: true, rows: queues, empty: 'There is no queue.',
  columns: [
    { label: 'Queue', cell: ({ name }) => html`<a href="/board/queue/${name}">${name}</a>` },
    ...(['waiting', 'active', 'delayed', 'failed'] as const).map((column) => (
      { label: capital(column), kind: 'figure' as const, cell: (row: QueueRow) => number(row[column]) })),
  ],
});

const sinkTable = (sinks: readonly SinkRow[]): Html => table({
  caption: 'Sinks', showCaption: true, rows: sinks, empty: 'There is no sink.',
  columns: [
    { label: 'Sink', cell: ({ name }) => name },
    { label: 'Stories taken', kind: 'figure', cell: ({ delivered }) => number(delivered) },
    { label: 'Where', cell: ({ where }) => html`<code>${where}</code>` },
  ],
});
