import { z } from 'zod';
import { parseDateline } from '../src/index.js';
import { corpusFolder, cpuMilliseconds, jsonLinesFiles, readJsonLines, writeJsonLines, type Benchmark } from './benchmark.js';

/** What a system may see: the text and its declared language. The labels stay with the scorer. */
const itemSchema = z.object({ id: z.string(), lang: z.string(), text: z.string() });

const WHERE_TO_GET = 'It is JSON Lines of {id, lang, text, dateline}; openings with datelines stand in public news collections such as '
  + 'Reuters-21578, CoNLL-2002 (EFE), 10kGNAD and the news treebanks of Universal Dependencies, and are labelled by hand.';

export const dateline: Benchmark = {
  about: 'datelines: predictions for openings of news texts, and CPU time an opening',
  run: async (run) => {
    const folder = corpusFolder(run, 'dateline', WHERE_TO_GET);
    if (folder === null) return 0;
    const items = jsonLinesFiles(folder).flatMap(readJsonLines).map((row) => itemSchema.parse(row));
    const parseAll = () => items.map(({ id, lang, text }) => ({ id, dateline: parseDateline(text, { language: lang }) }));
    const beforeFirst = cpuMilliseconds();
    const rows = parseAll();
    const first = cpuMilliseconds() - beforeFirst;
    // The compiler needs a few passes before the figure is that of a worker in service.
    for (let pass = 0; pass < 3; pass++) parseAll();
    const rounds = 5;
    const beforeRounds = cpuMilliseconds();
    for (let round = 0; round < rounds; round++) parseAll();
    const warm = (cpuMilliseconds() - beforeRounds) / rounds;
    writeJsonLines(run.out, rows.map(({ id, dateline: found }) => ({
      id,
      dateline: found === null ? null : { ...found, date: found.date?.raw ?? null, agency: found.agency?.raw ?? null },
    })));
    const placed = rows.filter((row) => row.dateline !== null && row.dateline.places.length > 0).length;
    const cut = rows.filter((row) => row.dateline !== null && row.dateline.places.length === 0).length;
    console.log(`${items.length} openings: ${placed} with a dateline, ${cut} with a prefix without a place; written to ${run.out}`);
    console.log(`CPU an opening: ${((1000 * warm) / items.length).toFixed(1)} µs warm; first pass with the tables read ${first.toFixed(0)} ms in all`);
    return 0;
  },
};
