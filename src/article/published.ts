import type { LinkedNode } from './json-ld.js';
import { stringOf } from './json-ld.js';
import { firstMeta, type MetaTags } from './meta-tags.js';
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
  const published = fromText(node === null ? null : stringOf(node, 'datePublished'), 'json-ld')
    ?? firstOf(PUBLISHED, (name) => fromText(firstMeta(meta, name)?.value, name))
    ?? publishedElement(evidence, fromText)
    ?? fromText(node === null ? null : stringOf(node, 'dateCreated') ?? stringOf(node, 'uploadDate'), 'json-ld')
    ?? fromAddress(evidence.url)
    ?? firstOf(evidence.visible, (text) => fromText(text, 'text'))
    ?? fromText(evidence.item, 'item');
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

function publishedElement({ tree }: TimeEvidence, fromText: FromText): Sourced<WrittenTime> | null {
  for (const element of tree.heads.marked) {
    const property = element.attribs['itemprop'] ?? element.attribs['property'] ?? '';
    if (!/datepublished|pubdate|dc:date|dateCreated/i.test(property)) continue;
    const found = fromText(element.attribs['datetime'] ?? element.attribs['content'] ?? element.attribs['title'], 'microdata');
    if (found !== null) return found;
  }
  for (const element of tree.heads.time.slice(0, 20)) {
    const found = fromText(element.attribs['datetime'], 'time');
    if (found !== null) return found;
  }
  return null;
}

function fromAddress(url: string | null): Sourced<WrittenTime> | null {
  const found = url === null ? null : URL_DATE.exec(url);
  if (found === null) return null;
  const iso = `${found[1] ?? ''}-${found[2] ?? ''}-${found[3] ?? ''}`;
  return { value: { raw: found[0].replace(/^\//, ''), iso }, from: 'url' };
}
