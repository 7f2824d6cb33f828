import type { HourCount } from '../../../store/index.js';
import { counted, html, nothing, number, table, type Html } from '../../markup/index.js';
import { HOUR_MS, type Span } from './map-query.js';

const [WIDTH, HEIGHT] = [720, 90];

/** Every hour of the span, those without stories too. */
export function everyHour(counts: readonly HourCount[], { from, until }: Span): readonly HourCount[] {
  const byHour = new Map(counts.map(({ hour, stories }) => [hour, stories]));
  return Array.from({ length: Math.round((until - from) / HOUR_MS) }, (_, at) => {
    const hour = from + at * HOUR_MS;
    return { hour, stories: byHour.get(hour) ?? 0 };
  });
}

const spoken = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
export const hourName = (hour: number): string => spoken.format(hour);

/** The hours as bars, each leading to the map of that hour; the same as a table for whoever does not see or point. */
export function timeline(hours: readonly HourCount[], chosen: number | null, addressOf: (hour: number) => string): Html {
  const most = Math.max(1, ...hours.map(({ stories }) => stories));
  const width = WIDTH / Math.max(1, hours.length);
  const busiest = hours.reduce<HourCount | null>((best, hour) => (hour.stories > (best?.stories ?? 0) ? hour : best), null);
  const [first, last] = [hours[0], hours.at(-1)];
  return html`<figure class="timeline">
    <figcaption>${busiest === null ? 'No story in these hours.' : html`Stories by hour, UTC; most in the hour from ${hourName(busiest.hour)}: ${number(busiest.stories)}.`}</figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true" focusable="false">${hours.map(({ hour, stories }, at) => {
      const tall = stories === 0 ? 0 : Math.max(1.5, (stories / most) * HEIGHT);
      const x = (at * width).toFixed(1);
      const gap = Math.min(2, width * 0.2);
      return html`<a href="${addressOf(hour)}" tabindex="-1"><title>${hourName(hour)}: ${counted(stories, 'story', 'stories')}</title><rect class="column" x="${x}" y="0" width="${width.toFixed(1)}" height="${HEIGHT}"></rect><rect class="${hour === chosen ? 'bar chosen' : 'bar'}" x="${x}" y="${(HEIGHT - tall).toFixed(1)}" width="${(width - gap).toFixed(1)}" height="${tall.toFixed(1)}"></rect></a>`;
    })}</svg>
    ${first === undefined || last === undefined ? nothing : html`<p class="ends faint" aria-hidden="true"><span>${hourName(first.hour)}</span><span>${hourName(last.hour + HOUR_MS)}</span></p>`}
    ${busiest === null ? nothing : html`<details><summary>The hours as a table</summary>${table({
      caption: 'Stories by hour, UTC', rows: hours.filter(({ stories }) => stories > 0).toReversed(), empty: '',
      columns: [
        { label: 'Hour from', cell: ({ hour }) => html`<a href="${addressOf(hour)}"${hour === chosen ? html` aria-current="true"` : nothing}>${hourName(hour)}</a>` },
        { label: 'Stories', kind: 'figure', cell: ({ stories }) => number(stories) },
      ],
    })}</details>`}
  </figure>`;
}
