import { decodeBytes } from '../fetch/index.js';
import { readBylines } from './bylines.js';
import { isProse, levelOf, type PageFeatures } from './features.js';
import { langOf, MARK, pathOf } from './frame.js';
import { listOf, stringOf } from './json-ld.js';
import { firstMeta, type MetaTags } from './meta-tags.js';
import { isCaptionBlock, openPage } from './open-page.js';
import { readTimes } from './published.js';
import type { RawBlock, RawPage } from './raw-blocks.js';
import { scoreBlocks } from './select.js';
import type { PageTree } from './tree.js';
import type { Article, ArticleRejection, Block, BlockKind, FurnitureBlock, ReadArticleOptions } from './types.js';

/** A page longer than this is refused unread, in UTF-16 units. */
export const LONGEST_PAGE = 16 * 1024 * 1024;
const MOST_FURNITURE = 400;
const LONGEST_FURNITURE_TEXT = 300;

/** Reads one page: metadata and the blocks of its story. Pure; never throws on any input. */
export function readArticle(page: string | Uint8Array, options: ReadArticleOptions = {}): Article {
  let html: string;
  let encoding: string | null = null;
  if (typeof page === 'string') html = page;
  else {
    const decoded = decodeBytes(page, { kind: 'html', contentType: options.contentType, maxBytes: 2 * LONGEST_PAGE });
    html = decoded.text;
    encoding = decoded.encoding;
  }
  if (html.length > LONGEST_PAGE) return rejected(options, encoding, 'too-large', `the page has ${String(html.length)} characters`);
  const notHtml = seemsNoHtml(html, options.contentType);
  if (notHtml !== null) return rejected(options, encoding, 'not-html', notHtml);

  const { tree, meta, nodes, node, url, canonical, host, siteName, headline, raw, features } = openPage(html, options);
  const scores = scoreBlocks(features);
  const { kept, furniture } = divide(raw, features, scores);
  const language = declaredLanguage(tree, meta);
  const times = readTimes({ tree, meta, node, url, language, visible: visibleNear(raw, features), item: options.item?.published });
  const units = kept.reduce((sum, { text }) => sum + text.length, 0);
  const rejection = units === 0 ? { reason: 'empty' as ArticleRejection, detail: 'no text of a story was found' } : null;
  return {
    url, canonicalUrl: canonical, headline, subheadline: null,
    bylines: readBylines({
      tree, meta, node, nodes, blocks: raw.blocks, headlineAt: features.headlineAt, storyFrom: kept[0]?.index ?? 0, storyTo: kept.at(-1)?.index ?? 0, siteName, host,
    }), published: times.published, modified: times.modified,
    section: firstMeta(meta, 'article:section')?.value ?? (node === null ? null : stringOf(node, 'articleSection')),
    tags: tagsOf(meta, node === null ? [] : listOf(node, 'keywords')), siteName, declaredLanguage: language, images: [],
    rights: node === null ? null : stringOf(node, 'copyrightNotice'),
    paywalled: false, liveBlog: false, blocks: kept, furniture, rejection,
    confidence: confidenceOf(raw, scores), encoding,
  };
}

function rejected(options: ReadArticleOptions, encoding: string | null, reason: ArticleRejection, detail: string): Article {
  return {
    url: options.url ?? null, canonicalUrl: null, headline: null, subheadline: null, bylines: [], published: null, modified: null, section: null,
    tags: [], siteName: null, declaredLanguage: null, images: [], rights: null, paywalled: false, liveBlog: false, blocks: [], furniture: [],
    rejection: { reason, detail }, confidence: 0, encoding,
  };
}

function seemsNoHtml(html: string, contentType: string | undefined): string | null {
  const head = html.slice(0, 2_000);
  if (head.startsWith('%PDF-')) return 'a PDF file';
  if (/^\s*[{[]/.test(head) && !head.includes('<')) return 'JSON';
  if (head.includes('\u0000')) return 'binary data';
  if (contentType !== undefined && !/html|xml|text|unknown|octet-stream/i.test(contentType)) return contentType.slice(0, 80);
  return null;
}

function divide(page: RawPage, features: PageFeatures, scores: Float64Array): { readonly kept: Block[]; readonly furniture: FurnitureBlock[] } {
  const kept: Block[] = [];
  const furniture: FurnitureBlock[] = [];
  for (const [at, raw] of page.blocks.entries()) {
    const block = blockOf(raw);
    if ((scores[at] ?? 0) >= 0.5 && at !== features.headlineAt) kept.push(block);
    else if (furniture.length < MOST_FURNITURE) {
      furniture.push({ ...block, text: block.text.slice(0, LONGEST_FURNITURE_TEXT), reason: at === features.headlineAt ? 'headline' : 'low-score' });
    }
  }
  return { kept, furniture };
}

function kindOf(raw: RawBlock): { readonly kind: BlockKind; readonly level?: number; readonly byLook?: boolean } {
  const { frame } = raw;
  const level = levelOf(frame);
  if (level > 0) return { kind: 'heading', level };
  if (isCaptionBlock(raw)) return { kind: 'caption' };
  if (raw.row) return { kind: 'table-row' };
  if ((frame.allMarks & MARK.quote) !== 0) return { kind: 'quote' };
  if ((frame.ownMarks & MARK.item) !== 0 || ((frame.parent?.ownMarks ?? 0) & MARK.item) !== 0) return { kind: 'list-item' };
  if (raw.boldShare > 0.98 && raw.measure.units <= 20 && raw.measure.ending !== 1 && raw.measure.letters > 1) return { kind: 'heading', level: 3, byLook: true };
  return { kind: 'paragraph' };
}

function blockOf(raw: RawBlock): Block {
  const lang = langOf(raw.frame);
  return {
    index: raw.order, ...kindOf(raw), text: raw.text, ...(raw.boldShare > 0.98 ? { bold: true } : {}), linkShare: Math.min(1, raw.linkShare),
    path: pathOf(raw.frame), ...(lang === undefined ? {} : { lang }),
  };
}

function confidenceOf(page: RawPage, scores: Float64Array): number {
  let weight = 0;
  let sure = 0;
  for (const [at, block] of page.blocks.entries()) {
    const score = scores[at] ?? 0;
    if (score < 0.5 && !isProse(block)) continue;
    weight += block.measure.units;
    sure += block.measure.units * Math.max(score, 1 - score);
  }
  return weight === 0 ? 0 : sure / weight;
}

function visibleNear(page: RawPage, features: PageFeatures): string[] {
  const from = features.headlineAt === -1 ? 0 : Math.max(0, features.headlineAt - 5);
  return page.blocks.slice(from, from + 40).map((block) => block.text).filter((text) => text.length <= 200 && /\d/.test(text));
}

function declaredLanguage(tree: PageTree, meta: MetaTags): string | null {
  const html = tree.heads.html?.attribs ?? {};
  for (const written of [html['lang'], html['xml:lang'], firstMeta(meta, 'content-language', 'og:locale', 'language', 'dc.language', 'inlanguage')?.value]) {
    const tag = written?.trim().replaceAll('_', '-').split(/[\s,;]/, 1)[0];
    if (tag === undefined || tag === '') continue;
    try {
      return Intl.getCanonicalLocales(tag)[0] ?? null;
    } catch {
      // Not a language tag; the next witness is asked.
    }
  }
  return null;
}

function tagsOf(meta: MetaTags, keywords: readonly unknown[]): string[] {
  const written = meta.get('article:tag') ?? keywords.flatMap((value) => (typeof value === 'string' ? value.split(/[,;、，]/) : []));
  return [...new Set(written.map((tag) => tag.trim()).filter((tag) => tag !== '' && tag.length < 80))].slice(0, 50);
}
