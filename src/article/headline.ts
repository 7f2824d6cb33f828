import { isTag, type Element, type ParentNode } from 'domhandler';
import { decodeHTML } from 'entities';
import type { LinkedNode } from './json-ld.js';
import { stringOf } from './json-ld.js';
import { firstMeta, textOf, type MetaTags } from './meta-tags.js';
import type { PageTree } from './tree.js';
import type { ArticleItemHint, Sourced } from './types.js';

/** What stands between a headline and the name of its site, in any script. */
const SEPARATOR = /\s+[|\-–—−‐·•:»«›‹<>~／｜/]+\s+|\s*[|｜│ㅣ]+\s*|(?<=[\p{L}\p{N}\p{P}])[-–—－_](?=[\u3040-\u9fff\uac00-\ud7af])/gu;
const BAR = /[|｜│ㅣ»«]/;

/** Letters and digits only, for comparing two wordings of one headline. */
export const bareLetters = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** Shares of `part`'s words found in `whole`; words are letters runs, or single characters of spaceless scripts. */
export function wordsOf(text: string): string[] {
  const lower = text.toLowerCase();
  const words: string[] = [];
  let start = -1;
  for (let at = 0; at < lower.length; at += 1) {
    const code = lower.charCodeAt(at);
    let role = ROLES[code] ?? 0;
    if (role === 0) {
      role = roleOf(code);
      ROLES[code] = role;
    }
    if (role === ROLE.inWord) {
      if (start === -1) start = at;
      continue;
    }
    if (role === ROLE.surrogate) return lower.match(WORD) ?? [];
    if (start !== -1) words.push(lower.slice(start, at));
    start = -1;
    if (role === ROLE.word) words.push(lower.charAt(at));
  }
  if (start !== -1) words.push(lower.slice(start));
  return words;
}

const WORD = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}])[\p{L}\p{M}\p{N}])+/gu;
const ALONE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u;
const IN_WORD = /[\p{L}\p{M}\p{N}]/u;
/** What a UTF-16 unit is in words; 0 is not asked yet, and asked once. Halves of a pair are left to {@link WORD}. */
const ROLES = new Uint8Array(0x10000);
const ROLE = { between: 1, inWord: 2, word: 3, surrogate: 4 } as const;

function roleOf(code: number): number {
  if (code >= 0xd800 && code <= 0xdfff) return ROLE.surrogate;
  const unit = String.fromCharCode(code);
  return ALONE.test(unit) ? ROLE.word : IN_WORD.test(unit) ? ROLE.inWord : ROLE.between;
}

/**
 * Takes the site's name off a title: what follows (or precedes) a separator and is the site's name or host, what another
 * witness leaves out, or a few words behind a bar.
 *
 * @param others letters of the other wordings of the headline, see {@link bareLetters}
 */
export function withoutSite(title: string, names: readonly string[], others: ReadonlySet<string>): string {
  let rest = title;
  for (let round = 0; round < 3; round += 1) {
    const cuts = [...rest.matchAll(SEPARATOR)].slice(0, 12);
    const last = cuts.at(-1);
    const first = cuts[0];
    if (last === undefined || first === undefined) return rest;
    for (const cut of cuts) {
      if (cut[0].trim() === ':') continue;
      const before = rest.slice(0, cut.index);
      const after = rest.slice(cut.index + cut[0].length);
      if (isConfirmed(before, others)) return before.trim();
      if (isConfirmed(after, others)) return after.trim();
    }
    const head = rest.slice(0, first.index);
    const tail = rest.slice(last.index + last[0].length);
    const body = rest.slice(0, last.index);
    if (isSiteName(bareLetters(tail), names)) rest = body.trim();
    else if (isSiteName(bareLetters(head), names)) rest = rest.slice(first.index + first[0].length).trim();
    else if (BAR.test(last[0]) && tail.split(' ').length <= 4 && tail.length * 2 <= body.length) rest = body.trim();
    else return rest;
  }
  return rest;
}

function isConfirmed(part: string, others: ReadonlySet<string>): boolean {
  const bare = bareLetters(part);
  return bare.length >= 8 && others.has(bare);
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

type Witness = 'h1' | 'one-of-h1' | 'h1-of-trail' | 'json-ld' | 'microdata' | 'og:title' | 'twitter:title' | 'item' | 'meta' | 'title' | 'title-part' | 'heading';

/**
 * How much each witness counts. Tuned on pages with known headlines: an `h1` alone is often a kicker or a site's name, a
 * title for search engines often another wording; two that agree are hardly ever wrong.
 */
const WEIGHT: Readonly<Record<Witness, number>> = {
  'h1': 1, 'one-of-h1': 1, 'h1-of-trail': 0.3, 'json-ld': 1.2, 'microdata': 0.8, 'og:title': 1, 'twitter:title': 0.4, 'item': 1, 'meta': 0.3, 'title': 0.6,
  'title-part': 0.1, 'heading': 0.05,
};
/** What a witness adds to a wording that is part of its own. */
const PART = 0.2;

interface Candidate {
  readonly value: string;
  readonly witness: Witness;
  readonly bare: string;
}

/**
 * Chooses the headline: each source is a witness, agreeing witnesses add up, and the wording of the strongest sum wins.
 */
export function readHeadline(evidence: HeadlineEvidence): Sourced<string> | null {
  const candidates = candidatesOf(evidence);
  let best: Candidate | null = null;
  let bestScore = 0;
  for (const candidate of candidates) {
    let score = 0.01 * WEIGHT[candidate.witness];
    const heard = new Set<Witness>();
    for (const other of candidates) {
      if (heard.has(other.witness)) continue;
      if (other.bare === candidate.bare) score += WEIGHT[other.witness];
      else if (candidate.bare.length >= 12 && other.bare.includes(candidate.bare)) score += PART * WEIGHT[other.witness];
      else continue;
      heard.add(other.witness);
    }
    if (score > bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  if (best === null) return null;
  // Some publishing systems escape text for HTML before they write it into JSON. Only the winner is decoded: the weights were tuned on texts as written.
  const value = best.witness === 'json-ld' ? decodeHTML(best.value.slice(0, 2_000)) : best.value;
  return { value, from: best.witness.startsWith('h1') || best.witness === 'one-of-h1' ? 'h1' : best.witness };
}

/** Their wordings confirm no other. */
const UNSURE: ReadonlySet<Witness | undefined> = new Set<Witness>(['heading', 'h1-of-trail', 'title-part']);

/** A heading that is one step of a breadcrumb trail names the page in short, not the story. */
function isInTrail(element: Element): boolean {
  let at: ParentNode | null = element.parent;
  for (let step = 0; step < 3 && at !== null && isTag(at); step += 1) {
    if (at.name === 'li' || at.name === 'nav') return true;
    at = at.parent;
  }
  return false;
}

function candidatesOf({ tree, meta, node, siteName, host, item }: HeadlineEvidence): Candidate[] {
  const written: { value: string; witness: Witness }[] = [];
  const add = (value: string | null | undefined, witness: Witness): void => {
    if (value !== null && value !== undefined && value.trim() !== '' && written.length < 40) written.push({ value: value.trim(), witness });
  };
  const h1 = tree.heads.headings.filter(({ name }) => name === 'h1').slice(0, 6);
  for (const element of h1) add(textOf(element, 600), isInTrail(element) ? 'h1-of-trail' : h1.length === 1 ? 'h1' : 'one-of-h1');
  for (const element of tree.heads.marked) if (element.attribs['itemprop'] === 'headline') add(textOf(element, 600), 'microdata');
  if (node !== null) add(stringOf(node, 'headline') ?? stringOf(node, 'name'), 'json-ld');
  add(firstMeta(meta, 'og:title')?.value, 'og:title');
  add(firstMeta(meta, 'twitter:title')?.value, 'twitter:title');
  add(item?.title, 'item');
  add(firstMeta(meta, 'headline', 'dc.title', 'dcterms.title', 'parsely-title', 'sailthru.title', 'hdl', 'article:title')?.value, 'meta');
  const title = tree.heads.title === null ? null : textOf(tree.heads.title, 1_000);
  add(title, 'title');
  if (written.length <= 2 && title !== null) for (const part of title.split(SEPARATOR).slice(0, 6)) add(part, 'title-part');
  for (const element of tree.heads.headings.filter(({ name }) => name !== 'h1').slice(0, 8)) add(textOf(element, 600), 'heading');
  const names = [siteName, host].filter((name): name is string => name !== null).map(bareLetters).filter((name) => name.length > 1);
  const bares = written.map(({ value }) => bareLetters(value));
  const candidates = written.flatMap(({ value, witness }, at) => {
    const others = new Set(bares.filter((bare, other) => other !== at && !names.includes(bare) && !UNSURE.has(written[other]?.witness)));
    const clean = witness === 'heading' ? value : withoutSite(value, names, others);
    const bare = bareLetters(clean);
    return bare.length < 2 ? [] : [{ value: clean, witness, bare }];
  });
  // A site's name in its own h1, as blogs and small papers have it, is part of every title, and the headline of none.
  const other = candidates.filter(({ bare, witness }) => !names.includes(bare) && !UNSURE.has(witness));
  return other.length === 0 ? candidates : candidates.filter(({ bare }) => !names.includes(bare));
}
