export type WireFormat = 'newsml-g2' | 'newsml-1.2' | 'nitf' | 'ninjs' | 'iptc7901' | 'anpa1312';

/** A name and the code it stands for, as far as the item gives them. */
export interface WireTerm {
  readonly name: string | null;
  /** QCode, URI or other code as written: `medtop:04000000`. */
  readonly code: string | null;
}

/** One news item of an agency's file, the same whatever format it came in. Plain text unless said otherwise; null where the file is silent. */
export interface WireItem {
  readonly format: WireFormat;
  readonly uri: string | null;
  readonly version: string | null;
  /** `text`, `picture` … as the format writes it (`ninat:text` in NewsML-G2). */
  readonly type: string | null;
  readonly title: string | null;
  readonly headline: string | null;
  readonly subheadline: string | null;
  readonly byline: string | null;
  readonly dateline: string | null;
  readonly located: string | null;
  readonly slugline: string | null;
  readonly summary: string | null;
  /** HTML; not sanitised. */
  readonly bodyHtml: string | null;
  readonly language: string | null;
  readonly subjects: readonly WireTerm[];
  readonly genres: readonly WireTerm[];
  readonly places: readonly WireTerm[];
  readonly keywords: readonly string[];
  /** 1 (flash) to 9, as written. */
  readonly urgency: string | null;
  readonly wordCount: string | null;
  /** UTC ISO 8601 to the second. */
  readonly versionCreated: string | null;
  readonly firstCreated: string | null;
  readonly contentCreated: string | null;
  readonly embargoed: string | null;
  /** `usable`, `withheld`, `canceled`, as the format writes it (`stat:usable` in NewsML-G2). */
  readonly pubStatus: string | null;
  /** What the editors signal of the item, as codes: `sig:correction`. */
  readonly signals?: readonly string[];
  readonly provider: string | null;
  readonly copyrightHolder: string | null;
  readonly copyrightNotice: string | null;
  readonly usageTerms: string | null;
  readonly edNote: string | null;
  /** Addresses and ids of pictures, parts and related items. */
  readonly associations: readonly string[];
}

export interface ParseWireOptions {
  /** HTTP Content-Type or the like. */
  readonly contentType?: string | undefined;
  /** BCP 47 tag of the source: decides the encoding of the old formats, which have no label. */
  readonly language?: string | undefined;
}
