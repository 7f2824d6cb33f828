import type { SourceConfig } from '../config/index.js';
import { bundledAgencies } from '../dateline/index.js';
import { canonicalTag, sameLanguage, UNDETERMINED } from '../language/index.js';
import { newestFirst, timeOf, type FeedLook, type PageLook } from '../sourcing/index.js';

const QUIET_DAYS = 30;
const DAY_MS = 86_400_000;

/** A time of day with no zone behind it. */
const ZONELESS = /\d:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[ap]\.?m\.?)?\s*$/i;

/** What to mend of a source by its feed, a sentence each. */
export function mendFeed(source: SourceConfig, { feed, movedTo }: FeedLook, now: Date): string[] {
  const mends: string[] = [];
  const [newest] = newestFirst(feed);
  const time = newest === undefined ? '' : timeOf(newest);
  if (movedTo !== null) mends.push(`The feed has moved for good: set url: ${movedTo}`);
  if (time !== '' && now.getTime() - Date.parse(time) > QUIET_DAYS * DAY_MS) mends.push(`Nothing new since ${time.slice(0, 10)}: is this still the right feed?`);
  if (source.agency !== undefined && !bundledAgencies().some(({ id }) => id === source.agency)) {
    mends.push(`The agency ${source.agency} has no row in the table of agencies.`);
  }
  const zoneless = feed.items.filter((item) => ZONELESS.test((item.published ?? item.updated)?.raw ?? ''));
  if (source.timeZone === undefined && zoneless.length > 0) mends.push(`${counted(zoneless.length, 'time')} without a zone: set timeZone, or they are read as UTC.`);
  const future = feed.items.filter((item) => item.published?.future === true || item.updated?.future === true);
  if (future.length > 0) mends.push(`${counted(future.length, 'item')} dated more than a day ahead${source.timeZone === undefined ? '' : `: is the zone ${source.timeZone} right?`}`);
  if (feed.notes.length > 0) mends.push(`Read over ${counted(feed.notes.length, 'defect')} of the feed (${[...new Set(feed.notes.map(({ code }) => code))].slice(0, 3).join(', ')}).`);
  return mends;
}

/** What to mend of a source by one of its pages. */
export function mendPage(source: SourceConfig, { url, reading, withoutRules }: PageLook): string[] {
  const { article, language } = reading;
  const mends = (article.ruleFaults ?? []).map(({ rule, selector, problem }) => (problem === 'invalid'
    ? `rules.${rule} is no CSS selector (${selector}).`
    : `rules.${rule} (${selector}) matches nothing on ${url}.`));
  if (withoutRules !== null && mends.length === 0 && sameText(reading, withoutRules)) mends.push('The rules change nothing on this page: are they still needed?');
  const declared = source.language === undefined ? UNDETERMINED : canonicalTag(source.language);
  if (declared !== UNDETERMINED && language.tag !== UNDETERMINED && !sameLanguage(declared, language.tag)) {
    mends.push(`The page reads as ${language.tag}, the source says ${source.language ?? ''}.`);
  }
  return mends;
}

type Reading = PageLook['reading'];

/** Everything a rule can change of a page. */
const sameText = (one: Reading, other: Reading): boolean => shape(one) === shape(other);

const shape = ({ article }: Reading): string => JSON.stringify([
  article.headline?.value, article.bylines.map(({ value }) => value), article.published?.value.raw, article.blocks.map((block) => [block.kind, block.text]),
]);

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
