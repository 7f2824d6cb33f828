import { splitStories } from '../src/story/index.js';
import { corpusFolder, cpuMilliseconds, jsonLinesFiles, readJsonLines, writeJsonLines, type Benchmark } from './benchmark.js';
import { inputOf, pageSchema } from './segmentation/pages.js';

export const WHERE_TO_GET = 'Any JSON Lines of {id, lang, blocks: [{type, text}]} will do; Reuters-21578, CoNLL-2002 and GUM are public and hold such pages.';

export const segmentation: Benchmark = {
  about: 'pages into stories: where each story starts and ends',
  run(run) {
    const folder = corpusFolder(run, 'segmentation', WHERE_TO_GET);
    if (folder === null) return Promise.resolve(0);
    const pages = jsonLinesFiles(folder).flatMap(readJsonLines).map((row) => pageSchema.parse(row));
    const started = cpuMilliseconds();
    const predictions = pages.map((page) => {
      const { stories } = splitStories(inputOf(page));
      return {
        id: page.id,
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
