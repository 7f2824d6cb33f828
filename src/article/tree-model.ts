/**
 * A model of boosted decision trees: the logit is the bias plus one leaf of each tree. A node is
 * `[feature, threshold, yes, no]` (`yes` where the feature is ≤ threshold; positions in the same list), a leaf a number.
 */
export type TreeNode = number | readonly [feature: string, threshold: number, yes: number, no: number];
export interface TreeModel {
  readonly bias: number;
  readonly trees: readonly (readonly TreeNode[])[];
}

/** A model laid out flat for speed. */
export interface CompiledModel {
  readonly bias: number;
  readonly roots: Int32Array;
  /** −1 for a leaf. */
  readonly columns: Int32Array;
  /** Threshold, or the leaf's value. */
  readonly values: Float64Array;
  /** Two a node: where the feature is above the threshold, and where it is not. */
  readonly next: Int32Array;
}

export function compileModel(model: TreeModel, names: readonly string[]): CompiledModel {
  const size = model.trees.reduce((sum, tree) => sum + tree.length, 0);
  const compiled = {
    bias: model.bias, roots: new Int32Array(model.trees.length), columns: new Int32Array(size).fill(-1), values: new Float64Array(size),
    next: new Int32Array(2 * size),
  };
  const columnOf = new Map(names.map((name, column) => [name, column]));
  let start = 0;
  for (const [number, tree] of model.trees.entries()) {
    compiled.roots[number] = start;
    for (const [at, node] of tree.entries()) {
      if (typeof node === 'number') {
        compiled.values[start + at] = node;
        continue;
      }
      const column = columnOf.get(node[0]);
      if (column === undefined) throw new Error(`the model names a feature there is not: ${node[0]}`);
      compiled.columns[start + at] = column;
      compiled.values[start + at] = node[1];
      compiled.next[2 * (start + at)] = start + node[3];
      compiled.next[2 * (start + at) + 1] = start + node[2];
    }
    start += tree.length;
  }
  return compiled;
}

/** Rows that go through a tree together: as many as the processor's nearest cache holds. */
const TOGETHER = 32;

/**
 * Probability of each row of a table, 0–1. A row that is out of question, below `giveUp` after a third of the trees, goes
 * no further.
 */
export function probabilities(model: CompiledModel, table: Float64Array, width: number, giveUp = -Infinity): Float64Array {
  const { roots, columns, values, next } = model;
  const count = width === 0 ? 0 : Math.floor(table.length / width);
  const sums = new Float64Array(count).fill(model.bias);
  const check = Math.floor(roots.length / 3);
  const open = new Int32Array(TOGETHER);
  for (let from = 0; from < count; from += TOGETHER) {
    let size = Math.min(TOGETHER, count - from);
    for (let place = 0; place < size; place += 1) open[place] = from + place;
    for (let tree = 0; tree < roots.length && size > 0; tree += 1) {
      const root = roots[tree] ?? 0;
      for (let place = 0; place < size; place += 1) {
        const row = open[place] ?? 0;
        const start = row * width;
        let at = root;
        for (let column = columns[at] ?? -1; column !== -1; column = columns[at] ?? -1) {
          at = next[2 * at + Number((table[start + column] ?? 0) <= (values[at] ?? 0))] ?? 0;
        }
        sums[row] = (sums[row] ?? 0) + (values[at] ?? 0);
      }
      if (tree !== check) continue;
      let left = 0;
      for (let place = 0; place < size; place += 1) {
        const row = open[place] ?? 0;
        if ((sums[row] ?? 0) < giveUp) continue;
        open[left] = row;
        left += 1;
      }
      size = left;
    }
  }
  return sums.map((sum) => 1 / (1 + Math.exp(-sum)));
}
