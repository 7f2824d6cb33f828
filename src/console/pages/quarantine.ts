import { giveUp, ok, type Outcome } from '../../fault.js';
import { listQuarantine, showQuarantined, type QuarantinedJob } from '../../ledger/index.js';
import type { Area, Changed, FormRequest, Page, PageRequest } from '../area.js';
import { button, counted, faultNote, foreign, html, nothing, number, relative, table, type Html } from '../markup/index.js';
import { dropPicked, retryPicked, type Acted, type Picked } from '../quarantine-changes.js';
import { mayAct, type Visitor } from '../visitor.js';

/** Jobs looked through for the groups. */
const MOST = 5_000;
const SHOWN = 100;

/** Jobs that failed for good, by reason: why, how to mend it, again or away with them. */
export const quarantine: Area = {
  nav: { label: 'Quarantine', path: '/quarantine' },
  pages: [
    { method: 'get', path: '/quarantine', access: 'viewer', handle: listPage },
    { method: 'get', path: '/quarantine/job', access: 'viewer', handle: jobPage },
    { method: 'post', path: '/quarantine/retry', access: 'operator', action: 'quarantine.retry', handle: (request) => act(request, retryPicked, (count) => `${counted(count, 'job goes', 'jobs go')} on within seconds.`) },
    { method: 'post', path: '/quarantine/drop', access: 'operator', action: 'quarantine.drop', handle: (request) => act(request, dropPicked, (count) => `${counted(count, 'job')} dropped.`) },
  ],
};

interface Group {
  readonly reason: string;
  readonly jobs: readonly QuarantinedJob[];
  readonly sources: ReadonlySet<string>;
}

async function listPage({ url, services: { redis, keys }, visitor, now }: PageRequest): Promise<Page> {
  const given = (name: string): string | undefined => url.searchParams.get(name)?.slice(0, 100) ?? undefined;
  const [source, reason] = [given('source'), given('reason')];
  const jobs = await listQuarantine(redis, keys, { source, reason, limit: MOST });
  const groups = grouped(jobs);
  const which = `${source === undefined ? '' : ` of ${source}`}${reason === undefined ? '' : ` with the reason ${reason}`}`;
  return {
    title: 'Quarantine',
    lead: jobs.length === 0 ? `Nothing${which} has failed for good.` : html`${counted(jobs.length, 'job')}${jobs.length === MOST ? ' or more' : ''}${foreign(which)} failed for good and ${jobs.length === 1 ? 'waits' : 'wait'} for you.`,
    body: html`${source === undefined && reason === undefined ? nothing : html`<p><a href="/quarantine">All of quarantine</a></p>`}
    ${groups.length === 0 ? nothing : groupTable(groups, visitor, source, now)}
    ${groups.length === 0 ? nothing : jobTable(jobs.slice(0, SHOWN), visitor, now, jobs.length > SHOWN ? `The newest ${SHOWN}` : 'Jobs')}`,
  };
}

function grouped(jobs: readonly QuarantinedJob[]): readonly Group[] {
  const groups = new Map<string, { jobs: QuarantinedJob[]; sources: Set<string> }>();
  for (const job of jobs) {
    const group = groups.get(job.code) ?? { jobs: [], sources: new Set() };
    group.jobs.push(job);
    group.sources.add(job.source);
    groups.set(job.code, group);
  }
  return [...groups].map(([reason, group]) => ({ reason, ...group })).toSorted((left, right) => right.jobs.length - left.jobs.length);
}

const groupTable = (groups: readonly Group[], visitor: Visitor, source: string | undefined, now: Date): Html => table({
  caption: 'By reason', showCaption: true, rows: groups, empty: '',
  columns: [
    { label: 'Reason', cell: ({ reason }) => html`<a href="/quarantine?reason=${encodeURIComponent(reason)}"><code>${reason}</code></a>` },
    { label: 'Jobs', kind: 'figure', cell: ({ jobs }) => number(jobs.length) },
    { label: 'Sources', cell: ({ sources }) => html`${[...sources].slice(0, 4).map((id) => html`<a href="/quarantine?source=${encodeURIComponent(id)}">${id}</a> `)}${sources.size > 4 ? `and ${sources.size - 4} more` : ''}` },
    { label: 'Newest', cell: ({ jobs: [newest] }) => (newest === undefined ? '' : relative(newest.at, now)) },
    { label: 'How to mend it', cell: ({ jobs: [newest] }) => (newest === undefined ? '' : html`${foreign(newest.hint ?? newest.message)}`) },
    ...actions<Group>(visitor, ({ reason, jobs }) => ({ fields: { reason, ...(source === undefined ? {} : { source }) }, what: `all ${counted(jobs.length, 'job')} with ${reason}` })),
  ],
});

const jobTable = (jobs: readonly QuarantinedJob[], visitor: Visitor, now: Date, caption: string): Html => table({
  caption, showCaption: true, rows: jobs, empty: '',
  columns: [
    { label: 'When', cell: (job) => html`<a href="/quarantine/job?id=${encodeURIComponent(job.id)}">${relative(job.at, now)}</a>` },
    { label: 'Source', cell: ({ source }) => html`<code>${source}</code>` },
    { label: 'Stage', cell: ({ queue, sink }) => (sink === undefined ? queue : `${queue} to ${sink}`) },
    { label: 'Reason', cell: ({ code }) => html`<code>${code}</code>` },
    { label: 'What failed', cell: ({ message }) => foreign(message) },
    { label: 'Tries', kind: 'figure', cell: ({ attempts }) => number(attempts) },
    ...actions<QuarantinedJob>(visitor, ({ id }) => ({ fields: { id }, what: 'this job' })),
  ],
});

/** Buttons stand only where they would be obeyed. */
function actions<Row>(visitor: Visitor, of: (row: Row) => { readonly fields: Readonly<Record<string, string>>; readonly what: string }) {
  if (!mayAct(visitor.role, 'operator')) return [];
  return [{
    label: 'Then', cell: (row: Row) => {
      const { fields, what } = of(row);
      return html`${button({ action: '/quarantine/retry', label: 'Retry', visitor, fields })} ${button({ action: '/quarantine/drop', label: 'Drop', visitor, fields, kind: 'danger', confirm: `Drop ${what} for good?` })}`;
    },
  }];
}

async function jobPage({ url, services: { redis, keys }, visitor, now }: PageRequest): Promise<Page> {
  const job = await showQuarantined(redis, keys, (url.searchParams.get('id') ?? '').slice(0, 1_000));
  if (job === null) {
    return { title: 'Quarantine', status: 404, body: faultNote(giveUp({ code: 'no-such-job', message: 'There is no such job in quarantine.', hint: 'It may have been retried or dropped.' })) };
  }
  const { message, hint, code, consequence } = job;
  return {
    title: 'Quarantined job',
    lead: html`${job.source}, ${relative(job.at, now)}, after ${counted(job.attempts, 'try', 'tries')}.`,
    body: html`<div class="note ill"><p>${foreign(message, 2_000)}</p>${hint === undefined ? nothing : html`<p><b>Mend</b> ${foreign(hint, 2_000)}</p>`}<p><code>${code}</code> (${consequence})</p></div>
    ${mayAct(visitor.role, 'operator') ? html`<div class="actions">${button({ action: '/quarantine/retry', label: 'Retry', visitor, fields: { id: job.id }, kind: 'primary' })}
      ${button({ action: '/quarantine/drop', label: 'Drop', visitor, fields: { id: job.id }, kind: 'danger', confirm: 'Drop this job for good?' })}</div>` : nothing}
    <div class="sheet"><dl class="facts"><dt>Item</dt><dd><code>${job.item}</code></dd><dt>Stage</dt><dd>${job.queue}${job.sink === undefined ? nothing : html` to ${job.sink}`}</dd>
      ${Object.entries(job.facts ?? {}).filter(([, value]) => value !== null && value !== undefined).map(([name, value]) => html`<dt>${name}</dt><dd>${foreign(typeof value === 'string' ? value : JSON.stringify(value), 1_000)}</dd>`)}
      <dt>Stories kept</dt><dd>${number(job.stories.length)}</dd></dl></div>`,
  };
}

async function act({ form, services }: FormRequest, change: (reach: FormRequest['services'], picked: Picked) => Promise<Outcome<Acted>>, say: (count: number) => string): Promise<Outcome<Changed>> {
  const text = (name: string): string | undefined => {
    const value = form.get(name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const [id, source, reason] = [text('id'), text('source'), text('reason')];
  const acted = await change(services, { ids: id === undefined ? undefined : [id], source, reason });
  if (!acted.ok) return acted;
  const which = [id, source, reason].filter((part) => part !== undefined).join(', ');
  return ok({ to: '/quarantine', say: `${say(acted.value.done)}${acted.value.more ? ' There are more: do it again.' : ''}`, target: `${acted.value.done} jobs: ${which}` });
}
