import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { load } from 'cheerio/slim';
import { z } from 'zod';
import { EMPTY_MEMORY, readArticle, rememberFurniture, type Article, type FurnitureMemory } from '../src/article/index.js';
import { decodeBytes } from '../src/fetch/index.js';
import { corpusFolder, cpuMilliseconds, jsonLinesFiles, readJsonLines, writeJsonLines, type Benchmark, type BenchmarkRun } from './benchmark.js';
import { readHostilePages } from './extraction/hostile.js';
import { loadPeers } from './extraction/peers.js';
import { f1Of, scorePage, shinglesOf, tokensOf, type PageScore } from './extraction/shingles.js';

/** What a system may see of a gold row: the page, its address, the source it is from; nothing else. */
const Row = z.object({ id: z.string(), set: z.string(), file: z.string(), url: z.string().nullish(), site: z.string() });
type Row = z.infer<typeof Row>;

const PUBLISHED = 'The pages come from eight public benchmarks: scrapinghub/article-extraction-benchmark, flairNLP/fundus, '
  + 'dobbersc/fundus-evaluation, AndyTheFactory/article-extraction-dataset, the WCXB set, adbar/trafilatura, adbar/htmldate, rundimeco/waddle.';
/** Pages read before the clock starts: a worker is warm. */
const WARM_UP = 60;

/** Article text: what a reader of the story would read; captions and embeds stand apart. */
const bodyText = (blocks: readonly { readonly kind: string; readonly text: string }[]): string =>
  blocks.filter(({ kind }) => kind !== 'caption' && kind !== 'embed').map(({ text }) => text).join('\n\n');

export const extraction: Benchmark = {
  about: 'article text and metadata from whole pages (--memory: what knowing earlier pages of a site gains; --peers: Readability and defuddle too; --hostile: cost of hostile pages)',
  async run(run) {
    if (run.flags['hostile'] === true) return readHostilePages().length === 0 ? 0 : 1;
    const folder = corpusFolder(run, 'extraction', PUBLISHED);
    if (folder === null) return 0;
    const rows = jsonLinesFiles(folder).flatMap((file) => readJsonLines(file)).map((row) => Row.parse(row));
    const pageOf = (row: Row): string => decodeBytes(gunzipSync(readFileSync(join(folder, row.file))), { kind: 'html' }).text;
    if (run.flags['memory'] === true) readWithMemory(run, rows, folder, pageOf);
    else readAlone(run, rows, pageOf);
    if (run.flags['peers'] === true) await readByPeers(run, rows, pageOf);
    return 0;
  },
};

const optionsOf = (row: Row): { readonly url?: string } => (row.url === null || row.url === undefined ? {} : { url: row.url });

function prediction(row: Row, article: Article): unknown {
  return {
    id: row.id, text: bodyText(article.blocks), title: article.headline?.value ?? null,
    author: article.bylines.map(({ value }) => value).join(', '), date: article.published?.value.iso ?? null,
    sitename: article.siteName, lang: article.declaredLanguage, confidence: article.confidence, rejection: article.rejection?.reason ?? null,
    titleFrom: article.headline?.from ?? null, authorFrom: article.bylines[0]?.from ?? null, dateFrom: article.published?.from ?? null,
  };
}

function readAlone(run: BenchmarkRun, rows: readonly Row[], pageOf: (row: Row) => string): void {
  for (const row of rows.slice(0, WARM_UP)) {
    const html = pageOf(row);
    readArticle(html, optionsOf(row));
    load(html, { xml: { xmlMode: false } });
  }
  const predictions: unknown[] = [];
  const rejections = new Map<string, number>();
  const cost = new Map<string, { pages: number; read: number; tree: number }>();
  for (const row of rows) {
    const html = pageOf(row);
    const started = cpuMilliseconds();
    load(html, { xml: { xmlMode: false } });
    const parsed = cpuMilliseconds();
    const article = readArticle(html, optionsOf(row));
    const read = cpuMilliseconds();
    const sums = cost.get(row.set) ?? { pages: 0, read: 0, tree: 0 };
    cost.set(row.set, { pages: sums.pages + 1, tree: sums.tree + parsed - started, read: sums.read + read - parsed });
    if (article.rejection !== null) rejections.set(article.rejection.reason, (rejections.get(article.rejection.reason) ?? 0) + 1);
    predictions.push(prediction(row, article));
  }
  writeJsonLines(run.out, predictions);
  console.log(`${String(rows.length)} pages read; rejected: ${[...rejections].map(([reason, count]) => `${reason} ${String(count)}`).join(', ') || 'none'}; predictions in ${run.out}`);
  console.log('CPU ms a page, warm: set, pages, bare cheerio tree over htmlparser2, readArticle, ratio');
  for (const [set, { pages, read, tree }] of [...cost].sort(([left], [right]) => left.localeCompare(right))) {
    console.log(`  ${set.padEnd(18)} ${String(pages).padStart(5)} ${(tree / pages).toFixed(2).padStart(7)} ${(read / pages).toFixed(2).padStart(7)} ${(read / tree).toFixed(2).padStart(6)}`);
  }
}

const Gold = z.object({ id: z.string(), text: z.string().nullish(), text_alt: z.string().nullish() });

/**
 * Sites with several pages: each page is read alone, then with the memory of the pages of its site that came before it, and of no
 * later one. The gold is looked at only when both readings are there.
 */
function readWithMemory(run: BenchmarkRun, rows: readonly Row[], folder: string, pageOf: (row: Row) => string): void {
  const gold = new Map(jsonLinesFiles(folder).flatMap((file) => readJsonLines(file)).map((row) => Gold.parse(row)).map((row) => [row.id, row]));
  const sites = new Map<string, Row[]>();
  for (const row of rows) {
    const group = sites.get(row.site);
    if (group === undefined) sites.set(row.site, [row]);
    else group.push(row);
  }
  const predictions: unknown[] = [];
  const alone: PageScore[] = [];
  const remembering: PageScore[] = [];
  let better = 0;
  let worse = 0;
  for (const group of sites.values()) {
    let memory: FurnitureMemory = EMPTY_MEMORY;
    for (const [at, row] of group.entries()) {
      const html = pageOf(row);
      const first = readArticle(html, optionsOf(row));
      const second = at === 0 ? first : readArticle(html, { ...optionsOf(row), furnitureMemory: memory });
      predictions.push(prediction(row, second));
      memory = rememberFurniture(memory, { ...second, url: row.id });
      const { text, text_alt: other } = gold.get(row.id) ?? {};
      if (at === 0 || text === null || text === undefined) continue;
      const wanted = [text, other].filter((one): one is string => typeof one === 'string').map((one) => shinglesOf(tokensOf(one)));
      const before = bestScore(tokensOf(bodyText(first.blocks)), wanted);
      const after = bestScore(tokensOf(bodyText(second.blocks)), wanted);
      alone.push(before);
      remembering.push(after);
      if (f1Of([after]) > f1Of([before])) better += 1;
      if (f1Of([after]) < f1Of([before])) worse += 1;
    }
  }
  writeJsonLines(run.out, predictions);
  console.log(`${String(rows.length)} pages read; ${String(alone.length)} with gold text are a second or later page of their site`);
  console.log(`shingle F1 of these: ${f1Of(alone).toFixed(4)} alone, ${f1Of(remembering).toFixed(4)} with the pages before; ${String(better)} pages better, ${String(worse)} worse`);
}

const bestScore = (predicted: readonly string[], gold: readonly ReadonlyMap<string, number>[]): PageScore =>
  gold.map((one) => scorePage(predicted, one)).reduce((left, right) => (f1Of([right]) > f1Of([left]) ? right : left));

async function readByPeers(run: BenchmarkRun, rows: readonly Row[], pageOf: (row: Row) => string): Promise<void> {
  // Their HTML goes through our block walk for its text, outside the clock, so that spaces between blocks cost them nothing.
  const textOf = (html: string): string => bodyText(readArticle(`<div id="peer">${html}</div>`, { rules: { body: '#peer' } }).blocks);
  for (const peer of await loadPeers()) {
    const predictions: unknown[] = [];
    let cost = 0;
    let failed = 0;
    for (const row of rows) {
      const html = pageOf(row);
      const started = cpuMilliseconds();
      try {
        const reading = await peer.read(html, row.url ?? 'https://example.org/');
        cost += cpuMilliseconds() - started;
        predictions.push({ id: row.id, text: textOf(reading.html), title: reading.title, author: reading.author, date: reading.date });
      } catch (error) {
        // A peer that throws on a page has failed on that page, as it would in service.
        cost += cpuMilliseconds() - started;
        failed += 1;
        predictions.push({ id: row.id, text: '', failure: String(error).slice(0, 200) });
      }
    }
    const out = run.out.replace(/\.jsonl$/, `.${peer.name}.jsonl`);
    writeJsonLines(out, predictions);
    console.log(`${peer.name}: ${(cost / rows.length).toFixed(2)} CPU ms a page, ${String(failed)} pages failed; predictions in ${out}`);
  }
}
