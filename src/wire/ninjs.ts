/** ninjs (IPTC), 1.x in lower case, 2.x and 3.x in camel case: one object an item. */
import { z } from 'zod';
import { escapeText, oneLine } from '../feed/index.js';
import type { WireItem, WireTerm } from './types.js';
import { present, silentItem, terms, timeOf } from './wire-item.js';

/** Text, or a number in its place; anything else is absent. */
const text = z.union([z.string(), z.number().transform(String)]).transform((value) => (value.trim() === '' ? null : value)).nullable().catch(null).default(null);
const term = z.object({ name: text, uri: text, code: text, literal: text }).nullable().catch(null);
const termList = z.array(term).catch([]).default([]);
const part = z.object({ role: text, contentType: text, contenttype: text, value: text }).nullable().catch(null);
const parts = z.array(part).catch([]).default([]);
const reference = z.object({ uri: text }).nullable().catch(null);
/** 1.x: an object by name; later a list. */
const references = z.union([z.array(reference), z.record(z.string(), reference).transform((byName) => Object.values(byName))]).catch([]).default([]);

const shape = z.object({
  uri: text, version: text, type: text, title: text, headline: text, headlines: parts, by: text, byline: text, dateline: text, located: text, slugline: text, language: text,
  body_html: text, body_xhtml: text, body_text: text, bodies: parts, description_text: text, descriptions: parts, subject: termList, subjects: termList, genre: termList, genres: termList, place: termList, places: termList,
  keywords: z.array(text).catch([]).default([]), urgency: text, versioncreated: text, versionCreated: text, firstcreated: text, firstCreated: text, contentcreated: text, contentCreated: text, embargoed: text, embargoedUntil: text,
  pubstatus: text, pubStatus: text, copyrightholder: text, copyrightHolder: text, copyrightnotice: text, copyrightNotice: text, usageterms: text, usageTerms: text, ednote: text, edNote: text,
  infosource: termList, infoSources: termList, associations: references, wordCount: text, wordcount: text,
});
type Part = z.infer<typeof part>;

const line = (value: string | null): string | null => (value === null ? null : oneLine(value) || null);
const termsOf = (...lists: readonly (readonly z.infer<typeof term>[])[]): WireTerm[] =>
  terms(lists.flat().flatMap((each) => (each === null ? [] : [{ name: line(each.name) ?? line(each.literal), code: each.uri ?? each.code }])));

const isSub = (each: Part): boolean => /sub/i.test(each?.role ?? '');
const mainOf = (list: readonly Part[]): Part => list.find((each) => /^main$/i.test(each?.role ?? '')) ?? list.find((each) => each !== null && each.role === null) ?? list.find((each) => each !== null && !isSub(each)) ?? null;
const typeOf = (each: Part): string => each?.contentType ?? each?.contenttype ?? '';

function paragraphs(plain: string): string {
  return plain.split(/\r?\n\s*\r?\n/).map((paragraph) => `<p>${escapeText(paragraph.trim())}</p>`).join('');
}

function bodyOf(bodies: readonly Part[]): string | null {
  const html = bodies.filter((each) => /html/.test(typeOf(each)));
  const marked = mainOf(html)?.value ?? null;
  if (marked !== null) return marked;
  const main = mainOf(bodies);
  if (main === null || main.value === null) return null;
  return typeOf(main) === 'text/plain' ? paragraphs(main.value) : main.value;
}

/** Reads one item; null where the value is no object with a `uri` or a text. */
export function readNinjs(json: unknown): WireItem | null {
  const read = shape.safeParse(json);
  if (!read.success) return null;
  const item = read.data;
  const headline = line(item.headline) ?? line(mainOf(item.headlines)?.value ?? null);
  const bodyHtml = bodyOf(item.bodies) ?? item.body_html ?? item.body_xhtml ?? (item.body_text === null ? null : paragraphs(item.body_text));
  if (item.uri === null && headline === null && bodyHtml === null) return null;
  return {
    ...silentItem('ninjs'),
    uri: item.uri, version: item.version, type: item.type, title: line(item.title), headline, subheadline: line(item.headlines.find(isSub)?.value ?? null), byline: line(item.by ?? item.byline), dateline: line(item.dateline),
    located: line(item.located), slugline: line(item.slugline), summary: line(item.description_text ?? mainOf(item.descriptions)?.value ?? null), bodyHtml, language: item.language,
    subjects: termsOf(item.subject, item.subjects), genres: termsOf(item.genre, item.genres), places: termsOf(item.place, item.places), keywords: present(item.keywords), urgency: item.urgency, wordCount: item.wordCount ?? item.wordcount,
    versionCreated: timeOf(item.versionCreated ?? item.versioncreated), firstCreated: timeOf(item.firstCreated ?? item.firstcreated), contentCreated: timeOf(item.contentCreated ?? item.contentcreated),
    embargoed: timeOf(item.embargoedUntil ?? item.embargoed), pubStatus: item.pubStatus ?? item.pubstatus, provider: termsOf(item.infosource, item.infoSources)[0]?.name ?? null,
    copyrightHolder: line(item.copyrightHolder ?? item.copyrightholder), copyrightNotice: line(item.copyrightNotice ?? item.copyrightnotice), usageTerms: line(item.usageTerms ?? item.usageterms), edNote: line(item.edNote ?? item.ednote),
    associations: present(item.associations.map((each) => each?.uri ?? null)),
  };
}
