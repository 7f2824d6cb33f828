import type { Block } from '../article/index.js';
import type { CutEvidence, PageReading, Split } from './types.js';

/** What a block of a page was taken for, and why. */
export interface BlockVerdict {
  readonly index: number;
  readonly kind: Block['kind'];
  readonly text: string;
  readonly taken: 'headline' | 'begins' | 'text' | 'furniture' | 'page-furniture' | 'page-headline' | 'outside';
  /** Number of its story, from 0; null for what belongs to none. */
  readonly story: number | null;
  /** Kind of the furniture, or what the page's furniture was known by. */
  readonly furniture: string | null;
  readonly why: string;
  /** For and against the cut here; of the block that begins a story. */
  readonly evidence: readonly CutEvidence[];
  /** The dateline stands in it, as written. */
  readonly dateline: string | null;
}

/** Every block of a page in its order, none left out: those of its stories, the furniture between, and the page's own furniture. */
export function blockVerdicts({ article, split }: PageReading): readonly BlockVerdict[] {
  const kept = article.blocks.map((block, position) => keptVerdict(block, position, split));
  const removed = article.furniture.map(({ index, kind, text, reason }): BlockVerdict => ({
    index, kind, text, story: null, evidence: [], dateline: null,
    ...(reason === 'headline'
      ? { taken: 'page-headline', furniture: null, why: `from ${article.headline?.from ?? 'the page'}` }
      : { taken: 'page-furniture', furniture: reason, why: reason }),
  }));
  return [...kept, ...removed].sort((left, right) => left.index - right.index);
}

function keptVerdict({ index, kind, text }: Block, position: number, { stories, furniture }: Split): BlockVerdict {
  const found = furniture.find((entry) => entry.position === position);
  const bare = { index, kind, text, evidence: [], dateline: null };
  if (found !== undefined) return { ...bare, taken: 'furniture', story: null, furniture: found.kind, why: found.reason };
  const number = stories.findIndex((story) => position >= story.start && position <= story.end);
  const story = stories[number];
  if (story === undefined) return { ...bare, taken: 'outside', story: null, furniture: null, why: 'outside every story' };
  const { dateline, datelineInherited, evidence } = story;
  const own = dateline !== null && !datelineInherited && text.includes(dateline.raw) ? dateline : null;
  const begins = position === story.start;
  return {
    ...bare, story: number, furniture: null, dateline: own?.raw ?? null,
    taken: position === story.headlineBlock ? 'headline' : begins ? 'begins' : 'text',
    evidence: position === story.headlineBlock || begins ? evidence : [],
    why: own === null ? (begins ? 'the story begins here' : 'between its beginning and its end') : `dateline in the order ${own.order}`,
  };
}
