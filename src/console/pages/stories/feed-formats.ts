import type { StorySummary } from '../../../store/index.js';
import type { StoryRecord } from '../../../story/index.js';

export interface FeedHead {
  readonly title: string;
  readonly self: string;
  /** The search as a page. */
  readonly home: string;
  readonly updated: Date;
}

export interface FeedStory {
  readonly summary: StorySummary;
  readonly record: StoryRecord;
}

/** Longest text that a feed carries for one story. */
const MOST_TEXT = 50_000;

/** What XML 1.0 cannot hold, however it is escaped. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(NO_XML, '\ufffd').replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

/** An element with text; nothing where there is no text. */
const element = (name: string, text: string | null | undefined, attributes = ''): string =>
  (text === null || text === undefined || text === '' ? '' : `<${name}${attributes}>${escaped(text)}</${name}>`);

const guid = ({ id }: StorySummary): string => `urn:dateline:${id}`;
const titleOf = ({ headline, lead, kicker }: StorySummary): string => `${kicker === null ? '' : `${kicker}: `}${headline ?? lead.slice(0, 100)}`.slice(0, 1_000);

/** The text as HTML, its direction and language on it; the dateline back at its head, where readers look for it. */
function htmlOf({ record }: FeedStory): string {
  let room = MOST_TEXT;
  const blocks = record.body.blocks.flatMap(({ kind, text }, at) => {
    if (room <= 0) return [];
    room -= text.length;
    const dateline = at === 0 && record.dateline !== null && !record.dateline.inherited ? `<b>${escaped(record.dateline.raw)}</b> ` : '';
    const name = kind === 'heading' ? 'h2' : kind === 'quote' ? 'blockquote' : 'p';
    return [`<${name}>${dateline}${escaped(text.slice(0, room + text.length))}</${name}>`];
  });
  return `<div lang="${escaped(record.language.tag)}" dir="${record.direction}">${blocks.join('')}</div>`;
}

const categories = ({ record }: FeedStory): readonly string[] => [
  ...new Set([...record.subjects.slice(0, 20), ...(record.dateline?.places ?? []).map(({ englishName, name }) => englishName ?? name)]),
];

/** RSS 2.0 with Dublin Core, the content module and Atom's link to itself. */
export const rssFeed = ({ title, self, home, updated }: FeedHead, stories: readonly FeedStory[]): string => `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
${element('title', title)}
${element('link', home)}
<description>Stories as Dateline cut them out of their pages</description>
<atom:link rel="self" type="application/rss+xml" href="${escaped(self)}"/>
${element('lastBuildDate', updated.toUTCString())}
<generator>Dateline</generator>
${stories.map((story) => `<item>${element('title', titleOf(story.summary))}${element('link', story.record.url)}${element('guid', guid(story.summary), ' isPermaLink="false"')}${
  element('pubDate', new Date(story.summary.at).toUTCString())}${element('dc:language', story.record.language.tag)}${element('dc:creator', story.record.bylines.join(', '))}${
  categories(story).map((category) => element('category', category)).join('')}${element('description', story.summary.lead)}${element('content:encoded', htmlOf(story))}${
  element('source', story.record.source.name, ` url="${escaped(story.record.source.feedUrl === '' ? home : story.record.source.feedUrl)}"`)}</item>`).join('\n')}
</channel>
</rss>
`;

/** Atom, RFC 4287. */
export const atomFeed = ({ title, self, home, updated }: FeedHead, stories: readonly FeedStory[]): string => `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
${element('title', title)}
${element('id', self)}
<link rel="self" type="application/atom+xml" href="${escaped(self)}"/>
<link rel="alternate" type="text/html" href="${escaped(home)}"/>
${element('updated', updated.toISOString())}
<generator>Dateline</generator>
<author><name>Dateline</name></author>
${stories.map((story) => `<entry xml:lang="${escaped(story.record.language.tag)}">${element('title', titleOf(story.summary))}<link rel="alternate" href="${escaped(story.record.url)}"/>${
  element('id', guid(story.summary))}${element('published', new Date(story.summary.at).toISOString())}${element('updated', new Date(story.summary.arrivedAt).toISOString())}${
  (story.record.bylines.length === 0 ? [story.record.source.name] : story.record.bylines).map((name) => `<author>${element('name', name)}</author>`).join('')}${
  categories(story).map((category) => `<category term="${escaped(category)}"/>`).join('')}${element('summary', story.summary.lead)}${element('content', htmlOf(story), ' type="html"')}</entry>`).join('\n')}
</feed>
`;

/** JSON Feed 1.1. */
export const jsonFeed = ({ title, self, home }: FeedHead, stories: readonly FeedStory[]): string => `${JSON.stringify({
  version: 'https://jsonfeed.org/version/1.1', title, home_page_url: home, feed_url: self,
  items: stories.map((story) => ({
    id: guid(story.summary), url: story.record.url, title: titleOf(story.summary), content_html: htmlOf(story), summary: story.summary.lead, language: story.record.language.tag,
    date_published: new Date(story.summary.at).toISOString(), date_modified: new Date(story.summary.arrivedAt).toISOString(),
    authors: story.record.bylines.map((name) => ({ name })), tags: categories(story),
  })),
})}\n`;
