/** NITF (News Industry Text Format, IPTC, 3.x): an item of its own, and the body of others. */
import { attributeOf, elementsOf, innerHtml, elementLanguage, type MarkupElement } from '../feed/index.js';
import type { WireItem } from './types.js';
import { at, attributeAt, everywhere, lineAt, lineOf, localName, present, silentItem, terms, timeOf } from './wire-item.js';

/** Children of `body.content` that are pictures and the like, not text. */
const isMedia = (child: MarkupElement | string): boolean => typeof child !== 'string' && localName(child) === 'media';

/** The text of a `nitf` element as HTML; null where it has none. */
export function nitfBody(nitf: MarkupElement): string | null {
  const [content] = at(nitf, 'body/body.content');
  if (content === undefined) return null;
  const html = innerHtml({ ...content, children: content.children.filter((child) => !isMedia(child)) }, undefined).trim();
  return html === '' ? null : html;
}

/** What the head of the body says, which NewsML-G2 leaves to it. */
export function nitfHead(nitf: MarkupElement): Pick<WireItem, 'headline' | 'subheadline' | 'byline' | 'dateline' | 'located' | 'summary'> {
  const [head = null] = at(nitf, 'body/body.head');
  return {
    headline: lineAt(head, 'hedline/hl1'), subheadline: lineAt(head, 'hedline/hl2'), byline: lineAt(head, 'byline'), dateline: lineAt(head, 'dateline'),
    located: lineAt(head, 'dateline/location/city') ?? lineAt(head, 'dateline/location'), summary: lineAt(head, 'abstract'),
  };
}

export function readNitf(nitf: MarkupElement): WireItem {
  const [head = null] = at(nitf, 'head');
  const [docdata = null] = at(head, 'docdata');
  const subjects = at(head, 'tobject/tobject.subject').map((subject) => {
    const named = ['tobject.subject.detail', 'tobject.subject.matter', 'tobject.subject.type'].map((name) => attributeOf(subject, name)).find((name) => name !== null);
    return { name: named ?? null, code: attributeOf(subject, 'tobject.subject.refnum') };
  });
  const genres = at(head, 'tobject/tobject.property').map((property) => ({ name: attributeOf(property, 'tobject.property.type'), code: null }));
  return {
    ...silentItem('nitf'), ...nitfHead(nitf),
    uri: attributeAt(docdata, 'doc-id', 'id-string'), version: attributeAt(docdata, 'du-key', 'version'), type: attributeAt(head, 'tobject', 'tobject.type'), title: lineAt(head, 'title'),
    slugline: attributeAt(docdata, 'du-key', 'key'), bodyHtml: nitfBody(nitf), language: elementLanguage(nitf) ?? attributeOf(nitf, 'lang'), subjects: terms(subjects), genres: terms(genres),
    keywords: present(at(docdata, 'key-list/keyword').map((keyword) => attributeOf(keyword, 'key'))), urgency: attributeAt(docdata, 'urgency', 'ed-urg'),
    versionCreated: timeOf(attributeAt(docdata, 'date.issue', 'norm')), embargoed: timeOf(attributeAt(docdata, 'date.release', 'norm')),
    pubStatus: docdata === null ? null : attributeOf(docdata, 'management-status'), provider: lineAt(nitf, 'body/body.head/distributor'),
    signals: at(docdata, 'correction').length > 0 ? ['correction'] : [],
    copyrightHolder: attributeAt(docdata, 'doc.copyright', 'holder'), usageTerms: lineAt(nitf, 'body/body.head/rights'), edNote: attributeAt(docdata, 'ed-msg', 'info') ?? lineOf(at(docdata, 'ed-msg')[0]),
    associations: present(everywhere(nitf, 'media-reference').map((reference) => attributeOf(reference, 'source') ?? attributeOf(reference, 'data-location'))),
  };
}

/** `nitf` elements of a document, at any depth. */
export const nitfElements = (document: MarkupElement): MarkupElement[] => [...elementsOf(document).filter((element) => localName(element) === 'nitf'), ...elementsOf(document).flatMap((element) => everywhere(element, 'nitf'))];
