import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { StorySummary } from '../../../store/index.js';
import { apiRoute, type ApiRequest, type ApiRoute } from '../../api/route.js';
import { atomFeed, jsonFeed, rssFeed, type FeedHead, type FeedStory } from './feed-formats.js';
import { kept } from './kept-stories.js';
import { filterOf, filterQuery, type FilterQuery } from './story-filter.js';

/** Stories of one feed: as many as most wires give. */
const STORIES = 50;

const FORMATS = {
  rss: { type: 'application/rss+xml', name: 'RSS 2.0', write: rssFeed },
  atom: { type: 'application/atom+xml', name: 'Atom', write: atomFeed },
  json: { type: 'application/feed+json', name: 'JSON Feed 1.1', write: jsonFeed },
} as const;
type Format = keyof typeof FORMATS;

/** A search as a feed, so that any reader can follow the clean wire. */
export const feedRoutes: readonly ApiRoute[] = (Object.keys(FORMATS) as Format[]).map((format) => apiRoute({
  method: 'get', path: `/stories/feed.${format}`, access: 'viewer', summary: `The newest stories of a search as ${FORMATS[format].name}`,
  description: 'Withdrawn stories are left out unless they are asked for. Answers 304 to If-None-Match and If-Modified-Since.',
  query: filterQuery, produces: FORMATS[format].type, answer: z.string(),
  handle: async ({ query }, request) => {
    const store = kept(request.services);
    if (!store.ok) return store;
    const { stories } = await store.value.search({ ...filterOf(query), outwardAt: request.now.getTime(), limit: STORIES });
    const shown = stories.filter(({ status }) => status !== 'withdrawn' || query.status === 'withdrawn');
    const version = marksOf(shown, request.url);
    const headers = { ETag: version.tag, ...(version.modified === null ? {} : { 'Last-Modified': version.modified.toUTCString() }), 'Cache-Control': 'private, no-cache' };
    if (isFresh(request.headers, version)) return new Response(null, { status: 304, headers });
    const full = await Promise.all(shown.map(async (summary): Promise<FeedStory[]> => {
      const found = await store.value.story(summary.id, summary.version);
      return found === null ? [] : [{ summary, record: found.record }];
    }));
    const text = FORMATS[format].write(headOf(query, request, version.modified), full.flat());
    return new Response(text, { headers: { ...headers, 'Content-Type': `${FORMATS[format].type}; charset=utf-8` } });
  },
}));

interface FeedVersion {
  readonly tag: string;
  /** When the newest of its versions came, to the second. */
  readonly modified: Date | null;
}

function marksOf(stories: readonly StorySummary[], url: URL): FeedVersion {
  const hash = createHash('sha256').update(url.href);
  for (const { id, version } of stories) hash.update(`\n${id} ${version}`);
  const newest = Math.max(...stories.map(({ arrivedAt }) => arrivedAt));
  return { tag: `"${hash.digest('base64url').slice(0, 22)}"`, modified: stories.length === 0 ? null : new Date(Math.floor(newest / 1_000) * 1_000) };
}

/** RFC 9110, 13.2.2: a date counts only where no tag is sent. */
function isFresh(headers: Headers, { tag, modified }: FeedVersion): boolean {
  const tags = headers.get('if-none-match');
  if (tags !== null) return tags.split(',').some((given) => given.trim() === '*' || given.trim().replace(/^W\//, '') === tag);
  const since = Date.parse(headers.get('if-modified-since') ?? '');
  return modified !== null && !Number.isNaN(since) && modified.getTime() <= since;
}

function headOf({ q, source, language, agency, country, place }: FilterQuery, { url, now }: ApiRequest, modified: Date | null): FeedHead {
  const asked = [q, source, language, agency, country, place].filter((part) => part !== undefined);
  const home = new URL('/stories', url);
  home.search = url.search;
  return { title: asked.length === 0 ? 'Dateline: all stories' : `Dateline: ${asked.join(', ')}`, self: url.href, home: home.href, updated: modified ?? now };
}

