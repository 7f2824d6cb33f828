import { join, resolve } from 'node:path';
import { failed, misconfigured, ok, type Outcome } from '../../../fault.js';
import { saveFixture } from '../../../fixture/index.js';
import type { StoryVersion } from '../../../store/index.js';
import type { Changed, FormRequest, Page, PageRequest } from '../../area.js';
import { counted, csrfField, faultNote, field, foreign, html, nothing, number, time, type Html } from '../../markup/index.js';
import type { PageLook } from '../../services.js';
import { mayAct } from '../../visitor.js';
import { noStore } from './story-list.js';
import { noStory, slots } from './story-page.js';

/** Blocks of a page that are shown, and characters of one: a hostile page may have any number. */
export const MOST_BLOCKS = 600;
export const MOST_TEXT = 2_000;
const HUES = 8;
const MOST_EVIDENCE = 6;

type Block = PageLook['seen']['blocks'][number];

/** A story's page in its order: each block, what it was taken for, and why. */
export async function splitView(request: PageRequest): Promise<Page> {
  const { services: { stories, lookAtPage }, params, now, signal, visitor } = request;
  if (stories === null) return noStore();
  const found = await stories.story(params['id'] ?? '');
  if (found === null) return noStory(params['id'] ?? '');
  const looked = await lookAtPage(found.record, signal);
  const back = html`<p><a href="/stories/${found.id}">Back to the story</a></p>`;
  if (!looked.ok) return { title: 'Page', lead: foreign(found.record.url, 120), status: 422, body: html`${faultNote(looked.fault)}${back}` };
  const { seen, fetchedAt } = looked.value;
  return {
    title: 'Page',
    lead: html`${counted(seen.stories.length, 'story', 'stories')} cut from ${counted(seen.blocks.length, 'block')}, text found with ${percent(seen.confidence)}.`,
    body: html`${back}
      <p class="faint">${foreign(found.record.url, 160)}, fetched again ${time(fetchedAt, now)}: what the page says now, which may be more than the story kept.</p>
      ${seen.verdict.rejection === null ? nothing : html`<p class="note ill">Read now, this page holds no story: ${seen.verdict.rejection}.</p>`}
      ${storyKey(seen.stories)}
      <ol class="cut">${seen.blocks.slice(0, MOST_BLOCKS).map((block) => blockRow(block, seen.stories))}</ol>
      ${seen.blocks.length > MOST_BLOCKS ? html`<p class="faint">${number(seen.blocks.length - MOST_BLOCKS)} more blocks follow.</p>` : nothing}
      ${mayAct(visitor.role, 'editor') ? saveForm(request, found) : nothing}`,
  };
}

const percent = (share: number): string => `${Math.round(share * 100)} % confidence`;
export const hueOf = (story: number): number => (story % HUES) + 1;

/** Which colour is which story. */
const storyKey = (stories: PageLook['seen']['stories']): Html => html`<ol class="key">${stories.map((story, at) => html`
  <li class="hue-${hueOf(at)}"><b>Story ${at + 1}</b> ${foreign(story.headline ?? 'without a headline', 120)} <span class="faint">${percent(story.confidence)}</span>${
    story.dateline === null ? nothing : html`<p class="slots" dir="${story.direction}">${slots(story.dateline)}</p>`}</li>`)}</ol>`;

const TAKEN: Readonly<Record<Block['taken'], string>> = {
  headline: 'headline', begins: 'begins', text: 'text', furniture: 'furniture', 'page-furniture': 'furniture of the page', 'page-headline': 'headline of the page', outside: 'outside every story',
};

export function blockRow(block: Block, stories: PageLook['seen']['stories']): Html {
  const story = block.story === null ? undefined : stories[block.story];
  const label = block.story === null ? html`${TAKEN[block.taken]}${block.furniture === null ? nothing : html` <b>${block.furniture}</b>`}` : html`story ${block.story + 1} · ${TAKEN[block.taken]}`;
  const evidence = block.evidence.filter(({ weight }) => weight !== 0).toSorted((left, right) => Math.abs(right.weight) - Math.abs(left.weight)).slice(0, MOST_EVIDENCE);
  return html`
    <li class="${block.story === null ? (block.taken === 'page-headline' ? 'page-headline' : 'greyed') : `hue-${hueOf(block.story)}`}${block.taken === 'headline' || block.taken === 'begins' ? ' opens' : ''}">
      <p class="why"><span class="taken">${label}</span> <span class="kind">${block.kind}</span>
        ${block.why === block.furniture ? nothing : html`<span>${foreign(block.why, 120)}</span>`} ${evidence.map(({ kind, weight }) => html`<span class="chip">${kind} ${weight >= 0 ? '+' : ''}${weight.toFixed(1)}</span> `)}</p>
      <p class="said" dir="${story?.direction ?? 'auto'}"${story === undefined ? nothing : html` lang="${story.language}"`}>${withDateline(block)}</p>
    </li>`;
}

function withDateline({ text, dateline }: Block): Html {
  const at = dateline === null ? -1 : text.indexOf(dateline);
  if (dateline === null || at < 0 || at > MOST_TEXT) return html`${text.slice(0, MOST_TEXT)}${text.length > MOST_TEXT ? '…' : ''}`;
  return html`${text.slice(0, at)}<mark>${dateline}</mark>${text.slice(at + dateline.length, MOST_TEXT)}${text.length > MOST_TEXT ? '…' : ''}`;
}

const saveForm = ({ visitor }: PageRequest, { id }: StoryVersion): Html => html`<section class="sheet"><h2>Keep as a regression fixture</h2>
  <p>Saves the page and this verdict under <code>fixtures/</code> of the data folder. <code>dateline fixtures check</code> reads all of them again and says what changed; where this reading is wrong, mend <code>verdict.json</code>.</p>
  <form method="post" action="/stories/${id}/fixture">${csrfField(visitor)}
    ${field({ name: 'note', label: 'What is right or wrong with it' })}
    <button class="primary">Save page and verdict</button></form></section>`;

/** Fetches and reads the page once more and saves both: what was shown may be an hour old. */
export async function saveAsFixture({ services, params, form, visitor, signal, now }: FormRequest): Promise<Outcome<Changed>> {
  const id = params['id'] ?? '';
  const note = form.get('note');
  const found = await services.stories?.story(id) ?? null;
  const saved = found === null ? failed(noLonger) : await keepAsFixture(services, found, { savedBy: visitor.name, note: typeof note === 'string' ? note : '', signal, now });
  return saved.ok ? ok({ to: `/stories/${id}/page`, say: `Saved as ${saved.value}.`, target: id }) : saved;
}

const noLonger = misconfigured({ code: 'no-such-story', message: 'This story is not kept any more.' });

/** Reads the page of a story again and saves it with the verdict on it; gives the name of the fixture. */
export async function keepAsFixture(
  { lookAtPage, settings }: Pick<PageRequest['services'], 'lookAtPage' | 'settings'>, { record }: StoryVersion,
  { savedBy, note, signal, now }: { readonly savedBy: string; readonly note: string; readonly signal: AbortSignal; readonly now: Date },
): Promise<Outcome<string>> {
  const looked = await lookAtPage(record, signal);
  if (!looked.ok) return looked;
  const { bytes, options, seen } = looked.value;
  return saveFixture(join(resolve(settings.dataDir), 'fixtures'), { url: record.url, savedBy, note: note.slice(0, 1_000), bytes, options, expected: seen.verdict }, now);
}
