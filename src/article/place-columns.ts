import { blockHolder, isInside, marked, stepsToAncestorOf } from './block-structure.js';
import { log, type Put } from './columns.js';
import { MARK, type Frame } from './frame.js';
import type { RawBlock } from './raw-blocks.js';
import type { Survey } from './survey.js';

export const PLACE_NAMES = ['group-count', 'group-units', 'group-mean', 'group-link-share', 'group-prose-share', 'group-ends-stop', 'parent-units',
  'parent-link-share', 'parent-prose-share', 'parent-blocks', 'parent-ends-stop', 'parent-mean', 'grand-units', 'grand-link-share',
  'grand-prose-share', 'grand-blocks', 'great-prose-share', 'great-link-share', 'in-core', 'core-distance', 'beside-core', 'article-share', 'depth',
  'siblings', 'core-depth-difference', 'holder-prose-after'] as const;

/** Where a block stands in the tree: what its likes, its element and the elements above hold. */
export function placeColumns({ blocks, groups, core, prose }: Survey): (at: number, put: Put) => void {
  const total = Math.max(1, prose.total);
  const passed = new Map<Frame, number>();
  return (at, put) => {
    const { frame } = blocks[at] as RawBlock;
    const group = groups.get(frame.signature) ?? { stops: 0, count: 1, units: 0, linkUnits: 0, prose: 0 };
    put(log(group.count));
    put(log(group.units));
    put(log(group.units / group.count));
    put(group.linkUnits / Math.max(1, group.units));
    put(group.prose / total);
    put(group.stops / group.count);
    const holder = blockHolder(frame);
    const grand = holder.parent ?? holder;
    const great = grand.parent ?? grand;
    put(log(holder.units));
    put(holder.linkUnits / Math.max(1, holder.units));
    put(holder.proseUnits / total);
    put(log(holder.blocks));
    put(holder.endsStop / Math.max(1, holder.blocks));
    put(log(holder.units / Math.max(1, holder.blocks)));
    put(log(grand.units));
    put(grand.linkUnits / Math.max(1, grand.units));
    put(grand.proseUnits / total);
    put(log(grand.blocks));
    put(great.proseUnits / total);
    put(great.linkUnits / Math.max(1, great.units));
    const inCore = isInside(frame, core);
    put(Number(inCore));
    const meet = stepsToAncestorOf(frame, core);
    put(meet.steps);
    put(inCore ? 0 : at < core.firstBlock ? -1 : 1);
    const article = marked(frame, MARK.article | MARK.articleBody);
    put(article === null ? -1 : article.proseUnits / total);
    put(frame.depth);
    put(log((frame.parent ?? frame).childFrames));
    put(meet.otherSteps);
    const before = passed.get(holder) ?? 0;
    put((holder.proseUnits - before) / Math.max(1, holder.proseUnits));
    passed.set(holder, before + prose.between(at, at + 1));
  };
}
