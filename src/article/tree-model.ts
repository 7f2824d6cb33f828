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
  readonly yes: Int32Array;
  readonly no: Int32Array;
}

export function compileModel(model: TreeModel, names: readonly string[]): CompiledModel {
  const size = model.trees.reduce((sum, tree) => sum + tree.length, 0);
  const compiled = {
    bias: model.bias, roots: new Int32Array(model.trees.length), columns: new Int32Array(size).fill(-1), values: new Float64Array(size),
    yes: new Int32Array(size), no: new Int32Array(size),
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
      compiled.yes[start + at] = start + node[2];
      compiled.no[start + at] = start + node[3];
    }
    start += tree.length;
  }
  return compiled;
}

/**
 * Probability of each row of a table, 0–1. A row that is out of question, below `giveUp` after a third of the trees, goes
 * no further.
 */
export function probabilities(model: CompiledModel, table: Float64Array, width: number, giveUp = -Infinity): Float64Array {
  const { roots, columns, values, yes, no } = model;
  const scores = new Float64Array(width === 0 ? 0 : Math.floor(table.length / width));
  const check = Math.floor(roots.length / 3);
  for (let row = 0; row < scores.length; row += 1) {
    const start = row * width;
    let sum = model.bias;
    for (let tree = 0; tree < roots.length; tree += 1) {
      let at = roots[tree] ?? 0;
      for (let column = columns[at] ?? -1; column !== -1; column = columns[at] ?? -1) {
        at = ((table[start + column] ?? 0) <= (values[at] ?? 0) ? yes[at] : no[at]) ?? 0;
      }
      sum += values[at] ?? 0;
      if (tree === check && sum < giveUp) break;
    }
    scores[row] = 1 / (1 + Math.exp(-sum));
  }
  return scores;
}
