/** JSON Feed 1.0 and 1.1 (jsonfeed.org), read forgivingly: a wrong type costs its field. */
import { z } from 'zod';
import { resolveUrl } from './element-value.js';
import { oneLine, resolveHtml, escapeText } from './html-text.js';
import { tooManyItems } from './too-many-items.js';
import type { Feed, FeedEnclosure, FeedItem, FeedNote, FeedPerson, FeedTime } from './types.js';

const MAX_ITEMS = 10_000;

interface JsonFeedContext {
  readonly url: string | undefined;
  readonly encoding: string;
  readonly notes: readonly FeedNote[];
  readonly timeOf: (raw: string | null) => FeedTime | undefined;
}

/** Text, or a number some writers put in its place; anything else is absent. */
const text = z.union([z.string(), z.number().transform(String)]).transform((value) => (value.trim() === '' ? null : value)).nullable().catch(null).default(null);
const person = z.object({ name: text, url: text, avatar: text }).nullable().catch(null).default(null);
/** A list by 1.1; one object where a writer of 1.0 only renamed the field. */
const persons = z.union([z.array(person), person.transform((one) => [one])]).catch([]).default([]);
const attachment = z.object({ url: text, mime_type: text, size_in_bytes: z.number().nullable().catch(null).default(null) }).nullable().catch(null);
const tags = z.array(text).catch([]).default([]);
const item = z.object({
  id: text, url: text, external_url: text, title: text, content_html: text, content_text: text, summary: text, image: text, banner_image: text, date_published: text, date_modified: text,
  author: person, authors: persons, tags, language: text, attachments: z.array(attachment).catch([]).default([]),
}).nullable().catch(null);
const feedShape = z.object({
  version: text, title: text, home_page_url: text, feed_url: text, description: text, icon: text, favicon: text, language: text, author: person, authors: persons,
  hubs: z.array(z.object({ type: text, url: text }).nullable().catch(null)).catch([]).default([]), items: z.array(item).nullable().catch(null).default(null),
});
type JsonItem = NonNullable<z.infer<typeof item>>;
type JsonPerson = z.infer<typeof person>;

/** `authors` of 1.1 and `author` of 1.0 together, each name once: feeds carry both for old readers. */
function personsOf(one: JsonPerson, many: readonly JsonPerson[]): FeedPerson[] {
  const found = new Map<string, FeedPerson>();
  for (const each of [...many, one]) {
    if (each === null || (each.name === null && each.url === null)) continue;
    const person = { ...(each.name === null ? {} : { name: oneLine(each.name) }), ...(each.url === null ? {} : { uri: each.url }) };
    const key = person.name ?? person.uri ?? '';
    if (!found.has(key)) found.set(key, person);
  }
  return [...found.values()];
}

function itemOf(json: JsonItem, context: JsonFeedContext, feedLanguage: string | null): FeedItem {
  const absolute = (address: string | null): string | null => (address === null ? null : resolveUrl(address, context.url));
  const link = absolute(json.url ?? json.external_url);
  const enclosures: FeedEnclosure[] = json.attachments.flatMap((each) => (each === null || each.url === null ? [] : [{
    url: resolveUrl(each.url, context.url), ...(each.mime_type === null ? {} : { type: each.mime_type }), ...(each.size_in_bytes === null ? {} : { length: each.size_in_bytes }),
  }]));
  return {
    id: json.id, link: link ?? (json.id !== null && /^https?:\/\//i.test(json.id) ? json.id : null),
    title: json.title === null ? null : oneLine(json.title), titleHtml: null,
    summary: json.summary === null ? null : escapeText(json.summary),
    content: json.content_html === null ? (json.content_text === null ? null : escapeText(json.content_text)) : resolveHtml(json.content_html, () => link ?? context.url),
    published: context.timeOf(json.date_published) ?? null, updated: context.timeOf(json.date_modified) ?? null, authors: personsOf(json.author, json.authors),
    categories: json.tags.flatMap((tag) => (tag === null ? [] : [oneLine(tag)])), language: json.language ?? feedLanguage, enclosures, comments: null, rights: null, source: null,
  };
}

/** Reads a JSON Feed; null where the text is none. */
export function parseJsonFeed(source: string, context: JsonFeedContext): Feed | null {
  let json: unknown;
  try {
    json = JSON.parse(source);
  } catch {
    return null;
  }
  const parsed = feedShape.safeParse(json);
  if (!parsed.success || (parsed.data.items === null && !/jsonfeed\.org/i.test(parsed.data.version ?? ''))) return null;
  const feed = parsed.data;
  const language = feed.language;
  const absolute = (address: string | null): string | null => (address === null ? null : resolveUrl(address, context.url));
  const items = (feed.items ?? []).flatMap((each) => each ?? []);
  const bad = (feed.items?.length ?? 0) - items.length;
  return {
    format: 'json', title: feed.title === null ? null : oneLine(feed.title), titleHtml: null, link: absolute(feed.home_page_url), id: feed.feed_url, description: feed.description === null ? null : escapeText(feed.description),
    language, authors: personsOf(feed.author, feed.authors), rights: null, image: absolute(feed.icon ?? feed.favicon), published: null, updated: null, categories: [],
    hub: absolute(feed.hubs.find((hub) => hub?.url !== null && hub?.url !== undefined)?.url ?? null), self: absolute(feed.feed_url), minIntervalSeconds: null, children: [],
    items: items.slice(0, MAX_ITEMS).map((each) => itemOf(each, context, language)), encoding: context.encoding,
    notes: [
      ...context.notes,
      ...(bad === 0 ? [] : [{ code: 'bad-item', message: `${bad} items were no objects.` }]),
      ...(items.length <= MAX_ITEMS ? [] : [tooManyItems(items.length, MAX_ITEMS)]),
    ],
  };
}
