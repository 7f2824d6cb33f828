import type { FeedItem } from '../../feed/index.js';
import { misconfigured, type Fault } from '../../fault.js';
import { newestFirst, sourceOf, timeOf, wholeAddress } from '../../sourcing/index.js';
import type { FormRequest, Page, PageRequest } from '../area.js';
import { counted, csrfField, faultNote, field, foreign, foreignIn, html, nothing, number, table, time, type Html } from '../markup/index.js';
import type { SourceSurvey } from '../services.js';
import { mayAct, type Visitor } from '../visitor.js';
import { adding, type Values } from './source-form.js';
import { blockRow, hueOf, MOST_BLOCKS } from './stories/split-view.js';
import { slots } from './stories/story-page.js';

const ITEMS = 12;
const FEEDS = 10;
/** Characters of a story shown beside the page. */
const MOST_TEXT = 1_200;
const LONGEST_ADDRESS = 2_000;

/** First the address; a person who knows the entry may write it at once. */
export const addPage = ({ visitor, url }: PageRequest): Promise<Page> => Promise.resolve(adding(visitor, {}, undefined, lookForm(visitor, (url.searchParams.get('address') ?? '').slice(0, LONGEST_ADDRESS))));

const lookForm = (visitor: Visitor, address: string, allowPrivate = false): Html => html`<form method="post" action="/sources/-/look" class="sheet">${csrfField(visitor)}<h2>Look at it first</h2>
  ${field({ name: 'address', label: 'Address of a site, a feed or a news sitemap', value: address, required: true, hint: 'Its feed is looked for, its items are shown, and one page is read as the service would read it. Nothing is written yet. This can take a minute.' })}
  ${mayAct(visitor.role, 'operator') ? html`<p><label><input type="checkbox" name="allowPrivate" value="yes"${allowPrivate ? html` checked` : nothing}> It is a private host of our own</label></p>` : nothing}
  <button class="primary">Look</button></form>`;

/** Looks, and shows what was found above the entry that would follow it; nothing is written. */
export async function takeLook({ form, services, visitor, signal, now }: FormRequest): Promise<Page> {
  const given = form.get('address');
  const address = wholeAddress((typeof given === 'string' ? given : '').slice(0, LONGEST_ADDRESS));
  const allowPrivate = form.get('allowPrivate') === 'yes';
  const again = lookForm(visitor, address, allowPrivate);
  const refused = (fault: Fault): Page => ({ title: 'Add a source', status: 422, body: html`${faultNote(fault)}${again}` });
  if (allowPrivate && !mayAct(visitor.role, 'operator')) return refused(misconfigured({ code: 'role-too-low', message: 'Only an operator may let a source reach private hosts.', hint: 'Ask one.' }));
  const survey = await services.surveySource({ address, allowPrivate, signal });
  if (!survey.ok) return refused(survey.fault);
  const { found, proposal } = survey.value;
  const present = sourceOf([found.address, found.url], services.sources());
  const above = html`${present === undefined ? nothing : html`<p class="note watch">The source <a href="/sources/${present.id}">${present.id}</a> reads this feed already.</p>`}
    ${feedPart(survey.value, visitor, now)}${pagePart(survey.value)}
    <h2>Save it</h2>${proposal.remarks.length === 0 ? nothing : html`<ul class="plain">${proposal.remarks.map((remark) => html`<li>${foreign(remark, 400)}</li>`)}</ul>`}`;
  return { ...adding(visitor, valuesOf(survey.value, allowPrivate), undefined, above), lead: html`${counted(found.feed.items.length, 'item')} at ${foreign(found.address, 120)}; nothing is written yet.` };
}

/** The proposal as the form shows it. */
function valuesOf({ proposal: { source } }: SourceSurvey, allowPrivate: boolean): Values {
  return {
    id: source.id, name: source.name ?? '', url: source.url ?? '', language: source.language ?? '', timeZone: source.timeZone ?? '', agency: source.agency ?? '',
    ...(allowPrivate ? { allowPrivate: 'true' } : {}),
  };
}

const feedPart = ({ found: { feed, address, others } }: SourceSurvey, visitor: Visitor, now: Date): Html => html`<section class="sheet"><h2>The feed</h2>
  <dl class="facts"><dt>Address</dt><dd>${foreign(address, 400)}</dd><dt>Title</dt><dd>${feed.title === null ? 'none' : foreignIn(feed.title, feed.language, 200)}</dd>
    <dt>Form</dt><dd>${feed.format}, ${counted(feed.items.length, 'item')}</dd><dt>Language declared</dt><dd>${feed.language === null ? 'none' : foreign(feed.language, 40)}</dd></dl>
  ${table({
    caption: feed.items.length > ITEMS ? `The newest ${ITEMS} items` : 'Its items', showCaption: true, rows: newestFirst(feed).slice(0, ITEMS), empty: 'It lists no item that names a page.',
    columns: [
      { label: 'Headline', cell: (item: FeedItem) => html`${foreignIn(item.title ?? item.link ?? '', feed.language, 200)}` },
      { label: 'Time', cell: (item) => (timeOf(item) === '' ? 'none' : time(timeOf(item), now)) },
    ],
  })}
  ${others.length === 0 ? nothing : html`<h3>The site names more feeds</h3><ul class="plain">${others.slice(0, FEEDS).map(({ url, title }) => html`<li><form method="post" action="/sources/-/look" class="inline">${csrfField(visitor)}<input type="hidden" name="address" value="${url}"><button class="quiet">Look</button></form> ${title === null ? nothing : html`${foreign(title, 80)} `}<small class="faint">${foreign(url, 200)}</small></li>`)}</ul>`}</section>`;

/** The page as it came beside what would be made of it. */
function pagePart({ page, pageFault }: SourceSurvey): Html {
  if (page === null) return html`<section><h2>One of its pages</h2>${pageFault === null ? nothing : faultNote(pageFault)}</section>`;
  const { seen: { blocks, stories, verdict }, url } = page;
  return html`<section class="survey"><h2>One of its pages</h2><p class="faint">${foreign(url, 200)}</p>
    ${verdict.rejection === null ? nothing : html`<p class="note watch">This page holds no story: ${verdict.rejection}. Another may.</p>`}
    <div class="columns"><div><h3>What the page says</h3><ol class="cut">${blocks.slice(0, MOST_BLOCKS).map((block) => blockRow(block, stories))}</ol>
      ${blocks.length > MOST_BLOCKS ? html`<p class="faint">${number(blocks.length - MOST_BLOCKS)} more blocks follow.</p>` : nothing}</div>
    <div><h3>What would be delivered: ${counted(stories.length, 'story', 'stories')}</h3>${stories.map((story, at) => html`<article class="sheet wire hue-${hueOf(at)} cut-out" dir="${story.direction}" lang="${story.language}">
      <h4>${foreign(story.headline ?? 'Without a headline', 200)}</h4>
      ${story.dateline === null ? nothing : html`<p class="slots">${slots(story.dateline)}</p>`}
      ${textOf(blocks.filter((block) => block.story === at && (block.taken === 'text' || block.taken === 'begins')).map(({ text }) => text))}</article>`)}</div></div></section>`;
}

function textOf(paragraphs: readonly string[]): Html {
  let room = MOST_TEXT;
  return html`${paragraphs.flatMap((text) => {
    if (room <= 0) return [];
    const shown = text.slice(0, room);
    room -= text.length;
    return [html`<p>${shown}${room < 0 ? '…' : ''}</p>`];
  })}`;
}
