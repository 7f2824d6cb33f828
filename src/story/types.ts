import type { Article, ArticleItemHint, ArticleRules, Block, FurnitureMemory, WrittenTime } from '../article/index.js';
import type { Dateline } from '../dateline/index.js';
import type { Language } from '../language/index.js';
import type { StoryRecord } from './record.js';

/** What splitting needs of an article: an `Article` fits, and so does a bare list of blocks. */
export interface SplitInput {
  readonly blocks: readonly Block[];
  readonly headline?: { readonly value: string } | null;
  readonly bylines?: readonly { readonly value: string }[];
  /** Byline lines left out of `blocks`; by its `index` each belongs to the story it stands in or under. */
  readonly signatures?: readonly Block[];
  /** ISO 8601 time of the page, for dates without a year. */
  readonly reference?: string | undefined;
  /** BCP 47 tag of the page where known; each story still gets its own. */
  readonly language?: string | undefined;
  /** Agency id of the source. */
  readonly agency?: string | undefined;
  readonly liveBlog?: boolean;
  /** Texts of the headings that begin a story, where the source says which: then no other heading does. */
  readonly headings?: readonly string[] | undefined;
  /** Hint per source. */
  readonly stories?: 'one' | 'many' | 'auto' | undefined;
}

/** One piece of evidence for a cut, or against it. */
export interface CutEvidence {
  readonly kind: string;
  readonly weight: number;
}

/** One datelined sub-story of an article, as block positions into the input's `blocks`. */
export interface Story {
  /** Positions in `blocks` (not `Block.index`), both included; `end` is `start` - 1 where the page has a headline and no block. */
  readonly start: number;
  readonly end: number;
  readonly headline: string | null;
  /** Position of the block that is the headline, when it is one of the blocks. */
  readonly headlineBlock: number | null;
  readonly kicker: string | null;
  /** What the kicker says of the story (`CORRECTION`, `KILL`). */
  readonly status: 'usable' | 'corrected' | 'withdrawn';
  readonly dateline: Dateline | null;
  /** True when the dateline was given by an earlier story of the page. */
  readonly datelineInherited: boolean;
  /** Number of the story that gave it. */
  readonly datelineFrom: number | null;
  readonly bylines: readonly string[];
  readonly language: Language;
  /** The story's own text blocks: headline, byline and furniture left out, the dateline cut off its paragraph. */
  readonly body: readonly Block[];
  /** 0–1 */
  readonly confidence: number;
  /** Why it starts where it starts. */
  readonly evidence: readonly CutEvidence[];
}

export type FurnitureKind =
  | 'teaser' | 'byline' | 'desk-signature' | 'credits' | 'share' | 'newsletter' | 'ruler' | 'round-up-title'
  | 'date-line' | 'contact' | 'copyright' | 'other';

/** A block of the input that belongs to no story's text. */
export interface StoryFurniture {
  /** Position in `blocks`. */
  readonly position: number;
  readonly kind: FurnitureKind;
  readonly reason: string;
}

/** Every block of the input is in exactly one story's span or in `furniture` (furniture may lie inside a span). */
export interface Split {
  readonly stories: readonly Story[];
  readonly furniture: readonly StoryFurniture[];
}

/** Everything the pure core makes of one page; what a parse thread returns (structured-clonable). */
export interface PageReading {
  readonly article: Article;
  readonly split: Split;
  /** Language of the page as a whole. */
  readonly language: Language;
}

export interface ReadPageOptions {
  readonly url?: string | undefined;
  readonly contentType?: string | undefined;
  readonly item?: ArticleItemHint | undefined;
  readonly rules?: ArticleRules | undefined;
  /** What repeated on earlier pages of the source. */
  readonly furnitureMemory?: FurnitureMemory | undefined;
  /** Language the source declares, and its history of detected tags. */
  readonly declaredLanguage?: string | undefined;
  readonly languageHistory?: Readonly<Record<string, number>> | undefined;
  readonly agency?: string | undefined;
  readonly stories?: 'one' | 'many' | 'auto' | undefined;
  /** CSS selector of the headings that begin a story. One that matches nothing, or is none, leaves the page as without it. */
  readonly headingSelector?: string | undefined;
  /** CSS selector of boxes that point to other stories: taken out before reading. */
  readonly teaserSelector?: string | undefined;
  /** ISO 8601: time of the item or of the fetch, where the page tells none. */
  readonly reference?: string | undefined;
}

/** What the worker knows beside the page. */
export interface RecordFacts {
  /** The same bytes are read again on purpose: what is now left out of a story was wrong in it, and is a change. */
  readonly reread?: boolean | undefined;
  readonly source: { readonly id: string; readonly name: string; readonly feedUrl: string };
  readonly url: string;
  readonly itemId: string;
  readonly feedLanguage: string | null;
  readonly itemTitle: string | null;
  readonly itemPublished: WrittenTime | null;
  readonly itemUpdated: WrittenTime | null;
  readonly fetchedAt: string;
  /** What a wire says of the item. */
  readonly status?: 'corrected' | 'withdrawn' | undefined;
  readonly urgency?: number | undefined;
  /** UTC ISO 8601. */
  readonly embargoedUntil?: string | undefined;
}

/** What is kept of a page's stories between two readings, so that ids hold and versions rise. Small: under 600 B a story, 400 B as a rule. */
export interface KnownStory {
  readonly id: string;
  readonly version: number;
  readonly fingerprint: string;
  /** Hash of the normalised headline; '' without one. */
  readonly headlineHash: string;
  /** Compact sketch of the text, for stories whose headline and text both moved. */
  readonly sketch: string;
  /** Marks of the text's blocks, for what changed; see `block-marks.ts`. */
  readonly blocks?: string;
  /** Cut short; with the language what a notice of withdrawal can still say of the story. */
  readonly headline?: string;
  readonly language?: string;
  /** Left out while `usable`. */
  readonly status?: 'corrected' | 'withdrawn';
  /** The page no longer holds it; kept so that it gets its id back when it returns. */
  readonly gone?: true;
}

export interface IdentifiedStory {
  readonly record: StoryRecord;
  readonly change: 'new' | 'changed' | 'unchanged';
}

export interface ComposedPage {
  /** In the order of the page. */
  readonly stories: readonly IdentifiedStory[];
  /** To be kept for the next reading of the page. */
  readonly known: readonly KnownStory[];
  /** Notices of the stories that were taken off the page since the reading before. */
  readonly withdrawn: readonly StoryRecord[];
}

/** Why a story is withdrawn: its page answers so, says so, or goes on without it. */
export type WithdrawalReason = 'http-404' | 'http-410' | 'error-page' | 'said-so' | 'left-the-page';
