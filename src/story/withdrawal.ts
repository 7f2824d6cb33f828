import { directionOf } from '../language/index.js';
import { EXTRACTOR } from './extractor.js';
import { derivedId, withdrawnStory } from './identity.js';
import { RECORD_SCHEMA_VERSION, storyRecordSchema, type StoryRecord } from './record.js';
import { fingerprintOf } from './text-marks.js';
import type { KnownStory, RecordFacts, WithdrawalReason } from './types.js';

export interface WithdrawnPage {
  readonly notices: readonly StoryRecord[];
  readonly known: readonly KnownStory[];
}

/** Withdraws what a page that is no more had told; stories withdrawn before stay as they are. */
export function withdrawPage(facts: RecordFacts, known: readonly KnownStory[], reason: WithdrawalReason): WithdrawnPage {
  const pageId = derivedId('page', facts.source.id, facts.itemId);
  const after = known.map((story) => (story.gone === true || story.status === 'withdrawn' ? story : withdrawnStory(story)));
  const count = Math.max(1, known.length);
  const notices = after.flatMap((story, place) => (story === known[place] ? [] : [noticeOf(story, facts, { pageId, position: place + 1, count }, reason)]));
  return { notices, known: after };
}

/** The version of a story that says that it is withdrawn. It has no text: what was taken back is not told again. */
export function noticeOf(
  story: KnownStory, facts: RecordFacts, page: { readonly pageId: string; readonly position: number; readonly count: number }, reason: WithdrawalReason,
): StoryRecord {
  const tag = story.language ?? 'und';
  return storyRecordSchema.parse({
    schema: RECORD_SCHEMA_VERSION,
    id: story.id, version: story.version, previousVersion: story.version - 1,
    changes: { fields: ['text', 'status'] },
    status: 'withdrawn', withdrawal: reason,
    source: { ...facts.source }, url: facts.url, canonicalUrl: null, itemId: facts.itemId,
    page: { id: page.pageId, position: page.position, count: page.count },
    headline: story.headline ?? null, kicker: null, summary: null, bylines: [], dateline: null,
    language: { tag, confidence: story.language === undefined ? 0 : 1, declaredByFeed: facts.feedLanguage, declaredByPage: null },
    direction: directionOf(new Intl.Locale(tag).maximize().script ?? ''),
    publishedAt: null, updatedAt: null, fetchedAt: facts.fetchedAt,
    body: { text: '', blocks: [] }, media: [], subjects: [], rights: null, fingerprint: fingerprintOf(''),
    provenance: {
      extractor: EXTRACTOR, headlineFrom: null, extractionConfidence: 1, cutConfidence: 1, cutEvidence: [], datelineOrder: null,
    },
  } satisfies StoryRecord);
}
