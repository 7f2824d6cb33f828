import { z } from 'zod';

/** Version of the record's shape. A field added is a minor step, a field changed or removed a major one. */
export const RECORD_SCHEMA_VERSION = '1.1';

const time = z.iso.datetime({ offset: true });
const share = z.number().min(0).max(1);

const writtenTime = z.strictObject({
  raw: z.string().describe('As the source wrote it'),
  iso: z.string().nullable().describe('ISO 8601 with zone, or a bare date; null when it cannot be known'),
  flag: z.enum(['future', 'unreadable', 'no-zone']).optional(),
});

const place = z.strictObject({
  name: z.string().min(1).describe('As written'),
  admin: z.string().optional(),
  country: z.string().optional(),
  englishName: z.string().optional(),
  countryCode: z.string().length(2).optional().describe('ISO 3166-1 alpha-2'),
});

const dateline = z.strictObject({
  raw: z.string(),
  places: z.array(place),
  date: z.strictObject({ raw: z.string(), iso: z.string().nullable() }).nullable(),
  agency: z.strictObject({ id: z.string().nullable(), raw: z.string() }).nullable(),
  reporter: z.string().nullable(),
  inherited: z.boolean().describe('Given by an earlier story of the same page'),
  inheritedFrom: z.string().optional().describe('Id of the story that gave it'),
  confidence: share,
});

const block = z.strictObject({
  kind: z.enum(['heading', 'paragraph', 'list-item', 'quote', 'table-row', 'caption', 'embed']),
  text: z.string(),
  level: z.int().min(1).max(6).optional(),
});

const changes = z.strictObject({
  fields: z.array(z.enum(['headline', 'text', 'status'])),
  blocks: z.strictObject({ kept: z.int().min(0), added: z.int().min(0), removed: z.int().min(0) }).optional()
    .describe('Paragraphs of the text; an edited one is one removed and one added. Beyond the 47th they count as one'),
}).describe('What differs from the previous version');

/** One story: the record that goes downstream. */
export const storyRecordSchema = z
  .strictObject({
    schema: z.literal(RECORD_SCHEMA_VERSION),
    id: z.string().regex(/^[0-9a-z]{26}$/).describe('Derived, stable across polls, restarts, machines and edits'),
    version: z.int().min(1),
    previousVersion: z.int().min(1).optional(),
    changes: changes.optional(),
    status: z.enum(['usable', 'corrected', 'withdrawn']),
    withdrawal: z.enum(['http-404', 'http-410', 'error-page', 'said-so', 'left-the-page']).optional()
      .describe('Why it is withdrawn: its page answers so, says so, or goes on without it'),
    source: z.strictObject({ id: z.string(), name: z.string(), feedUrl: z.string() }),
    url: z.string(),
    canonicalUrl: z.string().nullable(),
    itemId: z.string(),
    page: z.strictObject({
      id: z.string(),
      position: z.int().min(1).describe('1 for the first story of the page'),
      count: z.int().min(1),
    }),
    headline: z.string().nullable(),
    kicker: z.string().nullable(),
    summary: z.string().nullable(),
    bylines: z.array(z.string()),
    dateline: dateline.nullable(),
    language: z.strictObject({
      tag: z.string().describe('BCP 47'),
      confidence: share,
      declaredByFeed: z.string().nullable(),
      declaredByPage: z.string().nullable(),
    }),
    direction: z.enum(['ltr', 'rtl']),
    publishedAt: writtenTime.nullable(),
    updatedAt: writtenTime.nullable(),
    fetchedAt: time,
    body: z.strictObject({ text: z.string(), blocks: z.array(block) }),
    media: z.array(z.strictObject({ url: z.string(), caption: z.string().optional(), credit: z.string().optional() })),
    subjects: z.array(z.string()),
    urgency: z.int().min(1).max(9).optional(),
    embargoedUntil: time.optional(),
    rights: z.string().nullable(),
    fingerprint: z.string().describe('Hash of the normalised text: equal texts have equal fingerprints'),
    duplicateOf: z.string().optional().describe('Id of the story that told the same first'),
    cluster: z.string().optional().describe('Id of the first story of those that tell the same'),
    firstPublisher: z.string().optional().describe('Id of the source that told it first'),
    provenance: z.strictObject({
      extractor: z.string().describe('Name and version'),
      headlineFrom: z.string().nullable(),
      extractionConfidence: share,
      cutConfidence: share,
      cutEvidence: z.array(z.strictObject({ kind: z.string(), weight: z.number() })),
      datelineOrder: z.string().nullable(),
    }),
  })
  .meta({ title: 'Dateline story record', description: 'One datelined sub-story of a page' });

export type StoryRecord = z.infer<typeof storyRecordSchema>;
export type RecordChanges = z.infer<typeof changes>;
