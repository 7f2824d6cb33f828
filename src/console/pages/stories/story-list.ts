import { FACETS, type FacetName, type StoryFacets, type StorySummary } from '../../../store/index.js';
import { giveUp } from '../../../fault.js';
import type { Page, PageRequest } from '../../area.js';
import { badge, counted, faultNote, field, foreign, foreignIn, html, nothing, number, select, time, type Html } from '../../markup/index.js';
import { countryName, languageName } from './names.js';
import { askedFilter, withParts, type AskedFilter, type FilterKey } from './story-filter.js';

const PAGE = 40;
/** Values of a facet shown at once. */
const FACET_ROWS = 12;
const LABELS: Readonly<Record<FacetName, string>> = { source: 'Source', language: 'Language', agency: 'Agency', country: 'Country', status: 'Status' };

export const noStore = (): Page => ({
  title: 'Stories', status: 503,
  body: faultNote(giveUp({ code: 'no-store', message: 'No stories are kept here to look at.', hint: 'Set console.stories.enabled to true, or ask the place that your sinks deliver to.' })),
});

/** Search over every story kept, newest first. */
export async function storyList({ url, services: { stories }, now }: PageRequest): Promise<Page> {
  if (stories === null) return noStore();
  const { filter, asked, wrong } = askedFilter(url);
  const [page, facets] = await Promise.all([
    stories.search({ ...filter, after: url.searchParams.get('after') ?? undefined, limit: PAGE }), stories.facets(filter),
  ]);
  const count = facets.more ? `more than ${number(facets.counted)} stories` : counted(facets.counted, 'story', 'stories');
  return {
    title: 'Stories',
    lead: html`${Object.keys(asked).length === 0 ? html`${count} kept.` : html`${count} found.`}`,
    body: html`${searchForm(asked)}
      ${wrong.length === 0 ? nothing : html`<p class="note watch">Left out, for it could not be understood: ${wrong.join(', ')}.</p>`}
      <div class="found">
        <div>${page.stories.length === 0 ? emptyNote(asked) : html`<ol class="stories">${page.stories.map((story) => listed(story, now))}</ol>`}
          ${page.next === null ? nothing : html`<p class="pager"><a class="button" rel="next" href="${withParts('/stories', asked, { after: page.next })}">Older stories</a></p>`}</div>
        <aside aria-label="Narrow down">${facetLists(facets, asked)}${subscribe(asked)}</aside>
      </div>`,
  };
}

const searchForm = (asked: AskedFilter['asked']): Html => html`<form class="filters" role="search" action="/stories">
  <div class="wide">${field({ name: 'q', label: 'Words, in any script', type: 'search', value: asked.q ?? '' })}</div>
  ${field({ name: 'place', label: 'Place', value: asked.place ?? '' })}
  ${field({ name: 'from', label: 'From', type: 'date', value: asked.from?.slice(0, 10) ?? '' })}
  ${field({ name: 'until', label: 'Before', type: 'date', value: asked.until?.slice(0, 10) ?? '' })}
  ${select({ name: 'status', label: 'Status', value: asked.status ?? '', options: [['', 'any'], ['usable', 'usable'], ['corrected', 'corrected'], ['withdrawn', 'withdrawn']] })}
  ${(['source', 'language', 'agency', 'country'] as const).map((key) => (asked[key] === undefined ? nothing : html`<input type="hidden" name="${key}" value="${asked[key]}">`))}
  <button class="primary">Search</button>
</form>`;

const emptyNote = (asked: AskedFilter['asked']): Html => (Object.keys(asked).length === 0
  ? html`<p class="empty">No story has come yet. Switch a source on, and it shows here as soon as it is delivered.</p>`
  : html`<p class="empty">Nothing fits. <a href="/stories">Show all stories</a>, or take a part of the search away.</p>`);

const STANDINGS = { usable: null, corrected: badge('watch', 'corrected'), withdrawn: badge('ill', 'withdrawn') } as const;
export const statusBadge = (status: StorySummary['status']): Html => STANDINGS[status] ?? nothing;

/** One story of a list: when, where from, what. */
export const listed = (story: StorySummary, now: Date): Html => html`
  <li class="${story.status === 'withdrawn' ? 'story gone' : 'story'}">
    <p class="when">${time(new Date(story.at).toISOString(), now)}</p>
    <div>
      <p class="headline" dir="${story.direction}"><a href="/stories/${story.id}">${story.kicker === null ? nothing : html`<span class="kicker">${foreignIn(story.kicker, story.language, 60)}</span> `}${foreignIn(story.headline ?? (story.lead === '' ? 'Without a headline' : story.lead), story.language, 200)}</a></p>
      <p class="excerpt" dir="${story.direction}">${story.dateline === null ? nothing : html`<mark>${foreignIn(story.dateline, story.language, 80)}</mark> `}${foreignIn(afterDateline(story), story.language, 220)}</p>
      <p class="from">${foreign(story.source.name, 60)} · ${languageName(story.language)}${story.agency === null ? nothing : html` · ${foreign(story.agency, 30)}`}${
        story.version > 1 ? html` · version ${number(story.version)}` : nothing}${story.duplicateOf === null ? nothing : html` · told before`} ${statusBadge(story.status)}${
        story.embargoedUntil !== null && story.embargoedUntil > now.getTime() ? html` ${badge('watch', 'embargo')}` : nothing}</p>
    </div>
  </li>`;

/** The dateline stands before it already; a summary often begins with it again. */
const afterDateline = ({ lead, dateline }: StorySummary): string => (dateline !== null && lead.startsWith(dateline) ? lead.slice(dateline.length).replace(/^[\s:–—-]{1,10}/, '') : lead);

function facetLists({ facets, counted, more }: StoryFacets, asked: AskedFilter['asked']): Html {
  const name = (facet: FacetName, value: string): string => (facet === 'language' ? languageName(value) : facet === 'country' ? countryName(value) : value);
  return html`${FACETS.filter((facet) => facets[facet].length > 0).map((facet) => html`<section><h2>${LABELS[facet]}${asked[facet] === undefined ? nothing
    : html` <a class="clear" href="${withParts('/stories', asked, { [facet]: null })}">any</a>`}</h2>
    <ul class="facet">${facets[facet].slice(0, FACET_ROWS).map(({ value, count }) => html`
      <li><a href="${withParts('/stories', asked, { [facet]: value })}"${asked[facet as FilterKey] === value ? html` aria-current="true"` : nothing}>${foreign(name(facet, value), 40)}</a> <span>${number(count)}</span></li>`)}
    </ul></section>`)}
    ${more ? html`<p class="faint"><small>Counted over the newest ${number(counted)}.</small></p>` : nothing}`;
}

/** The same search for other programs. */
const subscribe = (asked: AskedFilter['asked']): Html => html`<section><h2>Follow this search</h2><p class="formats">${
  (['rss', 'atom', 'json'] as const).map((format) => html`<a href="${withParts(`/api/v1/stories/feed.${format}`, asked)}">${{ rss: 'RSS', atom: 'Atom', json: 'JSON Feed' }[format]}</a> `)}
  <a href="${withParts('/api/v1/stories', asked)}">API</a></p></section>`;

