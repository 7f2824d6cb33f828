import { signsOf, type BlockSigns } from './block-signs.js';
import { CUT_ABOVE, CUT_BIAS, CUT_WEIGHTS } from './cut-weights.js';
import { EVIDENCE, evidenceOf, type EvidenceValues } from './cut-evidence.js';
import { openingsOf, type Opening } from './openings.js';
import { pageFurniture } from './page-furniture.js';
import { headlineAlone, sharePageByline, storyOf, type StoryPlan } from './story-of.js';
import type { CutEvidence, Split, SplitInput, Story, StoryFurniture } from './types.js';

const probability = (score: number): number => 1 / (1 + Math.exp(-score));

function weigh(values: EvidenceValues): { readonly score: number; readonly evidence: CutEvidence[] } {
  let score = CUT_BIAS;
  const evidence: CutEvidence[] = [];
  for (const kind of EVIDENCE) {
    const weight = values[kind] * CUT_WEIGHTS[kind];
    score += weight;
    if (Math.abs(weight) >= 0.05) evidence.push({ kind, weight: Math.round(weight * 100) / 100 });
  }
  return { score, evidence: evidence.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)) };
}

/** How far a source's own word moves the balance: enough to overrule doubt, not to cut where nothing at all opens a story. */
const MANY = 3;

/**
 * Cuts the blocks of a page into its stories. Every block is in one story's span or in `furniture`; a span may hold furniture.
 * A page without blocks but with a headline is one story with an empty span (`end` = `start` - 1): a flash is not dropped for being short.
 */
export function splitStories(input: SplitInput): Split {
  const hints = { language: input.language, source: input.agency, reference: input.reference };
  const page = input.blocks.map((block) => signsOf(block, hints));
  const furniture = pageFurniture(page);
  // Nothing but furniture is more likely a very short story than a page without one.
  if (page.length > 0 && furniture.size === page.length) keepWordless(page, furniture);
  const openings = openingsOf(page, furniture);
  const headline = input.headline?.value ?? null;
  const roundUp = [...furniture.values()].some(({ kind }) => kind === 'round-up-title');
  const weighed = evidenceOf(page, openings, headline, roundUp).map(weigh);
  // Entries of a live blog are stories only where the source says so.
  const one = input.stories === 'one' || (input.liveBlog === true && input.stories !== 'many');
  const push = input.stories === 'many' ? MANY : 0;

  const cuts: { readonly opening: Opening; readonly certainty: number; readonly evidence: readonly CutEvidence[] }[] = [];
  let doubt = 0;
  openings.forEach((opening, index) => {
    const { score, evidence } = weighed[index] ?? { score: CUT_BIAS, evidence: [] };
    const certainty = probability(score + push);
    if (index === 0) cuts.push({ opening, certainty: 1, evidence: [{ kind: 'first', weight: 0 }] });
    else if (!one && certainty > CUT_ABOVE) cuts.push({ opening, certainty, evidence });
    else doubt = Math.max(doubt, certainty);
  });
  const plans = cuts.map(({ opening, certainty, evidence }, index): StoryPlan => {
    const end = (cuts[index + 1]?.opening.start ?? page.length) - 1;
    return { opening, until: end, confidence: one ? 1 : Math.min(certainty, 1 - doubt), evidence };
  });
  return assemble(page, plans, furniture, input);
}

function keepWordless(page: readonly BlockSigns[], furniture: Map<number, StoryFurniture>): void {
  for (const [position, signs] of page.entries()) if (signs.furniture === null) furniture.delete(position);
}

function assemble(page: readonly BlockSigns[], plans: readonly StoryPlan[], furniture: Map<number, StoryFurniture>, input: SplitInput): Split {
  const stories: Story[] = [];
  for (const [number, plan] of plans.entries()) stories.push(storyOf(page, plan, { number, count: plans.length, earlier: stories, furniture, input }));
  if (stories.length === 0 && input.headline != null && input.blocks.length === 0) stories.push(headlineAlone(input));
  return { stories: sharePageByline(stories, input), furniture: [...furniture.values()].sort((a, b) => a.position - b.position) };
}
