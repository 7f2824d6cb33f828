import { parseFeed, type Feed } from '../feed/index.js';
import type { Fetcher } from '../fetch/index.js';
import type { Fault } from '../fault.js';
import type { Settings, SourceConfig } from '../config/index.js';
import { readPage } from '../story/index.js';

/** What one look at a source showed. */
export interface SourceFinding {
  readonly id: string;
  /** Whether the feed and one of its pages could be read. */
  readonly readable: boolean;
  /** Items the feed lists; null when it could not be read. */
  readonly items: number | null;
  /** Time of its newest item. */
  readonly newest: string | null;
  /** Language of the page that was read. */
  readonly language: string | null;
  /** What the page gave, in a few words. */
  readonly page: string;
  /** What to mend; empty when all is well. */
  readonly mend: string;
}

const QUIET_DAYS = 30;

/** Asks a source once and reads the newest page it lists; keeps nothing. */
export async function checkSource(source: SourceConfig, settings: Settings, fetcher: Fetcher, now = new Date()): Promise<SourceFinding> {
  const nothing = { id: source.id, readable: false, items: null, newest: null, language: null, page: '–' };
  const request = {
    headers: source.headers, proxy: source.proxy ?? settings.fetch.proxy ?? undefined,
    allowPrivate: source.allowPrivate || settings.fetch.allowPrivate,
  };
  const fetched = await fetcher.get({ ...request, url: source.url, maxBytes: settings.fetch.maxFeedSize });
  if (!fetched.ok) return { ...nothing, mend: words(fetched.fault) };
  const { bytes, url, headers, movedTo } = fetched.value;
  const parsed = parseFeed(bytes, { contentType: headers['content-type'], url, timeZone: source.timeZone, language: source.language });
  if (!parsed.ok) return { ...nothing, mend: words(parsed.fault) };

  const feed = parsed.value;
  const newest = feed.items.map((item) => item.published?.iso ?? item.updated?.iso ?? '').reduce((latest, time) => (time > latest ? time : latest), '');
  const found = { ...nothing, items: feed.items.length, newest: newest === '' ? null : newest };
  const link = feed.items.find((item) => item.link !== null)?.link ?? null;
  if (link === null) return { ...found, mend: feed.items.length === 0 ? 'The feed lists no item now.' : 'No item names a page.' };
  const page = await fetcher.get({ ...request, url: link, maxBytes: settings.fetch.maxPageSize });
  if (!page.ok) return { ...found, mend: words(page.fault) };
  const item = feed.items.find((entry) => entry.link === link);
  const { article, split, language } = readPage(page.value.bytes, {
    url: page.value.url, contentType: page.value.headers['content-type'], rules: source.rules, declaredLanguage: source.language,
    agency: source.agency, stories: source.stories,
    item: { title: item?.title ?? undefined, published: item?.published?.iso ?? undefined },
  });
  if (article.rejection !== null) return { ...found, language: language.tag, page: article.rejection.reason, mend: `${link}: ${article.rejection.detail}` };
  const characters = split.stories.reduce((sum, story) => sum + story.body.reduce((length, block) => length + block.text.length, 0), 0);
  return {
    ...found,
    readable: true,
    language: language.tag,
    page: `${split.stories.length} ${split.stories.length === 1 ? 'story' : 'stories'}, ${characters} characters`,
    mend: advice(source, feed, { movedTo, newest, now, language: language.tag }),
  };
}

interface Seen {
  readonly movedTo: string | null;
  readonly newest: string;
  readonly now: Date;
  readonly language: string;
}

function advice(source: SourceConfig, feed: Feed, { movedTo, newest, now, language }: Seen): string {
  if (movedTo !== null) return `The feed has moved for good: set url: ${movedTo}`;
  if (newest !== '' && now.getTime() - Date.parse(newest) > QUIET_DAYS * 86_400_000) return `Nothing new since ${newest.slice(0, 10)}: is this still the right feed?`;
  const primary = (tag: string): string => new Intl.Locale(tag).language;
  if (source.language !== undefined && language !== 'und' && primary(source.language) !== primary(language)) {
    return `The page reads as ${language}, the source says ${source.language}.`;
  }
  return feed.notes.length === 0 ? '' : `read over ${feed.notes.length} ${feed.notes.length === 1 ? 'defect' : 'defects'} (${feed.notes[0]?.code ?? ''})`;
}

const words = (fault: Fault): string => [fault.message, fault.hint].filter((part) => part !== undefined).join(' ');
