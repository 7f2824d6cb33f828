import { widthOf, type BlockSigns } from './block-signs.js';
import type { Opening } from './openings.js';
import { PageTerms, termsOf } from './terms.js';

/** Names of what speaks for or against a cut; every value lies between 0 and 1. */
export const EVIDENCE = [
  'headline-tagged', 'headline-plain', 'headline-none',
  'dateline-own', 'dateline-strong', 'datelines-elsewhere',
  'headline-width', 'headline-as-wide', 'headline-short', 'headline-echoed', 'headline-known', 'headline-pattern',
  'sub-heading-words', 'open-end', 'same-style', 'deeper-level',
  'ruler', 'signature', 'text-alike', 'text-new', 'section-long', 'sections-even', 'page-short-heads',
  'apart', 'title-absent', 'round-up', 'page-echoed', 'page-apart', 'page-wide', 'page-title-absent', 'page-new', 'head-count', 'anaphora',
] as const;

export type EvidenceKind = (typeof EVIDENCE)[number];
export type EvidenceValues = Readonly<Record<EvidenceKind, number>>;

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** What stands before a colon or a dash: `Lavrov` of `Lavrov: …`. */
const patternOf = (headline: string): string | null => /^\s*([^:：–—]{2,40}?)\s*[:：–—]/u.exec(headline)?.[1]?.toLowerCase() ?? null;

type Style = 'capitals' | 'titles' | 'plain' | 'caseless';
function styleOf(text: string): Style {
  const letters = text.match(/\p{L}/gu) ?? [];
  const upper = letters.filter((letter) => /\p{Lu}/u.test(letter)).length;
  const lower = letters.filter((letter) => /\p{Ll}/u.test(letter)).length;
  if (upper + lower < letters.length / 2 || letters.length === 0) return 'caseless';
  if (upper > lower * 4) return 'capitals';
  const words = text.split(/\s+/).filter((word) => word.length > 3);
  return words.length > 2 && words.filter((word) => /^\P{L}*\p{Lu}/u.test(word)).length > words.length * 0.7 ? 'titles' : 'plain';
}

/** How many blocks are compared on each side of a cut. */
const WINDOW = 6;

/** The evidence for a story beginning at each opening but the first, which begins one anyway. */
export function evidenceOf(page: readonly BlockSigns[], openings: readonly Opening[], pageHeadline: string | null, roundUp = false): EvidenceValues[] {
  const terms = new PageTerms(page.map(({ text }) => text));
  const first = openings[0];
  const firstHeadline = pageHeadline ?? (first?.headline == null ? null : page[first.headline]?.text ?? null);
  const lead = pageHeadline === null ? (first?.headline == null ? null : page[first.headline]?.width ?? null) : widthOf(pageHeadline);
  const headWidths = openings.slice(1).flatMap(({ headline }) => (headline === null ? [] : [page[headline]?.width ?? 0]));
  const reference = lead ?? Math.max(50, ...headWidths);
  const shortHeads = headWidths.length === 0 ? 0 : headWidths.filter((width) => width < 0.5 * reference).length / headWidths.length;
  const pattern = firstHeadline === null ? null : patternOf(firstHeadline);
  const style = firstHeadline === null ? null : styleOf(firstHeadline);
  const firstLevel = first?.headline == null ? undefined : page[first.headline]?.block.level;

  const titleTerms = firstHeadline === null ? terms.between(0, 0) : termsOf(firstHeadline);
  const echoedOf = (opening: Opening): number => {
    const head = opening.headline === null ? new Set<string>() : terms.of(opening.headline);
    const lead2 = terms.between(opening.text, opening.text + 1);
    return opening.headline === null ? 0 : clamp([...head].filter((term) => lead2.has(term)).length / 6);
  };
  const apartOf = (opening: Opening): number => {
    const end = Math.min(opening.end, opening.text + WINDOW - 1);
    const section = terms.between(opening.start, end);
    const before = terms.between(0, opening.start - 1);
    let total = 0, out = 0;
    for (const term of section) { if (terms.frequency(term) < 2) continue; const w = terms.weight(term); total += w; if (!before.has(term)) out += w; }
    return total === 0 ? 0.5 : out / total;
  };
  const titleAbsentOf = (opening: Opening): number => 1 - terms.shared(titleTerms, terms.between(opening.text, Math.min(opening.end, opening.text + WINDOW - 1)));
  const newOf = (opening: Opening): number => 1 - terms.shared(terms.between(opening.text, opening.text + 1), terms.between(0, opening.start - 1));
  const wideOf = (opening: Opening): number => opening.headline === null ? 0 : clamp((page[opening.headline]?.width ?? 0) / reference);
  const headed = openings.slice(1).filter((o) => o.headline !== null && page[o.headline]?.subHeading !== true && ((page[o.headline]?.width ?? 0) >= 0.45 * reference || (page[o.headline]?.width ?? 0) >= 30));
  const mean = (f: (o: Opening) => number): number => headed.length === 0 ? 0 : headed.reduce((sum, o) => sum + f(o), 0) / headed.length;
  const pool = { echoed: mean(echoedOf), apart: mean(apartOf), wide: mean(wideOf), absent: mean(titleAbsentOf), fresh: mean(newOf) };

  return openings.map((opening, index) => {
    const headline = opening.headline === null ? null : page[opening.headline] ?? null;
    const others = openings.filter((_, other) => other !== index && other > 0);
    const ownDatelines = others.length === 0 ? 0 : others.filter(({ dateline }) => dateline !== null).length / others.length;
    const dateline = opening.dateline === null ? null : page[opening.dateline]?.dateline ?? null;
    const section = terms.between(opening.text, Math.min(opening.end, opening.text + WINDOW - 1));
    const before = terms.between(opening.start - WINDOW, opening.start - 1);
    const lead2 = terms.between(opening.text, opening.text + 1);
    const head = opening.headline === null ? new Set<string>() : terms.of(opening.headline);
    const length = opening.end - opening.text + 1;
    const previous = openings[index - 1];
    const previousLength = previous === undefined ? length : previous.end - previous.text + 1;
    return {
      'headline-tagged': headline !== null && opening.tagged ? 1 : 0,
      'headline-plain': headline !== null && !opening.tagged ? 1 : 0,
      'headline-none': headline === null ? 1 : 0,
      'dateline-own': dateline === null ? 0 : 1,
      'dateline-strong': dateline === null ? 0 : dateline.agency !== null || dateline.date !== null ? dateline.confidence : 0,
      'datelines-elsewhere': headline === null || dateline !== null ? 0 : ownDatelines,
      'headline-width': headline === null ? 0 : clamp(headline.width / 80),
      'headline-as-wide': headline === null ? 0 : clamp(headline.width / reference),
      'headline-short': headline !== null && headline.width < 0.45 * reference && headline.width < 30 ? 1 : 0,
      'headline-echoed': headline === null ? 0 : clamp([...head].filter((term) => lead2.has(term)).length / 6),
      'headline-known': headline === null ? 0 : terms.shared(head, terms.between(opening.start - WINDOW, opening.start - 1)),
      'headline-pattern': headline !== null && pattern !== null && patternOf(headline.text) === pattern ? 1 : 0,
      'sub-heading-words': headline?.subHeading === true ? 1 : 0,
      'open-end': headline !== null && /[:：?？؟!！]\s*$/u.test(headline.text) ? 1 : 0,
      'same-style': headline !== null && style !== null && (style === 'capitals' || style === 'titles') && styleOf(headline.text) === style ? 1 : 0,
      'deeper-level': headline !== null && firstLevel !== undefined && (headline.block.level ?? firstLevel) > firstLevel + 1 ? 1 : 0,
      ruler: opening.closedBy === 'ruler' ? 1 : 0,
      signature: opening.closedBy === 'signature' ? 1 : 0,
      'text-alike': terms.likeness(section, before),
      'text-new': 1 - terms.shared(lead2, terms.between(0, opening.start - 1)),
      'section-long': clamp(length / 6),
      'sections-even': clamp(Math.min(length, previousLength) / Math.max(length, previousLength)),
      apart: apartOf(opening),
      'title-absent': titleAbsentOf(opening),
      'round-up': roundUp ? 1 : 0,
      'page-echoed': headline === null ? 0 : pool.echoed,
      'page-apart': headline === null ? 0 : pool.apart,
      'page-wide': headline === null ? 0 : pool.wide,
      'page-title-absent': headline === null ? 0 : pool.absent,
      'page-new': headline === null ? 0 : pool.fresh,
      'head-count': headline === null ? 0 : clamp(openings.length / 12),
      anaphora: /^(?:he|she|it|they|this|that|these|those|but|and|also|however|meanwhile|er|sie|es|doch|aber|auch|zudem|dabei|das|diese|dieser|il|elle|ils|mais|cette|ce|ces|él|ella|pero|también|este|esta|он|она|они|это|но|также)\s/iu.test(page[opening.text]?.text ?? '') ? 1 : 0,
      'page-short-heads': headline === null ? 0 : shortHeads,
    };
  });
}
