import { z } from 'zod';
import type { SinkStory } from './contract.js';

const told = z.object({
  id: z.string(), version: z.int(), status: z.string(), source: z.object({ id: z.string() }), language: z.object({ tag: z.string() }), url: z.string(),
  headline: z.string().nullable(), body: z.object({ text: z.string() }), fetchedAt: z.string(),
  publishedAt: z.object({ iso: z.string().nullable() }).nullable(),
  dateline: z.object({ places: z.array(z.object({ countryCode: z.string().optional() })) }).nullable(),
});

/** Columns in the order of {@link rowOf}. */
export const COLUMNS = ['id', 'version', 'status', 'source', 'language', 'url', 'headline', 'body', 'countries', 'published_at', 'fetched_at', 'document'] as const;

/** A time that PostgreSQL understands with certainty: whole, with a zone. */
const instant = (iso: string | null | undefined): string | null =>
  iso != null && /T.*(?:Z|[+-]\d\d:?\d\d)$/.test(iso) && !Number.isNaN(Date.parse(iso)) ? new Date(iso).toISOString() : null;

/** NUL and halves of surrogate pairs are no characters to PostgreSQL, neither in text nor in jsonb. */
const stored = (text: string): string => text.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '\uFFFD');

const storedDocument = (json: string): string =>
  /\\u(?:0000|[dD][89a-fA-F])/.test(json) ? JSON.stringify(JSON.parse(json, (_, value: unknown) => (typeof value === 'string' ? stored(value) : value))) : json;

/** A story as values of one row. */
export function rowOf({ record, json }: SinkStory): unknown[] {
  const story = told.parse(JSON.parse(record));
  const countries = [...new Set((story.dateline?.places ?? []).flatMap(({ countryCode }) => countryCode ?? []))];
  return [
    story.id, story.version, story.status, story.source.id, story.language.tag, stored(story.url), story.headline === null ? null : stored(story.headline),
    stored(story.body.text), countries, instant(story.publishedAt?.iso), story.fetchedAt, storedDocument(json),
  ];
}
