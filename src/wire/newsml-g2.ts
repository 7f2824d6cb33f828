/** NewsML-G2 (IPTC NAR, 2.x): single items, and messages and packages of many. */
import { attributeOf, elementsOf, escapeText, innerHtml, elementLanguage, textOf, type MarkupElement } from '../feed/index.js';
import { nitfBody, nitfHead } from './nitf.js';
import type { WireItem, WireTerm } from './types.js';
import { at, attributeAt, everywhere, lineAt, lineOf, localName, present, silentItem, terms, timeOf } from './wire-item.js';

const MAX_ITEMS = 1000;
const ITEM_NAMES = new Set(['newsitem', 'packageitem', 'conceptitem', 'knowledgeitem', 'planningitem', 'catalogitem']);

const codeOf = (element: MarkupElement): string | null => attributeOf(element, 'literal') ?? attributeOf(element, 'qcode') ?? attributeOf(element, 'uri');

/** A flexible property: a name in words and a code. */
const termOf = (element: MarkupElement): WireTerm => ({ name: lineAt(element, 'name') ?? lineOf(element), code: codeOf(element) });

/** The words of a property, or its code where it has none. */
function wordsAt(element: MarkupElement | null, path: string): string | null {
  const [property] = at(element, path);
  return property === undefined ? null : lineAt(property, 'name') ?? codeOf(property) ?? lineOf(property);
}

function headlines(contentMeta: MarkupElement | null): Pick<WireItem, 'headline' | 'subheadline'> {
  const found = at(contentMeta, 'headline').map((element) => ({ role: attributeOf(element, 'role')?.toLowerCase() ?? '', line: lineOf(element) }));
  const isSub = ({ role }: { role: string }): boolean => /sub|deck|kicker|strap/.test(role);
  const main = found.find(({ role }) => role.endsWith('main')) ?? found.find(({ role }) => role === '') ?? found.find((each) => !isSub(each));
  return { headline: main?.line ?? null, subheadline: found.find(isSub)?.line ?? null };
}

/** The first part of the content that is text. */
function inlineBody(item: MarkupElement): { readonly html: string | null; readonly nitf: MarkupElement | null } {
  for (const inline of at(item, 'contentset/inlinexml')) {
    const [nitf] = everywhere(inline, 'nitf');
    if (nitf !== undefined) return { html: nitfBody(nitf), nitf };
    const [body] = everywhere(inline, 'body');
    const html = innerHtml(body ?? inline, undefined).trim();
    if (html !== '') return { html, nitf: null };
  }
  const [data] = at(item, 'contentset/inlinedata');
  const text = data === undefined ? '' : textOf(data).trim();
  if (text === '' || data === undefined) return { html: null, nitf: null };
  return { html: /html/.test(attributeOf(data, 'contenttype') ?? '') ? text : text.split(/\r?\n\s*\r?\n/).map((paragraph) => `<p>${escapeText(paragraph.trim())}</p>`).join(''), nitf: null };
}

function readItem(item: MarkupElement): WireItem {
  const [itemMeta = null] = at(item, 'itemmeta');
  const [contentMeta = null] = at(item, 'contentmeta');
  const [rights = null] = at(item, 'rightsinfo');
  const { html, nitf } = inlineBody(item);
  const inBody = nitf === null ? null : nitfHead(nitf);
  const named = headlines(contentMeta);
  const references = [...at(item, 'contentset/remotecontent'), ...everywhere(item, 'link'), ...everywhere(item, 'itemref')];
  return {
    ...silentItem('newsml-g2'),
    uri: attributeOf(item, 'guid'), version: attributeOf(item, 'version'), type: attributeAt(itemMeta, 'itemclass', 'qcode') ?? attributeAt(itemMeta, 'itemclass', 'uri'), title: lineAt(itemMeta, 'title'),
    headline: named.headline ?? inBody?.headline ?? null, subheadline: named.subheadline ?? inBody?.subheadline ?? null, byline: lineAt(contentMeta, 'by') ?? inBody?.byline ?? null,
    dateline: lineAt(contentMeta, 'dateline') ?? inBody?.dateline ?? null, located: wordsAt(contentMeta, 'located') ?? inBody?.located ?? null, slugline: lineAt(contentMeta, 'slugline'),
    summary: lineAt(contentMeta, 'description') ?? inBody?.summary ?? null, bodyHtml: html, language: attributeAt(contentMeta, 'language', 'tag') ?? elementLanguage(item),
    subjects: terms(at(contentMeta, 'subject').map(termOf)), genres: terms(at(contentMeta, 'genre').map(termOf)), keywords: present(at(contentMeta, 'keyword').map(lineOf)),
    urgency: lineAt(contentMeta, 'urgency'), wordCount: null, versionCreated: timeOf(lineAt(itemMeta, 'versioncreated')), firstCreated: timeOf(lineAt(itemMeta, 'firstcreated')),
    contentCreated: timeOf(lineAt(contentMeta, 'contentcreated')), embargoed: timeOf(lineAt(itemMeta, 'embargoed')), pubStatus: attributeAt(itemMeta, 'pubstatus', 'qcode') ?? attributeAt(itemMeta, 'pubstatus', 'uri'),
    signals: present(at(itemMeta, 'signal').map(codeOf)),
    provider: wordsAt(itemMeta, 'provider'), copyrightHolder: wordsAt(rights, 'copyrightholder'), copyrightNotice: lineAt(rights, 'copyrightnotice'), usageTerms: lineAt(rights, 'usageterms'), edNote: lineAt(itemMeta, 'ednote'),
    associations: [...new Set(present(references.map((reference) => attributeOf(reference, 'residref') ?? attributeOf(reference, 'href'))))],
  };
}

/** The items of a document: the root itself, or those of a message, in order. */
export function readNewsmlG2(document: MarkupElement): WireItem[] {
  const [root] = elementsOf(document).filter((element) => ITEM_NAMES.has(localName(element)) || localName(element) === 'newsmessage');
  if (root === undefined) return [];
  const items = ITEM_NAMES.has(localName(root)) ? [root] : at(root, 'itemset').flatMap(elementsOf).filter((element) => ITEM_NAMES.has(localName(element)));
  return items.slice(0, MAX_ITEMS).map(readItem);
}
