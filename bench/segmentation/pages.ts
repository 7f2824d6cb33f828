import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { readArticle, type Block, type BlockKind } from '../../src/article/index.js';
import type { SplitInput } from '../../src/story/index.js';
import { jsonLinesFiles, readJsonLines } from '../benchmark.js';

/** Only what a system may see: the blocks and the language. */
export const pageSchema = z.object({
  id: z.string(),
  lang: z.string(),
  blocks: z.array(z.object({ type: z.enum(['heading', 'paragraph', 'listitem']), text: z.string() })),
});

const blockKind: Readonly<Record<z.infer<typeof pageSchema>['blocks'][number]['type'], BlockKind>> = { heading: 'heading', paragraph: 'paragraph', listitem: 'list-item' };

export const inputOf = ({ blocks, lang }: z.infer<typeof pageSchema>): SplitInput => ({
  blocks: blocks.map(({ type, text }, index) => ({ index, kind: blockKind[type], text })),
  language: lang,
});

/** A page to learn from: where its stories start, as the first block of each that is not furniture. */
export interface LabelledPage {
  readonly id: string;
  readonly kind: string;
  readonly language: string;
  readonly input: SplitInput;
  readonly starts: ReadonlySet<number>;
  /** Blocks that are furniture in the labels. */
  readonly furniture: ReadonlySet<number>;
}

const labelledSchema = pageSchema.extend({
  kind: z.string(),
  segments: z.array(z.object({ start: z.int(), end: z.int() })),
  boilerplate: z.array(z.int()).default([]),
  title_block: z.int().nullish(),
});

export function labelledPages(folder: string): LabelledPage[] {
  return jsonLinesFiles(folder).flatMap(readJsonLines).map((row) => {
    const page = labelledSchema.parse(row);
    const furniture = new Set([...page.boilerplate, ...(page.title_block == null ? [] : [page.title_block])]);
    const starts = new Set(page.segments.map(({ start, end }) => {
      let first = start;
      while (first < end && furniture.has(first)) first += 1;
      return first;
    }));
    return { id: page.id, kind: page.kind, language: page.lang, input: inputOf(page), starts, furniture };
  });
}

const extractionSchema = z.object({ id: z.string(), set: z.string(), file: z.string(), lang: z.string().nullish(), text: z.string().nullish() });

/** Sets whose pages are one article each; the others hold date pages, link lists and test markup too. */
const ARTICLES = new Set(['fundus-publishers', 'fundus-eval', 'wcxb', 'n4k', 'scrapinghub', 'daniel', 'chinese']);

/** Ordinary pages of real sites, one story each, as `readArticle` reads them: with the headline apart, and with it as the first block. */
export function singlePages(folder: string): LabelledPage[] {
  const file = join(folder, 'ground-truth.jsonl');
  if (!existsSync(file)) return [];
  return readJsonLines(file).flatMap((row) => {
    const { id, set, file: html, lang, text } = extractionSchema.parse(row);
    if (!ARTICLES.has(set) || text == null) return [];
    const article = readArticle(gunzipSync(readFileSync(join(folder, html))), {});
    if (article.rejection !== null || article.blocks.length < 3 || article.liveBlog) return [];
    const language = article.declaredLanguage ?? lang ?? 'und';
    const common = { language, starts: new Set([0]), furniture: new Set<number>() };
    const apart: LabelledPage = { ...common, id, kind: `site-${set}`, input: { blocks: article.blocks, headline: article.headline, language } };
    if (article.headline === null) return [apart];
    const first: Block = { index: 0, kind: 'heading', text: article.headline.value, level: 1 };
    return [apart, { ...common, id: `${id}#`, kind: `site-${set}`, input: { blocks: [first, ...article.blocks.map((block) => ({ ...block, index: block.index + 1 }))], language } }];
  });
}
