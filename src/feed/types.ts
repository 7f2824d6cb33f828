export type FeedFormat = 'rss' | 'rdf' | 'atom' | 'json' | 'sitemap' | 'sitemap-index';

/** A time as the feed writes it, and as understood. */
export interface FeedTime {
  readonly raw: string;
  /** UTC ISO 8601 to the second, or null: never a guess. */
  readonly iso: string | null;
  /** More than a day ahead of the poll. */
  readonly future?: boolean;
}

export interface FeedPerson {
  readonly name?: string;
  readonly email?: string;
  readonly uri?: string;
}

export interface FeedEnclosure {
  readonly url: string;
  readonly type?: string;
  /** Bytes, where the feed says a number. */
  readonly length?: number;
}

/** The feed an item was taken over from (RSS `source`, Atom `source`). */
export interface FeedSource {
  readonly title: string | null;
  readonly link: string | null;
  readonly id: string | null;
}

/** One RSS `item`, Atom `entry`, sitemap `url` or JSON Feed `item`; nothing in it is trusted. */
export interface FeedItem {
  /** guid, atom:id, JSON Feed id; as written. */
  readonly id: string | null;
  /** Absolute address of the page. */
  readonly link: string | null;
  /** The publisher's own address, where `link` goes through a counting redirect and the feed names what lies behind. */
  readonly originalLink?: string;
  /** Plain text. */
  readonly title: string | null;
  /** Mark-up of the title, where it had any. */
  readonly titleHtml: string | null;
  /** HTML as the feed carried it; not sanitised. */
  readonly summary: string | null;
  readonly content: string | null;
  readonly published: FeedTime | null;
  readonly updated: FeedTime | null;
  readonly authors: readonly FeedPerson[];
  readonly categories: readonly string[];
  readonly language: string | null;
  readonly enclosures: readonly FeedEnclosure[];
  readonly comments: string | null;
  readonly rights: string | null;
  readonly source: FeedSource | null;
  /** Of a wire item: its version as written, and what the wire says of it. */
  readonly version?: string;
  readonly status?: 'corrected' | 'withdrawn';
  /** 1 (flash) to 9. */
  readonly urgency?: number;
  /** UTC ISO 8601. */
  readonly embargoedUntil?: string;
}

/** A defect that was read over: costs one item, date or entity, and no more. */
export interface FeedNote {
  readonly code: string;
  readonly message: string;
  readonly item?: number;
}

export interface Feed {
  readonly format: FeedFormat;
  readonly title: string | null;
  readonly titleHtml: string | null;
  readonly link: string | null;
  readonly id: string | null;
  readonly description: string | null;
  readonly language: string | null;
  readonly authors: readonly FeedPerson[];
  readonly rights: string | null;
  readonly image: string | null;
  readonly published: FeedTime | null;
  readonly updated: FeedTime | null;
  readonly categories: readonly string[];
  /** WebSub hub and own address, where named. */
  readonly hub: string | null;
  readonly self: string | null;
  /** Shortest interval between polls that the feed asks for, in seconds (ttl, sy:update*). */
  readonly minIntervalSeconds: number | null;
  /** For `sitemap-index`: the sitemaps it lists. */
  readonly children: readonly string[];
  /** The same, those of news first, then the newest. */
  readonly newestChildren?: readonly string[];
  readonly items: readonly FeedItem[];
  readonly encoding: string | null;
  readonly notes: readonly FeedNote[];
}

export interface ParseFeedOptions {
  /** HTTP Content-Type header. */
  readonly contentType?: string | undefined;
  /** Address the bytes came from: base of relative links. */
  readonly url?: string | undefined;
  /** HTTP Content-Location and Content-Language headers. */
  readonly contentLocation?: string | undefined;
  readonly contentLanguage?: string | undefined;
  /** WebSub allows `Link` headers to name hub and self. */
  readonly linkHeader?: string | undefined;
  /** IANA zone of the source, for times without one. */
  readonly timeZone?: string | undefined;
  readonly language?: string | undefined;
  /** Now, for the check of times that lie ahead; default: the clock. */
  readonly now?: Date | undefined;
}
