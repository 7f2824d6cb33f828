import type { SourceConfig } from '../config/index.js';
import type { Fault } from '../fault.js';
import { lookIn } from '../folder/index.js';
import { describeFeed, describePage, summary } from './describe-look.js';
import { mendFeed, mendPage } from './mend-source.js';
import { fetchFeed, lookAtPage, newestFirst, readFeed, timeOf, type Ways } from '../sourcing/index.js';

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
  /** What the page gave, in a few words; with rules, what it gives without them too. */
  readonly page: string;
  /** What to mend; empty when all is well. */
  readonly mend: string;
  /** Items and page at length, a line each. */
  readonly detail: readonly string[];
}

/** Asks a source once and reads the newest page it lists; keeps nothing. */
export async function checkSource(source: SourceConfig, ways: Ways, now = new Date()): Promise<SourceFinding> {
  const nothing: SourceFinding = { id: source.id, readable: false, items: null, newest: null, language: null, page: '–', mend: '', detail: [] };
  if (source.folder !== undefined) {
    const { path, pattern } = source.folder;
    const look = await lookIn(path, pattern, now.getTime());
    if (!look.ok) return { ...nothing, mend: words(look.fault) };
    const files = look.value.settled.length + look.value.waiting;
    return { ...nothing, readable: true, items: files, mend: files === 0 ? 'No file lies in the folder now.' : '' };
  }
  const fetched = await fetchFeed(source, ways);
  if (!fetched.ok) return { ...nothing, mend: words(fetched.fault) };
  const look = readFeed(fetched.value, source);
  if (!look.ok) return { ...nothing, mend: words(look.fault) };

  const { feed, url } = look.value;
  const newest = newestFirst(feed)[0];
  const found = {
    ...nothing, items: feed.items.length, newest: newest === undefined || timeOf(newest) === '' ? null : timeOf(newest), detail: describeFeed(feed, url),
  };
  const mends = mendFeed(source, look.value, now);
  const page = await lookAtPage(feed, source, ways);
  if (!page.ok) return { ...found, page: PAGE_FAULTS.has(page.fault.code) ? '–' : page.fault.code, mend: [words(page.fault), ...mends].join(' ') };
  const { reading, withoutRules } = page.value;
  return {
    ...found,
    readable: true,
    language: reading.language.tag,
    page: withoutRules === null ? summary(reading) : `${summary(reading)} (without its rules: ${summary(withoutRules)})`,
    mend: [...mends, ...mendPage(source, page.value)].join(' '),
    detail: [...found.detail, ...describePage(page.value)],
  };
}

/** There was no page to ask for. */
const PAGE_FAULTS: ReadonlySet<string> = new Set(['no-item', 'no-page']);

const words = (fault: Fault): string => [fault.message, fault.hint].filter((part) => part !== undefined).join(' ');
