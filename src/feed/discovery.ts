/** The feeds a web page names, links to, or is likely to have. */
import { decodeHTML } from 'entities';
import { Tokenizer } from 'htmlparser2';
import { parseUrl } from './address.js';
import { oneLine } from './html-text.js';

const MAX_CANDIDATES = 50;

export interface FeedCandidate {
  readonly url: string;
  readonly title: string | null;
  /** `link`: the page names it as its feed; `anchor`: a link that looks like one; `guess`: a place where sites of this kind keep theirs. */
  readonly from: 'link' | 'anchor' | 'guess';
}

const FEED_TYPES = /^(?:application\/(?:rss|atom|rdf|feed|x-rss|x\.atom)\+(?:xml|json)|application\/json|text\/(?:rss|atom)(?:\+xml)?|application\/(?:rss|atom))$/;
/** Words of an address that a feed has and a page has not. */
const FEED_ADDRESS = /(?:^|[/._?=&-])(?:rss\d?|atom|feeds?|rdf|xml)(?:$|[/._?=&-])|\.(?:rss|atom|rdf)$/i;
const NOT_A_FEED = /\.(?:png|jpe?g|gif|svg|css|js|mp3|pdf)(?:$|\?)|(?:facebook|twitter|x|linkedin|reddit)\.com\//i;
/** Feeds of comments and the like: last resort. */
const SIDE_FEED = /comment|trackback|oembed|wp-json/i;
/** Where WordPress, Drupal, Joomla, Ghost, Blogger, Hugo, Jekyll and newspapers' own systems put their feeds. */
export const USUAL_PLACES = ['/feed/', '/rss', '/rss.xml', '/feed.xml', '/atom.xml', '/index.xml', '/rss/', '/?feed=rss2', '/feeds/posts/default', '/feed.json', '/news/rss', '/rss/news', '/rss/all', '/sitemap-news.xml', '/news-sitemap.xml'] as const;

interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  text: string;
}

/** Collects `base`, `link` and `a` without building a tree: a page may be as deep as it likes. */
class TagCollector {
  readonly tags: Tag[] = [];
  #name = '';
  #attributes = new Map<string, string>();
  #attribute = '';
  #value = '';
  #anchor: Tag | null = null;

  constructor(private readonly html: string) {}

  onopentagname(start: number, end: number): void {
    this.#name = this.html.slice(start, end).toLowerCase();
    this.#attributes = new Map();
  }
  onattribname(start: number, end: number): void {
    this.#attribute = this.html.slice(start, end).toLowerCase();
    this.#value = '';
  }
  onattribdata(start: number, end: number): void { this.#value += this.html.slice(start, end); }
  onattribend(): void {
    if (!this.#attributes.has(this.#attribute)) this.#attributes.set(this.#attribute, decodeHTML(this.#value).trim());
  }
  onopentagend(): void {
    if (this.#name !== 'base' && this.#name !== 'link' && this.#name !== 'a') return;
    const tag = { name: this.#name, attributes: this.#attributes, text: '' };
    if (this.tags.length < 20_000) this.tags.push(tag);
    if (this.#name === 'a') this.#anchor = tag;
  }
  onselfclosingtag(): void { this.onopentagend(); }
  onclosetag(start: number, end: number): void {
    if (this.html.slice(start, end).toLowerCase() === 'a') this.#anchor = null;
  }
  ontext(start: number, end: number): void {
    if (this.#anchor !== null && this.#anchor.text.length < 200) this.#anchor.text += this.html.slice(start, Math.min(end, start + 200));
  }
  oncdata(): void { /* not a tag */ }
  oncomment(): void { /* not a tag */ }
  ondeclaration(): void { /* not a tag */ }
  onprocessinginstruction(): void { /* not a tag */ }
  onattribentity(): void { /* decoded by us */ }
  ontextentity(): void { /* decoded by us */ }
  onend(): void { /* nothing is open */ }
}

function tagsOf(html: string): Tag[] {
  const collector = new TagCollector(html);
  const tokenizer = new Tokenizer({ xmlMode: false, decodeEntities: false }, collector);
  tokenizer.write(html);
  tokenizer.end();
  return collector.tags;
}

function candidateOf(tag: Tag, base: string): FeedCandidate | null {
  const href = tag.attributes.get('href') ?? '';
  const url = href === '' ? null : parseUrl(href.replace(/^feed:(?:\/\/)?(?=https?:)/i, '').replace(/^feed:\/\//i, 'https://'), base);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  url.hash = '';
  if (tag.name === 'link') {
    const rels = (tag.attributes.get('rel') ?? '').toLowerCase().split(/\s+/);
    const type = (tag.attributes.get('type') ?? '').toLowerCase().split(';')[0]?.trim() ?? '';
    const named = (rels.includes('alternate') && FEED_TYPES.test(type) && !(type === 'application/json' && SIDE_FEED.test(url.href))) || rels.includes('feed');
    return named && !rels.includes('stylesheet') ? { url: url.href, title: tag.attributes.get('title') ?? null, from: 'link' } : null;
  }
  const text = oneLine(decodeHTML(tag.text));
  const looks = FEED_ADDRESS.test(url.pathname + url.search) || /^(?:rss|atom)(?:[\s-]?feeds?)?$/i.test(text);
  return looks && !NOT_A_FEED.test(url.href) ? { url: url.href, title: text === '' ? null : text, from: 'anchor' } : null;
}

/** Candidates for the feeds of a page, likeliest first; each still has to be fetched and read. `url` is the page's address. */
export function discoverFeeds(html: string, url: string): FeedCandidate[] {
  const tags = tagsOf(html);
  const baseHref = tags.find(({ name, attributes }) => name === 'base' && (attributes.get('href') ?? '') !== '')?.attributes.get('href');
  const base = (baseHref === undefined ? null : parseUrl(baseHref, url)?.href) ?? url;
  const found = tags.flatMap((tag) => (tag.name === 'base' ? [] : candidateOf(tag, base) ?? []));
  const ranked = [
    ...found.filter((one) => one.from === 'link' && !SIDE_FEED.test(one.url)), ...found.filter((one) => one.from === 'anchor' && !SIDE_FEED.test(one.url)),
    ...USUAL_PLACES.flatMap((place): FeedCandidate[] => {
      const guess = parseUrl(place, url);
      return guess === null ? [] : [{ url: guess.href, title: null, from: 'guess' }];
    }),
    ...found.filter((one) => SIDE_FEED.test(one.url)),
  ];
  const seen = new Set<string>();
  return ranked.filter((one) => !seen.has(one.url) && seen.add(one.url)).slice(0, MAX_CANDIDATES);
}
