import { createHash } from 'node:crypto';
import { z } from 'zod';
import { parseSources, type SourceConfig } from '../src/config/index.js';
import { sketchForDuplicates } from '../src/duplicate/index.js';
import type { Fault, FaultInit, Consequence, Outcome } from '../src/fault.js';
import {
  identityUrl, itemFacts, itemIdentity, itemKey, learnIdentity, parseFeed, TOO_MANY_ITEMS, type FeedCandidate, type FeedItem, type FeedTime, type IdentityState, type ParseFeedOptions,
} from '../src/feed/index.js';
import { evidentLanguage, UNDETERMINED } from '../src/language/index.js';
import type { ItemFacts, ListedItem } from '../src/ledger/index.js';
import type { Fetched } from '../src/fetch/index.js';
import type { FeedLook, FoundFeed, LookedAt, Proposal } from '../src/sourcing/index.js';
import { isWhole, parseWire, wireFeed, type ParseWireOptions } from '../src/wire/index.js';
import { composeStories, readPage, seePage, withdrawPage, type KnownStory, type ReadPageOptions, type RecordFacts, type SeenPage, type StoryRecord } from '../src/story/index.js';
import type { StoryNews } from '../src/service/events.js';
import { learned, memoryFor, readMemory } from './furniture-learning.js';
import { packItems } from './item-batches.js';

/** What the parse threads do, by name. Inputs and results cross a thread's border: plain data only. */
export interface ParseTasks {
  feed(input: FeedInput): Promise<PlainOutcome<ListedFeed>>;
  page(input: PageInput): Promise<PlainOutcome<PageStories>>;
  /** A page that a person looks at. */
  look(input: LookInput): Promise<PlainOutcome<SeenPage>>;
  /** An answer of a search for feeds: a feed, or the feeds that a page names. */
  answer(input: AnswerInput): Promise<PlainOutcome<SearchAnswer>>;
  /** A feed that a person thinks of following, with one of its pages, and the entry that would do it. */
  survey(input: SurveyInput): Promise<PlainOutcome<Surveyed>>;
  /** A file of an agency. */
  wire(input: WireInput): Promise<PlainOutcome<ListedFeed>>;
  /** A changed sources file; a thousand entries of YAML take a tenth of a second. */
  sources(input: SourcesInput): Promise<PlainOutcome<readonly SourceConfig[]>>;
}

/** An outcome whose fault is plain data: a class does not survive the way between threads. */
export type PlainOutcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: Omit<FaultInit, 'cause'> & { readonly consequence: Consequence } };

export interface FeedInput extends ParseFeedOptions {
  readonly bytes: Uint8Array;
  /** What was learned of the source's names for its items, as the last poll gave it; null at its first. */
  readonly identity: string | null;
}

export interface ListedFeed {
  readonly title: string | null;
  readonly minIntervalSeconds: number | null;
  /** WebSub hub and the feed's own address, where named. */
  readonly hub: string | null;
  readonly self: string | null;
  /** Sitemaps that an index of sitemaps lists: those of news first, then the newest. */
  readonly children?: readonly string[];
  /** That the list was longer than is read, in words; what lies beyond is never seen. */
  readonly tooMany?: string;
  /** A document of a wire: a new version is read at once, however soon it comes. */
  readonly wire?: true;
  /** The items, in the feed's order; see `item-batches.ts`. */
  readonly batches: readonly Uint8Array[];
  readonly identity: string;
  /** Old and new name of items listed before, when the source's items go by another name from now on. */
  readonly renamed: readonly (readonly [string, string])[];
}

export interface WireInput extends ParseWireOptions {
  readonly bytes: Uint8Array;
  /** Refuse a file that looks as if it were not written to its end: `half-written`. */
  readonly whole: boolean;
}

export interface SourcesInput {
  /** The file's text, UTF-8. */
  readonly bytes: Uint8Array;
  /** As named to people. */
  readonly name: string;
}

export interface PageInput {
  readonly bytes: Uint8Array;
  readonly options: ReadPageOptions;
  readonly facts: RecordFacts;
  readonly known: readonly KnownStory[];
  /** What repeated on earlier pages of the source, as the last page's reading gave it; null for its first, left out where nothing is to be learned. */
  readonly furniture?: string | null;
}

export interface LookInput {
  readonly bytes: Uint8Array;
  readonly options: ReadPageOptions;
}

export interface AnswerInput {
  readonly bytes: Uint8Array;
  readonly fetched: Omit<Fetched, 'bytes'>;
  readonly source: LookedAt;
}

/** A feed with its items, or where a page says that feeds are. */
export type SearchAnswer = { readonly kind: 'feed'; readonly look: FeedLook } | { readonly kind: 'page'; readonly candidates: readonly FeedCandidate[]; readonly message: string };

export interface SurveyInput {
  /** Of the page; empty where none could be had. */
  readonly bytes: Uint8Array;
  readonly page: { readonly options: ReadPageOptions; readonly item: FeedItem } | null;
  readonly found: FoundFeed;
  /** Ids that are taken. */
  readonly sources: readonly { readonly id: string }[];
  readonly allowPrivate: boolean;
}

export interface Surveyed {
  readonly seen: SeenPage | null;
  readonly proposal: Proposal;
}

export interface ReadStory {
  readonly change: 'new' | 'changed' | 'unchanged' | 'withdrawn';
  /** The record as one line of JSON; '' when unchanged. */
  readonly json: string;
  /** Hash that tells whether another page told the same before; '' for a notice of withdrawal. */
  readonly text: string;
  readonly news: Omit<StoryNews, 'source'>;
  /** What finds the same story printed elsewhere; null for a text too short to be judged, and for what is not new. */
  readonly near: Uint8Array | null;
  /** Id of the agency that its dateline names; '' for one that no table knows, null where it names none. */
  readonly agency: string | null;
}

export interface PageStories {
  /** Why the page is no story, or null. */
  readonly rejection: string | null;
  /** What the page's text shows its language to be, `und` where the source's word or past was needed to tell. */
  readonly language: string;
  readonly stories: readonly ReadStory[];
  /** What is to be kept of them for the next reading. */
  readonly known: readonly KnownStory[];
  /** What repeats on the source's pages, this one counted; null where it taught nothing. */
  readonly furniture: string | null;
  /** Hash of the page's bytes: the same bytes need not be read again. */
  readonly bytes: string;
}

export const bytesHash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64url').slice(0, 22);

const plain = <T>(outcome: Outcome<T>): PlainOutcome<T> => (outcome.ok ? outcome : { ok: false, fault: plainFault(outcome.fault) });
const plainFault = ({ code, consequence, message, hint, retryAfterMs }: Fault) => ({
  code, consequence, message,
  ...(hint === undefined ? {} : { hint }),
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});

const hash = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);

/** More than are ever followed, for only those of one's own host are. */
const MOST_CHILDREN = 20;
const MAX_TITLE = 500;
const MAX_SUMMARY = 2_000;
const MAX_ID = 1_000;
/** Letters of HTML: a hundred pages of text. */
const MAX_CONTENT = 400_000;
const cut = (text: string | null, most: number): string | null => (text === null || text.length <= most ? text : text.slice(0, most));

const HALF_WRITTEN = {
  code: 'half-written', consequence: 'give-up', message: 'the file ends before its text does', hint: 'Put the whole file there again; move files into the folder instead of writing them there.',
} as const;

/** A wire names its items well or not at all: nothing is learned, and no item takes another's name. */
const listedWire = (items: readonly FeedItem[], language: string | null): ListedFeed => ({
  title: null, minIntervalSeconds: null, hub: null, self: null, identity: JSON.stringify(WIRE_IDENTITY), renamed: [], wire: true,
  batches: packItems(listItems(items, WIRE_IDENTITY, language)),
});
const WIRE_IDENTITY: IdentityState = { rung: 'guid', unstable: [], last: [] };

export const parseTasks: ParseTasks = {
  feed({ bytes, identity: learned, ...options }) {
    const outcome = parseFeed(bytes, options);
    if (!outcome.ok) {
      const wire = parseWire(bytes, options);
      return Promise.resolve(wire.ok ? { ok: true, value: listedWire(wireFeed(wire.value), options.language ?? null) } : plain(outcome));
    }
    const { title, minIntervalSeconds, items, language, hub, self, newestChildren: children = [], notes } = outcome.value;
    const tooMany = notes.find(({ code }) => code === TOO_MANY_ITEMS)?.message;
    const before = readIdentity(learned);
    const identity = learnIdentity(before, items);
    return Promise.resolve({
      ok: true,
      value: {
        title: cut(title, MAX_TITLE), minIntervalSeconds, hub, self, identity: JSON.stringify(identity), renamed: renamedItems(before, identity, items),
        ...(children.length === 0 ? {} : { children: children.slice(0, MOST_CHILDREN) }),
        ...(tooMany === undefined ? {} : { tooMany }),
        batches: packItems(listItems(items, identity, language ?? options.language ?? null)),
      },
    });
  },

  wire({ bytes, whole, ...options }) {
    if (whole && !isWhole(bytes)) return Promise.resolve({ ok: false, fault: HALF_WRITTEN });
    const outcome = parseWire(bytes, options);
    return Promise.resolve(outcome.ok ? { ok: true, value: listedWire(wireFeed(outcome.value), options.language ?? null) } : plain(outcome));
  },

  sources({ bytes, name }) {
    const parsed = parseSources(new TextDecoder().decode(bytes), name);
    return Promise.resolve(parsed.ok ? { ok: true, value: parsed.value.sources } : plain(parsed));
  },

  // The stage is loaded when a person asks: threads start without it.
  async answer({ bytes, fetched, source }) {
    const { readAnswer } = await import('../src/sourcing/index.js');
    const read = readAnswer({ ...fetched, bytes }, source);
    if (!read.ok) return plain(read);
    return { ok: true, value: read.value.kind === 'feed' ? read.value : { kind: 'page', candidates: read.value.candidates, message: read.value.fault.message } };
  },

  async survey({ bytes, page, found, sources, allowPrivate }) {
    const { proposeSource } = await import('../src/sourcing/index.js');
    const reading = page === null ? null : readPage(bytes, page.options);
    const usable = reading === null || page === null || reading.article.rejection !== null ? null : { reading, item: page.item };
    return { ok: true, value: { seen: reading === null ? null : seePage(reading), proposal: proposeSource({ found, page: usable, sources, allowPrivate }) } };
  },

  look: ({ bytes, options }) => Promise.resolve({ ok: true, value: seePage(readPage(bytes, options)) }),

  page({ bytes, options, facts, known, furniture }) {
    const hashed = bytesHash(bytes);
    // What a wire takes back is not read again, and not told again: only that it is withdrawn.
    if (facts.status === 'withdrawn') {
      const { notices, known: after } = withdrawPage(facts, known, 'said-so');
      return Promise.resolve({ ok: true, value: { rejection: known.length === 0 ? 'withdrawn' : null, language: UNDETERMINED, bytes: hashed, furniture: null, known: after, stories: notices.map((record) => readStory(record, 'withdrawn')) } });
    }
    const memory = readMemory(furniture);
    const reading = readPage(bytes, { ...options, furnitureMemory: furniture === undefined ? undefined : memoryFor(memory, options.url) });
    const taught = furniture === undefined ? null : learned(memory, reading.article, hashed);
    if (reading.article.rejection !== null) {
      return Promise.resolve({ ok: true, value: { rejection: reading.article.rejection.reason, language: UNDETERMINED, stories: [], known: [], bytes: hashed, furniture: null } });
    }
    const composed = composeStories(reading, facts, known);
    return Promise.resolve({
      ok: true,
      value: {
        rejection: composed.stories.length === 0 ? 'no-story' : null,
        language: evidentLanguage(reading.language), known: composed.known, bytes: hashed, furniture: taught,
        stories: [...composed.stories.map(({ record, change }) => readStory(record, change)), ...composed.withdrawn.map((record) => readStory(record, 'withdrawn'))],
      },
    });
  },
};

/** A story as the worker takes it on. */
export const readStory = (record: StoryRecord, change: ReadStory['change']): ReadStory => ({
  change,
  json: change === 'unchanged' ? '' : JSON.stringify(record),
  text: change === 'withdrawn' ? '' : textHash(record.fingerprint, record.body.text, record.headline),
  news: {
    id: record.id, version: record.version, change: change === 'new' || change === 'unchanged' ? 'new' : 'changed', headline: cut(record.headline, 300),
    language: record.language.tag, dateline: cut(record.dateline?.raw ?? null, 200),
  },
  agency: agencyOf(record),
  near: change === 'new' && record.status !== 'withdrawn' ? sketchForDuplicates(record.body.text) : null,
});

const agencyOf = ({ dateline }: StoryRecord): string | null => {
  const agency = dateline?.agency ?? null;
  return agency === null ? null : agency.id ?? '';
};

/** A few words may be the same for two events ("More to follow."); the headline then tells them apart. */
const SHORT_TEXT = 200;
const textHash = (fingerprint: string, text: string, headline: string | null): string =>
  hash(text.length < SHORT_TEXT ? `${fingerprint}\n${headline ?? ''}` : fingerprint);

const rung = z.enum(['guid', 'link', 'title-date', 'content']);
const identitySchema = z.object({
  rung,
  unstable: z.array(z.enum(['guid', 'link'])),
  last: z.array(z.object({ guid: z.string().exactOptional(), link: z.string().exactOptional(), 'title-date': z.string().exactOptional() })),
});

/** One that cannot be read is learned anew. */
function readIdentity(learned: string | null): IdentityState | null {
  if (learned === null) return null;
  try {
    return identitySchema.parse(JSON.parse(learned));
  } catch {
    return null;
  }
}

/** The items as the ledger takes them; where two of a feed share a name, the link tells them apart. */
export function listItems(items: readonly FeedItem[], identity: IdentityState, feedLanguage: string | null): ListedItem[] {
  const links = new Map<string, Set<string | null>>();
  for (const item of items) {
    const key = itemKey(identity, item);
    links.set(key, (links.get(key) ?? new Set()).add(item.link));
  }
  const listed = new Map<string, ListedItem>();
  for (const item of items) {
    const name = itemKey(identity, item);
    const key = (links.get(name)?.size ?? 0) > 1 ? itemIdentity(item, 'link').key : name;
    // The first of two that are the same is the newer one in almost every feed.
    if (!listed.has(key)) listed.set(key, { item: key, mark: markOf(item), facts: factsOf(item, itemIdentity(item).url, key, feedLanguage) });
  }
  return [...listed.values()];
}

function renamedItems(before: IdentityState | null, now: IdentityState, items: readonly FeedItem[]): [string, string][] {
  const [from, to] = [before?.rung, now.rung];
  if (before === null || from === undefined || from === to || from === 'content' || to === 'content') return [];
  const old = new Map(before.last.flatMap((facts) => (facts[to] === undefined || facts[from] === undefined ? [] : [[facts[to], facts[from]] as const])));
  return items.flatMap((item): [string, string][] => {
    const name = itemFacts(item)[to];
    const known = name === undefined ? undefined : old.get(name);
    return name === undefined || known === undefined ? [] : [[known, name]];
  });
}

/** Of an item that is read from the feed itself, every change of its text counts. */
const markOf = (item: FeedItem): string => hash(JSON.stringify([
  item.title, item.updated?.raw ?? item.published?.raw ?? null, ...(item.link === null ? [item.content ?? item.summary, item.version, item.status, item.embargoedUntil] : []),
])).slice(0, 12);

const timeOf = (time: FeedTime | null): ItemFacts['published'] => (time === null ? null : { raw: time.raw.slice(0, 100), iso: time.iso });

const factsOf = (item: FeedItem, url: string | null, key: string, feedLanguage: string | null): ItemFacts => ({
  id: cut(item.id ?? url ?? key, MAX_ID) ?? key,
  url,
  address: hash((url === null ? null : identityUrl(url)) ?? key),
  title: cut(item.title, MAX_TITLE),
  summary: cut(item.summary, MAX_SUMMARY),
  language: item.language,
  feedLanguage,
  published: timeOf(item.published),
  updated: timeOf(item.updated),
  ...given(item, url),
});

/** What is read where the item has no address of its own. Cut, not left out: a long text is worth its beginning. */
function given(item: FeedItem, url: string | null): Pick<ItemFacts, 'content' | 'status' | 'urgency' | 'embargoedUntil'> {
  const { status, urgency, embargoedUntil } = item;
  const content = url === null ? cut(item.content ?? item.summary, MAX_CONTENT) : null;
  return {
    ...(content === null || content.trim() === '' ? {} : { content }), ...(status === undefined ? {} : { status }),
    ...(urgency === undefined ? {} : { urgency }), ...(embargoedUntil === undefined ? {} : { embargoedUntil }),
  };
}
