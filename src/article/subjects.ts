import { decodeHTML } from 'entities';
import { bareLetters } from './headline.js';
import { isNode, listOf, stringOf, typesOf, type LinkedNode } from './json-ld.js';
import { firstMeta, textOf, type MetaTags } from './meta-tags.js';
import type { PageTree } from './tree.js';

const MOST_TAGS = 50;
const LONGEST_TAG = 80;
const COMMAS = /[,;،、，；]/;

/** The section a page names: in its metadata, or as the first step below the front page of the trail in its JSON-LD. */
export function sectionOf(meta: MetaTags, node: LinkedNode | null, nodes: readonly LinkedNode[], headline: string | null): string | null {
  const written = firstMeta(meta, 'article:section', 'og:article:section', 'parsely-section', 'sailthru.section')?.value
    ?? (node === null ? null : stringOf(node, 'articleSection')) ?? trailSection(nodes, headline);
  return written === null ? null : decodeHTML(written.slice(0, 500));
}

function trailSection(nodes: readonly LinkedNode[], headline: string | null): string | null {
  const trail = nodes.find((node) => typesOf(node).some((type) => /(?:^|[/#:])BreadcrumbList$/i.test(type)));
  if (trail === undefined) return null;
  const steps = listOf(trail, 'itemListElement').filter(isNode).map((step) => ({ step, place: Number(step['position'] ?? 0) }))
    .sort((left, right) => left.place - right.place);
  // The first step is the front page, the last one often this page.
  for (const { step } of steps.slice(1)) {
    const item = step['item'];
    const name = stringOf(step, 'name') ?? (isNode(item) ? stringOf(item, 'name') : null);
    if (name !== null && bareLetters(name) !== bareLetters(headline ?? '')) return name;
  }
  return null;
}

/** What a page says it is about: tags in its metadata, keywords of its JSON-LD, links marked as tags. */
export function tagsOf(meta: MetaTags, node: LinkedNode | null, tree: PageTree): string[] {
  const keywords = node === null ? [] : listOf(node, 'keywords').filter((value) => typeof value === 'string');
  const linked = tree.heads.marked.filter(({ attribs }) => attribs['rel']?.toLowerCase() === 'tag').slice(0, MOST_TAGS).map((link) => textOf(link, LONGEST_TAG));
  const single = firstMeta(meta, 'parsely-tags', 'news_keywords')?.value;
  const written = [meta.get('article:tag') ?? [], keywords, single === undefined ? [] : [single], linked, meta.get('keywords')?.slice(0, 1) ?? []]
    .find((list) => list.length > 0) ?? [];
  const tags = written.flatMap((text) => decodeHTML(text.slice(0, 5_000)).split(COMMAS)).map((tag) => tag.trim());
  return [...new Set(tags.filter((tag) => tag !== '' && tag.length < LONGEST_TAG))].slice(0, MOST_TAGS);
}
