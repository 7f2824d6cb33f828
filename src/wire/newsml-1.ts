/** NewsML 1.x (IPTC, 2000–2003). */
import { attributeOf, escapeText, innerHtml, elementLanguage, textOf, type MarkupElement } from '../feed/index.js';
import { nitfBody } from './nitf.js';
import type { WireItem } from './types.js';
import { at, attributeAt, everywhere, lineAt, lineOf, present, silentItem, terms, timeOf } from './wire-item.js';

const MAX_ITEMS = 1000;

const formalName = (element: MarkupElement | undefined): string | null => (element === undefined ? null : attributeOf(element, 'formalname') ?? lineOf(element));

/** The first content that is text: NITF, HTML, or plain. */
function bodyOf(item: MarkupElement): string | null {
  for (const content of everywhere(item, 'datacontent')) {
    const [nitf] = everywhere(content, 'nitf');
    if (nitf !== undefined) return nitfBody(nitf);
    const [html] = everywhere(content, 'body');
    const text = textOf(content).trim();
    if (html !== undefined) return innerHtml(html, undefined).trim();
    if (text !== '') return content.children.every((child) => typeof child === 'string') ? text.split(/\r?\n\s*\r?\n/).map((paragraph) => `<p>${escapeText(paragraph.trim())}</p>`).join('') : innerHtml(content, undefined).trim();
  }
  return null;
}

function readItem(item: MarkupElement): WireItem {
  const [identifier = null] = at(item, 'identification/newsidentifier');
  const [management = null] = at(item, 'newsmanagement');
  const [component = null] = at(item, 'newscomponent');
  const [lines = null] = everywhere(item, 'newslines');
  const subjects = ['subject', 'subjectmatter', 'subjectdetail', 'subjectqualifier'].flatMap((name) => everywhere(item, name)).map((subject) => ({ name: null, code: attributeOf(subject, 'formalname') }));
  const languages = everywhere(item, 'language').map(formalName);
  return {
    ...silentItem('newsml-1.2'),
    uri: lineAt(identifier, 'publicidentifier'), version: lineAt(identifier, 'revisionid'), type: attributeAt(management, 'newsitemtype', 'formalname'), headline: lineAt(lines, 'headline'), subheadline: lineAt(lines, 'subheadline'),
    byline: lineAt(lines, 'byline'), dateline: lineAt(lines, 'dateline'), slugline: lineAt(lines, 'slugline'), bodyHtml: bodyOf(item), language: present(languages)[0] ?? (component === null ? null : elementLanguage(component)),
    located: attributeAt(component, 'descriptivemetadata/location/property', 'value'), subjects: terms(subjects), genres: terms(everywhere(item, 'genre').map((genre) => ({ name: formalName(genre), code: null }))),
    keywords: [...new Set(present(at(lines, 'keywordline').map(lineOf)))], urgency: attributeAt(management, 'urgency', 'formalname'), versionCreated: timeOf(lineAt(management, 'thisrevisioncreated')),
    firstCreated: timeOf(lineAt(management, 'firstcreated')), embargoed: timeOf(lineAt(management, 'statuswillchange/dateandtime')), pubStatus: attributeAt(management, 'status', 'formalname'),
    provider: attributeAt(component, 'administrativemetadata/provider/party', 'formalname'), copyrightHolder: lineAt(component, 'rightsmetadata/copyright/copyrightholder'), copyrightNotice: lineAt(lines, 'copyrightline'),
    usageTerms: lineAt(component, 'rightsmetadata/usagerights/usagetype'), associations: [...new Set(present(everywhere(item, 'newsitemref').map((reference) => attributeOf(reference, 'newsitem'))))],
  };
}

export const readNewsml1 = (document: MarkupElement): WireItem[] => everywhere(document, 'newsitem').slice(0, MAX_ITEMS).map(readItem);
