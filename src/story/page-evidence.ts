import { signsOfPage, type BlockSigns } from './block-signs.js';
import { evidenceOf, type EvidenceValues } from './cut-evidence.js';
import { plainWords } from './furniture-words.js';
import { leadsOf, type Lead } from './leads.js';
import { openingsOf, type Opening } from './openings.js';
import { pageFurniture } from './page-furniture.js';
import type { SplitInput, StoryFurniture } from './types.js';

/** Everything cuts are decided on: what training learns from is what splitting weighs. */
export interface PageEvidence {
  readonly page: readonly BlockSigns[];
  readonly furniture: Map<number, StoryFurniture>;
  readonly openings: readonly Opening[];
  /** One to each opening; none where there is one opening. */
  readonly values: readonly EvidenceValues[];
  /** Bare paragraphs that could open a story, on pages where nothing else tells. */
  readonly leads: readonly Lead[];
}

/** A line that the source calls a heading is one, whatever it looks like. */
const asHeading = (signs: BlockSigns): BlockSigns => ({ ...signs, heading: true, furniture: null, teaserLabel: false, byline: null, nameLine: false, dateline: null, datelineOnly: false, bodyStart: 0 });

export function pageEvidence(input: SplitInput): PageEvidence {
  const hints = { language: input.language, source: input.agency, reference: input.reference };
  const chosen = new Set((input.headings ?? []).map(plainWords));
  const page = signsOfPage(input.blocks, hints).map((signs) => (chosen.size > 0 && chosen.has(plainWords(signs.text)) ? asHeading(signs) : signs));
  const furniture = pageFurniture(page);
  // Nothing but furniture is more likely a very short story than a page without one.
  if (page.length > 0 && furniture.size === page.length) {
    for (const [position, signs] of page.entries()) if (signs.furniture === null) furniture.delete(position);
  }
  const headline = input.headline?.value ?? null;
  const openings = openingsOf(page, furniture, headline !== null);
  const roundUp = [...furniture.values()].some(({ kind }) => kind === 'round-up-title');
  // The first opening begins a story whatever its evidence: alone it needs none.
  const values = openings.length < 2 ? [] : evidenceOf(page, openings, { headline, roundUp, language: input.language });
  return { page, furniture, openings, values, leads: leadsOf(page, furniture, openings, { headline, language: input.language }) };
}
