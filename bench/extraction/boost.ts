/**
 * Gradient boosting of small decision trees with the logistic loss, second order, on binned columns
 * (Friedman, "Greedy function approximation", 2001; histograms as in LightGBM, Ke et al., 2017).
 */
import type { TreeModel, TreeNode } from '../../src/article/tree-model.js';

export interface BoostOptions {
  readonly trees: number;
  readonly leaves: number;
  readonly rate: number;
  readonly minHessian: number;
  readonly l2: number;
  readonly rowShare: number;
  readonly columnShare: number;
  readonly seed: number;
}

export interface Table {
  readonly names: readonly string[];
  /** Column by column: bin of each row. */
  readonly bins: readonly Uint8Array[];
  /** Upper bound of each bin, by column. */
  readonly edges: readonly (readonly number[])[];
  readonly rows: number;
}

const MOST_BINS = 48;

/** Bins every column at quantiles of its values. */
export function binned(rows: readonly Float64Array[], names: readonly string[]): Table {
  const bins: Uint8Array[] = [];
  const edges: number[][] = [];
  const step = Math.max(1, Math.floor(rows.length / 20_000));
  for (let column = 0; column < names.length; column += 1) {
    const sample: number[] = [];
    for (let at = 0; at < rows.length; at += step) sample.push(rows[at]?.[column] ?? 0);
    sample.sort((left, right) => left - right);
    const bounds: number[] = [];
    for (let bin = 1; bin <= MOST_BINS; bin += 1) {
      const low = sample[Math.floor((bin * (sample.length - 1)) / (MOST_BINS + 1))] ?? 0;
      const high = sample.find((value, at) => at > (bin * (sample.length - 1)) / (MOST_BINS + 1) && value > low);
      const bound = high === undefined ? low : Number(((low + high) / 2).toPrecision(4));
      if (bounds.length === 0 || bound > (bounds.at(-1) ?? 0)) bounds.push(bound);
    }
    const own = new Uint8Array(rows.length);
    for (const [at, row] of rows.entries()) {
      const value = row[column] ?? 0;
      let low = 0;
      let high = bounds.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (value <= (bounds[middle] ?? 0)) high = middle;
        else low = middle + 1;
      }
      own[at] = low;
    }
    bins.push(own);
    edges.push(bounds);
  }
  return { names, bins, edges, rows: rows.length };
}

/** A small generator with a seed (mulberry32), so that a training can be repeated. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Leaf {
  readonly node: number;
  readonly rows: Int32Array;
  readonly sums: Histogram;
  readonly split: Split | null;
}

/** Sums of gradient and hessian by column and bin, for the rows of one leaf. */
interface Histogram {
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
  readonly gradient: number;
  readonly hessian: number;
}

interface Split {
  readonly column: number;
  readonly bin: number;
  readonly gain: number;
}

export function boost(table: Table, use: Int32Array, labels: Float64Array, weights: Float64Array, options: BoostOptions): TreeModel {
  const next = random(options.seed);
  let positive = 0;
  let total = 0;
  for (const row of use) {
    positive += (labels[row] ?? 0) * (weights[row] ?? 0);
    total += weights[row] ?? 0;
  }
  const share = Math.min(0.999, Math.max(0.001, positive / total));
  const bias = Math.log(share / (1 - share));
  const logits = new Float64Array(table.rows).fill(bias);
  const gradients = new Float64Array(table.rows);
  const hessians = new Float64Array(table.rows);
  const trees: TreeNode[][] = [];
  for (let round = 0; round < options.trees; round += 1) {
    for (const row of use) {
      const p = 1 / (1 + Math.exp(-(logits[row] ?? 0)));
      gradients[row] = (p - (labels[row] ?? 0)) * (weights[row] ?? 0);
      hessians[row] = Math.max(1e-9, p * (1 - p) * (weights[row] ?? 0));
    }
    const sample = use.filter(() => next() < options.rowShare);
    const columns = table.names.map((_, column) => column).filter(() => next() < options.columnShare);
    const tree = growTree(table, sample, columns, gradients, hessians, options);
    trees.push(tree);
    const compiled = tree;
    for (const row of use) logits[row] = (logits[row] ?? 0) + leafOf(table, compiled, row);
  }
  return { bias: Number(bias.toFixed(4)), trees: trees.map((tree) => tree.map((node) => (typeof node === 'number' ? Number(node.toFixed(4)) : node))) };
}

function leafOf(table: Table, tree: readonly TreeNode[], row: number): number {
  let node = tree[0];
  while (typeof node === 'object') {
    const column = columnOf(table, node[0]);
    const edge = node[1];
    const bin = table.bins[column]?.[row] ?? 0;
    const bound = table.edges[column]?.[bin];
    node = tree[bound !== undefined && bound <= edge ? node[2] : node[3]];
  }
  return node ?? 0;
}

const columnCache = new WeakMap<Table, Map<string, number>>();
function columnOf(table: Table, name: string): number {
  let map = columnCache.get(table);
  if (map === undefined) {
    map = new Map(table.names.map((own, at) => [own, at]));
    columnCache.set(table, map);
  }
  return map.get(name) ?? 0;
}

function growTree(table: Table, sample: Int32Array, columns: readonly number[], gradients: Float64Array, hessians: Float64Array, options: BoostOptions): TreeNode[] {
  const tree: TreeNode[] = [0];
  const leafOf = (node: number, rows: Int32Array, sums: Histogram): Leaf => ({ node, rows, sums, split: bestSplit(table, sums, columns, options) });
  const leaves: Leaf[] = [leafOf(0, sample, histogramOf(table, sample, columns, gradients, hessians))];
  while (leaves.length < options.leaves) {
    let best: Leaf | null = null;
    for (const leaf of leaves) if (leaf.split !== null && leaf.split.gain > (best?.split?.gain ?? 0)) best = leaf;
    if (best === null || best.split === null) break;
    const { column, bin } = best.split;
    const bins = table.bins[column];
    const yes = best.rows.filter((row) => (bins?.[row] ?? 0) <= bin);
    const no = best.rows.filter((row) => (bins?.[row] ?? 0) > bin);
    // Only the smaller side is counted; the other is what is left.
    const counted = histogramOf(table, yes.length < no.length ? yes : no, columns, gradients, hessians);
    const rest = difference(best.sums, counted);
    const yesNode = tree.length;
    tree.push(0, 0);
    tree[best.node] = [table.names[column] ?? '', table.edges[column]?.[bin] ?? 0, yesNode, yesNode + 1];
    leaves.splice(leaves.indexOf(best), 1, leafOf(yesNode, yes, yes.length < no.length ? counted : rest), leafOf(yesNode + 1, no, yes.length < no.length ? rest : counted));
  }
  for (const { node, sums } of leaves) tree[node] = (-sums.gradient / (sums.hessian + options.l2)) * options.rate;
  return tree;
}

const BINS = MOST_BINS + 1;

function histogramOf(table: Table, rows: Int32Array, columns: readonly number[], gradients: Float64Array, hessians: Float64Array): Histogram {
  const sumsG = new Float64Array(columns.length * BINS);
  const sumsH = new Float64Array(columns.length * BINS);
  // Side by side in memory, as they are read once for each column.
  const ownG = Float64Array.from(rows, (row) => gradients[row] ?? 0);
  const ownH = Float64Array.from(rows, (row) => hessians[row] ?? 0);
  for (const [place, column] of columns.entries()) {
    const bins = table.bins[column];
    if (bins === undefined) continue;
    const start = place * BINS;
    for (let at = 0; at < rows.length; at += 1) {
      const bin = start + (bins[rows[at] as number] as number);
      sumsG[bin] = (sumsG[bin] as number) + (ownG[at] as number);
      sumsH[bin] = (sumsH[bin] as number) + (ownH[at] as number);
    }
  }
  return { gradients: sumsG, hessians: sumsH, gradient: ownG.reduce((sum, value) => sum + value, 0), hessian: ownH.reduce((sum, value) => sum + value, 0) };
}

const difference = (whole: Histogram, part: Histogram): Histogram => ({
  gradients: whole.gradients.map((value, at) => value - (part.gradients[at] ?? 0)), hessians: whole.hessians.map((value, at) => value - (part.hessians[at] ?? 0)),
  gradient: whole.gradient - part.gradient, hessian: whole.hessian - part.hessian,
});

function bestSplit(table: Table, sums: Histogram, columns: readonly number[], options: BoostOptions): Split | null {
  let best: Split | null = null;
  const { gradient, hessian } = sums;
  if (hessian < 2 * options.minHessian) return null;
  const base = (gradient * gradient) / (hessian + options.l2);
  for (const [place, column] of columns.entries()) {
    const edges = table.edges[column] ?? [];
    let g = 0;
    let h = 0;
    for (let bin = 0; bin < edges.length; bin += 1) {
      g += sums.gradients[place * BINS + bin] ?? 0;
      h += sums.hessians[place * BINS + bin] ?? 0;
      if (h < options.minHessian || hessian - h < options.minHessian) continue;
      const gain = (g * g) / (h + options.l2) + ((gradient - g) * (gradient - g)) / (hessian - h + options.l2) - base;
      if (gain > (best?.gain ?? 1e-6)) best = { column, bin, gain };
    }
  }
  return best;
}
