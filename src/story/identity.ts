import { createHash } from 'node:crypto';
import { compareBlocks } from './block-marks.js';
import type { RecordChanges } from './record.js';
import { sketchLikeness } from './text-marks.js';
import type { KnownStory } from './types.js';

/** What of a newly read story tells which story it is. */
export interface StoryMarks {
  readonly fingerprint: string;
  readonly headlineHash: string;
  readonly sketch: string;
  readonly blocks: string;
  /** As kept for a notice of withdrawal. */
  readonly headline: string | null;
  readonly language: string;
  readonly status: 'usable' | 'corrected' | 'withdrawn';
}

export interface Identity {
  readonly id: string;
  readonly version: number;
  readonly change: 'new' | 'changed' | 'unchanged';
  /** Of a changed story. */
  readonly changes?: RecordChanges;
}

export interface Identified {
  /** In the order of the drafts. */
  readonly identities: Identity[];
  /** What is to be kept for the next reading; the withdrawn ones carry their new version. */
  readonly known: KnownStory[];
  /** Stories that were taken off the page. */
  readonly withdrawn: KnownStory[];
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** 26 characters of Crockford's base 32 (130 bits): the form of the ids of pages and stories. */
export function derivedId(...parts: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest();
  let id = '';
  let bits = 0;
  let value = 0;
  for (const byte of digest) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5 && id.length < 26) {
      bits -= 5;
      id += ALPHABET[(value >>> bits) & 31] ?? '';
      value &= (1 << bits) - 1;
    }
  }
  return id;
}

/** Likeness from which two texts are versions of one story. */
const SAME_TEXT = 0.45;
/** The same place on a page that kept its number of stories asks for less. */
const SAME_PLACE = 0.2;
/** Stories a page may have lost and still get their ids back. */
const MOST_GONE = 40;
/** Characters of a headline that are kept. */
const HEADLINE = 100;

/**
 * Finds for each story of a page which known story it is, by its text, then its headline, then the likeness of texts, then its place;
 * the strongest tie first, and none used twice. A story that is none of them gets a new id, derived from the page and what it is first
 * seen with, so that another machine derives the same.
 *
 * @param aside marks of blocks that this reading left out as furniture
 */
export function identify(pageId: string, drafts: readonly StoryMarks[], known: readonly KnownStory[], aside: ReadonlySet<string> = new Set()): Identified {
  const matched = match(drafts, known);
  const taken = new Set(known.map(({ id }) => id));
  const identities = drafts.map((draft, place): Identity => {
    const before = matched.get(place);
    if (before === undefined) {
      const id = newId(pageId, draft, place, known.length === 0, taken);
      taken.add(id);
      return { id, version: 1, change: 'new' };
    }
    const changes = changesOf(before, draft, aside);
    return changes === null ? { id: before.id, version: before.version, change: 'unchanged' } : { id: before.id, version: before.version + 1, change: 'changed', changes };
  });
  const kept = new Set([...matched.values()].map(({ id }) => id));
  const lost = known.filter(({ id }) => !kept.has(id));
  const withdrawn = wereTakenOff(identities, lost) ? lost.filter((story) => !isOff(story)).map(withdrawnStory) : [];
  const notices = new Map(withdrawn.map((story) => [story.id, story]));
  return {
    identities, withdrawn,
    known: [
      ...drafts.map((draft, place): KnownStory => {
        const { id, version } = identities[place] ?? { id: '', version: 1 };
        const { status, fingerprint, headlineHash, sketch, blocks, headline, language } = draft;
        return {
          id, version, fingerprint, headlineHash, sketch, blocks, language,
          ...(headline === null ? {} : { headline: headline.slice(0, HEADLINE).replace(/[\ud800-\udbff]$/, '') }), ...(status === 'usable' ? {} : { status }),
        };
      }),
      ...lost.slice(0, MOST_GONE).map((story): KnownStory => notices.get(story.id) ?? { ...story, gone: true }),
    ],
  };
}

const isOff = ({ gone, status }: KnownStory): boolean => gone === true || status === 'withdrawn';

/** The next version of a story that is no more. */
export const withdrawnStory = (story: KnownStory): KnownStory => ({ ...story, version: story.version + 1, status: 'withdrawn', gone: true });

/**
 * Whether stories that are missing were taken off by the publisher. Only where all the rest of the page stands as it stood: a page
 * with a new story on it rolls on, as round-ups and live pages do, and one whose other stories changed may just be cut elsewhere now.
 * A notice sent wrongly kills a good story downstream; one not sent leaves a story that its page, when asked again, still shows.
 */
const wereTakenOff = (identities: readonly Identity[], lost: readonly KnownStory[]): boolean =>
  lost.some((story) => !isOff(story)) && identities.length > 0 && identities.every(({ change }) => change === 'unchanged');

/** What the publisher changed in a story; null for nothing that a reader would call a change. */
function changesOf(before: KnownStory, draft: StoryMarks, aside: ReadonlySet<string>): RecordChanges | null {
  const blocks = before.blocks === undefined || before.blocks === '' || draft.blocks === '' ? undefined : compareBlocks(before.blocks, draft.blocks, aside);
  const isTextChanged = before.fingerprint !== draft.fingerprint && blocks !== null;
  const fields: RecordChanges['fields'] = [];
  if (before.headlineHash !== draft.headlineHash) fields.push('headline');
  if (isTextChanged) fields.push('text');
  if ((before.status ?? 'usable') !== draft.status) fields.push('status');
  return fields.length === 0 ? null : { fields, ...(isTextChanged && blocks !== undefined ? { blocks } : {}) };
}

/** The first story ever seen on a page is known by the page alone: its text and headline may differ from one machine's first look to another's. */
function newId(pageId: string, draft: StoryMarks, place: number, pageIsNew: boolean, taken: ReadonlySet<string>): string {
  if (pageIsNew && place === 0) return derivedId('story', pageId);
  const content = draft.headlineHash === '' ? draft.fingerprint : draft.headlineHash;
  let id = derivedId('story', pageId, content);
  for (let ordinal = 2; taken.has(id); ordinal += 1) id = derivedId('story', pageId, content, String(ordinal));
  return id;
}

function match(drafts: readonly StoryMarks[], known: readonly KnownStory[]): Map<number, KnownStory> {
  const matched = new Map<number, KnownStory>();
  const free = new Set(known);
  const pair = (place: number, story: KnownStory): void => {
    matched.set(place, story);
    free.delete(story);
  };
  const by = (same: (draft: StoryMarks, story: KnownStory) => boolean): void => {
    drafts.forEach((draft, place) => {
      if (matched.has(place)) return;
      const story = [...free].find((candidate) => same(draft, candidate));
      if (story !== undefined) pair(place, story);
    });
  };
  by((draft, story) => draft.fingerprint === story.fingerprint && draft.headlineHash === story.headlineHash);
  by((draft, story) => draft.fingerprint === story.fingerprint);
  by((draft, story) => draft.headlineHash !== '' && draft.headlineHash === story.headlineHash);

  const likely = drafts
    .flatMap((draft, place) => (matched.has(place) ? [] : [...free].map((story) => ({ place, story, likeness: sketchLikeness(draft.sketch, story.sketch) }))))
    .filter(({ likeness }) => likeness >= SAME_TEXT)
    .sort((a, b) => b.likeness - a.likeness);
  for (const { place, story } of likely) if (!matched.has(place) && free.has(story)) pair(place, story);

  const present = known.filter(({ gone }) => gone !== true);
  if (present.length === drafts.length) {
    drafts.forEach((draft, place) => {
      const story = present[place];
      if (matched.has(place) || story === undefined || !free.has(story)) return;
      // A page of one story keeps it, however much was rewritten.
      if (drafts.length === 1 || sketchLikeness(draft.sketch, story.sketch) >= SAME_PLACE) pair(place, story);
    });
  }
  return matched;
}
