/** The unit of text. `heading` and `list-item` keep their kind because splitting needs it. */
export type BlockKind = 'heading' | 'paragraph' | 'list-item' | 'quote' | 'table-row' | 'caption' | 'embed';

export interface Block {
  /** Place in page order, counted over kept blocks and furniture together. */
  readonly index: number;
  readonly kind: BlockKind;
  /** Plain text, NFC, white space folded, marks of bidirectional text kept. */
  readonly text: string;
  /** 1–6 for headings. */
  readonly level?: number;
  /** A heading by look: a paragraph all bold, short, without a final stop. Its kind is then `heading`. */
  readonly byLook?: boolean;
  /** The whole text is bold or strong. */
  readonly bold?: boolean;
  /** Share of the text that stands inside links, 0–1. */
  readonly linkShare?: number;
  /** Where it stood, outermost first: `main/article/div.entry-content/p`. For explanations and for structure. */
  readonly path?: string;
  /** Language the mark-up declares for it. */
  readonly lang?: string;
}

/** A block that is not the story, with the reason it was left out. */
export interface FurnitureBlock extends Block {
  /** Short kebab-case reason: `after-end`, `link-list`, `teaser`, `share`, `menu` … */
  readonly reason: string;
}

/** A value and where in the page it came from (`json-ld`, `og:title`, `h1`, `item`, …). */
export interface Sourced<T> {
  readonly value: T;
  readonly from: string;
}

/** A time as written and as understood; `iso` is null rather than a guess. */
export interface WrittenTime {
  readonly raw: string;
  /** ISO 8601 with zone, or null. A date without a time is `YYYY-MM-DD`. */
  readonly iso: string | null;
}

export interface ArticleImage {
  readonly url: string;
  readonly caption?: string;
  readonly credit?: string;
}

export type ArticleRejection = 'empty' | 'paywall' | 'needs-script' | 'error-page' | 'consent-page' | 'not-html' | 'too-large';

/** A page read: metadata and its blocks in order, furniture kept apart. */
export interface Article {
  readonly url: string | null;
  readonly canonicalUrl: Sourced<string> | null;
  readonly headline: Sourced<string> | null;
  readonly subheadline: Sourced<string> | null;
  /** Names only: no "By", no agency, no date. */
  readonly bylines: readonly Sourced<string>[];
  readonly published: Sourced<WrittenTime> | null;
  readonly modified: Sourced<WrittenTime> | null;
  readonly section: string | null;
  readonly tags: readonly string[];
  readonly siteName: string | null;
  /** Language as the page declares it, canonical BCP 47. */
  readonly declaredLanguage: string | null;
  readonly images: readonly ArticleImage[];
  readonly rights: string | null;
  readonly paywalled: boolean;
  readonly liveBlog: boolean;
  readonly blocks: readonly Block[];
  readonly furniture: readonly FurnitureBlock[];
  /** Set when the page is no story at all: its blocks are then not to be delivered. */
  readonly rejection: { readonly reason: ArticleRejection; readonly detail: string } | null;
  /** 0–1: how sure the extraction is. */
  readonly confidence: number;
  /** Encoding the bytes were read in, when bytes were given. */
  readonly encoding: string | null;
  /** Rules of the source that did not work on this page; what they were for was then read without them. */
  readonly ruleFaults?: readonly RuleFault[];
}

/** A rule that is no selector, or that matched nothing. */
export interface RuleFault {
  readonly rule: keyof ArticleRules;
  readonly selector: string;
  readonly problem: 'invalid' | 'no-match';
}

/** What the feed said of the page: an anchor no single-page extractor has. */
export interface ArticleItemHint {
  readonly title?: string | undefined;
  readonly summary?: string | undefined;
  readonly published?: string | undefined;
  readonly language?: string | undefined;
}

/** Selectors per source, for the last mile; a selector that matches nothing falls back and is reported. */
export interface ArticleRules {
  readonly title?: string | undefined;
  readonly body?: string | undefined;
  readonly remove?: string | undefined;
  readonly byline?: string | undefined;
  readonly date?: string | undefined;
  readonly captions?: string | undefined;
}

export interface ReadArticleOptions {
  readonly url?: string | undefined;
  readonly contentType?: string | undefined;
  readonly item?: ArticleItemHint | undefined;
  readonly rules?: ArticleRules | undefined;
  /** What repeated on earlier pages of the source. */
  readonly furnitureMemory?: FurnitureMemory | undefined;
}

/**
 * What repeated on a source's pages, as plain data for a store: fingerprints of block texts, and on how many different
 * pages each stood. Below 30 KB of JSON a source.
 */
export interface FurnitureMemory {
  readonly version: 1;
  /** Fingerprints of the addresses counted, newest last; a page read again is not counted again. */
  readonly pages: readonly string[];
  /** Pages by fingerprint of a text. */
  readonly seen: Readonly<Record<string, number>>;
}
