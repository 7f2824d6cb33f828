import type { LinkedNode } from './json-ld.js';
import { stringOf } from './json-ld.js';
import { firstMeta, textOf, type MetaTags } from './meta-tags.js';
import type { PageTree } from './tree.js';
import type { Sourced, WrittenTime } from './types.js';
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
  const modified = fromText(node === null ? null : stringOf(node, 'dateModified'), 'json-ld')
    ?? firstOf(MODIFIED, (name) => fromText(firstMeta(meta, name)?.value, name));
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
    ?? firstOf(evidence.visible, (text) => fromText(text, 'text'))
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

/** The first `time` that says it is the story's, else the first. */
function timeElement({ tree }: TimeEvidence, fromText: FromText): Sourced<WrittenTime> | null {
  const times = tree.heads.time.slice(0, 30);
  const named = times.find(({ attribs }) => attribs['pubdate'] !== undefined || /publish|posted|entry-date|dt-published/i.test(attribs['class'] ?? ''));
  for (const element of named === undefined ? times : [named, ...times]) {
    const found = fromText(element.attribs['datetime'] ?? textOf(element, 100), 'time');
    if (found !== null) return found;
  }
  return null;
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
