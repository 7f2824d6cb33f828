import { createHash } from 'node:crypto';
import { RECORD_SCHEMA_VERSION, type StoryRecord } from '../../src/story/index.js';

export type RecordParts = Partial<Omit<StoryRecord, 'source' | 'language' | 'body'>> & {
  readonly name: string;
  readonly source?: string;
  readonly language?: string;
  readonly text?: string;
  /** Agency id of the dateline. */
  readonly agency?: string;
  readonly places?: readonly { readonly name: string; readonly englishName?: string; readonly countryCode?: string }[];
};

export const idOf = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 26);

/** A record as the pipeline makes it, with what a test says of it. */
export function recordOf({ name, source = 'wire-one', language = 'en', text = '', agency, places, ...parts }: RecordParts): StoryRecord {
  const version = parts.version ?? 1;
  return {
    schema: RECORD_SCHEMA_VERSION, id: idOf(name), version, status: 'usable', url: `https://example.org/${encodeURIComponent(name)}`, canonicalUrl: null, itemId: name,
    page: { id: idOf(`page ${name}`), position: 1, count: 1 }, headline: name, kicker: null, summary: null, bylines: [],
    dateline: places === undefined && agency === undefined ? null : {
      raw: `${(places ?? []).map((place) => place.name).join('/')} (${agency ?? ''}) -`, places: (places ?? []).map((place) => ({ ...place })), date: null,
      agency: agency === undefined ? null : { id: agency, raw: agency }, reporter: null, inherited: false, confidence: 0.9,
    },
    direction: /^(?:ar|fa|he|ur)/.test(language) ? 'rtl' : 'ltr', publishedAt: null, updatedAt: null, fetchedAt: '2026-11-23T10:00:00Z',
    media: [], subjects: [], rights: null, fingerprint: idOf(text),
    provenance: { extractor: 'test/1', headlineFrom: 'h1', extractionConfidence: 0.9, cutConfidence: 0.8, cutEvidence: [{ kind: 'dateline', weight: 2 }], datelineOrder: null },
    ...parts,
    source: { id: source, name: `Name of ${source}`, feedUrl: `https://example.org/${source}.rss` },
    language: { tag: language, confidence: 0.99, declaredByFeed: null, declaredByPage: null },
    body: { text, blocks: text === '' ? [] : text.split('\n\n').map((paragraph) => ({ kind: 'paragraph' as const, text: paragraph })) },
  };
}
