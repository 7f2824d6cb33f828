import type { StoryFacets } from '../../../store/index.js';
import type { Page, PageRequest } from '../../area.js';
import { counted, foreign, html, nothing, number, select, table, time, type Html } from '../../markup/index.js';
import { countryName, languageName } from '../stories/names.js';
import { withParts } from '../stories/story-filter.js';
import { noStore } from '../stories/story-list.js';
import { filterIn, HOUR_MS, mapAddress, mapQuery, RANGES, spanOf, type MapQuery, type Part, type Span } from './map-query.js';
import { placeStories, spotsOf, unplaced, type PlacedStories, type Spot } from './placed-stories.js';
import { REGION_LABELS, type RegionName } from './regions.js';
import { everyHour, hourName, timeline } from './timeline.js';
import { MOST_SPOTS, worldMap } from './world-map.js';

/** Places that are counted, and those that the table shows. */
const MOST_PLACES = 2_000;
const ROWS = 60;

/** Where the news of the last hours comes from, and when. */
export async function mapPage({ url, services: { stories }, now }: PageRequest): Promise<Page> {
  if (stories === null) return { ...noStore(), title: 'Map' };
  const query = mapQuery(url.searchParams);
  const span = spanOf(query, now.getTime());
  const shown = query.hour === null || query.hour < span.from || query.hour >= span.until ? span : { from: query.hour, until: query.hour + HOUR_MS };
  const filter = filterIn(shown, query);
  const [counts, { stories: all, placed }, hours, facets] = await Promise.all([
    stories.places(filter, MOST_PLACES), stories.placed(filter), stories.hours(filterIn(span, query)), stories.facets({ from: span.from, until: span.until }),
  ]);
  const places = placeStories(counts);
  const spots = spotsOf(places);
  const nowhere = unplaced(places);
  // Of an empty span it is said where the news is instead.
  const newest = all === 0 && hours.length === 0 ? (await stories.search({ ...query.parts, limit: 1 })).stories[0] ?? null : null;
  return {
    title: 'Map',
    lead: html`${counted(all, 'story', 'stories')} ${shown === span ? html`since ${hourName(span.from)}` : html`in the hour from ${hourName(shown.from)}`} UTC; ${number(placed)} name a place.`,
    body: html`${filters(query, facets)}
      ${newest === null ? nothing : html`<p class="note watch">Nothing came in these hours. The newest story kept is of ${time(new Date(newest.at).toISOString(), now)} UTC: <a href="${mapAddress(query, { end: nextHour(newest.at), hour: null })}">show the hours before it</a>.</p>`}
      <nav class="regions" aria-label="Part of the world"><ul>${(Object.keys(REGION_LABELS) as RegionName[]).map((region) => html`
        <li><a href="${mapAddress(query, { region })}"${region === query.region ? html` aria-current="true"` : nothing}>${REGION_LABELS[region]}</a></li>`)}</ul></nav>
      <div class="mapped"><div>
        <figure class="sheet map">${worldMap(spots, query.region, (spot) => spotAddress(spot, query, shown))}
          <figcaption class="faint">${spots.length === 0 ? 'No dateline names a place that is known.' : html`Each circle is a place that datelines name, as large as its stories are many; a ring is a country whose place is not known closer, at its capital.`}${
            spots.length > MOST_SPOTS ? ` The greatest ${number(MOST_SPOTS)} of ${number(spots.length)} are drawn.` : ''}</figcaption></figure>
        ${shown === span ? nothing : html`<p><a class="button" href="${mapAddress(query, { hour: null })}">All hours again</a></p>`}
        <div class="sheet">${timeline(everyHour(hours, span), query.hour, (hour) => mapAddress(query, { hour }))}${turns(query, span, now.getTime())}</div>
      </div>
      <div>${placeTable(places, query, shown)}${remains(places.length, all, placed, nowhere)}</div></div>`,
  };
}

const nextHour = (ms: number): number => (Math.floor(ms / HOUR_MS) + 1) * HOUR_MS;

const LABELS: Readonly<Record<Part, string>> = { language: 'Language', agency: 'Agency', source: 'Source' };

/** The range and what to narrow it to, from what came in it. */
function filters(query: MapQuery, { facets }: StoryFacets): Html {
  const options = (part: Part): [string, string][] => {
    const values = [...new Set([...(query.parts[part] === undefined ? [] : [query.parts[part]]), ...facets[part].map(({ value }) => value)])];
    return [['', 'any'], ...values.map((value): [string, string] => [value, part === 'language' ? languageName(value) : value])];
  };
  return html`<form class="filters" action="/map" role="search" aria-label="Stories on the map">
    ${select({ name: 'range', label: 'Hours', value: query.range, options: [['6h', 'the last 6 hours'], ['24h', 'the last 24 hours'], ['7d', 'the last 7 days']] })}
    ${(['language', 'agency', 'source'] as const).map((part) => select({ name: part, label: LABELS[part], value: query.parts[part] ?? '', options: options(part) }))}
    ${query.end === null ? nothing : html`<input type="hidden" name="end" value="${new Date(query.end).toISOString().slice(0, 13)}">`}
    ${query.region === 'world' ? nothing : html`<input type="hidden" name="region" value="${query.region}">`}
    <button class="primary">Show</button></form>`;
}

/** To the hours before and after. */
function turns(query: MapQuery, { from, until }: Span, now: number): Html {
  const length = RANGES[query.range] * HOUR_MS;
  return html`<p class="pager"><a href="${mapAddress(query, { end: from, hour: null })}">Hours before</a>${query.end === null || until > now ? nothing
    : html` <a href="${mapAddress(query, { end: until + length > now ? null : until + length, hour: null })}">Hours after</a>`}</p>`;
}

/** The stories behind what is shown: the same parts and time, and the place. */
const storiesAt = (place: Readonly<Record<string, string>>, { parts }: MapQuery, { from, until }: Span): string =>
  withParts('/stories', parts, { ...place, from: new Date(from).toISOString(), until: new Date(until).toISOString() });
const spotAddress = ({ name, country }: Spot, query: MapQuery, span: Span): string => storiesAt(name === null ? { country } : { place: name.slice(0, 100), country }, query, span);

const HOW: Readonly<Record<'place' | 'capital' | 'none', string>> = { place: '', capital: 'at its country’s capital', none: 'not on the map' };

const placeTable = (places: readonly PlacedStories[], query: MapQuery, span: Span): Html => table({
  caption: 'Places', showCaption: true, rows: places.slice(0, ROWS), empty: 'No dateline of these hours names a place.',
  columns: [
    { label: 'Place', cell: ({ name, country }) => html`<a href="${storiesAt({ place: name.slice(0, 100), ...(country === null ? {} : { country }) }, query, span)}">${foreign(name, 60)}</a>` },
    { label: 'Country', cell: ({ country, by }) => html`${country === null ? nothing : html`<a href="${storiesAt({ country }, query, span)}">${countryName(country)}</a>`}${by === 'place' ? nothing : html` <small class="faint">${HOW[by ?? 'none']}</small>`}` },
    { label: 'Stories', kind: 'figure', cell: ({ stories }) => number(stories) },
  ],
});

/** What neither map nor table shows is counted all the same. */
const remains = (count: number, all: number, placed: number, nowhere: number): Html => html`<ul class="faint plain">
  ${count > ROWS ? html`<li>${number(count - ROWS)}${count >= MOST_PLACES ? ' or more' : ''} further places have fewer stories.</li>` : nothing}
  ${nowhere === 0 ? nothing : html`<li>${counted(nowhere, 'story names', 'stories name')} a place that is not known, so that it stands nowhere on the map.</li>`}
  ${all === placed ? nothing : html`<li>${counted(all - placed, 'story names', 'stories name')} no place.</li>`}</ul>`;
