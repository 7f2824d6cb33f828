import { createHash } from 'node:crypto';
import { sketchLikeness } from './text-marks.js';
import type { KnownStory } from './types.js';

/** What of a newly read story tells which story it is. */
export interface StoryMarks {
  readonly fingerprint: string;
  readonly headlineHash: string;
  readonly sketch: string;
  readonly status: 'usable' | 'corrected' | 'withdrawn';
}

export interface Identity {
  readonly id: string;
  readonly version: number;
  readonly change: 'new' | 'changed' | 'unchanged';
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

/**
 * Finds for each story of a page which known story it is, by its text, then its headline, then the likeness of texts, then its place;
 * the strongest tie first, and none used twice. A story that is none of them gets a new id, derived from the page and what it is first
 * seen with, so that another machine derives the same.
 */
export function identify(pageId: string, drafts: readonly StoryMarks[], known: readonly KnownStory[]): { readonly identities: Identity[]; readonly known: KnownStory[]; readonly withdrawn: KnownStory[] } {
  const matched = match(drafts, known);
  const taken = new Set(known.map(({ id }) => id));
  const identities = drafts.map((draft, place): Identity => {
    const before = matched.get(place);
    if (before === undefined) {
      const id = newId(pageId, draft, place, known.length === 0, taken);
      taken.add(id);
      return { id, version: 1, change: 'new' };
    }
    const same = before.fingerprint === draft.fingerprint && before.headlineHash === draft.headlineHash && (before.status ?? 'usable') === draft.status;
    return same ? { id: before.id, version: before.version, change: 'unchanged' } : { id: before.id, version: before.version + 1, change: 'changed' };
  });
  const kept = new Set([...matched.values()].map(({ id }) => id));
  const lost = known.filter(({ id }) => !kept.has(id));
  return {
    identities,
    known: [
      ...drafts.map((draft, place): KnownStory => {
        const { id, version } = identities[place] ?? { id: '', version: 1 };
        const { status, fingerprint, headlineHash, sketch } = draft;
        return { id, version, fingerprint, headlineHash, sketch, ...(status === 'usable' ? {} : { status }) };
      }),
      ...lost.slice(0, MOST_GONE).map((story): KnownStory => ({ ...story, gone: true })),
    ],
    withdrawn: lost.filter(({ gone }) => gone !== true),
  };
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
