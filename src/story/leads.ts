import type { BlockSigns } from './block-signs.js';
import { namesDay } from './day-words.js';
import type { Opening } from './openings.js';
import { namesOf, PageTerms } from './terms.js';
import type { StoryFurniture } from './types.js';

/** What speaks for a bare paragraph being the first of a story. Each is worth between 0 and 1, `alike` rather less. */
export const LEAD_EVIDENCE = ['alike', 'alike-wide', 'dip', 'names-known', 'names-many', 'taken-up', 'quoted', 'long', 'day', 'after-short'] as const;
export type LeadEvidenceKind = (typeof LEAD_EVIDENCE)[number];

export interface Lead {
  readonly position: number;
  readonly values: Readonly<Record<LeadEvidenceKind, number>>;
}

/** Paragraphs of a page from which lost headlines are looked for; fewer are one story. */
const LEAST_PARAGRAPHS = 12;

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/**
 * Bare paragraphs on a page that lost its headlines (newspaper pages, scans, plain text): no headline of its own, and datelines that
 * do not tell the stories apart. There the text alone tells: words and names change, and a lead names a day and people.
 * Depth between neighbours after Hearst's TextTiling (1997).
 */
export function leadsOf(
  page: readonly BlockSigns[],
  furniture: ReadonlyMap<number, StoryFurniture>,
  openings: readonly Opening[],
  context: { readonly headline: string | null; readonly language: string | undefined },
): Lead[] {
  const content = page.map((_, position) => position).filter((position) => !furniture.has(position));
  const paragraphs = content.filter((position) => page[position]?.heading === false).length;
  if (context.headline !== null || openings[0]?.headline !== null || paragraphs < LEAST_PARAGRAPHS) return [];
  if (openings.filter(({ dateline }) => dateline !== null).length > 1) return [];

  const signs = content.flatMap((position) => page[position] ?? []);
  const terms = new PageTerms(signs.map(({ text }) => text));
  const names = signs.map(({ text }) => namesOf(text));
  const opened = new Set(openings.map(({ text }) => text));
  const alike = signs.map((_, at) => (at === 0 ? 1 : terms.likeness(terms.between(at, at + 2), terms.between(at - 3, at - 1))));
  const before = new Set<string>();
  const leads: Lead[] = [];
  for (const [at, here] of signs.entries()) {
    const position = content[at] ?? -1;
    const previous = signs[at - 1];
    if (previous !== undefined && !here.heading && here.block.kind === 'paragraph' && !previous.heading && !opened.has(position)) {
      const now = alike[at] ?? 0;
      const depth = clampRise(alike.slice(Math.max(1, at - 3), at), now) + clampRise(alike.slice(at + 1, at + 4), now);
      const here2 = new Set([...(names[at] ?? []), ...(names[at + 1] ?? [])]);
      leads.push({
        position,
        values: {
          alike: now,
          'alike-wide': terms.likeness(terms.between(at, at + 4), terms.between(at - 5, at - 1)),
          dip: clamp(depth * 4),
          'names-known': here2.size === 0 ? 0.5 : [...here2].filter((name) => before.has(name)).length / here2.size,
          'names-many': clamp((names[at]?.size ?? 0) / 5),
          'taken-up': terms.shared(terms.of(at), terms.between(at + 1, at + 2)),
          quoted: /^["“‘«„]/.test(here.text) ? 1 : 0,
          long: clamp(here.width / 300),
          day: namesDay(here.text, context.language) ? 1 : 0,
          'after-short': previous.width < 100 ? 1 : 0,
        },
      });
    }
    for (const name of names[at] ?? []) before.add(name);
  }
  return leads;
}

const clampRise = (around: readonly number[], now: number): number => Math.max(0, Math.max(0, ...around) - now);
