import type { Area, Page, PageRequest } from '../area.js';
import type { OverviewSample } from '../live-overview.js';
import { liveParts } from '../live-parts.js';
import { counted, html, type Html } from '../markup/index.js';
import { queueTable, sinkTable } from './queue-tables.js';

/** What waits, where, for how long, and how fast it goes. */
export const queues: Area = {
  nav: { label: 'Queues', path: '/queues' },
  pages: [
    { method: 'get', path: '/queues', access: 'viewer', handle: queuesPage },
    { method: 'get', path: '/queues/events', access: 'viewer', handle: ({ services, signal }) => Promise.resolve(liveParts({ services, signal, key: 'queues', partsOf })) },
  ],
};

async function queuesPage({ services: { live } }: PageRequest): Promise<Page> {
  const { lead, ...parts } = partsOf(await live.latest());
  return {
    title: 'Queues',
    lead: html`<span id="lead">${lead}</span>`,
    body: html`<div data-live="/queues/events">${Object.entries(parts).map(([id, part]) => html`<div id="${id}">${part}</div>`)}</div>
    <p><a class="button" href="/board">Open the queue board</a> Single jobs, to look at.</p>
    <p class="faint">Oldest waiting: since that job was made, its delays included. A minute: jobs ended, over the last five whole minutes. What failed for good is in <a href="/quarantine">quarantine</a>.</p>`,
    scripts: ['overview.js'],
  };
}

/** What changes while one looks, by the id of its place on the page. */
function partsOf({ queues: rows, sinks, at }: OverviewSample): { readonly lead: Html; readonly queues: Html; readonly sinks: Html } {
  const waiting = rows.reduce((total, row) => total + row.waiting, 0);
  return {
    lead: html`${waiting === 0 ? 'Nothing waits' : `${counted(waiting, 'job')} ${waiting === 1 ? 'waits' : 'wait'}`}, in ${counted(rows.length, 'queue')}.`,
    queues: queueTable(rows),
    sinks: sinkTable(sinks, at),
  };
}
