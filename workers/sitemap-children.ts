import { setTimeout as sleep } from 'node:timers/promises';
import { isSampleSource, type SourceConfig } from '../src/config/index.js';
import { hostOf, askHost } from './ask-host.js';
import { bookItems, type BookedItems } from './book-items.js';
import type { WorkerContext } from './context.js';

/** Sitemaps of an index that one poll reads: the news sitemap, and the newest of the others. */
const MOST_READ = 3;
/** The longest wait for the host's gate between two of them; the rest comes with the next poll. */
const MOST_WAIT_MS = 10_000;
const ACCEPT_SITEMAP = 'application/xml, text/xml;q=0.9, */*;q=0.5';

/**
 * Reads what an index of sitemaps points to, one level down, through the same gate and guard as all else. Only the source's own host
 * (sitemaps.org, "Sitemap index"): an index is no leave to ask another. One that cannot be had costs its own items; it is told.
 */
export async function bookChildren(context: WorkerContext, source: SourceConfig, children: readonly string[], signal: AbortSignal): Promise<BookedItems> {
  const { settings, pool, events } = context;
  const sum = { listed: 0, fresh: 0, taken: 0, freshPublished: new Array<number>(), held: 0, quarantined: 0 };
  const own = isSampleSource(source) ? [] : children.filter((url) => hostOf(url) !== '' && hostOf(url) === hostOf(source.url)).slice(0, MOST_READ);
  for (const url of own) {
    const request = { url, accept: ACCEPT_SITEMAP, maxBytes: settings.fetch.maxFeedSize, signal };
    let asked = await askHost(context, source, request);
    if (asked.waitMs !== null && asked.waitMs <= MOST_WAIT_MS) {
      await sleep(asked.waitMs, undefined, { signal });
      asked = await askHost(context, source, request);
    }
    if (asked.waitMs !== null) break;
    const { answer } = asked;
    const feed = answer.ok
      ? await pool.run('feed', { bytes: answer.value.bytes, contentType: answer.value.headers['content-type'], url: answer.value.url, timeZone: source.timeZone, language: source.language, identity: null })
      : answer;
    if (!feed.ok) {
      events.emit('trouble', { what: `${source.id}: ${url}`, error: feed.fault });
      continue;
    }
    const booked = await bookItems(context, source, feed.value);
    sum.listed += booked.listed;
    sum.fresh += booked.fresh;
    sum.taken += booked.taken;
    sum.held += booked.held;
    sum.quarantined += booked.quarantined;
    sum.freshPublished.push(...booked.freshPublished);
  }
  return sum;
}
