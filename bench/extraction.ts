import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { load } from 'cheerio/slim';
import { z } from 'zod';
import { decodeBytes } from '../src/fetch/index.js';
import { readArticle } from '../src/article/index.js';
import { corpusFolder, cpuMilliseconds, jsonLinesFiles, readJsonLines, writeJsonLines, type Benchmark } from './benchmark.js';

/** What a system may see of a gold row: the page, its address, and nothing else. */
const Row = z.object({ id: z.string(), set: z.string(), file: z.string(), url: z.string().nullish() });

const PUBLISHED = 'The pages come from eight public benchmarks: scrapinghub/article-extraction-benchmark, flairNLP/fundus, '
  + 'dobbersc/fundus-evaluation, AndyTheFactory/article-extraction-dataset, the WCXB set, adbar/trafilatura, adbar/htmldate, rundimeco/waddle.';

/** Article text: what a reader of the story would read; captions and embeds stand apart. */
export const bodyText = (blocks: readonly { readonly kind: string; readonly text: string }[]): string =>
  blocks.filter(({ kind }) => kind !== 'caption' && kind !== 'embed').map(({ text }) => text).join('\n\n');

export const extraction: Benchmark = {
  about: 'article text and metadata from whole pages',
  run(run) {
    const folder = corpusFolder(run, 'extraction', PUBLISHED);
    if (folder === null) return Promise.resolve(0);
    const rows = jsonLinesFiles(folder).flatMap((file) => readJsonLines(file)).map((row) => Row.parse(row));
    const predictions: unknown[] = [];
    const cost = new Map<string, { pages: number; read: number; tree: number }>();
    let empty = 0;
    for (const row of rows) {
      const bytes = gunzipSync(readFileSync(join(folder, row.file)));
      const html = decodeBytes(bytes, { kind: 'html' }).text;
      const started = cpuMilliseconds();
      load(html, { xml: { xmlMode: false } });
      const parsed = cpuMilliseconds();
      const article = readArticle(html, row.url === null || row.url === undefined ? {} : { url: row.url });
      const read = cpuMilliseconds();
      const sums = cost.get(row.set) ?? { pages: 0, read: 0, tree: 0 };
      sums.pages += 1;
      sums.tree += parsed - started;
      sums.read += read - parsed;
      cost.set(row.set, sums);
      if (article.blocks.length === 0) empty += 1;
      predictions.push({
        id: row.id, text: bodyText(article.blocks), title: article.headline?.value ?? null,
        author: article.bylines.map(({ value }) => value).join(', '), date: article.published?.value.iso ?? null,
        sitename: article.siteName, lang: article.declaredLanguage, confidence: article.confidence, titleFrom: article.headline?.from ?? null,
        authorFrom: article.bylines[0]?.from ?? null, dateFrom: article.published?.from ?? null,
      });
    }
    writeJsonLines(run.out, predictions);
    console.log(`${String(rows.length)} pages read, ${String(empty)} without text; predictions in ${run.out}`);
    console.log('CPU ms a page: set, pages, bare cheerio tree over htmlparser2, readArticle, ratio');
    for (const [set, { pages, read, tree }] of [...cost].sort(([left], [right]) => left.localeCompare(right))) {
      console.log(`  ${set.padEnd(18)} ${String(pages).padStart(5)} ${(tree / pages).toFixed(2).padStart(7)} ${(read / pages).toFixed(2).padStart(7)} ${(read / tree).toFixed(2).padStart(6)}`);
    }
    return Promise.resolve(0);
  },
};
