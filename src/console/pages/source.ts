import type { SourceConfig } from '../../config/index.js';
import { misconfigured } from '../../fault.js';
import type { LanguageHistogram } from '../../language/index.js';
import { latestSteps, sourceLanguages, sourceState, type Books, type TraceStep } from '../../ledger/index.js';
import { readHistory, type SourceHistory } from '../../poll/index.js';
import type { Page, PageRequest } from '../area.js';
import { badge, button, foreign, html, nothing, number, relative, span, table, time, type Html } from '../markup/index.js';
import { faultPage } from '../show-page.js';
import { standingOf, stateOf } from '../source-list.js';
import type { SourceRow } from '../view.js';
import { mayAct, type Visitor } from '../visitor.js';

const STEPS = 200;
const HOURS_SHOWN = 24;

/** One source: how it stands and why, what came of its items, and what to do. */
export async function sourcePage({ params, services: { view, sources, redis, keys }, visitor, now }: PageRequest): Promise<Page> {
  const id = (params['id'] ?? '').slice(0, 64);
  const source = sources().find((one) => one.id === id);
  const row = (await view.sources()).find((one) => one.id === id);
  if (source === undefined && row === undefined) {
    return faultPage(misconfigured({ code: 'source-unknown', message: `There is no source ${id}.`, hint: 'See the list of sources.' }), 404);
  }
  const [state, languages, steps] = await Promise.all([sourceState(redis, keys, id), sourceLanguages(redis, keys, id), latestSteps(redis, keys, id, STEPS)]);
  const history = state.history === null || source === undefined ? null : readHistory(state.history, source.url, now.getTime());
  const standing = stateOf({ enabled: source?.enabled ?? false, health: row?.health ?? null });
  return {
    title: source?.name ?? id,
    lead: html`${badge(standingOf(standing), standing)}${row?.health ? html` since ${relative(row.health.since, now)}: ${foreign(row.health.reason, 400)}` : nothing}${source === undefined ? ' It stands in sources.yaml no more; its books stay.' : nothing}`,
    body: html`${source !== undefined && mayAct(visitor.role, 'editor') ? actions(source, visitor, history) : nothing}
    <p><a href="/stories?source=${encodeURIComponent(id)}">Its stories</a></p>
    ${row?.trouble ? trouble(row.trouble, history, now) : nothing}
    <div class="columns"><div>${source === undefined ? nothing : facts(source, row, history, now)}</div><div>${row === undefined ? nothing : booksTable(row.books, id)}${languageTable(languages)}</div></div>
    ${history?.cadence ? rhythm(history.cadence) : nothing}
    ${stepTable(steps, now)}`,
  };
}

const actions = ({ id, enabled }: SourceConfig, visitor: Visitor, history: SourceHistory | null): Html => html`<div class="actions">
  ${enabled ? button({ action: `/sources/${id}/poll`, label: history?.parkedAt == null ? 'Poll now' : 'Wake it now', visitor, kind: 'primary' }) : nothing}
  ${enabled ? button({ action: `/sources/${id}/pause`, label: 'Pause', visitor }) : button({ action: `/sources/${id}/resume`, label: 'Resume', visitor, kind: 'primary' })}
  ${enabled ? button({ action: `/sources/${id}/park`, label: 'Park for 7 days', visitor }) : nothing}
  <a class="button" href="/sources/${id}/edit">Edit</a></div>`;

function trouble(said: string, history: SourceHistory | null, now: Date): Html {
  const failures = history?.failures ?? null;
  const code = /^([a-z0-9-]+): /.exec(said)?.[1] ?? failures?.code ?? '';
  return html`<div class="note ill"><p><b>Last error</b> ${foreign(said, 2_000)}</p>${failures === null ? nothing : html`
    <p>${number(failures.count)} ${failures.count === 1 ? 'poll' : 'polls in a row'} failed, the first ${relative(new Date(failures.since).toISOString(), now)}.</p>`}
    <p><b>Mend</b> ${mendOf(code)}</p></div>`;
}

/** What to do about a poll's fault, by the head of its code; the longest that fits. */
const MENDS: readonly (readonly [string, string])[] = [
  ['http-410', 'The publisher took the feed down for good. Find its new address and edit the source, or remove it.'],
  ['http-404', 'The feed has moved. Look for its new address on the site and edit the source.'],
  ['http-401', 'The host asks for a login: set a header with the credentials in sources.yaml.'],
  ['http-403', 'The host refuses us. Ask the publisher, or set a contact in the settings (fetch.contact).'],
  ['http-429', 'The host asks for fewer requests; it is asked less often by itself. Set a longer interval if it goes on.'],
  ['http-5', 'The host is in trouble itself; it is asked again by itself.'],
  ['dns-', 'The name of the host is not known. Check the spelling of its address.'],
  ['timeout-', 'The host is slow or away; it is asked again by itself.'],
  ['connection-', 'The connection broke; it is asked again by itself.'],
  ['tls-', 'The certificate of the host is not valid. Ask the publisher to mend it.'],
  ['robots', 'The robots.txt of the host keeps us out. Ask the publisher.'],
  ['html-not-feed', 'The address gives a page, not a feed. Add the source again by its site, so that its feed is found.'],
  ['address-refused', 'The address is private. An operator may set allowPrivate for a host of your own.'],
];
const mendOf = (code: string): string => MENDS.find(([head]) => code.startsWith(head))?.[1] ?? 'Look at the address in a browser; `dateline sources check` looks at it as the service does.';

function facts(source: SourceConfig, row: SourceRow | undefined, history: SourceHistory | null, now: Date): Html {
  const { cadence = null, listing = null } = history ?? {};
  const ago = (ms: number): Html => relative(new Date(ms).toISOString(), now);
  const lines: readonly (readonly [string, Html | string | null | undefined])[] = [
    ['Address', foreign(source.url, 2_000)], ['Language', source.language], ['Time zone', source.timeZone], ['Agency', source.agency],
    ['Stories a page', source.stories], ['Tags', source.tags.length === 0 ? null : foreign(source.tags.join(', '))],
    ['Polled', row?.lastPollAt == null ? 'never' : relative(row.lastPollAt, now)], ['Next poll', row?.nextPollAt == null ? null : relative(row.nextPollAt, now)],
    ['Interval', source.interval !== undefined ? `${span(source.interval)}, fixed` : history?.paceMs == null ? 'not learned yet' : `${span(history.paceMs)}, learned`],
    ['Last news', cadence === null ? null : ago(cadence.newsAt)],
    ['Longest pause so far', cadence === null || cadence.longestGapMs === 0 ? null : span(cadence.longestGapMs)],
    ['Items listed', listing === null ? null : `${number(listing.last)}, usually about ${number(Math.round(listing.usual))}`],
    ['Overlap lost', listing?.overlapLostAt == null ? null : ago(listing.overlapLostAt)],
  ];
  return html`<section class="sheet"><h2>How it is polled</h2><dl class="facts">${lines.map(([name, value]) => (value === null || value === undefined ? nothing : html`<dt>${name}</dt><dd>${value}</dd>`))}</dl></section>`;
}

function booksTable(books: Books, id: string): Html {
  const rows: readonly (readonly [string, string, number])[] = [
    ['delivered', '', books.delivered], ['unchanged', '', books.unchanged], ['duplicate', '', books.duplicate],
    ...Object.entries(books.rejected).map(([reason, count]) => ['rejected', reason, count] as const),
    ...Object.entries(books.quarantined).map(([reason, count]) => ['quarantined', reason, count] as const), ['in flight', '', books.inFlight],
  ];
  return html`<section class="sheet"><h2>What became of ${number(books.seen)} items</h2><p class="${books.balanced ? 'well' : 'ill'}">${books.balanced ? 'The books balance.' : 'The books do not balance.'}</p>${table({
    caption: 'Items by disposition and reason', rows: rows.filter(([, , count]) => count > 0), empty: 'Nothing has been seen yet.',
    columns: [
      { label: 'Disposition', cell: ([disposition]) => (disposition === 'quarantined' ? html`<a href="/quarantine?source=${encodeURIComponent(id)}">quarantined</a>` : disposition) },
      { label: 'Reason', cell: ([, reason]) => (reason === '' ? nothing : html`<code>${reason}</code>`) },
      { label: 'Items', kind: 'figure', cell: ([, , count]) => number(count) },
    ],
  })}</section>`;
}

function languageTable({ pages, usual, changed }: LanguageHistogram): Html {
  const rows = Object.entries(pages).toSorted(([, one], [, other]) => other - one);
  const all = rows.reduce((total, [, count]) => total + count, 0);
  if (all === 0) return nothing;
  return html`<section class="sheet"><h2>Languages of its pages</h2>
    ${changed === null ? nothing : html`<p class="note">It changed its language: <code>${changed.from}</code> until ${changed.at}, <code>${changed.to}</code> since.</p>`}${table({
    caption: 'Pages by language', rows, empty: '',
    columns: [
      { label: 'Language', cell: ([tag]) => html`<code>${tag}</code>${tag === usual ? ' usual' : ''}` },
      { label: 'Pages', kind: 'figure', cell: ([, count]) => number(count) },
      { label: 'Share', cell: ([, count]) => html`${bar(count / all)} ${Math.round((100 * count) / all)} %` },
    ],
  })}</section>`;
}

const bar = (share: number): Html => html`<svg viewBox="0 0 100 8" width="100" height="8" aria-hidden="true"><rect width="${Math.round(100 * share)}" height="8" fill="currentColor"/></svg>`;

/** When in the day it brings news, by what its polls have taught. */
function rhythm({ hourNews, arrivals }: NonNullable<SourceHistory['cadence']>): Html {
  const most = Math.max(...hourNews);
  if (most <= 0) return nothing;
  const bars = hourNews.slice(0, HOURS_SHOWN).map((news, hour) => html`<rect x="${hour * 10 + 1}" y="${40 - Math.round((40 * news) / most)}" width="8" height="${Math.round((40 * news) / most)}"><title>${hour}:00 to ${hour + 1}:00</title></rect>`);
  const busiest = hourNews.indexOf(most);
  return html`<section class="sheet"><h2>When it brings news</h2>
  <svg viewBox="0 0 240 40" width="480" height="80" role="img" aria-label="Polls with news by hour of the day, UTC: most from ${busiest}:00 to ${busiest + 1}:00" fill="currentColor">${bars}</svg>
  <p class="faint">Polls with news by hour of the day, UTC from 0 to 24, the last weeks counting most; ${number(arrivals)} in all. ${busiest}:00 to ${busiest + 1}:00 is the busiest.</p></section>`;
}

const stepTable = (steps: readonly TraceStep[], now: Date): Html => table({
  caption: 'Its items lately', showCaption: true, rows: steps, empty: 'Nothing is kept of its items.',
  columns: [
    { label: 'When', cell: ({ at }) => time(at, now) },
    { label: 'Step', cell: ({ step }) => step },
    { label: 'About', cell: ({ detail }) => foreign(detail) },
    { label: 'Item', cell: ({ item, revision }) => html`<code>${foreign(item, 80)}</code>${revision > 1 ? html` <small>revision ${revision}</small>` : nothing}` },
  ],
});
