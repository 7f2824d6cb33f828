import type { Area, Page, PageRequest } from '../area.js';
import { counted, html } from '../markup/index.js';
import { queueTable, sinkTable } from './queue-tables.js';

/** What waits, where, for how long, and how fast it goes. */
export const queues: Area = {
  nav: { label: 'Queues', path: '/queues' },
  pages: [{ method: 'get', path: '/queues', access: 'viewer', handle: queuesPage }],
};

async function queuesPage({ services: { live } }: PageRequest): Promise<Page> {
  const { queues: rows, sinks, at } = await live.latest();
  const waiting = rows.reduce((total, row) => total + row.waiting, 0);
  return {
    title: 'Queues',
    lead: `${waiting === 0 ? 'Nothing waits' : `${counted(waiting, 'job')} ${waiting === 1 ? 'waits' : 'wait'}`}, in ${counted(rows.length, 'queue')}.`,
    body: html`${queueTable(rows)}${sinkTable(sinks, at)}
    <p><a class="button" href="/board">Open the queue board</a> Single jobs, to look at.</p>
    <p class="faint">Oldest waiting: since that job was made, its delays included. A minute: jobs ended, over the last five whole minutes. What failed for good is in <a href="/quarantine">quarantine</a>.</p>`,
  };
}
