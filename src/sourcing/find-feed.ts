import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome } from '../fault.js';
import { failed, giveUp, type Fault } from '../fault.js';
import type { FeedCandidate } from '../feed/index.js';
import { printableUrl } from '../fetch/index.js';
import { addressKey } from './source-naming.js';
import { fetchFeed, readAnswer, type FeedLook, type Ways } from './source-look.js';

export interface FoundFeed extends FeedLook {
  /** Address to configure: the one that was asked, or the one it has moved to for good. */
  readonly address: string;
  /** Other feeds that the site names, not looked at. */
  readonly others: readonly FeedCandidate[];
}

interface Candidate {
  readonly url: string;
  /** Pages and indexes passed on the way. */
  readonly depth: number;
}

/** Requests that one search may cost the site. */
const MOST_REQUESTS = 16;
const DEEPEST = 2;
/** Sitemaps of an index that are tried. */
const MOST_SITEMAPS = 3;

/**
 * The feed of an address, which may be a feed, a news sitemap, an index of sitemaps, or a page of a site: the feeds the page
 * names are tried first, then those it links to, then the usual places. A feed without items is taken where there is no better one.
 */
export async function findFeed(address: string, allowPrivate: boolean, ways: Ways): Promise<Outcome<FoundFeed>> {
  const queue: Candidate[] = [{ url: address, depth: 0 }];
  const asked = new Set<string>();
  const named = new Map<string, FeedCandidate>();
  let fault: Fault | null = null;
  let empty: FoundFeed | null = null;
  const found = (look: FeedLook, url: string): FoundFeed => {
    const taken = look.movedTo ?? url;
    return { ...look, address: taken, others: [...named.values()].filter((other) => addressKey(other.url) !== addressKey(taken) && other.url !== url) };
  };

  for (let next = queue.shift(); next !== undefined && asked.size < MOST_REQUESTS; next = queue.shift()) {
    const { url, depth } = next;
    if (asked.has(url)) continue;
    // The same site is asked again and again: no faster than the service would.
    if (asked.size > 0) await sleep(ways.settings.politeness.minDelay);
    asked.add(url);
    ways.tell?.(`asking ${printableUrl(url)}`);
    const answer = await fetchFeed({ url, allowPrivate }, ways);
    if (!answer.ok) {
      fault ??= answer.fault;
      continue;
    }
    const read = await (ways.read ?? readAnswerHere)(answer.value, { url, allowPrivate });
    if (!read.ok) {
      fault ??= read.fault;
      continue;
    }
    if (read.value.kind === 'feed') {
      const { look } = read.value;
      if (look.feed.format !== 'sitemap-index') {
        if (look.feed.items.some((item) => item.link !== null)) return { ok: true, value: found(look, url) };
        empty ??= found(look, url);
      } else if (depth < DEEPEST) {
        queue.unshift(...likelySitemaps(look.feed.children).map((child) => ({ url: child, depth: depth + 1 })));
      }
      continue;
    }
    fault ??= read.value.fault;
    if (depth >= DEEPEST) continue;
    const { candidates } = read.value;
    for (const candidate of candidates) if (candidate.from !== 'guess' && named.size < 50) named.set(candidate.url, candidate);
    // The page that was asked for may guess; a page found on the way only names.
    const wanted = candidates.filter(({ from }) => depth === 0 || from !== 'guess').map((candidate) => ({ url: candidate.url, depth: depth + 1 }));
    if (depth === 0) queue.push(...wanted);
    else queue.unshift(...wanted);
  }
  if (empty !== null) return { ok: true, value: empty };
  if (asked.size === 1 && fault !== null && fault.code !== 'html-not-feed') return failed(fault);
  return failed(giveUp({
    code: 'no-feed', message: `No feed was found at ${printableUrl(address)} (${asked.size} addresses tried).`,
    hint: 'Look for a link called RSS or Atom on the site, or its news sitemap, and give that address.', cause: fault ?? undefined,
  }));
}

const readAnswerHere = (...given: Parameters<typeof readAnswer>): Promise<ReturnType<typeof readAnswer>> => Promise.resolve(readAnswer(...given));

/** News first: other sitemaps list every page there ever was. */
function likelySitemaps(children: readonly string[]): string[] {
  const news = children.filter((url) => /news/i.test(url));
  return [...new Set([...news, ...children.slice(0, 1), ...children.slice(-1)])].slice(0, MOST_SITEMAPS);
}
