import { isTag } from 'domhandler';
import { isAgency } from './agency-names.js';
import { HINT } from './class-words.js';
import { MARK } from './frame.js';
import { furnitureWordsIn } from './furniture-words.js';
import { bareLetters } from './headline.js';
import { firstString, isNode, listOf, typesOf, type LinkedNode } from './json-ld.js';
import { textOf, type MetaTags } from './meta-tags.js';
import { isCaptionBlock } from './open-page.js';
import { bareName, beginsAsByline, isPersonName, namesIn } from './person-names.js';
import type { RawBlock } from './raw-blocks.js';
import type { PageTree } from './tree.js';
import type { Sourced } from './types.js';

const META_NAMES = ['author', 'article:author', 'article:author_name', 'parsely-author', 'byl', 'dc.creator', 'dcterms.creator', 'sailthru.author',
  'citation_author', 'article.author', 'creator', 'cxenseparse:author', 'og:article:author', 'dcsext.author', 'authors'];
/** An account, and nobody's name at all; an office is no person's. */
const ACCOUNT = /^admin(?:istrator)?$/i;
const NOBODY = /^(?:admin|administrator|redaktion|redacción|editor|staff|news desk|web desk|newsroom)$/i;
/** "Jane Doe in Haifa", "Jane Doe for the Daily Post": where and for whom, behind a name of two words or more. */
const STATION = /^(\S+(?:\s\S+){1,4}?)\s(?:in|for|from|at|aus|für|à|pour|desde|para)\s.*$/u;
/** How far from the headline a byline is looked for, in blocks. */
const REACH = { before: 4, after: 18 };

export interface BylineEvidence {
  readonly tree: PageTree;
  readonly meta: MetaTags;
  readonly node: LinkedNode | null;
  readonly nodes: readonly LinkedNode[];
  readonly blocks: readonly RawBlock[];
  readonly headlineAt: number;
  /** First and last kept block. */
  readonly storyFrom: number;
  readonly storyTo: number;
  readonly siteName: string | null;
  readonly host: string | null;
}

/**
 * Names of those who wrote it, without "By", role and date. Persons win over organisations, whatever names them; where
 * only an organisation is named it is given, and `from` says so.
 */
export function readBylines(evidence: BylineEvidence): readonly Sourced<string>[] {
  const own = new Set([evidence.siteName, evidence.host].filter((name): name is string => name !== null).map(bareLetters));
  const foreign = (name: string): boolean => ![...own].some((one) => one.length > 2 && bareLetters(name).startsWith(one)) && !NOBODY.test(name) && !isAgency(name);
  const linked = authorsOf(evidence).filter(({ name }) => !ACCOUNT.test(name));
  const persons = linked.filter(({ organisation, name }) => !organisation && foreign(name)).map(({ name }) => name);
  if (persons.length > 0) return sourced(persons, 'json-ld');
  for (const name of META_NAMES) {
    const names = (evidence.meta.get(name) ?? []).filter((value) => !/^https?:/i.test(value)).flatMap(namesIn).filter((one) => isPersonName(one) && foreign(one));
    if (names.length > 0) return sourced(names, name);
  }
  const marked = markedNames(evidence).filter(foreign);
  if (marked.length > 0) return sourced(marked, 'microdata');
  const visible = visibleNames(evidence).filter(foreign);
  if (visible.length > 0) return sourced(visible, 'text');
  const organisations = linked.map(({ name }) => name);
  if (organisations.length > 0) return sourced(organisations, 'json-ld:organization');
  const written = META_NAMES.flatMap((name) => evidence.meta.get(name) ?? []).find((value) => !/https?:|@|^\d/i.test(value) && value.length <= 60);
  return written === undefined ? [] : sourced([bareName(written)], 'meta:organization');
}

function sourced(names: readonly string[], from: string): Sourced<string>[] {
  const unique = new Map(names.filter((name) => name !== '').map((name) => [bareLetters(name), name]));
  return [...unique.values()].slice(0, 24).map((value) => ({ value, from }));
}

function authorsOf({ node, nodes }: BylineEvidence): { readonly name: string; readonly organisation: boolean }[] {
  if (node === null) return [];
  const found: { name: string; organisation: boolean }[] = [];
  const authors = listOf(node, 'author');
  for (const author of authors.length > 0 ? authors : listOf(node, 'creator')) {
    let person: unknown = author;
    if (isNode(person) && person['name'] === undefined && typeof person['@id'] === 'string') {
      const id = person['@id'];
      person = nodes.find((other) => other['@id'] === id && other['name'] !== undefined) ?? person;
    }
    const organisation = isNode(person) && typesOf(person).some((type) => /organization/i.test(type));
    const names = typeof person === 'string' ? [person] : isNode(person) ? listOf(person, 'name') : [];
    for (const written of names) {
      const text = firstString(written);
      if (text === null || /^https?:/i.test(text)) continue;
      if (organisation) found.push({ name: bareName(text), organisation });
      else for (const name of namesIn(text)) found.push({ name, organisation: false });
    }
  }
  return found.filter(({ name }) => name !== '' && name.length <= 60 && !/@|https?:/.test(name));
}

function markedNames({ tree }: BylineEvidence): string[] {
  const names: string[] = [];
  for (const element of tree.heads.marked.slice(0, 400)) {
    const property = `${element.attribs['itemprop'] ?? ''} ${element.attribs['rel'] ?? ''} ${element.attribs['property'] ?? ''}`;
    if (!/\bauthor\b/i.test(property)) continue;
    names.push(...namesIn(textOf(element, 200)).filter(isPersonName));
    if (names.length > 0) break;
  }
  return names;
}

function visibleNames({ blocks, headlineAt, storyFrom, storyTo }: BylineEvidence): string[] {
  const start = headlineAt === -1 ? storyFrom : headlineAt;
  const near: number[] = [];
  for (let at = Math.max(0, start - REACH.before); at <= Math.min(blocks.length - 1, start + REACH.after); at += 1) near.push(at);
  for (let at = Math.max(0, storyTo - 2); at <= Math.min(blocks.length - 1, storyTo + 5); at += 1) near.push(at);
  const candidates = near.flatMap((at) => blocks[at] ?? []).filter((block) => block.order !== headlineAt && block.measure.units <= 28 && !isCaptionBlock(block));
  for (const block of candidates) {
    if ((block.frame.nearHints & HINT.byline) === 0) continue;
    const linked = linkedNames(block);
    const names = linked.length > 1 ? linked : segmentNames(block.text, false);
    if (names.length > 0) return names;
  }
  for (const block of candidates) {
    const names = segmentNames(block.text, true);
    if (names.length > 0) return names;
  }
  const reporters = reporterNames(blocks, storyFrom, storyTo);
  if (reporters.length > 0) return reporters;
  for (const block of candidates) {
    const dated = (block.frame.nearHints & HINT.date) !== 0 && block.measure.digits > 3;
    const alone = block.boldShare > 0.9 && (Math.abs(block.order - storyFrom) <= 1 || (block.order >= storyTo && block.order <= storyTo + 1)) && block.measure.units <= 8
      && block.linkShare < 0.5 && (block.frame.ownMarks & (MARK.heading | MARK.item | MARK.cell)) === 0;
    if (!dated && !alone) continue;
    const names = segmentNames(block.text, false).filter((name) => furnitureWordsIn(name).begins === 0 && !mayBeHeadline(name));
    if (names.length > 0) return names;
  }
  return [];
}

/** Where letters have no case, only the count of words tells a name that no word announces from a short headline. */
const mayBeHeadline = (name: string): boolean => !/\p{Lu}/u.test(name) && name.split(/\s+/).length > 3;

/** Names in a line such as "5 March 2024 | By Jane Doe | 3 min"; with `lead`, only in the part that begins with a word for it. */
function segmentNames(text: string, lead: boolean): string[] {
  // "(Reporting by Jane Doe; Editing by John Roe)": a sign-off names several offices.
  const bare = lead ? text.replace(/^[(（[【]\s*|\s*[)）\]】]\.?$/gu, '') : text;
  for (const segment of bare.split(lead ? /\s*[|•·▪●;；]\s*/u : /\s*[|•·▪●]\s*/u)) {
    if (lead && !beginsAsByline(segment)) continue;
    const names = namesIn(withoutDate(segment)).map((name) => name.replace(STATION, '$1')).filter(isPersonName);
    if (names.length > 0) return names;
  }
  return [];
}

/** Names that stand in one line without a comma, each a link of its own. */
function linkedNames({ frame }: RawBlock): string[] {
  const names: string[] = [];
  for (const child of frame.element?.children.slice(0, 40) ?? []) {
    if (!isTag(child)) continue;
    const name = bareName(textOf(child, 120));
    if (isPersonName(name)) names.push(name);
  }
  return names;
}

/** Chinese reporters are named in brackets in the text: （记者 王建宏）. */
function reporterNames(blocks: readonly RawBlock[], from: number, to: number): string[] {
  for (let at = Math.max(0, from - 3); at <= Math.min(blocks.length - 1, to + 3); at += 1) {
    const text = blocks[at]?.text ?? '';
    const found = /(?:本报记者|本報記者|记者|記者|作者|文[/／]|编译[:：])\s{0,2}[:：]?\s{0,2}(?!采访|採訪|编辑|編輯|报道|報道|获悉|了解|发现|看到|注意|日前|今天|昨日|从|在)([\p{sc=Han}]{2,4}(?:[\s、，,][\p{sc=Han}]{2,4}){0,4})(?=[\s)）】\]。，,]|$)/u.exec(text.length > 400 ? `${text.slice(0, 200)} ${text.slice(-200)}` : text);
    const names = found?.[1]?.split(/[\s、，,]/u).filter((name) => /^[\p{sc=Han}]{2,4}$/u.test(name)) ?? [];
    if (names.length > 0) return names;
  }
  return [];
}

function withoutDate(text: string): string {
  return text.replace(/\s*(?:[|•·–—-]|\bon\b|\bam\b|\ble\b|\bvom\b)?\s*(?:\p{L}{3,12}\.?,?\s)?\d{1,4}[\s,./:年-].*$/u, '')
    .replace(/\s(?:published|updated|posted|aktualisiert|veröffentlicht)\b.*$/iu, '');
}
