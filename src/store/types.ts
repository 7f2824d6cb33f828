import type { StoryRecord } from '../story/index.js';

/** Which stories are asked for: every part that is given must hold. */
export interface StoryFilter {
  /** Words, "phrases", prefixes (`elect*`) and words that must not occur (`-sport`), in any script. */
  readonly text?: string | undefined;
  readonly source?: string | undefined;
  /** BCP 47 tag; a bare language (`zh`) takes in its variants. */
  readonly language?: string | undefined;
  /** Agency id of the dateline. */
  readonly agency?: string | undefined;
  /** ISO 3166-1 alpha-2, of any place in the dateline. */
  readonly country?: string | undefined;
  /** Words of a place's name, as written or in English. */
  readonly place?: string | undefined;
  readonly status?: StoryRecord['status'] | undefined;
  /** Milliseconds since 1970, inclusive and exclusive. */
  readonly from?: number | undefined;
  readonly until?: number | undefined;
  /** Leave out stories whose embargo runs beyond this moment (ms since 1970): set for all that goes outside. */
  readonly outwardAt?: number | undefined;
}

export interface StoryQuery extends StoryFilter {
  /** Cursor of the page before. */
  readonly after?: string | undefined;
  /** 1–200 */
  readonly limit: number;
}

/** A story as lists show it: its newest version. */
export interface StorySummary {
  readonly id: string;
  readonly version: number;
  /** News time, ms since 1970: when it was published as far as that can be believed, else when it came. */
  readonly at: number;
  /** When this version came, ms since 1970. */
  readonly arrivedAt: number;
  readonly status: StoryRecord['status'];
  readonly headline: string | null;
  /** The first words of its text. */
  readonly lead: string;
  readonly kicker: string | null;
  readonly source: { readonly id: string; readonly name: string };
  readonly url: string;
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly agency: string | null;
  /** The dateline as written, null without one. */
  readonly dateline: string | null;
  readonly countries: readonly string[];
  readonly cluster: string | null;
  readonly duplicateOf: string | null;
  /** ms since 1970 */
  readonly embargoedUntil: number | null;
}

export interface StoryPage {
  /** Newest first by news time. */
  readonly stories: readonly StorySummary[];
  /** Cursor of the next page; null on the last one. */
  readonly next: string | null;
}

export const FACETS = ['source', 'language', 'agency', 'country', 'status'] as const;
export type FacetName = (typeof FACETS)[number];

export interface FacetValue {
  readonly value: string;
  readonly count: number;
}

/** How the stories of a query divide; counted over the newest of them. */
export interface StoryFacets {
  /** Stories counted. */
  readonly counted: number;
  /** There are more than were counted. */
  readonly more: boolean;
  readonly facets: Readonly<Record<FacetName, readonly FacetValue[]>>;
}

export interface StoryVersion {
  readonly id: string;
  readonly version: number;
  readonly arrivedAt: number;
  /** Position in the order of giving out; null while an embargo holds it back. */
  readonly position: number | null;
  readonly record: StoryRecord;
}

export interface StoryNews {
  readonly versions: readonly StoryVersion[];
  /** Position up to which was looked: at or behind the last version's. */
  readonly seenTo: number;
}

/** Stories of one place in a span of time. */
export interface PlaceCount {
  /** In English where it is resolved, else as written. */
  readonly name: string;
  readonly country: string | null;
  readonly stories: number;
}

export interface PlacedCount {
  readonly stories: number;
  /** Those of them whose dateline names a place, known or not. */
  readonly placed: number;
}

export interface HourCount {
  /** Begin of the hour, ms since 1970. */
  readonly hour: number;
  readonly stories: number;
}

export interface StoreSize {
  readonly stories: number;
  readonly versions: number;
  /** Bytes in use on the disk. */
  readonly bytes: number;
  /** When the oldest version kept came, ms since 1970; null while empty. */
  readonly oldest: number | null;
}

/** Stories kept for people and programs that look back: searched, read, followed. What is asked for and not there is null or empty. */
export interface StoryStore {
  /** What it is, for people: a file, a database. */
  readonly where: string;
  search(query: StoryQuery): Promise<StoryPage>;
  facets(filter: StoryFilter): Promise<StoryFacets>;
  /** The newest version, or the one named. */
  story(id: string, version?: number): Promise<StoryVersion | null>;
  /** All versions kept, oldest first; at most 200. */
  versions(id: string): Promise<readonly StoryVersion[]>;
  /** Other stories of its cluster, its original and its duplicates, newest first; at most 100. */
  related(id: string): Promise<readonly StorySummary[]>;
  /** Versions given out after a position, in their order, of stories that fit; ask again from `seenTo`. */
  since(position: number, filter: StoryFilter, limit: number): Promise<StoryNews>;
  /** Position of the newest version given out; 0 while there is none. */
  newest(): Promise<number>;
  /** The most frequent places, at most `limit`. */
  places(filter: StoryFilter, limit: number): Promise<readonly PlaceCount[]>;
  /** How many stories fit, and how many of them name a place. */
  placed(filter: StoryFilter): Promise<PlacedCount>;
  /** Stories an hour; hours without one are left out. */
  hours(filter: StoryFilter): Promise<readonly HourCount[]>;
  size(): Promise<StoreSize>;
  close(): Promise<void>;
}
