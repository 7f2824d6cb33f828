import type { LinkedNode } from './json-ld.js';
import { stringOf } from './json-ld.js';
import { firstMeta, textOf, type MetaTags } from './meta-tags.js';
import type { PageTree } from './tree.js';
import type { ArticleItemHint, Sourced } from './types.js';

/** What stands between a headline and the name of its site, in any script. */
const SEPARATOR = /\s+[|\-–—−‐·•:»«›‹<>~／｜/]+\s+|\s*[|｜│»«_]+\s*|(?:\s+|(?<=[\u3040-\u9fff]))[-–—－]+(?=[\u3040-\u9fff]|\s)/g;

/** Letters and digits only, for comparing two wordings of one headline. */
export const bareLetters = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** Shares of `part`'s words found in `whole`; words are letters runs, or single characters of spaceless scripts. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}])[\p{L}\p{M}\p{N}])+/gu) ?? [];
}

/** Cuts `title` at its separators into what could be headline and what site. */
export function titleParts(title: string): string[] {
  return title.split(SEPARATOR).map((part) => part.trim()).filter((part) => part !== '');
}

/**
 * Takes the site's name off a title: what follows (or precedes) a separator and is the site's name, its host, or
 * shorter than the rest and confirmed by no heading.
 */
export function withoutSite(title: string, siteName: string | null, host: string | null): string {
  const names = [siteName, host].filter((name): name is string => name !== null).map(bareLetters).filter((name) => name.length > 1);
  let rest = title;
  for (let round = 0; round < 3; round += 1) {
    const cuts = [...rest.matchAll(SEPARATOR)];
    const last = cuts.at(-1);
    const first = cuts[0];
    if (last === undefined || first === undefined) return rest;
    const tail = bareLetters(rest.slice(last.index + last[0].length));
    const head = bareLetters(rest.slice(0, first.index));
    if (isSiteName(tail, names)) rest = rest.slice(0, last.index).trim();
    else if (isSiteName(head, names)) rest = rest.slice(first.index + first[0].length).trim();
    else return rest;
  }
  return rest;
}

function isSiteName(part: string, names: readonly string[]): boolean {
  if (part.length < 2) return false;
  return names.some((name) => part === name || (part.length >= 4 && (name.includes(part) || (part.includes(name) && name.length >= 4 && part.length < name.length * 3))));
}

export interface HeadlineEvidence {
  readonly tree: PageTree;
  readonly meta: MetaTags;
  readonly node: LinkedNode | null;
  readonly siteName: string | null;
  readonly host: string | null;
  readonly item: ArticleItemHint | undefined;
}

interface Candidate {
  readonly value: string;
  readonly from: string;
  readonly bare: string;
  weight: number;
}

/**
 * Chooses the headline: every source is a witness, and the wording that stands in the page's own heading and is
 * confirmed by the others wins over a title written for search engines.
 */
export function readHeadline(evidence: HeadlineEvidence): Sourced<string> | null {
  const { tree, meta, node, siteName, host, item } = evidence;
  const candidates: Candidate[] = [];
  const add = (value: string | null | undefined, from: string, weight: number): void => {
    if (value === null || value === undefined) return;
    const clean = withoutSite(value.trim(), siteName, host);
    const bare = bareLetters(clean);
    if (bare.length < 2) return;
    if (candidates.length < 40) candidates.push({ value: clean, from, bare, weight });
  };
  const title = tree.heads.title === null ? null : textOf(tree.heads.title, 1_000);
  const og = firstMeta(meta, 'og:title');
  const twitter = firstMeta(meta, 'twitter:title');
  const h1 = tree.heads.headings.filter(({ name }) => name === 'h1').slice(0, 6);
  for (const element of h1) {
    const text = textOf(element, 600);
    const marked = /headline|title|titel|titulo|titolo|titre/i.test(`${element.attribs['class'] ?? ''} ${element.attribs['itemprop'] ?? ''}`);
    add(text, 'h1', (h1.length === 1 ? 3 : 2) + (marked ? 0.6 : 0));
  }
  for (const element of tree.heads.marked) if (element.attribs['itemprop'] === 'headline') add(textOf(element, 600), 'microdata', 2.4);
  if (node !== null) add(stringOf(node, 'headline'), 'json-ld', 2.2);
  add(og?.value, 'og:title', 2);
  add(twitter?.value, 'twitter:title', 1.2);
  add(item?.title, 'item', 2.1);
  add(firstMeta(meta, 'headline', 'dc.title', 'dcterms.title', 'parsely-title', 'sailthru.title', 'hdl', 'article:title', 'title')?.value, 'meta', 1.5);
  add(title, 'title', 1);
  for (const part of title === null ? [] : titleParts(title).slice(0, 6)) if (part !== title) add(part, 'title', 0.3);
  for (const element of tree.heads.headings.filter(({ name }) => name !== 'h1').slice(0, 12)) add(textOf(element, 600), element.name, 0.2);
  if (candidates.length === 0) return null;
  let best: Candidate | null = null;
  let bestScore = 0;
  for (const candidate of candidates) {
    let score = candidate.weight;
    const witnesses = new Set([candidate.from]);
    for (const other of candidates) {
      if (other === candidate || witnesses.has(other.from)) continue;
      if (other.bare === candidate.bare) {
        score += 0.8 + 0.4 * other.weight;
        witnesses.add(other.from);
      } else if (candidate.bare.length >= 12 && (other.bare.includes(candidate.bare) || (other.bare.length >= 12 && candidate.bare.includes(other.bare)))) {
        score += 0.25 * other.weight;
        witnesses.add(other.from);
      }
    }
    if (witnesses.size === 1 && (candidate.from === 'h1' || candidate.from === 'h2' || candidate.from === 'h3') && title !== null) {
      score *= overlap(candidate.value, `${title} ${og?.value ?? ''} ${item?.title ?? ''}`) >= 0.4 ? 1 : 0.3;
    }
    if (score > bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  return best === null ? null : { value: best.value, from: best.from };
}

function overlap(part: string, whole: string): number {
  const known = new Set(wordsOf(whole));
  const list = wordsOf(part);
  return list.length === 0 ? 0 : list.filter((word) => known.has(word)).length / list.length;
}
