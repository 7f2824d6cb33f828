import { z } from 'zod';
import type { BlockKind } from '../src/article/index.js';
import { splitStories } from '../src/story/index.js';
import { corpusFolder, cpuMilliseconds, jsonLinesFiles, readJsonLines, writeJsonLines, type Benchmark } from './benchmark.js';

/** Only what a system may see: the blocks and the language. */
const pageSchema = z.object({
  id: z.string(),
  lang: z.string(),
  blocks: z.array(z.object({ type: z.enum(['heading', 'paragraph', 'listitem']), text: z.string() })),
});

const blockKind: Readonly<Record<z.infer<typeof pageSchema>['blocks'][number]['type'], BlockKind>> = { heading: 'heading', paragraph: 'paragraph', listitem: 'list-item' };

export const segmentation: Benchmark = {
  about: 'pages into stories: where each story starts and ends',
  run(run) {
    const folder = corpusFolder(run, 'segmentation', 'Any JSON Lines of {id, lang, blocks: [{type, text}]} will do; public sources are named in the documentation.');
    if (folder === null) return Promise.resolve(0);
    const pages = jsonLinesFiles(folder).flatMap(readJsonLines).map((row) => pageSchema.parse(row));
    const started = cpuMilliseconds();
    const predictions = pages.map(({ id, lang, blocks }) => {
      const { stories } = splitStories({ blocks: blocks.map(({ type, text }, index) => ({ index, kind: blockKind[type], text })), language: lang });
      return {
        id,
        segments: stories.map(({ start, end, dateline, datelineInherited }) => ({
          start, end, ...(dateline === null || datelineInherited ? {} : { dateline: { raw: dateline.raw } }),
        })),
      };
    });
    const spent = cpuMilliseconds() - started;
    writeJsonLines(run.out, predictions);
    const stories = predictions.reduce((sum, { segments }) => sum + segments.length, 0);
    console.log(`segmentation: ${pages.length} pages, ${stories} stories; ${(spent / Math.max(1, pages.length)).toFixed(2)} ms CPU a page; predictions in ${run.out}`);
    return Promise.resolve(0);
  },
};
