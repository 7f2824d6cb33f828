import { createHash } from 'node:crypto';
import { RECORD_SCHEMA_VERSION, type StoryRecord } from '../story/index.js';

const SAYS = 'This is a test of the way to this sink, sent by hand with dateline sinks check. It is no news.';

/** A record that nobody can take for news: its source is `dateline-test`, its headline says so, and it is withdrawn at once. */
export function testStory(now: Date): StoryRecord {
  const time = now.toISOString();
  const id = createHash('sha256').update(`test ${time}`).digest('hex').slice(0, 26);
  return {
    schema: RECORD_SCHEMA_VERSION, id, version: 1, status: 'withdrawn', withdrawal: 'said-so',
    source: { id: 'dateline-test', name: 'Dateline test', feedUrl: 'sample:test' },
    url: 'https://dateline.invalid/test', canonicalUrl: null, itemId: id, page: { id, position: 1, count: 1 },
    headline: 'Dateline test, please ignore', kicker: 'TEST', summary: null, bylines: [], dateline: null,
    language: { tag: 'en', confidence: 1, declaredByFeed: null, declaredByPage: null }, direction: 'ltr',
    publishedAt: { raw: time, iso: time }, updatedAt: null, fetchedAt: time,
    body: { text: SAYS, blocks: [{ kind: 'paragraph', text: SAYS }] },
    media: [], subjects: [], rights: null, fingerprint: id,
    provenance: { extractor: 'dateline/test', headlineFrom: null, extractionConfidence: 1, cutConfidence: 1, cutEvidence: [], datelineOrder: null },
  };
}
