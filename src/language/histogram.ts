import { updateHistory } from './history.js';
import { sameLanguage, UNDETERMINED } from './tags.js';
import type { Language } from './types.js';

/** The languages a source has sent, and whether it has changed from one to another. */
export interface LanguageHistogram {
  /** Share of each tag among the last fifty pages or so (0–1): the history that {@link detectLanguage} takes. */
  readonly recent: Readonly<Record<string, number>>;
  /** Pages by tag since the source is known; `und` among them, `other` for the rarest of a source with very many. */
  readonly pages: Readonly<Record<string, number>>;
  /** The language that most of its pages are in, null while it has none. */
  readonly usual: string | null;
  /** The last change of {@link usual}, null when there was none. `at` is ISO 8601. */
  readonly changed: { readonly from: string; readonly to: string; readonly at: string } | null;
}

export const NO_LANGUAGES: LanguageHistogram = { recent: {}, pages: {}, usual: null, changed: null };

/** Name under which the rarest languages are counted together. */
const OTHER = 'other';
/** Languages counted by name. */
const MOST_TAGS = 24;
/** Share of the recent pages from which a language is a source's usual one: one in a half of two is a bilingual source, not a change. */
const USUAL_SHARE = 0.6;
/** Shares that must have been seen before anything is called usual: about ten pages. */
const LEAST_SEEN = 0.33;

/** Confidence from which an answer is evidence of what a source sends. */
const LEAST_EVIDENT = 0.8;

/** The language that a text itself shows; `und` where it is in doubt, or where the source's word or past decided: these must not confirm themselves. */
export const evidentLanguage = ({ tag, confidence, decidedBy }: Language): string =>
  (decidedBy === 'ngrams' || decidedBy === 'script') && confidence >= LEAST_EVIDENT ? tag : UNDETERMINED;

function countPage(pages: Readonly<Record<string, number>>, tag: string): Record<string, number> {
  const isKnown = Object.hasOwn(pages, tag) || Object.keys(pages).length < MOST_TAGS;
  const name = isKnown ? tag : OTHER;
  return { ...pages, [name]: (pages[name] ?? 0) + 1 };
}

/** The language with a clear majority of the recent pages, null without one. */
function usualOf(recent: Readonly<Record<string, number>>): string | null {
  const shares = Object.entries(recent).sort(([, a], [, b]) => b - a);
  const seen = shares.reduce((sum, [, share]) => sum + share, 0);
  const [first] = shares;
  return first === undefined || seen < LEAST_SEEN || first[1] < USUAL_SHARE * seen ? null : first[0];
}

/** A histogram after one more page, `tag` being its {@link evidentLanguage}. */
export function countLanguage(histogram: LanguageHistogram, tag: string, at: Date): LanguageHistogram {
  const pages = countPage(histogram.pages, tag);
  if (tag === UNDETERMINED) return { ...histogram, pages };
  const recent = updateHistory(histogram.recent, tag);
  const usual = usualOf(recent) ?? histogram.usual;
  const before = histogram.usual;
  const isChange = usual !== null && before !== null && !sameLanguage(before, usual);
  return { recent, pages, usual, changed: isChange ? { from: before, to: usual, at: at.toISOString() } : histogram.changed };
}
