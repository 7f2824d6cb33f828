import { CUT_BIAS, CUT_WEIGHTS, LEAD_BIAS, LEAD_WEIGHTS } from './cut-weights.js';
import { plainWords } from './furniture-words.js';
import type { Lead } from './leads.js';
import type { Opening } from './openings.js';
import { pageEvidence } from './page-evidence.js';
import { pullPeers } from './peers.js';
import { headlineAlone, sharePageByline, storyOf, type StoryPlan } from './story-of.js';
import type { BlockSigns } from './block-signs.js';
import type { CutEvidence, Split, SplitInput, Story, StoryFurniture } from './types.js';

const probability = (score: number): number => 1 / (1 + Math.exp(-score));

interface Weighed {
  readonly opening: Opening;
  readonly score: number;
  readonly evidence: readonly CutEvidence[];
}

const rounded = (weight: number): number => Math.round(weight * 100) / 100;

/** Pieces of evidence weaker than this are left out of the provenance. */
const WORTH_KEEPING = 0.05;

function weigh<Kind extends string>(values: Readonly<Record<Kind, number>>, weights: Readonly<Record<Kind, number>>, bias: number): { readonly score: number; readonly evidence: readonly CutEvidence[] } {
  let score = bias;
  const evidence: CutEvidence[] = [];
  for (const kind of Object.keys(weights) as Kind[]) {
    const weight = values[kind] * weights[kind];
    score += weight;
    if (Math.abs(weight) >= WORTH_KEEPING) evidence.push({ kind, weight: rounded(weight) });
  }
  return { score, evidence: evidence.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)) };
}

/** How far a source's own word moves the balance: enough to overrule doubt, not to cut where nothing at all opens a story. */
const MANY = 3;
/** Score from which a bare paragraph opens a story. */
const LEAD_ABOVE = 0.5;

/** A source's own word on its headings, far beyond any doubt. */
const CERTAIN = 20;

/** Where the source says which headings begin a story, those do and no others; datelines without a headline still count. */
function chosenByTheSource(weighed: readonly Weighed[], page: readonly BlockSigns[], headings: readonly string[]): readonly Weighed[] {
  const texts = new Set(headings.map(plainWords));
  const isChosen = ({ opening: { headline } }: Weighed): boolean => headline !== null && texts.has(plainWords(page[headline]?.text ?? ''));
  if (!weighed.some(isChosen)) return weighed;
  return weighed.map((item) => {
    if (item.opening.headline === null) return item;
    const score = isChosen(item) ? CERTAIN : -CERTAIN;
    return { opening: item.opening, score, evidence: [{ kind: 'heading-selector', weight: score }, ...item.evidence] };
  });
}

function weighLead({ position, values }: Lead, end: number): Weighed {
  const { score, evidence } = weigh(values, LEAD_WEIGHTS, LEAD_BIAS);
  const opening = { start: position, text: position, headline: null, tagged: false, dateline: null, closedBy: null, end };
  return { opening, score: score - LEAD_ABOVE, evidence: [{ kind: 'lead-paragraph', weight: 0 }, ...evidence] };
}

/** Stories of a digest from which its title can be told by the stories alone. */
const LEAST_DIGEST = 3;

/** A heading over several stories that have datelines and no headlines is the name of the digest, not the headline of its first story. */
function unheadRoundUp(page: readonly BlockSigns[], cuts: { opening: Opening }[], furniture: Map<number, StoryFurniture>): void {
  const [first, ...others] = cuts;
  if (first === undefined || cuts.length < LEAST_DIGEST || first.opening.headline === null || first.opening.dateline === null) return;
  if (!others.every(({ opening }) => opening.headline === null && opening.dateline !== null)) return;
  for (let at = first.opening.start; at < first.opening.text; at += 1) {
    if (page[at]?.heading === true || at === first.opening.headline) furniture.set(at, { position: at, kind: 'round-up-title', reason: 'over stories with datelines and no headlines' });
  }
  let start = first.opening.text;
  while (start > first.opening.start && !furniture.has(start - 1)) start -= 1;
  first.opening = { ...first.opening, start, headline: null, tagged: false };
}

/**
 * Cuts the blocks of a page into its stories. Every block is in one story's span or in `furniture`; a span may hold furniture.
 * A page without blocks but with a headline is one story with an empty span (`end` = `start` - 1): a flash is not dropped for being short.
 */
export function splitStories(input: SplitInput): Split {
  const found = pageEvidence(input);
  const { page, furniture, openings } = found;
  // Entries of a live blog are stories only where the source says so.
  const one = input.stories === 'one' || (input.liveBlog === true && input.stories !== 'many');
  const push = input.stories === 'many' ? MANY : 0;
  const alone = openings.map((opening, index): Weighed => {
    const values = found.values[index];
    return { opening, ...(values === undefined ? { score: CUT_BIAS, evidence: [] } : weigh(values, CUT_WEIGHTS, CUT_BIAS)) };
  });
  const scores = pullPeers(alone.map(({ score }) => score), openings, found.values);
  const pulled = alone.map((item, index): Weighed => {
    const pull = (scores[index] ?? item.score) - item.score;
    return pull === 0 ? item : { opening: item.opening, score: item.score + pull, evidence: [...item.evidence, { kind: 'other-headings', weight: rounded(pull) }] };
  });
  const chosen = chosenByTheSource(pulled, page, input.headings ?? []);
  const weighed = [...chosen, ...found.leads.map((lead) => weighLead(lead, lead.position))].sort((a, b) => a.opening.start - b.opening.start);

  const cuts: (Omit<Weighed, 'opening'> & { opening: Opening; readonly certainty: number })[] = [];
  let doubt = 0;
  for (const item of weighed) {
    const certainty = probability(item.score + push);
    if (cuts.length === 0) cuts.push({ ...item, certainty: 1, evidence: [{ kind: 'first', weight: 0 }] });
    else if (!one && certainty > 0.5) cuts.push({ ...item, certainty });
    else doubt = Math.max(doubt, certainty);
  }
  unheadRoundUp(page, cuts, furniture);
  const plans = cuts.map(({ opening, certainty, evidence }, index): StoryPlan => ({
    opening,
    until: (cuts[index + 1]?.opening.start ?? page.length) - 1,
    confidence: one ? 1 : Math.min(certainty, 1 - doubt),
    evidence,
  }));
  const stories: Story[] = [];
  for (const [number, plan] of plans.entries()) stories.push(storyOf(page, plan, { number, count: plans.length, earlier: stories, furniture, input }));
  if (stories.length === 0 && input.headline != null && input.blocks.length === 0) stories.push(headlineAlone(input));
  return { stories: sharePageByline(stories, input), furniture: [...furniture.values()].sort((a, b) => a.position - b.position) };
}
