import { foldPhrase, FURNITURE_KINDS } from './furniture-words.js';
import { stringOf, typesOf } from './json-ld.js';
import { firstMeta, textOf } from './meta-tags.js';
import type { OpenPage } from './open-page.js';
import { CONSENT_TITLES, ERROR_TITLES } from './page-words.js';
import type { RawBlock } from './raw-blocks.js';
import type { ArticleRejection } from './types.js';

export interface Rejection {
  readonly reason: ArticleRejection;
  readonly detail: string;
}

/** Fewer words than this are a teaser where a wall was found, a notice where the title speaks of an error. */
const TEASER = 90;
const NOTICE = 140;
/** A page of scripts has hardly any text of its own. */
const BARE_PAGE = 40;

/** A status code is the name of a page only where it stands by itself: "Flight 404 lands" and "500 homes lost" are headlines. */
const CODE = /^\d{3}$/;

const PAYWALL_KIND = 1 << FURNITURE_KINDS.indexOf('paywall');
const CONSENT_KIND = 1 << FURNITURE_KINDS.indexOf('consent');

const phrasesOf = (table: Readonly<Record<string, readonly string[]>>): readonly string[] => Object.values(table).flat().map(foldPhrase);
const ERRORS = phrasesOf(ERROR_TITLES);
const CONSENTS = phrasesOf(CONSENT_TITLES);

/** Whether the page itself says that its text is not free: JSON-LD, or the tier in its metadata. */
export function isPaywalled({ node, nodes, meta }: OpenPage): boolean {
  for (const one of node === null ? nodes.slice(0, 50) : [node]) {
    const free = one['isAccessibleForFree'];
    if (free === false || (typeof free === 'string' && /^false$/i.test(free.trim()))) return true;
  }
  return /^(?:locked|premium|paid|subscriber)/i.test(firstMeta(meta, 'article:content_tier', 'og:article:content_tier', 'content_tier')?.value ?? '');
}

/** By schema.org's type or the start of its coverage, or by its address. */
export function isLiveBlog({ node, nodes, url }: OpenPage): boolean {
  return nodes.some((one) => typesOf(one).some((type) => /liveblogposting/i.test(type))) || (node !== null && stringOf(node, 'coverageStartTime') !== null)
    || /\/(?:live-?blog|live-?ticker|live-?updates?|live)(?:[/\-_]|$)/i.test(url ?? '');
}

/** Why a page is no story, or null. `kept` are the blocks that would be delivered. */
export function rejectionOf(page: OpenPage, kept: readonly RawBlock[]): Rejection | null {
  const { raw, tree } = page;
  const words = kept.reduce((sum, block) => sum + block.measure.units, 0);
  const all = raw.blocks.reduce((sum, block) => sum + block.measure.units, 0);
  const title = tree.heads.title === null ? '' : textOf(tree.heads.title, 300);
  const called = [title, ...tree.heads.headings.slice(0, 3).map((heading) => textOf(heading, 200))].map(foldPhrase);
  const parts = new Set([title, ...tree.heads.headings.slice(0, 3).map((heading) => textOf(heading, 200))].flatMap((text) => text.split(/[^\p{L}\p{N}\s]+/u)).map(foldPhrase));
  const named = (phrases: readonly string[], longest: number): string | null =>
    phrases.find((phrase) => (CODE.test(phrase) ? parts.has(phrase) : called.some((text) => holdsPhrase(text, phrase) && text.length <= longest))) ?? null;

  if (words < NOTICE) {
    const error = named(ERRORS, 90);
    if (error !== null && !hasStory(page, words)) return { reason: 'error-page', detail: `the page calls itself "${error}"` };
  }
  const says = ({ order }: RawBlock): number => page.features.says[order] ?? 0;
  const asks = words < NOTICE ? named(CONSENTS, 60) : null;
  const consent = all >= 1_500 && asks === null ? 0 : raw.blocks.filter((block) => (says(block) & CONSENT_KIND) !== 0 || /cookie|gdpr|datenschutz/i.test(block.text.slice(0, 2_000)))
    .reduce((sum, block) => sum + block.measure.units, 0);
  if (all > 0 && all < 1_500 && consent > 0.5 * all && consent >= 25) return { reason: 'consent-page', detail: 'most of the text asks for consent' };
  if (asks !== null && consent > 0.15 * all) return { reason: 'consent-page', detail: `the page calls itself "${asks}"` };
  if (words < TEASER) {
    const wall = raw.blocks.find((block) => (says(block) & PAYWALL_KIND) !== 0);
    if (isPaywalled(page)) return { reason: 'paywall', detail: `only ${String(words)} words are free` };
    if (wall !== undefined && words < TEASER) return { reason: 'paywall', detail: wall.text.slice(0, 120) };
  }
  if (words === 0 || all < BARE_PAGE) {
    const script = needsScript(page, all);
    if (script !== null && words < 12) return { reason: 'needs-script', detail: script };
  }
  return words === 0 ? { reason: 'empty', detail: 'no text of a story was found' } : null;
}

const holdsPhrase = (text: string, phrase: string): boolean => text === phrase || text.startsWith(`${phrase} `) || text.endsWith(` ${phrase}`)
  || (phrase.length >= 8 && text.includes(phrase));

/** A story about an error page names its author or its date; the error page itself does not. */
const hasStory = ({ node, meta }: OpenPage, words: number): boolean =>
  words >= 25 && (node !== null || firstMeta(meta, 'article:published_time', 'datepublished') !== null);

function needsScript({ tree, raw }: OpenPage, words: number): string | null {
  const asked = raw.blocks.find((block) => /javascript/i.test(block.text.slice(0, 400)));
  if (asked !== undefined && words < 120) return asked.text.slice(0, 120);
  if (tree.heads.scripts >= 2) return `${String(tree.heads.scripts)} scripts and ${String(words)} words`;
  return null;
}
