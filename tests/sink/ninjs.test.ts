import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ninjsValidator } from '../../bench/ninjs/schema.js';
import { toNinjs } from '../../src/sink/index.js';
import { storyRecordSchema } from '../../src/story/index.js';
import type { StoryRecord } from '../../src/story/index.js';
import { readNinjs } from '../../src/wire/ninjs.js';
import { storyRecord as recordOf } from './record.js';

const file = fileURLToPath(new URL('../../../shared/corpora/feeds/schemas/ninjs-schema_3.1.json', import.meta.url));
const validate = existsSync(file) ? ninjsValidator(readFileSync(file, 'utf8')) : null;
if (validate === null) process.stdout.write('tests: IPTC\'s ninjs schema is not here; what toNinjs gives was not held against it\n');

const CASES: readonly [string, Partial<StoryRecord>][] = [
  ['a full one', {}],
  ['the least there can be', {
    canonicalUrl: null, headline: null, kicker: null, summary: null, bylines: [], dateline: null, publishedAt: null, updatedAt: null, media: [], subjects: [],
    rights: null, body: { text: '', blocks: [] },
  }],
  ['withdrawn', { status: 'withdrawn', withdrawal: 'http-410', version: 3, previousVersion: 2 }],
  ['corrected', { status: 'corrected', version: 2, previousVersion: 1 }],
  ['under embargo', { embargoedUntil: '2026-12-01T06:00:00+01:00', urgency: 1 }],
  ['bare dates', { publishedAt: { raw: '23 November', iso: '2026-11-23' }, updatedAt: { raw: 'x', iso: null } }],
  ['odd times', { publishedAt: { raw: 'x', iso: '2026-11-23T10:00' }, updatedAt: { raw: 'x', iso: '2026-13-45T99:00:00Z' } }],
  ['hostile addresses', {
    media: ['https://a.example/a b|c{d}"^`\\é#x#y', 'http://[::1]/[x]?q=[1]', 'no address', 'javascript:alert(1)', 'data:text/html,<p>ü', 'https://пример.рф/%zz?100%'].map((url) => ({ url })),
    source: { id: 's', name: 'S', feedUrl: 'sample:one two' },
  }],
  ['markup in the text', { headline: '<b>"&', body: { text: '<script>', blocks: [{ kind: 'paragraph', text: '<script>"&' }] } }],
  ['a place with nothing but a name', { dateline: { raw: 'ROMA', places: [{ name: 'Roma' }], date: null, agency: { id: null, raw: 'ANSA' }, reporter: null, inherited: false, confidence: 1 } }],
  ['kin', { duplicateOf: '0'.repeat(26), cluster: '1'.repeat(26) }],
];

test.runIf(validate !== null).each(CASES)('%s is valid by IPTC\'s schema', (_, change) => {
  const item: unknown = JSON.parse(JSON.stringify(toNinjs(storyRecordSchema.parse(recordOf(change)))));
  expect(validate?.(item)).toBeNull();
});

test.runIf(validate !== null)('the schema refuses what is no ninjs', () => {
  expect(validate?.({ ...toNinjs(recordOf()), pubStatus: 'withdrawn' })).toContain('pubStatus');
  expect(validate?.({ ...toNinjs(recordOf()), extra: 1 })).not.toBeNull();
});

test('what matters to an editor is where ninjs wants it', () => {
  const item = toNinjs(recordOf({ embargoedUntil: '2026-12-01T06:00:00+01:00', urgency: 2 }));
  expect(item).toMatchObject({
    uri: 'urn:x-dateline:abcdefghijklmnopqrstuvwxyz', version: '1', pubStatus: 'usable', language: 'fr', embargoedUntil: '2026-12-01T05:00:00.000Z', urgency: 2,
    firstCreated: '2026-11-23T09:00:00.000Z', located: 'Genève', by: 'Anne Roux, Max Lind',
    headlines: [{ role: 'main', value: 'Accord trouvé' }, { role: 'kicker', value: 'URGENT' }],
    places: [{ name: 'Geneva', rel: 'placeOfOrigin', literal: 'Genève, CH' }],
    organisations: [{ name: 'AFP', rel: 'agency', literal: 'afp' }],
    subjects: [{ name: 'Diplomatie' }], copyrightNotice: '© Exemple',
    associations: [{ type: 'picture', by: 'M. Keller', descriptions: [{ value: 'La salle' }], renditions: [{ href: 'https://wire.example/1.jpg' }] }],
  });
});

test('a withdrawn story is canceled and says so', () => {
  expect(toNinjs(recordOf({ status: 'withdrawn', withdrawal: 'http-410' }))).toMatchObject({ pubStatus: 'canceled', edNote: expect.stringContaining('http-410') as string });
});

test('what goes out can be read in again', () => {
  expect(readNinjs(JSON.parse(JSON.stringify(toNinjs(recordOf()))))).toMatchObject({ headline: 'Accord trouvé', language: 'fr', located: 'Genève', version: '1' });
});
