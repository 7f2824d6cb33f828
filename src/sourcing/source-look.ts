import type { Settings, SourceConfig } from '../config/index.js';
import { failed, giveUp, ok, type Fault, type Outcome } from '../fault.js';
import { discoverFeeds, parseFeed, type Feed, type FeedCandidate, type FeedItem } from '../feed/index.js';
import { decodeBytes, isAllowed, type Fetched, type Fetcher, type FetchRequest } from '../fetch/index.js';
import { readPage, type PageReading } from '../story/index.js';

/** What a look at a source needs to know of it: a configured source fits. */
export type LookedAt = Pick<SourceConfig, 'url' | 'allowPrivate'> & Partial<SourceConfig>;

/** The way to the hosts. */
export interface Ways {
  readonly fetcher: Fetcher;
  readonly settings: Settings;
  /** Told of what is asked, for people who wait. */
  readonly tell?: (what: string) => void;
  /** Reads an answer of a search elsewhere than on this loop. */
  readonly read?: (fetched: Fetched, source: LookedAt) => Promise<Outcome<ReadAnswer>>;
}

/** What an answer of a search turned out to be: a feed, or a page that may name some. */
export type ReadAnswer = { readonly kind: 'feed'; readonly look: FeedLook } | { readonly kind: 'page'; readonly candidates: readonly FeedCandidate[]; readonly fault: Fault };

export interface FeedLook {
  readonly feed: Feed;
  /** Address that answered, after redirects. */
  readonly url: string;
  readonly movedTo: string | null;
}

export interface PageLook {
  readonly url: string;
  readonly item: FeedItem;
  readonly reading: PageReading;
  /** The page read without the source's rules; null where it has none. */
  readonly withoutRules: PageReading | null;
}

/** A page may be a video or gone; the next one may do. */
const MOST_PAGES = 3;
const MOST_ROBOTS_BYTES = 500 * 1_024;

const requestFor = (source: LookedAt, { settings }: Ways): Omit<FetchRequest, 'url'> => ({
  headers: source.headers, proxy: source.proxy ?? settings.fetch.proxy ?? undefined,
  allowPrivate: source.allowPrivate || settings.fetch.allowPrivate,
});

export const fetchFeed = (source: LookedAt, ways: Ways): Promise<Outcome<Fetched>> =>
  ways.fetcher.get({ ...requestFor(source, ways), url: source.url, maxBytes: ways.settings.fetch.maxFeedSize });

/** Reads an answer as a feed, with what the source says of itself. */
export function readFeed({ bytes, url, headers, movedTo }: Fetched, source: LookedAt): Outcome<FeedLook> {
  const parsed = parseFeed(bytes, { contentType: headers['content-type'], url, timeZone: source.timeZone, language: source.language });
  return parsed.ok ? ok({ feed: parsed.value, url, movedTo }) : parsed;
}

export function readAnswer(fetched: Fetched, source: LookedAt): Outcome<ReadAnswer> {
  const look = readFeed(fetched, source);
  if (look.ok) return ok({ kind: 'feed', look: look.value });
  if (look.fault.code !== 'html-not-feed') return look;
  const { bytes, headers, url } = fetched;
  return ok({ kind: 'page', candidates: discoverFeeds(decodeBytes(bytes, { contentType: headers['content-type'], kind: 'html' }).text, url), fault: look.fault });
}

export const timeOf = (item: FeedItem): string => item.published?.iso ?? item.updated?.iso ?? '';

/** Items that name a page, newest first; those without a time in the feed's order. */
export const newestFirst = (feed: Feed): FeedItem[] =>
  feed.items.filter((item) => item.link !== null).toSorted((left, right) => (timeOf(left) < timeOf(right) ? 1 : timeOf(left) > timeOf(right) ? -1 : 0));

/** The newest page that holds a story, out of the first few; else the fault of the newest. */
export async function lookAtPage(feed: Feed, source: LookedAt, ways: Ways): Promise<Outcome<PageLook>> {
  const items = newestFirst(feed).slice(0, MOST_PAGES);
  const robots = new Map<string, Uint8Array | null>();
  let first: Fault | null = null;
  for (const item of items) {
    const page = await readItemPage(item, source, ways, robots);
    if (page.ok) return page;
    first ??= page.fault;
    if (page.fault.code === 'robots') break;
  }
  return failed(first ?? giveUp(feed.items.length === 0
    ? { code: 'no-item', message: 'The feed lists no item now.' }
    : { code: 'no-page', message: 'No item names a page.' }));
}

/** robots.txt by origin; null where there is none to be had. */
type RobotsSeen = Map<string, Uint8Array | null>;

async function readItemPage(item: FeedItem, source: LookedAt, ways: Ways, robots: RobotsSeen): Promise<Outcome<PageLook>> {
  const link = item.link ?? '';
  const forbidden = source.robots === 'ignore' ? null : await forbiddenByRobots(link, source, ways, robots);
  if (forbidden !== null) return failed(forbidden);
  const page = await ways.fetcher.get({ ...requestFor(source, ways), url: link, maxBytes: ways.settings.fetch.maxPageSize });
  if (!page.ok) return page;
  const { bytes, url, headers, fetchedAt } = page.value;
  const read = (rules: SourceConfig['rules']): PageReading => readPage(bytes, {
    url, contentType: headers['content-type'], rules, declaredLanguage: source.language, agency: source.agency, stories: source.stories,
    headingSelector: source.headingSelector, teaserSelector: source.teaserSelector, reference: fetchedAt,
    item: { title: item.title ?? undefined, published: item.published?.iso ?? undefined },
  });
  const reading = read(source.rules);
  const { rejection } = reading.article;
  if (rejection !== null) return failed(giveUp({ code: rejection.reason, message: `${link}: ${rejection.detail}` }));
  return ok({ url, item, reading, withoutRules: source.rules === undefined ? null : read(undefined) });
}

/** The service obeys robots.txt, so a page it forbids is none; a robots.txt that cannot be had is left for the service to wait for. */
async function forbiddenByRobots(link: string, source: LookedAt, ways: Ways, seen: RobotsSeen): Promise<Fault | null> {
  const { userAgent } = ways.settings.fetch;
  if (!/^https?:/i.test(link) || !URL.canParse(link)) return null;
  const { origin, pathname, search } = new URL(link);
  let robots = seen.get(origin);
  if (robots === undefined) {
    const answer = await ways.fetcher.get({ ...requestFor(source, ways), headers: {}, url: `${origin}/robots.txt`, maxBytes: MOST_ROBOTS_BYTES, cut: true });
    robots = answer.ok ? answer.value.bytes : null;
    seen.set(origin, robots);
  }
  if (robots === null || isAllowed(robots, userAgent.split(/[/ ]/, 1)[0] ?? userAgent, pathname + search)) return null;
  return giveUp({
    code: 'robots', message: `robots.txt of ${origin} forbids ${link} to ${userAgent}: its pages would be left out.`,
    hint: 'Ask the publisher; robots: ignore is only for hosts of your own.',
  });
}
