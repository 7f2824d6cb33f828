import { widthOf, type BlockSigns } from './block-signs.js';
import { namesDay } from './day-words.js';
import { afterPrefix } from './furniture-words.js';
import type { Opening } from './openings.js';
import { namesOf, PageTerms, termsOf } from './terms.js';

/** What speaks for or against a cut, by name. Each is worth between 0 and 1. */
export const EVIDENCE = [
  // What opens it: a heading, a line that looks like one, or nothing; its dateline, and whether that holds a date or an agency.
  'headline-tagged', 'headline-plain', 'headline-none', 'dateline', 'dateline-full', 'datelines-elsewhere',
  // The headline: its width, alone and against the page's own headline; labels such as "Background"; the pattern `Lavrov: …`.
  'headline-width', 'headline-as-wide', 'headline-short', 'headline-words', 'headline-pattern', 'sub-heading-words', 'open-end', 'deeper-level',
  // A headline says what the paragraph under it says; a sub-heading speaks of what went before.
  'headline-echoed', 'headline-echo-share', 'headline-known',
  // The text: a story brings its own words and names, speaks of a day, and does not begin with "But he".
  'text-new', 'text-alike', 'words-apart', 'names-known', 'page-headline-absent', 'lead-day', 'lead-long', 'lead-leans',
  // The page: what stands before, how even the sections are, and what its other headings are like.
  'ruler', 'signature', 'language-changed', 'round-up', 'section-long', 'sections-even', 'many-openings', 'short-headings',
  'page-echoed', 'page-echo-share', 'page-apart', 'page-names-known', 'page-absent',
] as const;

export type EvidenceKind = (typeof EVIDENCE)[number];
export type EvidenceValues = Readonly<Record<EvidenceKind, number>>;

export interface PageContext {
  /** The page's own headline, when it is not among the blocks. */
  readonly headline: string | null;
  /** The page bears a round-up's title. */
  readonly roundUp: boolean;
  /** BCP 47 */
  readonly language: string | undefined;
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));
const share = (part: number, whole: number, otherwise: number): number => (whole === 0 ? otherwise : part / whole);
const flag = (holds: boolean): number => (holds ? 1 : 0);

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** Words of a headline; where no spaces part them, a word is taken for four columns. */
const wordCount = ({ text, width }: BlockSigns): number => (UNSPACED.test(text) ? width / 4 : text.split(/\s+/).length);

/** What stands before a colon or a dash: `lavrov` of `Lavrov: …`. */
const patternOf = (headline: string): string | null => /^\s*([^:：–—]{2,40}?)\s*[:：–—]/u.exec(headline)?.[1]?.toLowerCase() ?? null;

/** Scripts told apart; those of Japanese count as one with Chinese. */
const SCRIPTS = ['Latin', 'Cyrillic', 'Greek', 'Arabic', 'Hebrew', 'Devanagari', 'Bengali', 'Thai', 'Han', 'Hangul', 'Georgian', 'Armenian', 'Ethiopic'];
const scriptTests = SCRIPTS.map((script) => new RegExp(script === 'Han' ? String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]` : String.raw`\p{Script=${script}}`, 'gu'));
/** The script most letters of a text are in. */
function scriptOf(text: string): string {
  const counts = scriptTests.map((test) => text.slice(0, 200).match(test)?.length ?? 0);
  return SCRIPTS[counts.indexOf(Math.max(...counts))] ?? '';
}

/** Blocks looked at on each side of a cut. */
const WINDOW = 6;

/** What is measured of one opening before the page as a whole is looked at. */
interface Measures {
  readonly echoed: number;
  readonly echoShare: number;
  readonly apart: number;
  readonly namesKnown: number;
  readonly absent: number;
  readonly fresh: number;
}

const headlineSigns = (page: readonly BlockSigns[], { headline }: Opening): BlockSigns | null => (headline === null ? null : page[headline] ?? null);

function measureAll(page: readonly BlockSigns[], openings: readonly Opening[], terms: PageTerms, pageTerms: ReadonlySet<string>): Measures[] {
  const before = new Set<string>();
  const namesBefore = new Set<string>();
  let read = 0;
  return openings.map((opening) => {
    for (; read < opening.start; read += 1) {
      for (const term of terms.of(read)) before.add(term);
      for (const name of namesOf(page[read]?.text ?? '')) namesBefore.add(name);
    }
    const last = Math.min(opening.end, opening.text + WINDOW - 1);
    const head = opening.headline === null ? new Set<string>() : terms.of(opening.headline);
    const lead = terms.between(opening.text, opening.text + 1);
    // Only words that come again somewhere can tell where a story keeps to itself.
    const recurring = [...terms.between(opening.start, last)].filter((term) => terms.frequency(term) > 1);
    const weightOf = (some: readonly string[]): number => some.reduce((sum, term) => sum + terms.weight(term), 0);
    const names = new Set<string>();
    for (let at = opening.text; at <= last; at += 1) for (const name of namesOf(page[at]?.text ?? '')) names.add(name);
    return {
      echoed: clamp([...head].filter((term) => lead.has(term)).length / 6),
      echoShare: terms.shared(head, terms.of(opening.text)),
      apart: share(weightOf(recurring.filter((term) => !before.has(term))), weightOf(recurring), 0.5),
      namesKnown: share([...names].filter((name) => namesBefore.has(name)).length, names.size, 0.3),
      absent: 1 - terms.shared(pageTerms, terms.between(opening.text, last)),
      fresh: 1 - terms.shared(lead, before),
    };
  });
}

/** The evidence for a story beginning at each opening. The page's first opening begins one whatever its evidence. */
export function evidenceOf(page: readonly BlockSigns[], openings: readonly Opening[], context: PageContext): EvidenceValues[] {
  const terms = new PageTerms(page.map(({ text }) => text));
  const [first] = openings;
  const ownHeadline = first === undefined ? null : headlineSigns(page, first);
  const pageHeadline = context.headline ?? ownHeadline?.text ?? null;
  const pageTerms = pageHeadline === null ? terms.of(0) : termsOf(pageHeadline);
  const pattern = pageHeadline === null ? null : patternOf(pageHeadline);
  const widths = openings.slice(1).map((opening) => headlineSigns(page, opening)?.width ?? 0).filter((width) => width > 0);
  const reference = pageHeadline === null ? Math.max(50, ...widths) : Math.max(1, widthOf(pageHeadline));
  const measures = measureAll(page, openings, terms, pageTerms);

  // The headings that could be headlines, taken together: single ones mislead, all of them less so.
  const peers = measures.filter((_, index) => {
    const opening = openings[index];
    const headline = index === 0 || opening === undefined ? null : headlineSigns(page, opening);
    return headline !== null && !headline.subHeading && (headline.width >= 0.45 * reference || headline.width >= 30);
  });
  const mean = (pick: (measured: Measures) => number): number => share(peers.reduce((sum, measured) => sum + pick(measured), 0), peers.length, 0);
  const together = { echoed: mean((m) => m.echoed), share: mean((m) => m.echoShare), apart: mean((m) => m.apart), names: mean((m) => m.namesKnown), absent: mean((m) => m.absent) };
  const levels = openings.slice(1).flatMap((opening) => headlineSigns(page, opening)?.block.level ?? []);
  const highest = Math.min(...levels);
  const datelines = openings.slice(1).filter(({ dateline }) => dateline !== null).length;

  return openings.map((opening, index) => {
    const measured = measures[index] ?? { echoed: 0, echoShare: 0, apart: 0, namesKnown: 0, absent: 0, fresh: 0 };
    const headline = headlineSigns(page, opening);
    const headed = flag(headline !== null);
    const dateline = opening.dateline === null ? null : page[opening.dateline]?.dateline ?? null;
    const lead = page[opening.text];
    const previous = openings[index - 1];
    const length = opening.end - opening.text + 1;
    const previousLength = previous === undefined ? length : previous.end - previous.text + 1;
    const beforeText = page[previous?.text ?? 0];
    return {
      'headline-tagged': flag(headline !== null && opening.tagged),
      'headline-plain': flag(headline !== null && !opening.tagged),
      'headline-none': flag(headline === null),
      dateline: dateline?.confidence ?? 0,
      'dateline-full': flag(dateline !== null && (dateline.agency !== null || dateline.date !== null)),
      'datelines-elsewhere': headline === null || dateline !== null ? 0 : share(datelines, openings.length - 2, 0),
      'headline-width': clamp((headline?.width ?? 0) / 80),
      'headline-as-wide': clamp((headline?.width ?? 0) / reference),
      'headline-short': flag(headline !== null && headline.width < 0.45 * reference && headline.width < 30),
      'headline-words': headline === null ? 0 : clamp(wordCount(headline) / 8),
      'headline-pattern': flag(headline !== null && pattern !== null && patternOf(headline.text) === pattern),
      'sub-heading-words': flag(headline?.subHeading === true),
      'open-end': flag(headline !== null && /[:：?？؟!！]\s*$/u.test(headline.text)),
      'deeper-level': flag(index > 0 && headline?.block.level !== undefined && headline.block.level > highest),
      'headline-echoed': measured.echoed,
      'headline-echo-share': measured.echoShare,
      'headline-known': opening.headline === null ? 0 : terms.shared(terms.of(opening.headline), terms.between(opening.start - WINDOW, opening.start - 1)),
      'text-new': measured.fresh,
      'text-alike': terms.likeness(terms.between(opening.text, Math.min(opening.end, opening.text + WINDOW - 1)), terms.between(opening.start - WINDOW, opening.start - 1)),
      'words-apart': measured.apart,
      'names-known': measured.namesKnown,
      'page-headline-absent': measured.absent,
      'lead-day': flag(lead !== undefined && namesDay(lead.text, context.language)),
      'lead-long': clamp((lead?.width ?? 0) / 300),
      'lead-leans': flag(lead !== undefined && afterPrefix('continuation', lead.text) !== null),
      ruler: flag(opening.closedBy === 'ruler'),
      signature: flag(opening.closedBy === 'signature'),
      'language-changed': flag(lead !== undefined && beforeText !== undefined && lead.width > 40 && beforeText.width > 40
        && (scriptOf(lead.text) !== scriptOf(beforeText.text) || (lead.block.lang ?? '') !== (beforeText.block.lang ?? ''))),
      'round-up': flag(context.roundUp),
      'section-long': clamp(length / 6),
      'sections-even': Math.min(length, previousLength) / Math.max(length, previousLength),
      'many-openings': headed * clamp(openings.length / 12),
      'short-headings': headed * share(widths.filter((width) => width < 0.5 * reference).length, widths.length, 0),
      'page-echoed': headed * together.echoed,
      'page-echo-share': headed * together.share,
      'page-apart': headed * together.apart,
      'page-names-known': headed * together.names,
      'page-absent': headed * together.absent,
    };
  });
}
