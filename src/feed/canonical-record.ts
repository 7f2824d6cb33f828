/** A feed brought to one shape, whatever format it came in: every field decoded, resolved and chosen; times still as written. */
import type { FeedEnclosure, FeedPerson, FeedSource } from './types.js';
import type { TextConstruct } from './text-construct.js';

/** What is known of the document besides its bytes. */
export interface DocumentContext {
  readonly url?: string | undefined;
  readonly language?: string | undefined;
}

/** Fields both of a feed and of an item, times still as written. */
export interface CanonicalFields {
  readonly title: TextConstruct | null;
  readonly link: string | null;
  readonly id: string | null;
  readonly published: string | null;
  readonly updated: string | null;
  readonly authors: readonly FeedPerson[];
  readonly categories: readonly string[];
  readonly language: string | null;
  readonly rights: string | null;
}

export interface CanonicalItem extends CanonicalFields {
  readonly summary: string | null;
  readonly content: string | null;
  readonly enclosures: readonly FeedEnclosure[];
  readonly comments: string | null;
  readonly source: FeedSource | null;
  /** The publisher's own address behind a redirecting `link`. */
  readonly originalLink: string | null;
}

export interface CanonicalFeed extends CanonicalFields {
  readonly format: 'rss' | 'rdf' | 'atom';
  readonly description: string | null;
  readonly image: string | null;
  readonly hub: string | null;
  readonly self: string | null;
  readonly minIntervalSeconds: number | null;
  readonly items: readonly CanonicalItem[];
  readonly dropped: number;
}
