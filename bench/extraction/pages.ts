import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { JudgedBlock } from '../../src/article/confidence.js';
import { isProse } from '../../src/article/block-structure.js';
import { FEATURE_NAMES, isNextStory } from '../../src/article/features.js';
import { isCaptionBlock, isEmbedBlock, openPage } from '../../src/article/open-page.js';
import { decodeBytes } from '../../src/fetch/index.js';
import { jsonLinesFiles, readJsonLines } from '../benchmark.js';
import { shinglesOf, tokensOf } from './shingles.js';

const Row = z.object({
  id: z.string(), set: z.string(), file: z.string(), url: z.string().nullish(), site: z.string(), text: z.string().nullish(),
  text_alt: z.string().nullish(), with: z.array(z.string()).nullish(), without: z.array(z.string()).nullish(),
});

/** One page as a learner sees it: a row a block, and how much of the block is gold. */
export interface LearningPage {
  readonly id: string;
  readonly set: string;
  readonly site: string;
  readonly rows: readonly Float64Array[];
  readonly blocks: readonly JudgedBlock[];
  readonly tokens: readonly (readonly string[])[];
  /** Share of the block that stands in the gold text; NaN where the gold does not say. */
  readonly labels: Float64Array;
  readonly weights: Float64Array;
  /** Blocks that never come into the text: headline, captions, the next story of the page. */
  readonly apart: readonly boolean[];
  readonly gold: readonly ReadonlyMap<string, number>[];
}

export function learningPages(folder: string): LearningPage[] {
  const pages: LearningPage[] = [];
  for (const value of jsonLinesFiles(folder).flatMap((file) => readJsonLines(file))) {
    const row = Row.parse(value);
    const text = row.text ?? null;
    if (text === null && (row.with ?? []).length === 0) continue;
    const html = decodeBytes(gunzipSync(readFileSync(join(folder, row.file))), { kind: 'html' }).text;
    const { raw, features } = openPage(html, row.url === null || row.url === undefined ? {} : { url: row.url });
    const tokens = raw.blocks.map((block) => tokensOf(block.text));
    const labels = text === null ? labelsBySegments(raw.blocks.map((block) => block.text), row.with ?? [], row.without ?? []) : labelsByText(tokens, text);
    const goldLength = text === null ? 600 : Math.max(20, tokensOf(text).length);
    const weights = new Float64Array(labels.length);
    let negative = 0;
    for (const [at, list] of tokens.entries()) {
      const label = labels[at] ?? Number.NaN;
      weights[at] = Number.isNaN(label) ? 0 : (list.length + 3) / (goldLength + 60);
      if (label < 0.5) negative += weights[at] ?? 0;
    }
    const most = 1.5;
    if (negative > most) for (const [at, label] of labels.entries()) if (label < 0.5) weights[at] = ((weights[at] ?? 0) * most) / negative;
    pages.push({
      id: row.id, set: row.set, site: row.site, rows: raw.blocks.map((_, at) => features.table.slice(at * FEATURE_NAMES.length, (at + 1) * FEATURE_NAMES.length)),
      blocks: raw.blocks.map((block) => ({ units: block.measure.units, prose: isProse(block) })), tokens, labels, weights,
      apart: raw.blocks.map((block, at) => at === features.headlineAt || isCaptionBlock(block) || isEmbedBlock(block) || isNextStory(features, at)),
      gold: text === null ? [] : [text, row.text_alt].filter((one): one is string => typeof one === 'string').map((one) => shinglesOf(tokensOf(one))),
    });
  }
  return pages;
}

/** How much more gold must stand around the later of two equal blocks, for it to be the one meant. */
const COPY = 1.5;

/** How much of each block stands in the gold text, by four-token runs; shorter blocks must stand there as a line or between found ones. */
function labelsByText(tokens: readonly (readonly string[])[], text: string): Float64Array {
  const gold = tokensOf(text);
  const shingles = shinglesOf(gold);
  const lines = new Set(text.split(/\n+/).map((line) => tokensOf(line).join(' ')));
  const joined = ` ${gold.join(' ')} `;
  const labels = new Float64Array(tokens.length);
  const firstOf = new Map<string, number[]>();
  for (const [at, list] of tokens.entries()) {
    const key = list.join(' ');
    if (list.length >= 4) {
      let found = 0;
      let total = 0;
      for (const [shingle, count] of shinglesOf(list)) {
        total += count;
        if (shingles.has(shingle)) found += count;
      }
      labels[at] = found / total;
    } else if (list.length > 0 && (lines.has(key) || joined.includes(` ${key} `))) labels[at] = lines.has(key) ? 1 : 0.99;
    const places = firstOf.get(key);
    if (places === undefined) firstOf.set(key, [at]);
    else places.push(at);
  }
  const near = (at: number, reach: number): number => {
    let sum = 0;
    for (let other = Math.max(0, at - reach); other <= Math.min(tokens.length - 1, at + reach); other += 1) {
      if (other !== at && (tokens[other]?.length ?? 0) >= 6) sum += (labels[other] ?? 0) * (tokens[other]?.length ?? 0);
    }
    return sum;
  };
  // Of several places with the same text, the gold means the one among other gold; of two whole copies, the first.
  for (const places of firstOf.values()) {
    if (places.length < 2) continue;
    const best = places.reduce((left, right) => (near(right, 8) > COPY * near(left, 8) ? right : left));
    for (const at of places) if (at !== best) labels[at] = 0;
  }
  for (const [at, list] of tokens.entries()) {
    if (list.length < 4 && (labels[at] ?? 0) > 0 && near(at, 2) === 0) labels[at] = 0;
  }
  return labels;
}

function labelsBySegments(texts: readonly string[], wanted: readonly string[], unwanted: readonly string[]): Float64Array {
  const fold = (text: string): string => text.replace(/\s+/g, ' ').trim();
  const labels = new Float64Array(texts.length).fill(Number.NaN);
  for (const [at, text] of texts.entries()) {
    if (unwanted.some((segment) => text.includes(fold(segment)))) labels[at] = 0;
    if (wanted.some((segment) => text.includes(fold(segment)))) labels[at] = 1;
  }
  return labels;
}
