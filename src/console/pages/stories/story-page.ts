import { giveUp } from '../../../fault.js';
import type { StorySummary, StoryVersion } from '../../../store/index.js';
import type { StoryRecord } from '../../../story/index.js';
import type { Page, PageRequest } from '../../area.js';
import { badge, faultNote, foreign, html, nothing, number, time, type Html } from '../../markup/index.js';
import { datelineSlots } from './dateline-slots.js';
import { countryName, languageName } from './names.js';
import { listed, noStore, statusBadge } from './story-list.js';
import { wordDiff } from './word-diff.js';

/** Characters of a text that a page shows; the record has all. */
const MOST_SHOWN = 40_000;

export const noStory = (id: string): Page => ({
  title: 'Story', status: 404,
  body: faultNote(giveUp({ code: 'no-such-story', message: `No story ${id.slice(0, 40)} is kept.`, hint: 'It may have been taken out for its age: console.stories says how long stories stay.' })),
});

/** A story: its newest version or the one asked for, how it came to be so, and what belongs to it. */
export async function storyPage({ url, params, services: { stories }, now }: PageRequest): Promise<Page> {
  if (stories === null) return noStore();
  const id = params['id'] ?? '';
  const [versions, related] = await Promise.all([stories.versions(id), stories.related(id)]);
  const asked = Number(url.searchParams.get('version') ?? Number.NaN);
  const at = versions.findIndex(({ version }) => version === asked);
  const shown = at < 0 ? versions.at(-1) : versions[at];
  if (shown === undefined) return noStory(id);
  const before = versions[(at < 0 ? versions.length - 1 : at) - 1];
  const { record } = shown;
  return {
    title: 'Story',
    lead: html`${foreign(record.source.name, 80)}${record.dateline === null ? nothing : html`, ${foreign(record.dateline.places.map(({ englishName, name }) => englishName ?? name).join(' / '), 80)}`}`,
    body: html`<div class="told">
      <div>${article(record, now)}${before === undefined ? nothing : changes(before.record, record)}</div>
      <div>${facts(record, shown, now)}${versions.length > 1 ? versionList(versions, shown, now) : nothing}${provenance(record)}${relatedList(related, now)}</div>
    </div>`,
  };
}

const article = (record: StoryRecord, now: Date): Html => html`<article class="sheet copy" lang="${record.language.tag}" dir="${record.direction}">
  ${record.status === 'usable' ? nothing : html`<p dir="ltr">${statusBadge(record.status)}${record.withdrawal === undefined ? nothing : html` <span class="faint">${record.withdrawal}</span>`}</p>`}
  ${record.kicker === null ? nothing : html`<p class="kicker">${record.kicker.slice(0, 300)}</p>`}
  <h2>${record.headline?.slice(0, 1_000) ?? html`<span class="faint">Without a headline</span>`}</h2>
  ${record.summary === null ? nothing : html`<p class="deck">${record.summary.slice(0, 2_000)}</p>`}
  ${record.bylines.length === 0 ? nothing : html`<p class="byline">${record.bylines.join(' · ').slice(0, 500)}</p>`}
  <p class="faint" dir="ltr">${record.publishedAt === null ? nothing : html`Published ${record.publishedAt.iso === null ? foreign(record.publishedAt.raw, 80) : time(record.publishedAt.iso, now)}. `}Fetched ${time(record.fetchedAt, now)}.</p>
  ${record.dateline === null ? nothing : html`<p class="slots">${slots(record.dateline)}${record.dateline.inherited ? html` <small>from an earlier story of the page</small>` : nothing}</p>`}
  ${shownBlocks(record)}
</article>`;

/** A dateline as written, each slot marked and its meaning told. */
export const slots = (dateline: Parameters<typeof datelineSlots>[0]): Html => html`${datelineSlots(dateline).map(({ text, slot }) => (slot === null
  ? html`<bdi>${text}</bdi>`
  : html`<mark class="slot ${slot.kind}"><span class="unseen">${slot.kind}: </span><bdi>${text}</bdi><small dir="ltr">${slot.kind} ${slot.meaning}</small></mark>`))}`;

function shownBlocks({ body }: StoryRecord): Html {
  let room = MOST_SHOWN;
  const shown = body.blocks.flatMap((block) => {
    if (room <= 0) return [];
    const text = block.text.slice(0, room);
    room -= block.text.length;
    if (block.kind === 'heading') return [html`<h3>${text}</h3>`];
    if (block.kind === 'quote') return [html`<blockquote>${text}</blockquote>`];
    return [html`<p${block.kind === 'paragraph' ? nothing : html` class="${block.kind}"`}>${text}</p>`];
  });
  return html`${shown}${room < 0 ? html`<p class="faint" dir="ltr">The text goes on for ${number(-room)} characters; the record has all.</p>` : nothing}`;
}

/** What changed against the version before: marked for the eye, and said for the ear. */
function changes(before: StoryRecord, now: StoryRecord): Html {
  const part = (label: string, old: string | null, next: string | null): Html => (old === next ? nothing : html`<h3>${label}</h3>
    <p class="wire diff" dir="${now.direction}" lang="${now.language.tag}">${wordDiff((old ?? '').slice(0, MOST_SHOWN), (next ?? '').slice(0, MOST_SHOWN)).map(({ kind, text }) => {
      if (kind === 'same') return html`${text}`;
      return kind === 'gone' ? html`<del><span class="unseen"> [taken out: </span>${text}<span class="unseen">] </span></del>` : html`<ins><span class="unseen"> [put in: </span>${text}<span class="unseen">] </span></ins>`;
    })}</p>`);
  const parts = [
    part('Status', before.status, now.status), part('Kicker', before.kicker, now.kicker), part('Headline', before.headline, now.headline), part('Text', before.body.text, now.body.text),
    part('Dateline', before.dateline?.raw ?? null, now.dateline?.raw ?? null),
  ].filter((piece) => piece !== nothing);
  return html`<section class="sheet" aria-labelledby="changed"><h2 id="changed">Changed since version ${number(before.version)}</h2>${
    parts.length === 0 ? html`<p>Neither headline nor text: only what is known about the story.</p>` : parts}</section>`;
}

function facts(record: StoryRecord, { arrivedAt, version }: StoryVersion, now: Date): Html {
  const rows: (readonly [string, Html | string | null])[] = [
    ['Page', /^https?:/i.test(record.url) ? html`<a href="${record.url}" rel="noreferrer noopener nofollow">${foreign(record.url, 120)}</a>` : foreign(record.url, 120)],
    ['Source', html`<a href="/stories?source=${encodeURIComponent(record.source.id)}">${foreign(record.source.name, 80)}</a>`],
    ['Language', html`${languageName(record.language.tag)} <span class="faint">${record.language.tag}, sure to ${percent(record.language.confidence)}</span>`],
    ['Countries', [...new Set((record.dateline?.places ?? []).flatMap(({ countryCode }) => countryCode ?? []))].map(countryName).join(', ')],
    ['Agency', record.dateline?.agency === null || record.dateline === null ? null : foreign(record.dateline.agency.id ?? record.dateline.agency.raw, 60)],
    ['Version', html`${number(version)}, came ${time(new Date(arrivedAt).toISOString(), now)}`],
    ['Embargo', record.embargoedUntil === undefined ? null : html`until ${time(record.embargoedUntil, now)}${Date.parse(record.embargoedUntil) > now.getTime() ? html` ${badge('watch', 'held back outward')}` : nothing}`],
    ['Place on page', record.page.count === 1 ? null : `story ${record.page.position} of ${record.page.count}`],
    ['Subjects', record.subjects.length === 0 ? null : foreign(record.subjects.slice(0, 12).join(', '), 240)],
    ['Rights', record.rights === null ? null : foreign(record.rights, 160)],
    ['Id', html`<code>${record.id}</code>`],
  ];
  return html`<section class="sheet"><div class="actions"><a class="button primary" href="/stories/${record.id}/page">See how the page was cut</a>
    <a class="button" href="/api/v1/stories/${record.id}">Record as JSON</a></div>
    <dl class="facts">${rows.filter(([, value]) => value !== null && value !== '').map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl></section>`;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const versionList = (versions: readonly StoryVersion[], shown: StoryVersion, now: Date): Html => html`<section class="sheet"><h2>Versions</h2><ol class="versions" reversed>${versions.toReversed().map(({ id, version, arrivedAt, record }) => html`
  <li><a href="/stories/${id}?version=${version}"${version === shown.version ? html` aria-current="true"` : nothing}>Version ${number(version)}</a> ${time(new Date(arrivedAt).toISOString(), now)} ${statusBadge(record.status)}</li>`)}</ol></section>`;

const provenance = ({ provenance: from }: StoryRecord): Html => html`<section class="sheet"><h2>How it was read</h2><dl class="facts">
  <dt>Extractor</dt><dd>${from.extractor}</dd>
  <dt>Headline from</dt><dd>${from.headlineFrom ?? 'nowhere'}</dd>
  <dt>Text found</dt><dd>sure to ${percent(from.extractionConfidence)}</dd>
  <dt>Cut</dt><dd>sure to ${percent(from.cutConfidence)}</dd>
  <dt>Evidence</dt><dd>${from.cutEvidence.length === 0 ? 'the page begins here' : from.cutEvidence.map(({ kind, weight }) => html`<span class="chip">${kind} ${weight >= 0 ? '+' : ''}${weight.toFixed(1)}</span> `)}</dd>
  ${from.datelineOrder === null ? nothing : html`<dt>Dateline order</dt><dd>${from.datelineOrder}</dd>`}</dl></section>`;

const relatedList = (related: readonly StorySummary[], now: Date): Html => (related.length === 0 ? nothing : html`<section class="sheet"><h2>The same elsewhere</h2><ol class="stories small">${related.map((story) => listed(story, now))}</ol></section>`);

