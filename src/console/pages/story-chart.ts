import { bundledAgencies } from '../../dateline/index.js';
import { OTHER, sharesOf, type HistoryPoint, type HistoryShare } from '../../ledger/index.js';
import { counted, foreign, html, nothing, number, table, type Html } from '../markup/index.js';
import type { Span } from '../live-overview.js';
import { languageName } from './stories/names.js';

const [WIDTH, HEIGHT, GAP] = [720, 96, 1];
const SHARES = 8;
const STEP_WORDS: Readonly<Record<Span, string>> = { hour: 'minute', day: 'hour', month: 'day' };

let names: ReadonlyMap<string, string> | undefined;
const agencyName = (id: string): string => (names ??= new Map(bundledAgencies().map((agency) => [agency.id, agency.names[0] ?? agency.id]))).get(id) ?? id;

const stepTime = (begins: number, span: Span): string => {
  const iso = new Date(begins).toISOString();
  return span === 'month' ? iso.slice(0, 10) : span === 'day' ? `${iso.slice(0, 13).replace('T', ' ')}:00` : iso.slice(11, 16);
};

/** Stories by time as bars, drawn on the server, with the same as a table for whoever cannot see them. */
export function storyChart(points: readonly HistoryPoint[], span: Span): Html {
  const most = Math.max(1, ...points.map(({ stories }) => stories));
  const width = WIDTH / points.length;
  const round = (value: number): number => Math.round(value * 10) / 10;
  const total = points.reduce((sum, { stories }) => sum + stories, 0);
  const busiest = points.find(({ stories }) => stories === most);
  const summary = `${counted(total, 'story', 'stories')} in the last ${span}; ${number(total === 0 ? 0 : most)} in the busiest ${STEP_WORDS[span]}${busiest === undefined ? '' : `, ${stepTime(busiest.begins, span)} UTC`}.`;
  return html`<figure class="chart">
    <figcaption>${summary}</figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-labelledby="chart-title chart-desc"><title id="chart-title">Stories by ${STEP_WORDS[span]}</title><desc id="chart-desc">${summary}</desc>
      <line x1="0" y1="${HEIGHT - 0.5}" x2="${WIDTH}" y2="${HEIGHT - 0.5}"></line>${points.flatMap(({ stories }, at) => (stories === 0 ? [] : [html`
      <rect x="${round(at * width)}" y="${round(HEIGHT - (stories / most) * HEIGHT)}" width="${round(width - GAP)}" height="${round((stories / most) * HEIGHT)}"></rect>`]))}
    </svg>
    ${total === 0 ? nothing : html`<details><summary>The same in figures</summary>${table({
      caption: `Stories by ${STEP_WORDS[span]}`, rows: points.filter(({ stories }) => stories > 0).toReversed(), empty: '',
      columns: [{ label: 'From (UTC)', cell: ({ begins }) => stepTime(begins, span) }, { label: 'Stories', kind: 'figure', cell: ({ stories }) => number(stories) }],
    })}</details>`}
  </figure>`;
}

export const languageShares = (points: readonly HistoryPoint[]): Html =>
  shareTable('By language', sharesOf(points.map(({ languages }) => languages), SHARES), (tag) => (tag === 'und' ? 'not told' : languageName(tag)));
export const agencyShares = (points: readonly HistoryPoint[]): Html =>
  shareTable('By agency', sharesOf(points.map(({ agencies }) => agencies), SHARES), agencyName);

function shareTable(caption: string, shares: readonly HistoryShare[], nameOf: (label: string) => string): Html {
  const most = Math.max(1, ...shares.map(({ stories }) => stories));
  return table({
    caption, showCaption: true, rows: shares, empty: `${caption}: nothing yet.`,
    columns: [
      { label: 'Name', cell: ({ label }) => foreign(label === OTHER ? 'others' : nameOf(label)) },
      { label: 'Share', cell: ({ stories }) => html`<svg class="share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="${Math.round((stories / most) * 100)}" height="8"></rect></svg>` },
      { label: 'Stories', kind: 'figure', cell: ({ stories }) => number(stories) },
    ],
  });
}
