import { badge, foreign, html, nothing, number, relative, span, table, type Html, type Standing } from '../markup/index.js';
import type { QueueRow, SinkRow } from '../view.js';

export const queueTable = (queues: readonly QueueRow[]): Html => table({
  caption: 'Queues', showCaption: true, rows: queues, empty: 'There is no queue.',
  columns: [
    { label: 'Queue', cell: ({ name }) => html`<a href="/board/queue/${encodeURIComponent(name)}">${foreign(name)}</a>` },
    ...([['Waiting', 'waiting'], ['Active', 'active'], ['Delayed', 'delayed'], ['Asked again', 'later'], ['Failed', 'failed']] as const).map(([label, column]) => (
      { label, kind: 'figure' as const, cell: (row: QueueRow) => number(row[column]) })),
    { label: 'Oldest waiting', kind: 'figure', cell: ({ oldestMs }) => (oldestMs === null ? '–' : span(oldestMs)) },
    { label: 'A minute', kind: 'figure', cell: ({ perMinute }) => perMinute.toFixed(1) },
  ],
});

/** How deliveries to a sink go, in words, and how much it asks for a person. */
const SINK_STATES: Readonly<Record<SinkRow['state'], readonly [Standing, string]>> = {
  closed: ['well', 'takes stories'], 'half-open': ['watch', 'is tried again'], open: ['ill', 'left alone'], stopped: ['ill', 'stopped'],
};

export const sinkTable = (sinks: readonly SinkRow[], now: Date): Html => table({
  caption: 'Sinks', showCaption: true, rows: sinks, empty: 'There is no sink.',
  columns: [
    { label: 'Sink', cell: ({ name }) => foreign(name) },
    { label: 'State', cell: ({ state, since, trouble }) => {
      const [standing, words] = SINK_STATES[state];
      return html`${badge(standing, words)}${since === null ? nothing : html` ${relative(new Date(since).toISOString(), now)}`}${trouble === null ? nothing : html` ${foreign(trouble)}`}`;
    } },
    { label: 'Waiting', kind: 'figure', cell: ({ waiting }) => number(waiting) },
    { label: 'MiB', kind: 'figure', cell: ({ waitingBytes }) => (waitingBytes / 1024 ** 2).toFixed(1) },
    { label: 'Of its bound', kind: 'figure', cell: ({ fill }) => `${Math.round(fill * 100)} %` },
    { label: 'On disk', kind: 'figure', cell: ({ onDisk }) => number(onDisk) },
    { label: 'Stories taken', kind: 'figure', cell: ({ delivered }) => number(delivered) },
    { label: 'Where', cell: ({ where }) => html`<code>${foreign(where)}</code>` },
  ],
});
