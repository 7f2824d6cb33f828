import { z } from 'zod';

/**
 * What the store reads of a record. Its own schema, not the record's: a file may hold records of an older or newer Dateline, and
 * the thread that writes need not load the tables of the stage that makes them.
 */
export const storedFields = z.object({
  id: z.string(),
  version: z.int(),
  status: z.string(),
  source: z.object({ id: z.string(), name: z.string() }),
  url: z.string(),
  headline: z.string().nullable(),
  kicker: z.string().nullable(),
  summary: z.string().nullable(),
  bylines: z.array(z.string()),
  dateline: z.object({
    raw: z.string(),
    places: z.array(z.object({ name: z.string(), admin: z.string().optional(), englishName: z.string().optional(), countryCode: z.string().optional() })),
    agency: z.object({ id: z.string().nullable() }).nullable(),
  }).nullable(),
  language: z.object({ tag: z.string() }),
  direction: z.enum(['ltr', 'rtl']),
  publishedAt: z.object({ iso: z.string().nullable(), flag: z.string().optional() }).nullable(),
  body: z.object({ text: z.string() }),
  embargoedUntil: z.string().optional(),
  duplicateOf: z.string().optional(),
  cluster: z.string().optional(),
});

export type StoredFields = z.infer<typeof storedFields>;
