/** OPML subscription lists (OPML 1.0 and 2.0, opml.org), in and out. */
import { failed, giveUp, ok, type Outcome } from '../fault.js';
import { decodeBytes } from '../fetch/index.js';
import { attributeOf, elementsOf, textOf } from './element-value.js';
import { oneLine } from './html-text.js';
import { readMarkup, type MarkupElement } from './markup-tree.js';

const MAX_OUTLINES = 50_000;

/** One subscription. */
export interface OpmlFeed {
  /** Address of the feed as the list writes it; not checked. */
  readonly url: string;
  readonly title: string | null;
  /** Address of the site. */
  readonly siteUrl: string | null;
  readonly language: string | null;
  /** Titles of the outlines around it, outermost first. */
  readonly folders: readonly string[];
  /** The words of its `category`, paths cut into their parts (OPML 2.0); left out where there is none. */
  readonly categories?: readonly string[];
}

export interface OpmlList {
  readonly title: string | null;
  /** In the list's order, each address once. */
  readonly feeds: readonly OpmlFeed[];
}

const localName = (element: MarkupElement): string => element.tag.slice(element.tag.indexOf(':') + 1);

function titleOf(outline: MarkupElement): string | null {
  const title = attributeOf(outline, 'title') ?? attributeOf(outline, 'text');
  return title === null ? null : oneLine(title);
}

const categoriesOf = (outline: MarkupElement): string[] =>
  [...new Set((attributeOf(outline, 'category') ?? '').split(/[,/]/).map(oneLine))].filter((word) => word !== '').slice(0, 100);

/** Reads a subscription list. Faults: `empty`, `not-opml`. Outlines that name no feed are folders, or nothing. */
export function parseOpml(bytes: Uint8Array, options: { readonly contentType?: string | undefined } = {}): Outcome<OpmlList> {
  const { text } = decodeBytes(bytes, { contentType: options.contentType, kind: 'xml' });
  if (text.trim() === '') return failed(giveUp({ code: 'empty', message: 'The list holds no text at all.' }));
  const root = elementsOf(readMarkup(text)).find((element) => localName(element) === 'opml');
  if (root === undefined) return failed(giveUp({ code: 'not-opml', message: 'The document is no OPML list: it has no <opml> element.', hint: 'Export the subscriptions of the other reader as OPML.' }));
  const head = elementsOf(root).find((element) => localName(element) === 'head');
  const titleElement = head === undefined ? undefined : elementsOf(head).find((element) => localName(element) === 'title');
  const feeds = new Map<string, OpmlFeed>();
  const stack = elementsOf(root).filter((element) => localName(element) === 'body').map((element) => ({ element, folders: [] as readonly string[] }));
  for (let next = stack.pop(), seen = 0; next !== undefined && seen < MAX_OUTLINES; next = stack.pop(), seen++) {
    const { element, folders } = next;
    const url = attributeOf(element, 'xmlurl');
    if (url !== null && !feeds.has(url)) {
      const categories = categoriesOf(element);
      feeds.set(url, {
        url, title: titleOf(element), siteUrl: attributeOf(element, 'htmlurl'), language: attributeOf(element, 'language'), folders,
        ...(categories.length === 0 ? {} : { categories }),
      });
    }
    const own = localName(element) === 'outline' && url === null ? titleOf(element) : null;
    const inner = own === null ? folders : [...folders, own].slice(0, 20);
    for (const child of elementsOf(element).reverse()) stack.push({ element: child, folders: inner });
  }
  return ok({ title: titleElement === undefined ? null : oneLine(textOf(titleElement)), feeds: [...feeds.values()] });
}

const escape = (text: string): string => text
  // XML 1.0 has no place for most control characters, not even as references
  // oxlint-disable-next-line no-control-regex -- they are what is taken out
  .replace(/[\0-\x08\x0B\x0C\x0E-\x1F\u{FFFE}\u{FFFF}]|\p{Surrogate}/gu, '')
  .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('\t', '&#9;').replaceAll('\n', '&#10;').replaceAll('\r', '&#13;');

const categoryOf = ({ categories = [] }: OpmlFeed): string | null =>
  categories.length === 0 ? null : categories.map((word) => word.replace(/[,/]/g, ' ')).join(',');

function outline(feed: OpmlFeed, indent: string): string {
  const title = feed.title ?? feed.url;
  const attributes = [['type', 'rss'], ['text', title], ['title', title], ['xmlUrl', feed.url], ['htmlUrl', feed.siteUrl], ['language', feed.language], ['category', categoryOf(feed)]]
    .flatMap(([name, value]) => (value === null || value === undefined ? [] : [`${name ?? ''}="${escape(value)}"`]));
  return `${indent}<outline ${attributes.join(' ')}/>`;
}

/** Writes a subscription list as OPML 2.0, one folder deep: the outermost. */
export function writeOpml(list: OpmlList): string {
  const folders = new Map<string, OpmlFeed[]>();
  for (const feed of list.feeds) {
    const folder = feed.folders[0] ?? '';
    folders.set(folder, [...(folders.get(folder) ?? []), feed]);
  }
  const body = [...folders].flatMap(([folder, feeds]) => (folder === '' ? feeds.map((feed) => outline(feed, '    '))
    : [`    <outline text="${escape(folder)}" title="${escape(folder)}">`, ...feeds.map((feed) => outline(feed, '      ')), '    </outline>']));
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">', '  <head>', `    <title>${escape(list.title ?? 'Sources')}</title>`, '  </head>', '  <body>', ...body, '  </body>', '</opml>', ''].join('\n');
}
