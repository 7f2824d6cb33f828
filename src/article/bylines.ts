import type { LinkedNode } from './json-ld.js';
import { firstString, listOf, typesOf } from './json-ld.js';
import { textOf, type MetaTags } from './meta-tags.js';
import type { PageTree } from './tree.js';
import type { Sourced } from './types.js';

const META_NAMES = ['author', 'article:author', 'article:author_name', 'parsely-author', 'byl', 'dc.creator', 'dcterms.creator', 'sailthru.author',
  'citation_author', 'article.author', 'creator', 'cxenseparse:author', 'og:article:author', 'twitter:creator_name'];

const isNode = (value: unknown): value is LinkedNode => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Names of those who wrote it: no "By", no agency, no date. */
export function readBylines(tree: PageTree, meta: MetaTags, node: LinkedNode | null, nodes: readonly LinkedNode[]): readonly Sourced<string>[] {
  const linked = node === null ? [] : authorsOf(node, nodes);
  if (linked.length > 0) return linked.map((value) => ({ value, from: 'json-ld' }));
  for (const name of META_NAMES) {
    const names = (meta.get(name) ?? []).flatMap(splitNames);
    if (names.length > 0) return unique(names).map((value) => ({ value, from: name }));
  }
  for (const element of tree.heads.marked) {
    const property = element.attribs['itemprop'] ?? element.attribs['rel'] ?? '';
    if (!/^author$/i.test(property)) continue;
    const names = splitNames(textOf(element, 200));
    if (names.length > 0) return unique(names).map((value) => ({ value, from: 'microdata' }));
  }
  return [];
}

function authorsOf(node: LinkedNode, nodes: readonly LinkedNode[]): string[] {
  const names: string[] = [];
  for (const author of [...listOf(node, 'author'), ...listOf(node, 'creator')]) {
    if (names.length > 0 && listOf(node, 'author').length === 0) break;
    let person = author;
    if (isNode(person) && person['name'] === undefined && typeof person['@id'] === 'string') {
      const id = person['@id'];
      person = nodes.find((other) => other['@id'] === id && other['name'] !== undefined) ?? person;
    }
    if (isNode(person) && typesOf(person).some((type) => /organization/i.test(type))) continue;
    const name = typeof person === 'string' ? person : isNode(person) ? firstString(person['name']) : null;
    if (name !== null) names.push(...splitNames(name));
  }
  return unique(names);
}

const LEAD = /^(?:by|von|par|por|di|av|af|door|od|автор|текст|text|autor|author|written by|نوشته|بقلم|كتب|מאת|作者|文|記者|记者)\s*[:：]?\s+/iu;

export function splitNames(text: string): string[] {
  return text.replace(LEAD, '').split(/\s*(?:[,;|/•·、，]|\s(?:and|und|et|y|e|en|og|och|i|и|та|και|ve|و)\s|&)\s*/iu)
    .map((name) => name.trim().replace(LEAD, '')).filter(isName).slice(0, 20);
}

function isName(text: string): boolean {
  return text.length >= 2 && text.length <= 60 && !/https?:|www\.|@|\d{2}|^\W+$/u.test(text) && /\p{L}/u.test(text) && text.split(' ').length <= 6;
}

const unique = (names: readonly string[]): string[] => [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
