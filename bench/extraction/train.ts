/**
 * Learns the weights of block selection and writes them to `config/block-model.json`:
 * `node dist/bench/extraction/train.js [--corpus DIR] [--out FILE] [--check]`. With `--check` only the figures cross-validated by
 * site are printed: each page is judged by a model that has seen no page of its site. With `--no-check` only the model is written.
 */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { certainty } from '../../src/article/confidence.js';
import { FEATURE_NAMES } from '../../src/article/features.js';
import { HAND_WEIGHTS } from './hand-weights.js';
import { compileModel, probabilities, type TreeModel } from '../../src/article/tree-model.js';
import { binned, boost, type BoostOptions } from './boost.js';
import { learningPages, type LearningPage } from './pages.js';
import { f1Of, scorePage, type PageScore } from './shingles.js';

const { values } = parseArgs({ options: { corpus: { type: 'string' }, out: { type: 'string' }, check: { type: 'boolean' }, 'no-check': { type: 'boolean' }, dump: { type: 'string' }, folds: { type: 'string' } } });
const folder = resolve(values.corpus ?? join('..', 'shared', 'corpora', 'extraction'));
const FOLDS = Number(values.folds ?? 5);
const OPTIONS: BoostOptions = { trees: 420, leaves: 12, rate: 0.04, minHessian: 0.6, l2: 2, rowShare: 0.5, columnShare: 0.3, seed: 7 };
const LINK_SHARE = FEATURE_NAMES.indexOf('link-share');
const started = Date.now();
const say = (text: string): void => { console.log(`[${((Date.now() - started) / 1000).toFixed(0)} s] ${text}`); };

const pages = learningPages(folder);
say(`${String(pages.length)} pages, ${String(pages.reduce((sum, page) => sum + page.rows.length, 0))} blocks`);

/** Fold of a site: the same site is never learnt from and judged. */
function foldOf(site: string): number {
  let hash = 2_166_136_261;
  for (let at = 0; at < site.length; at += 1) hash = Math.imul(hash ^ site.charCodeAt(at), 16_777_619);
  return (hash >>> 0) % FOLDS;
}

function learn(train: readonly LearningPage[]): TreeModel {
  const rows: Float64Array[] = [];
  const labels: number[] = [];
  const weights: number[] = [];
  for (const page of train) {
    for (const [at, row] of page.rows.entries()) {
      const weight = page.weights[at] ?? 0;
      if (weight === 0) continue;
      // Menu entries are most of a page and teach little: one in five stands for the rest.
      const easy = (page.labels[at] ?? 0) === 0 && (row[LINK_SHARE] ?? 0) > 0.9;
      if (easy && at % 5 !== 0) continue;
      rows.push(row);
      labels.push(page.labels[at] ?? 0);
      weights.push(weight * (easy ? 50 : 10));
    }
  }
  const table = binned(rows, FEATURE_NAMES);
  return boost(table, Int32Array.from(rows.keys()), Float64Array.from(labels), Float64Array.from(weights), OPTIONS);
}

function judge(model: TreeModel, rows: readonly Float64Array[]): Float64Array {
  const compiled = compileModel(model, FEATURE_NAMES);
  return Float64Array.from(rows, (row) => probabilities(compiled, row, row.length)[0] ?? 0);
}

function report(name: string, scoresOf: (page: LearningPage) => Float64Array, threshold = 0.5): void {
  const bySet = new Map<string, PageScore[]>();
  for (const page of pages) {
    if (page.gold.length === 0) continue;
    const scores = scoresOf(page);
    const text = page.tokens.flatMap((list, at) => ((scores[at] ?? 0) >= threshold && page.apart[at] !== true ? list : []));
    const best = page.gold.map((gold) => scorePage(text, gold)).reduce((left, right) => ((right.precision ?? 0) + right.recall > (left.precision ?? 0) + left.recall ? right : left));
    const list = bySet.get(page.set);
    if (list === undefined) bySet.set(page.set, [best]);
    else list.push(best);
  }
  const figures = [...bySet].map(([set, list]) => [set, f1Of(list)] as const).sort(([left], [right]) => left.localeCompare(right));
  const mean = figures.reduce((sum, [, value]) => sum + value, 0) / figures.length;
  say(`${name.padEnd(26)} mean ${mean.toFixed(4)}  ${figures.map(([set, value]) => `${set} ${value.toFixed(3)}`).join('  ')}`);
}

report('all blocks of gold', (page) => page.labels);
const weightColumns = FEATURE_NAMES.map((name) => HAND_WEIGHTS[name] ?? 0);
report('weights set by hand', (page) => Float64Array.from(page.rows, (row) => 1 / (1 + Math.exp(-row.reduce((sum, value, column) => sum + value * (weightColumns[column] ?? 0), HAND_WEIGHTS['bias'] ?? 0)))));

const judged = new Map<LearningPage, Float64Array>();
if (values['no-check'] !== true) {
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const model = learn(pages.filter((page) => foldOf(page.site) !== fold));
    for (const page of pages) if (foldOf(page.site) === fold) judged.set(page, judge(model, page.rows));
  }
  for (const threshold of [0.4, 0.5, 0.6]) report(`learnt, unseen sites, at ${String(threshold)}`, (page) => judged.get(page) ?? new Float64Array(0), threshold);
}
/** How certain a page's verdicts were against the F1 it then had, both on sites not learnt from: the figures of `confidence.ts`. */
function calibrate(): void {
  const points = pages.filter((page) => page.gold.length > 0).map((page) => {
    const scores = judged.get(page) ?? new Float64Array(0);
    const text = page.tokens.flatMap((list, at) => ((scores[at] ?? 0) >= 0.5 && page.apart[at] !== true ? list : []));
    const { precision, recall } = page.gold.map((gold) => scorePage(text, gold)).reduce((left, right) => ((right.precision ?? 0) + right.recall > (left.precision ?? 0) + left.recall ? right : left));
    const f1 = (precision ?? 0) + recall === 0 ? 0 : (2 * (precision ?? 0) * recall) / ((precision ?? 0) + recall);
    const sure = Math.min(0.999, Math.max(0.5, certainty(page.blocks, scores)));
    return { x: Math.log(sure / (1 - sure)), y: f1 };
  });
  let slope = 1;
  let shift = 0;
  for (let round = 0; round < 4_000; round += 1) {
    let dSlope = 0;
    let dShift = 0;
    for (const { x, y } of points) {
      const error = 1 / (1 + Math.exp(-(slope * x + shift))) - y;
      dSlope += error * x;
      dShift += error;
    }
    slope -= (0.5 * dSlope) / points.length;
    shift -= (0.5 * dShift) / points.length;
  }
  say(`confidence: slope ${slope.toFixed(3)}, shift ${shift.toFixed(3)}`);
  const calibrated = points.map(({ x, y }) => ({ c: 1 / (1 + Math.exp(-(slope * x + shift))), y })).sort((left, right) => left.c - right.c);
  for (let tenth = 0; tenth < 10; tenth += 1) {
    const part = calibrated.slice(Math.floor((tenth * calibrated.length) / 10), Math.floor(((tenth + 1) * calibrated.length) / 10));
    const mean = (pick: (point: { c: number; y: number }) => number): string => (part.reduce((sum, point) => sum + pick(point), 0) / part.length).toFixed(3);
    say(`  tenth ${String(tenth + 1)}: confidence ${mean(({ c }) => c)}, F1 ${mean(({ y }) => y)}`);
  }
}
if (values['no-check'] !== true) calibrate();

if (values.dump !== undefined) {
  writeFileSync(values.dump, pages.map((page) => `${JSON.stringify({
    id: page.id, set: page.set, scores: [...(judged.get(page) ?? [])].map((score) => Number(score.toFixed(2))), apart: page.apart,
    labels: [...page.labels].map((label) => Number(label.toFixed(2))), texts: page.tokens.map((list) => list.join(' ').slice(0, 160)),
    sizes: page.tokens.map((list) => list.length),
  })}\n`).join(''));
}

if (values.check !== true) {
  const model = learn(pages);
  const file = resolve(values.out ?? join('config', 'block-model.json'));
  writeFileSync(file, `{"bias": ${String(model.bias)}, "trees": [\n${model.trees.map((tree) => JSON.stringify(tree)).join(',\n')}\n]}\n`);
  say(`written: ${file}`);
}
