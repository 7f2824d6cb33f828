import type { Sourced, WrittenTime } from '../article/index.js';
import { blockMark, blockMarks } from './block-marks.js';
import { wordsOf } from './furniture-words.js';
import { derivedId, identify } from './identity.js';
import { splitKicker } from './kicker.js';
import { EXTRACTOR } from './extractor.js';
import { RECORD_SCHEMA_VERSION, storyRecordSchema, type StoryRecord } from './record.js';
import { alike } from './story-of.js';
import { fingerprintOf, headlineHashOf, sketchOf } from './text-marks.js';
import type { ComposedPage, KnownStory, PageReading, RecordFacts, Story } from './types.js';
import { noticeOf } from './withdrawal.js';
import { saysWithdrawn } from './withdrawal-words.js';

/** A clock may be a little ahead; a day is not a little. */
const AHEAD_MS = 24 * 3600 * 1000;
/** Pieces of evidence a record keeps: the strongest. */
const MOST_EVIDENCE = 8;

type RecordTime = NonNullable<StoryRecord['publishedAt']>;

function timeOf(written: WrittenTime | null, fetchedAt: string): RecordTime | null {
  if (written === null) return null;
  const { raw, iso } = written;
  if (iso === null || Number.isNaN(Date.parse(iso))) return { raw, iso: null, flag: 'unreadable' };
  if (Date.parse(iso) > Date.parse(fetchedAt) + AHEAD_MS) return { raw, iso, flag: 'future' };
  return /(?:Z|[+-]\d\d:?\d\d)$/.test(iso) ? { raw, iso } : { raw, iso, flag: 'no-zone' };
}

const pageTime = (sourced: Sourced<WrittenTime> | null, item: WrittenTime | null): WrittenTime | null =>
  sourced?.value.iso == null ? item ?? sourced?.value ?? null : sourced.value;

interface Titled {
  readonly headline: string | null;
  readonly headlineFrom: string | null;
  readonly kicker: string | null;
  readonly status: Story['status'];
}

/** The feed's title helps the first story out: where the page gives no headline, or where only the feed gives the kicker. */
function titledOf(story: Story, first: boolean, { article }: PageReading, { itemTitle }: RecordFacts): Titled {
  const fromPage = story.headlineBlock === null ? article.headline?.from ?? 'item' : 'block';
  const own: Titled = { headline: story.headline, headlineFrom: story.headline === null ? null : fromPage, kicker: story.kicker, status: story.status };
  if (!first || itemTitle === null || itemTitle.trim() === '') return own;
  const item = splitKicker(itemTitle);
  if (own.headline === null && wordsOf(item.headline) === 'round-up-title') return own;
  if (own.headline === null) return { ...item, headlineFrom: 'item' };
  return own.kicker === null && item.kicker !== null && alike(item.headline, own.headline) ? { ...own, kicker: item.kicker, status: item.status } : own;
}

function datelineOf(story: Story, ids: readonly string[]): StoryRecord['dateline'] {
  const { dateline, datelineInherited: inherited, datelineFrom } = story;
  if (dateline === null) return null;
  const inheritedFrom = datelineFrom === null ? undefined : ids[datelineFrom];
  return {
    raw: dateline.raw,
    places: dateline.places.map((place) => ({ ...place })),
    date: dateline.date,
    agency: dateline.agency,
    reporter: dateline.reporter,
    inherited,
    ...(inheritedFrom === undefined ? {} : { inheritedFrom }),
    confidence: dateline.confidence,
  };
}

const bodyText = (story: Story): string => story.body.map(({ text }) => text).join('\n\n');

/**
 * Makes the records of a page's stories and says which are new, changed or unchanged against what was known of the page.
 * Pure: equal input gives equal ids and versions on every machine.
 *
 * @throws ZodError where `facts` break the record's schema (a `fetchedAt` that is no time): the caller's mistake, not the page's.
 */
export function composeStories(reading: PageReading, facts: RecordFacts, known: readonly KnownStory[]): ComposedPage {
  const { article, split } = reading;
  const pageId = derivedId('page', facts.source.id, facts.itemId);
  const titled = split.stories.map((story, place): Titled => {
    const title = titledOf(story, place === 0, reading, facts);
    if (saysWithdrawn(title.headline, bodyText(story))) return { ...title, status: 'withdrawn' };
    return facts.status === undefined || title.status === 'withdrawn' ? title : { ...title, status: facts.status };
  });
  const marks = split.stories.map((story, place) => {
    const { headline, status } = titled[place] ?? { headline: story.headline, status: story.status };
    const text = bodyText(story);
    const told = text === '' ? headline ?? '' : text;
    return {
      fingerprint: fingerprintOf(told), headlineHash: headlineHashOf(headline), sketch: sketchOf(told), status, headline,
      language: story.language.tag, blocks: blockMarks(story.body.map((block) => block.text), story.language.tag),
    };
  });
  const aside = known.length === 0 || facts.reread === true ? new Set<string>() : new Set(article.furniture.map(({ text }) => blockMark(text, reading.language.tag)));
  const found = identify(pageId, marks, known, aside);
  const ids = found.identities.map(({ id }) => id);

  const stories = split.stories.flatMap((story, place) => {
    const identity = found.identities[place];
    const { fingerprint } = marks[place] ?? { fingerprint: '' };
    const title = titled[place];
    if (identity === undefined || title === undefined) return [];
    const record: StoryRecord = {
      schema: RECORD_SCHEMA_VERSION,
      id: identity.id,
      version: identity.version,
      ...(identity.version > 1 ? { previousVersion: identity.version - 1 } : {}),
      ...(identity.changes === undefined ? {} : { changes: identity.changes }),
      status: title.status,
      ...(title.status === 'withdrawn' ? { withdrawal: 'said-so' } : {}),
      source: { ...facts.source },
      url: facts.url,
      canonicalUrl: article.canonicalUrl?.value ?? null,
      itemId: facts.itemId,
      page: { id: pageId, position: place + 1, count: split.stories.length },
      headline: title.headline,
      kicker: title.kicker,
      summary: place === 0 ? article.subheadline?.value ?? null : null,
      bylines: [...story.bylines],
      dateline: datelineOf(story, ids),
      language: {
        tag: story.language.tag,
        confidence: story.language.confidence,
        declaredByFeed: facts.feedLanguage,
        declaredByPage: article.declaredLanguage,
      },
      direction: story.language.direction,
      publishedAt: timeOf(pageTime(article.published, facts.itemPublished), facts.fetchedAt),
      updatedAt: timeOf(pageTime(article.modified, facts.itemUpdated), facts.fetchedAt),
      fetchedAt: facts.fetchedAt,
      body: {
        text: bodyText(story),
        blocks: story.body.map(({ kind, text, level }) => ({ kind, text, ...(level === undefined ? {} : { level }) })),
      },
      // A picture belongs to the page; the first story stands for it.
      media: place === 0 ? article.images.map((image) => ({ ...image })) : [],
      subjects: [...article.tags],
      ...(facts.urgency === undefined ? {} : { urgency: facts.urgency }),
      ...(facts.embargoedUntil === undefined ? {} : { embargoedUntil: facts.embargoedUntil }),
      rights: article.rights,
      fingerprint,
      provenance: {
        extractor: EXTRACTOR,
        headlineFrom: title.headlineFrom,
        extractionConfidence: article.confidence,
        cutConfidence: story.confidence,
        cutEvidence: story.evidence.slice(0, MOST_EVIDENCE).map((piece) => ({ ...piece })),
        datelineOrder: story.dateline?.order ?? null,
      },
    };
    return [{ record: storyRecordSchema.parse(record), change: identity.change }];
  });
  const withdrawn = found.withdrawn.map((story) => noticeOf(story, facts, { pageId, position: 1, count: Math.max(1, split.stories.length) }, 'left-the-page'));
  return { stories, known: found.known, withdrawn };
}
