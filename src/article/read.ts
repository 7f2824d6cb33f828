import { decodeBytes } from '../fetch/index.js';
import { readBylines } from './bylines.js';
import { HINT } from './class-words.js';
import { confidenceOf } from './confidence.js';
import { divide } from './divide.js';
import { levelOf } from './block-structure.js';
import { foldText } from './text.js';
import { readImages } from './images.js';
import { firstString, isNode, stringOf, type LinkedNode } from './json-ld.js';
import { firstMeta, type MetaTags } from './meta-tags.js';
import { openPage, type OpenPage } from './open-page.js';
import { namesIn } from './person-names.js';
import { readTimes } from './published.js';
import { isLiveBlog, isPaywalled, rejectionOf } from './rejection.js';
import { rightsOf } from './rights.js';
import { applyRules } from './rules.js';
import { scoreBlocks } from './select.js';
import { sectionOf, tagsOf } from './subjects.js';
import type { PageTree } from './tree.js';
import type { Article, ArticleRejection, Block, ReadArticleOptions, RuleFault, Sourced } from './types.js';
import { readWrittenTime } from './written-time.js';

/** A page longer than this is refused unread, in UTF-16 units. */
export const LONGEST_PAGE = 16 * 1024 * 1024;
/** A JSON-LD body longer than this, in characters, stands in for a page whose own text is built by scripts. */
const SHORTEST_BODY = 200;

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

  const open = openPage(html, options);
  const { tree, meta, node, nodes, url, raw, features, siteName, host } = open;
  const rules = applyRules(tree, options.rules);
  const scores = scoreBlocks(features);
  const division = divide(raw, features, scores, rules, options.furnitureMemory);
  const language = declaredLanguage(tree, meta, node);
  const times = readTimes({ tree, meta, node, url, language, visible: visibleNear(open), item: options.item?.published });
  const storyFrom = division.blocks[0]?.index ?? 0;
  const storyTo = division.blocks.at(-1)?.index ?? 0;
  let blocks = division.blocks;
  let rejection = rejectionOf(open, division.kept);
  if (rejection !== null && rejection.reason !== 'paywall' && rejection.reason !== 'error-page') {
    const written = blocksOfLinkedBody(node === null ? null : stringOf(node, 'articleBody'), raw.blocks.length);
    if (written !== null) {
      blocks = written;
      rejection = null;
    }
  }
  const ruleDate = rules.date === null ? null : readWrittenTime(rules.date, language);
  const ruleFaults: RuleFault[] = [...rules.faults];
  if (rules.date !== null && ruleDate === null) ruleFaults.push({ rule: 'date', selector: options.rules?.date ?? '', problem: 'no-match' });
  return {
    url, canonicalUrl: open.canonical,
    headline: rules.title === null ? open.headline : { value: rules.title, from: 'rule' },
    subheadline: subheadlineOf(open),
    bylines: rules.byline === null
      ? readBylines({ tree, meta, node, nodes, blocks: raw.blocks, headlineAt: features.headlineAt, storyFrom, storyTo, siteName, host })
      : namesIn(rules.byline).map((value) => ({ value, from: 'rule' })),
    published: ruleDate === null || rules.date === null ? times.published : { value: { raw: rules.date, iso: ruleDate }, from: 'rule' },
    modified: times.modified,
    section: sectionOf(meta, node, nodes, open.headline?.value ?? null), tags: tagsOf(meta, node, tree), siteName, declaredLanguage: language,
    images: readImages(raw, division.kept, features.headlineAt, meta, node, open.base), rights: rightsOf(open),
    paywalled: isPaywalled(open), liveBlog: isLiveBlog(open), blocks, furniture: division.furniture, rejection,
    confidence: rejection === null ? confidenceOf(open, scores, division.kept) : 0, encoding,
    ...(ruleFaults.length === 0 ? {} : { ruleFaults }),
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
  if (/^\s{0,100}[{[]/.test(head) && !head.includes('<')) return 'JSON';
  if (head.includes('\u0000')) return 'binary data';
  if (/^\s{0,100}(?:<\?xml[^>]{0,200}>\s{0,100})?<(?:rss|feed|urlset|sitemapindex)[\s>]/i.test(head)) return 'a feed or a sitemap';
  if (contentType !== undefined && contentType.trim() !== '' && !/html|xml|text\/plain|text;|unknown|octet-stream/i.test(contentType)) return contentType.slice(0, 80);
  return null;
}

/** Paragraphs of a JSON-LD body: the text of pages that scripts build. */
function blocksOfLinkedBody(body: string | null, firstIndex: number): Block[] | null {
  if (body === null || body.length < SHORTEST_BODY) return null;
  const plain = body.slice(0, 400_000).replace(/<(?:br|\/p|\/div|\/h\d|\/li)\b[^<>]{0,100}>/gi, '\n\n').replace(/<[^<>]{0,500}>/g, '');
  const texts = plain.split(/\n\s*\n|\r\n|\n/).map(foldText).filter((text) => text !== '');
  return texts.map((text, at) => ({ index: firstIndex + at, kind: 'paragraph', text, path: 'json-ld/articleBody' }));
}

/** The line below the headline: named by the page, or marked as a lead and standing there. */
function subheadlineOf({ node, raw, features, meta }: OpenPage): Sourced<string> | null {
  const named = node === null ? null : stringOf(node, 'alternativeHeadline');
  if (named !== null) return { value: foldText(named), from: 'json-ld' };
  const at = features.headlineAt;
  for (const block of at === -1 ? [] : raw.blocks.slice(at + 1, at + 5)) {
    const { units } = block.measure;
    const led = (block.frame.nearHints & HINT.lead) !== 0;
    if (units >= 4 && units <= 80 && block.linkShare < 0.3 && (led || levelOf(block.frame) === 2)) return { value: block.text, from: led ? 'lead' : 'h2' };
  }
  const written = firstMeta(meta, 'article:subtitle', 'subtitle', 'dc.subtitle');
  return written === null ? null : { value: written.value, from: written.from };
}

/** Short texts with figures around the headline, then elsewhere: where a date may stand. */
function visibleNear({ raw, features }: OpenPage): string[] {
  const from = features.headlineAt === -1 ? 0 : Math.max(0, features.headlineAt - 6);
  const near = [...raw.blocks.slice(from, from + 50), ...raw.blocks.slice(0, from)];
  return near.map((block) => block.text).filter((text) => text.length <= 220 && /\p{Nd}/u.test(text)).slice(0, 120);
}

/** schema.org's `inLanguage`: a tag, or a Language whose tag is its other name. */
const languageName = (value: unknown): string | undefined => (isNode(value) ? stringOf(value, 'alternateName') : firstString(value)) ?? undefined;

function declaredLanguage(tree: PageTree, meta: MetaTags, node: LinkedNode | null): string | null {
  const html = tree.heads.html?.attribs ?? {};
  for (const written of [html['lang'], html['xml:lang'], firstMeta(meta, 'content-language', 'og:locale', 'language', 'dc.language', 'inlanguage')?.value,
    node === null ? undefined : languageName(node['inLanguage'])]) {
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
