import { HINT } from './class-words.js';
import { pageFeatures, type PageFeatures } from './features.js';
import { MARK, type Frame } from './frame.js';
import { readHeadline } from './headline.js';
import { articleNode, firstString, isArticleNode, isNode, readLinkedData, stringOf, typesOf, type LinkedNode } from './json-ld.js';
import { firstMeta, readMetaTags, type MetaTags } from './meta-tags.js';
import { collectBlocks, type RawBlock, type RawPage } from './raw-blocks.js';
import { parseTree, type PageTree } from './tree.js';
import type { ReadArticleOptions, Sourced } from './types.js';

/** A page opened: its tree, what it says of itself, its raw blocks and their features. Nothing is decided yet. */
export interface OpenPage {
  readonly tree: PageTree;
  readonly meta: MetaTags;
  readonly nodes: readonly LinkedNode[];
  /** The JSON-LD node of the article. */
  readonly node: LinkedNode | null;
  readonly url: string | null;
  /** What the page's addresses are relative to: its `base`, else its own address. */
  readonly base: string | null;
  readonly canonical: Sourced<string> | null;
  readonly host: string | null;
  readonly siteName: string | null;
  readonly headline: Sourced<string> | null;
  readonly raw: RawPage;
  readonly features: PageFeatures;
}

/** Below so many words the page is read again with what stands in `noscript`. */
const HARDLY_TEXT = 40;

export function openPage(html: string, options: ReadArticleOptions): OpenPage {
  const tree = parseTree(html);
  const meta = readMetaTags(tree);
  const nodes = readLinkedData(tree.heads.dataScripts);
  const base = baseOf(tree, options.url);
  const canonical = canonicalUrl(tree, meta, base ?? undefined);
  const url = options.url ?? canonical?.value ?? null;
  const node = articleNode(nodes, url);
  const host = hostOf(url);
  const siteName = firstMeta(meta, 'og:site_name', 'application-name', 'apple-mobile-web-app-title')?.value
    ?? publisherOf(nodes, node);
  const headline = readHeadline({ tree, meta, node, siteName, host, item: options.item });
  const descriptions = [firstMeta(meta, 'og:description', 'description', 'twitter:description')?.value,
    node === null ? null : stringOf(node, 'description'), options.item?.summary].filter((text): text is string => typeof text === 'string');
  let raw = collectBlocks(tree.document, { noscript: false });
  if (raw.blocks.reduce((sum, block) => sum + block.measure.units, 0) < HARDLY_TEXT) raw = collectBlocks(tree.document, { noscript: true });
  const features = pageFeatures(raw, {
    headline: headline?.value ?? null, descriptions, articleBody: node === null ? null : stringOf(node, 'articleBody'),
    otherHeadlines: otherHeadlines(nodes, node),
  });
  return { tree, meta, nodes, node, url, base: base ?? url, canonical, host, siteName, headline, raw, features };
}

/** The publisher the article names, itself or by its `@id`; else the site the page says it belongs to. */
function publisherOf(nodes: readonly LinkedNode[], node: LinkedNode | null): string | null {
  const written = node?.['publisher'];
  if (typeof written === 'string') return firstString(written);
  if (isNode(written)) {
    const named = stringOf(written, 'name') ?? stringOf(nodes.find((other) => other['@id'] === written['@id'] && other['name'] !== undefined) ?? {}, 'name');
    if (named !== null) return named;
  }
  const site = nodes.find((one) => typesOf(one).some((type) => /(?:^|[/#:])WebSite$/i.test(type)));
  return site === undefined ? null : stringOf(site, 'name');
}

function baseOf(tree: PageTree, url: string | undefined): string | null {
  const written = tree.heads.base?.attribs['href']?.trim();
  return written !== undefined && URL.canParse(written, url) ? new URL(written, url).href : url ?? null;
}

function otherHeadlines(nodes: readonly LinkedNode[], own: LinkedNode | null): string[] {
  const mine = own === null ? null : stringOf(own, 'headline');
  return nodes.filter((node) => node !== own && isArticleNode(node)).slice(0, 50)
    .flatMap((node) => stringOf(node, 'headline') ?? []).filter((text) => text !== mine && text.length >= 12);
}

function canonicalUrl(tree: PageTree, meta: MetaTags, base: string | undefined): Sourced<string> | null {
  const link = tree.heads.link.find(({ attribs }) => (attribs['rel'] ?? '').toLowerCase().split(/\s+/).includes('canonical'));
  for (const [value, from] of [[link?.attribs['href'], 'canonical'], [firstMeta(meta, 'og:url')?.value, 'og:url']] as const) {
    if (value === undefined || value.trim() === '') continue;
    const absolute = URL.canParse(value.trim(), base) ? new URL(value.trim(), base) : null;
    if (absolute !== null && /^https?:$/.test(absolute.protocol)) return { value: absolute.href, from };
  }
  return null;
}

function hostOf(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  return new URL(url).hostname.replace(/^(?:www|m|amp)\./, '').split('.')[0] ?? null;
}

/** A longer embed is one that the page forgot to close, and holds the story. In words. */
const LONGEST_EMBED = 250;

/** What somebody posted elsewhere, as a platform's embed code sets it into a page. */
export function isEmbedBlock({ frame }: RawBlock): boolean {
  if ((frame.allMarks & MARK.embed) === 0) return false;
  for (let at: Frame | null = frame; at !== null; at = at.parent) if ((at.ownMarks & MARK.embed) !== 0) return at.units <= LONGEST_EMBED;
  return false;
}

/** A picture's caption by its mark-up. */
export function isCaptionBlock({ frame, measure, mediaBefore }: RawBlock): boolean {
  if ((frame.allMarks & MARK.figcaption) !== 0) return true;
  if ((frame.allMarks & MARK.figure) !== 0 && (frame.nearHints & HINT.caption) !== 0) return true;
  return (frame.ownHints & HINT.caption) !== 0 && measure.units < 60 && mediaBefore > 0;
}
