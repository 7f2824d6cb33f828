import { isTag, isText, type Element } from 'domhandler';
import type { LinkedNode } from './json-ld.js';
import { stringOf } from './json-ld.js';
import { firstMeta, textOf, type MetaTags } from './meta-tags.js';
import type { PageTree } from './tree.js';
import type { Sourced, WrittenTime } from './types.js';
import { partedTimes } from './time-labels.js';
import { readWrittenTime } from './written-time.js';

const PUBLISHED = ['article:published_time', 'og:article:published_time', 'og:published_time', 'datepublished', 'parsely-pub-date',
  'article.published', 'published_time_telegram', 'dc.date.issued', 'dcterms.issued', 'dc.date.created', 'dcterms.created', 'dc.date', 'dcterms.date',
  'date.created', 'date_published', 'sailthru.date', 'article_date_original', 'originalpublicationdate', 'publication_date', 'publish-date', 'publishdate',
  'publishedate', 'pubdate', 'pub_date', 'cxenseparse:recs:publishtime', 'article:created', 'datecreated', 'shareaholic:article_published_time', 'bt:pubdate',
  'displaydate', 'weibo:article:create_at', 'date', 'created', 'release_date', 'timestamp', 'rbpubdate', 'creation_date'];
const MODIFIED = ['article:modified_time', 'og:article:modified_time', 'og:updated_time', 'og:modified_time', 'datemodified', 'dcterms.modified',
  'dc.date.modified', 'article.updated', 'last-modified', 'lastmod', 'modified', 'date_modified', 'article:updated', 'date.updated', 'revision_date', 'bt:moddate', 'dateupdated'];
const URL_DATE = /\/((?:19|20)\d{2})[/\-_.]?(0[1-9]|1[0-2])[/\-_.]?(0[1-9]|[12]\d|3[01])(?=\D|$)/;
const URL_NAMED = /\/((?:19|20)\d{2})[/-]([a-z]{3,9})[/-](\d{1,2})(?=\D|$)/i;
/** Dates in `time` elements and meta names such as `date` are the teaser's or the page's as often as the story's. */
const WEAK_META = new Set(['date', 'created', 'release_date', 'timestamp', 'dc.date', 'dcterms.date', 'displaydate', 'pubdate', 'pub_date']);

/** Lines behind a time of change among which the story's own is looked for. */
const NEAR_CHANGE = 3;

export interface TimeEvidence {
  readonly tree: PageTree;
  readonly meta: MetaTags;
  readonly node: LinkedNode | null;
  readonly url: string | null;
  readonly language: string | null;
  /** Short texts of the page near its headline, in order. */
  readonly visible: readonly string[];
  readonly item: string | undefined;
}

export interface PageTimes {
  readonly published: Sourced<WrittenTime> | null;
  readonly modified: Sourced<WrittenTime> | null;
}

export function readTimes(evidence: TimeEvidence): PageTimes {
  const { meta, node, language } = evidence;
  const fromText = (raw: string | null | undefined, from: string): Sourced<WrittenTime> | null => {
    if (raw === null || raw === undefined) return null;
    const iso = readWrittenTime(raw, language);
    return iso === null ? null : { value: { raw, iso }, from };
  };
  const shown = shownTimes(evidence.visible, fromText);
  const modified = fromText(node === null ? null : stringOf(node, 'dateModified'), 'json-ld')
    ?? firstOf(MODIFIED, (name) => fromText(firstMeta(meta, name)?.value, name)) ?? changedElement(evidence, fromText) ?? shown.changed;
  const address = fromAddress(evidence.url);
  const strong = fromText(node === null ? null : stringOf(node, 'datePublished'), 'json-ld')
    ?? firstOf(PUBLISHED.filter((name) => !WEAK_META.has(name)), (name) => fromText(firstMeta(meta, name)?.value, name));
  const weak = strong ?? markedTime(evidence, fromText)
    ?? firstOf([...WEAK_META], (name) => fromText(firstMeta(meta, name)?.value, name))
    ?? fromText(node === null ? null : stringOf(node, 'dateCreated') ?? stringOf(node, 'uploadDate'), 'json-ld')
    ?? timeElement(evidence, fromText);
  // A date without a time may be the server's, in a zone that is a day ahead of the newsroom's.
  const strongDay = strong !== null && address !== null && strong.value.iso?.length === 10 && daysBetween(address, strong) === 1 ? address : strong;
  // The address was written on the day itself: a weak witness that differs by more than a time zone is another story's.
  const published = strongDay ?? (address !== null && (weak === null || daysBetween(address, weak) > 1) ? address : weak)
    ?? shown.published
    ?? fromText(evidence.item, 'item') ?? modified;
  return { published, modified };
}

function firstOf<T>(names: readonly string[], read: (name: string) => T | null): T | null {
  for (const name of names) {
    const value = read(name);
    if (value !== null) return value;
  }
  return null;
}

type FromText = (raw: string | null | undefined, from: string) => Sourced<WrittenTime> | null;

function markedTime({ tree }: TimeEvidence, fromText: FromText): Sourced<WrittenTime> | null {
  for (const element of tree.heads.marked.slice(0, 400)) {
    const property = element.attribs['itemprop'] ?? element.attribs['property'] ?? '';
    if (!/datepublished|pubdate|dc:date|dateCreated/i.test(property)) continue;
    const found = fromText(element.attribs['datetime'] ?? element.attribs['content'] ?? element.attribs['title'] ?? textOf(element, 100), 'microdata');
    if (found !== null) return found;
  }
  return null;
}

/** The first `time` that says it is the story's, else the first that does not say it is another's or a change's. */
function timeElement({ tree }: TimeEvidence, fromText: FromText): Sourced<WrittenTime> | null {
  const times = tree.heads.time.slice(0, 30).filter((element) => !standsAside(element));
  const named = times.find(({ attribs }) => attribs['pubdate'] !== undefined || /publish|posted|entry-date|dt-published/i.test(attribs['class'] ?? ''));
  const first = times.filter((element) => !saysChanged(element));
  for (const element of [...(named === undefined ? [] : [named]), ...first, ...times]) {
    const found = fromText(timeOf(element), 'time');
    if (found !== null) return found;
  }
  return null;
}

/** In an aside, menu or footer stand the times of other stories. */
function standsAside(element: Element): boolean {
  for (let at = element.parent; at !== null && isTag(at); at = at.parent) if (at.name === 'aside' || at.name === 'nav' || at.name === 'footer') return true;
  return false;
}

const timeOf = (element: Element): string => element.attribs['datetime'] ?? textOf(element, 100);

/** The first `time` of a change. */
function changedElement({ tree }: TimeEvidence, fromText: FromText): Sourced<WrittenTime> | null {
  for (const element of tree.heads.time.slice(0, 30).filter((one) => !standsAside(one))) {
    const found = saysChanged(element) ? fromText(timeOf(element), 'time') : null;
    if (found !== null) return found;
  }
  return null;
}

/** Whether a `time` is of a change: by its class, or by the words it holds or follows. */
function saysChanged(element: Element): boolean {
  if (/updated|modified/i.test(element.attribs['class'] ?? '')) return true;
  const before = element.prev;
  const lead = before === null ? '' : isText(before) ? before.data : isTag(before) ? textOf(before, 80) : '';
  return partedTimes(lead.slice(-80)).changed !== null || partedTimes(textOf(element, 80)).changed !== null;
}

/** Lines that tell a time, in page order: the first is the story's, unless it says that it is a change's and no plain one follows soon. */
function shownTimes(lines: readonly string[], fromText: FromText): { readonly published: Sourced<WrittenTime> | null; readonly changed: Sourced<WrittenTime> | null } {
  let changed: Sourced<WrittenTime> | null = null;
  let left = lines.length;
  for (const line of lines) {
    const { plain, changed: after } = partedTimes(line);
    const published = fromText(plain, 'text');
    changed ??= fromText(after, 'text');
    if (published !== null) return { published, changed };
    if (changed !== null) left = Math.min(left, NEAR_CHANGE);
    left -= 1;
    if (left <= 0) break;
  }
  return { published: null, changed };
}

function daysBetween(left: Sourced<WrittenTime>, right: Sourced<WrittenTime>): number {
  return Math.abs(Date.parse((left.value.iso ?? '').slice(0, 10)) - Date.parse((right.value.iso ?? '').slice(0, 10))) / 86_400_000;
}

function fromAddress(url: string | null): Sourced<WrittenTime> | null {
  const named = url === null ? null : URL_NAMED.exec(url);
  const namedIso = named === null ? null : readWrittenTime(`${named[3] ?? ''} ${named[2] ?? ''} ${named[1] ?? ''}`, 'en');
  if (named !== null && namedIso !== null) return { value: { raw: named[0].slice(1), iso: namedIso }, from: 'url' };
  const found = url === null ? null : URL_DATE.exec(url);
  if (found === null) return null;
  const iso = `${found[1] ?? ''}-${found[2] ?? ''}-${found[3] ?? ''}`;
  return { value: { raw: found[0].replace(/^\//, ''), iso }, from: 'url' };
}
