import { z } from 'zod';
import { duration, size } from './quantities.js';

const count = (min: number, max: number) => z.int().min(min).max(max);
const list = (member: z.ZodType<string>) => z.array(member).min(1).max(1_000);
const word = z.string().trim().min(1).max(200);

/** Which stories: a story fits when it fits every key that is given, by any of the values of that key. */
const storyFilter = z.strictObject({
  sources: list(word).optional().describe('Ids of sources'),
  languages: list(z.string().regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, { error: 'expected a BCP 47 tag such as en or zh-Hant' })).optional()
    .describe('BCP 47 tags; zh takes zh-Hant too'),
  countries: list(z.string().regex(/^[A-Za-z]{2}$/, { error: 'expected two letters such as FR' })).optional()
    .describe('Countries of the dateline, ISO 3166-1 alpha-2'),
  places: list(word).optional().describe('Places of the dateline, as written or in English; capitals and accents do not matter'),
  agencies: list(word).optional().describe('Ids of agencies, as config/dateline has them'),
  statuses: list(z.enum(['usable', 'corrected', 'withdrawn'])).optional().describe('Standing of the story; leave it out unless you mean to miss withdrawals'),
});
export type StoryFilter = z.output<typeof storyFilter>;

/** A secret as itself, or better where it is: `{ env: NAME }` or `{ file: /path }`. */
const secret = z.union([
  z.string().min(1).max(10_000),
  z.strictObject({ env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'expected the name of a variable' }) }),
  z.strictObject({ file: z.string().min(1) }),
], { error: 'expected a text, { env: NAME } or { file: /path }' });
export type Secret = z.output<typeof secret>;

/** What every sink has, whatever its kind. */
const everySink = {
  format: z.enum(['dateline', 'ninjs']).prefault('dateline').describe('Form of the records: Dateline\'s own or IPTC ninjs 3.1'),
  only: storyFilter.nullable().prefault(null).describe('Only stories that fit, by sources, languages, countries, places, agencies, statuses; null takes all'),
  except: storyFilter.nullable().prefault(null).describe('Not the stories that fit this, in the same form; null leaves none out'),
  concurrency: count(1, 100).nullable().prefault(null).describe('Deliveries under way at the same time in one process; null takes deliver.concurrency'),
  batch: count(1, 1_000).nullable().prefault(null).describe('Most stories handed over at once; null takes deliver.batch'),
  timeout: duration({ min: '100ms', max: '10m' }).prefault('30s').describe('Longest wait for one delivery'),
  maxBacklog: count(1, 10_000_000).prefault(30_000).describe('Pages whose stories may wait for this sink in Redis; from 70 % of it on, or its part of store, further ones wait on disk (deliver.spill). Reading pauses at the bound, when the disk takes no more'),
  maxBacklogSize: size({ min: '1kB', max: '1000GB' }).prefault('256MB').describe('Data that may wait for this sink in Redis, in the same way'),
};
export type EverySink = z.output<z.ZodObject<typeof everySink>>;

const enabled = (fallback: boolean, meaning: string) => z.boolean().prefault(fallback).describe(meaning);

/** Any number of sinks of one kind, by name; the name stands in the books and never changes. */
const named = <T extends z.ZodObject>(sink: T, meaning: string) =>
  z.record(z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, { error: 'expected a name of small letters, digits and -, such as newsroom' }), sink).prefault({}).describe(meaning);

const httpUrl = z.url({ protocol: /^https?$/, error: 'expected an http:// or https:// address' });
const identifier = z.string().regex(/^[a-z_][a-z0-9_]{0,50}$/, { error: 'expected a name of small letters, digits and _' });

const webhook = z.strictObject({
  enabled: enabled(true, 'Whether stories go there'),
  url: httpUrl.describe('Where each story is posted'),
  secrets: z.array(secret).min(1).max(5).describe('Signing secrets, whsec_ and base64; with several each signs, so that one can be replaced'),
  allowPrivate: z.boolean().prefault(false).describe('Let it reach private and loopback addresses'),
  ...everySink,
});
const postgres = z.strictObject({
  enabled: enabled(true, 'Whether stories go there'),
  url: secret.describe('postgres://user:password@host:5432/database'),
  table: identifier.prefault('stories').describe('Table of the stories; made, and kept in shape, by Dateline'),
  ...everySink,
});
const kafka = z.strictObject({
  enabled: enabled(true, 'Whether stories go there'),
  brokers: list(z.string().regex(/^[^\s:/]+:\d{1,5}$/, { error: 'expected host:port' })).describe('Brokers to begin with'),
  topic: z.string().regex(/^[A-Za-z0-9._-]{1,249}$/, { error: 'expected letters, digits, . _ - only' }).prefault('stories').describe('Topic of the stories'),
  tls: z.boolean().prefault(false).describe('Speak TLS'),
  sasl: z.strictObject({
    mechanism: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']), username: z.string().min(1), password: secret,
  }).nullable().prefault(null).describe('Name and password, where the brokers ask for them'),
  ...everySink,
});
const elasticsearch = z.strictObject({
  enabled: enabled(true, 'Whether stories go there'),
  url: httpUrl.describe('Elasticsearch or OpenSearch'),
  index: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,200}$/, { error: 'expected small letters, digits, . _ - only' }).prefault('stories').describe('Index or alias of the stories'),
  apiKey: secret.nullable().prefault(null).describe('API key, base64'),
  username: z.string().min(1).nullable().prefault(null).describe('Name, instead of an API key'),
  password: secret.nullable().prefault(null).describe('Password of that name'),
  allowPrivate: z.boolean().prefault(true).describe('Let it reach private and loopback addresses, where such a cluster usually is'),
  ...everySink,
});
export type WebhookSettings = z.output<typeof webhook>;
export type PostgresSettings = z.output<typeof postgres>;
export type KafkaSettings = z.output<typeof kafka>;
export type ElasticsearchSettings = z.output<typeof elasticsearch>;

/** Names that stand for sinks which are one of a kind. */
const TAKEN = ['ndjson', 'redis-stream', 'store'];

export const sinkSettings = z.strictObject({
  ndjson: z.strictObject({
    enabled: enabled(true, 'Write stories to files, one JSON record a line'),
    dir: z.string().min(1).prefault('stories').describe('Folder of the files; inside the data folder unless absolute'),
    rotateSize: size({ min: '1kB', max: '100GB' }).prefault('64MB').describe('A new file is begun at this size'),
    rotateAge: duration({ min: '1s', max: '366d' }).prefault('24h').describe('A new file is begun at this age'),
    ...everySink,
  }).prefault({}),
  redisStream: z.strictObject({
    enabled: enabled(true, 'Add stories to a Redis stream'),
    key: z.string().min(1).max(200).prefault('stories').describe('Name of the stream, behind the prefix'),
    maxLength: count(1, 100_000_000).prefault(10_000).describe('Stories the stream keeps, the oldest go first'),
    ...everySink,
  }).prefault({}),
  webhook: named(webhook, 'Endpoints that each story is posted to, signed as Standard Webhooks has it'),
  postgres: named(postgres, 'PostgreSQL databases, one row a story version'),
  kafka: named(kafka, 'Kafka topics, one message a story version'),
  elasticsearch: named(elasticsearch, 'Elasticsearch or OpenSearch indexes, one document a story'),
}).superRefine((sinks, context) => {
  const met = new Set(TAKEN);
  for (const kind of ['webhook', 'postgres', 'kafka', 'elasticsearch'] as const) {
    for (const name of Object.keys(sinks[kind])) {
      if (met.has(name)) context.addIssue({ code: 'custom', path: [kind, name], message: 'another sink has this name' });
      met.add(name);
    }
  }
}).prefault({});
