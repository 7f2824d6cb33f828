import { failed, giveUp, ok, type Outcome } from '../../fault.js';
import { listQuarantine, showQuarantined, type QuarantinedJob, type QuarantineFilter } from '../../ledger/index.js';
import type { Area, Changed, FormRequest, Page, PageRequest } from '../area.js';
import { button, counted, csrfField, faultNote, foreign, html, nothing, number, relative, select, table, type Html } from '../markup/index.js';
import { dropPicked, retryPicked, type Acted, type Picked } from '../quarantine-changes.js';
import { mayAct, type Visitor } from '../visitor.js';

/** Jobs looked through for the groups. */
const MOST = 5_000;
const SHOWN = 100;
/** Sources, and reasons, that the filter offers. */
const CHOICES = 500;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

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

/** By when a job failed: milliseconds of its age, at least or at most. */
const AGES: Readonly<Record<string, { readonly say: string; readonly atMost?: number; readonly atLeast?: number }>> = {
  hour: { say: 'in the last hour', atMost: HOUR_MS }, day: { say: 'in the last day', atMost: DAY_MS }, week: { say: 'in the last week', atMost: 7 * DAY_MS },
  'day-ago': { say: 'more than a day ago', atLeast: DAY_MS }, 'week-ago': { say: 'more than a week ago', atLeast: 7 * DAY_MS },
};

interface Chosen {
  readonly source: string | undefined;
  readonly reason: string | undefined;
  readonly age: string | undefined;
}

function filterOf({ source, reason, age }: Chosen, now: Date): QuarantineFilter {
  const { atMost, atLeast } = (age === undefined ? undefined : AGES[age]) ?? {};
  return { source, reason, since: atMost === undefined ? undefined : now.getTime() - atMost, until: atLeast === undefined ? undefined : now.getTime() - atLeast };
}

async function listPage({ url, services: { redis, keys }, visitor, now }: PageRequest): Promise<Page> {
  const given = (name: string): string | undefined => {
    const text = url.searchParams.get(name)?.slice(0, 100) ?? '';
    return text === '' ? undefined : text;
  };
  const age = given('age');
  const chosen: Chosen = { source: given('source'), reason: given('reason'), age: age !== undefined && Object.hasOwn(AGES, age) ? age : undefined };
  const filtered = Object.values(chosen).some((part) => part !== undefined);
  const all = await listQuarantine(redis, keys, { limit: MOST });
  const jobs = filtered ? await listQuarantine(redis, keys, { ...filterOf(chosen, now), limit: MOST }) : all;
  const groups = grouped(jobs);
  const { source, reason } = chosen;
  const which = `${source === undefined ? '' : ` of ${source}`}${reason === undefined ? '' : ` with the reason ${reason}`}${chosen.age === undefined ? '' : ` ${AGES[chosen.age]?.say ?? ''}`}`;
  return {
    title: 'Quarantine',
    lead: jobs.length === 0 ? html`Nothing${foreign(which)} has failed for good.` : html`${counted(jobs.length, 'job')}${jobs.length === MOST ? ' or more' : ''}${foreign(which)} failed for good and ${jobs.length === 1 ? 'waits' : 'wait'} for you.`,
    body: html`${all.length === 0 ? nothing : filterForm(all, chosen, filtered)}
    ${groups.length === 0 ? nothing : groupTable(groups, visitor, source, now, chosen.age === undefined)}
    ${groups.length === 0 ? nothing : ticks(jobs, chosen, visitor, now)}`,
  };
}

function filterForm(all: readonly QuarantinedJob[], { source = '', reason = '', age = '' }: Chosen, filtered: boolean): Html {
  const options = (values: readonly string[], chosen: string, any: string): (readonly [string, string])[] =>
    [['', any], ...[...new Set(chosen === '' ? values : [chosen, ...values])].toSorted().slice(0, CHOICES).map((value) => [value, value] as const)];
  return html`<form method="get" action="/quarantine" class="filters">
    ${select({ name: 'source', label: 'Source', value: source, options: options(all.map((job) => job.source), source, 'every source') })}
    ${select({ name: 'reason', label: 'Reason', value: reason, options: options(all.map(({ code }) => code), reason, 'every reason') })}
    ${select({ name: 'age', label: 'Failed', value: age, options: [['', 'at any time'], ...Object.entries(AGES).map(([name, { say }]) => [name, say] as const)] })}
    <button>Show</button> ${filtered ? html`<a href="/quarantine">All of quarantine</a>` : nothing}
  </form>`;
}

/** The jobs to be ticked, and what is done to those ticked or to all that fit. */
function ticks(jobs: readonly QuarantinedJob[], { source, reason, age }: Chosen, visitor: Visitor, now: Date): Html {
  const list = jobTable(jobs.slice(0, SHOWN), visitor, now, jobs.length > SHOWN ? `The newest ${SHOWN}` : 'Jobs');
  if (!mayAct(visitor.role, 'operator')) return html`${list}`;
  const { since, until } = filterOf({ source, reason, age }, now);
  // Only what was there when the page was made: what fails meanwhile was not seen.
  const fields = Object.entries({ source, reason, age, since, until: Math.min(until ?? Infinity, now.getTime()) }).filter(([, value]) => value !== undefined);
  const every = counted(jobs.length, 'job');
  return html`<form method="post" action="/quarantine/retry">${csrfField(visitor)}${fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${String(value)}">`)}
    ${list}
    <div class="actions">
      <button class="primary" name="pick" value="ticked">Retry what is ticked</button>
      <button class="danger" name="pick" value="ticked" formaction="/quarantine/drop" data-confirm="Drop the ticked jobs for good?">Drop what is ticked</button>
      <button name="pick" value="all">Retry all ${every}</button>
      <button class="danger" name="pick" value="all" formaction="/quarantine/drop" data-confirm="Drop all ${every} for good?">Drop all ${every}</button>
    </div>
  </form>`;
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

const groupTable = (groups: readonly Group[], visitor: Visitor, source: string | undefined, now: Date, whole: boolean): Html => table({
  caption: 'By reason', showCaption: true, rows: groups, empty: '',
  columns: [
    { label: 'Reason', cell: ({ reason }) => html`<a href="/quarantine?reason=${encodeURIComponent(reason)}"><code>${reason}</code></a>` },
    { label: 'Jobs', kind: 'figure', cell: ({ jobs }) => number(jobs.length) },
    { label: 'Sources', cell: ({ sources }) => html`${[...sources].slice(0, 4).map((id) => html`<a href="/quarantine?source=${encodeURIComponent(id)}">${id}</a> `)}${sources.size > 4 ? `and ${sources.size - 4} more` : ''}` },
    { label: 'Newest', cell: ({ jobs: [newest] }) => (newest === undefined ? '' : relative(newest.at, now)) },
    { label: 'How to mend it', cell: ({ jobs: [newest] }) => (newest === undefined ? '' : html`${foreign(newest.hint ?? newest.message)}`) },
    // A button of a group would act on those of any age.
    ...(whole ? actions<Group>(visitor, ({ reason, jobs }) => ({ fields: { reason, ...(source === undefined ? {} : { source }) }, what: `all ${counted(jobs.length, 'job')} with ${reason}` })) : []),
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
    ...(mayAct(visitor.role, 'operator') ? [{ label: 'Tick', cell: ({ id, source, code, at }: QuarantinedJob) => html`<input type="checkbox" name="id" value="${id}" aria-label="${`${source}, ${code}, ${at}`}">` }] : []),
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
  const [source, reason, age, pick] = [text('source'), text('reason'), text('age'), text('pick')];
  const time = (name: string): number | undefined => (/^\d{1,15}$/.test(text(name) ?? '') ? Number(text(name)) : undefined);
  const ids = form.getAll('id').filter((id): id is string => typeof id === 'string' && id !== '').slice(0, SHOWN);
  if (pick === 'ticked' && ids.length === 0) return failed(giveUp({ code: 'nothing-picked', message: 'No job is ticked.', hint: 'Go back and tick those that are meant.' }));
  const named = pick === 'all' ? undefined : ids.length === 0 ? undefined : ids;
  const acted = await change(services, { ids: named, source, reason, since: time('since'), until: time('until'), all: pick === 'all' });
  if (!acted.ok) return acted;
  const which = named !== undefined ? named.slice(0, 5).join(', ') : [source, reason, age].filter((part) => part !== undefined).join(', ');
  const back = pick === undefined ? '' : new URLSearchParams(Object.entries({ source, reason, age }).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]))).toString();
  return ok({
    to: back === '' ? '/quarantine' : `/quarantine?${back}`, say: `${say(acted.value.done)}${acted.value.more ? ' There are more: do it again.' : ''}`,
    target: `${acted.value.done} jobs: ${which === '' ? 'all' : which}`,
  });
}
