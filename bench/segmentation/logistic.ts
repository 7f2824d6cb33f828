/** One example: values between 0 and 1, whether it is so, and how much it counts. */
export interface Example {
  readonly values: readonly number[];
  readonly holds: boolean;
  readonly counts: number;
}

export interface Fit {
  readonly weights: readonly number[];
  readonly bias: number;
}

/** Steps and step size of Adam (Kingma and Ba 2015); enough for the loss to settle on some thousand examples. */
const STEPS = 1500;
const STEP = 0.05;

/** Logistic regression, its weights drawn to `priors` (zero, or what is known by hand where examples are missing). */
export function fitLogistic(examples: readonly Example[], priors: readonly number[], draw: number): Fit {
  const width = priors.length;
  const weights = Float64Array.of(...priors, 0);
  const mean = new Float64Array(width + 1);
  const spread = new Float64Array(width + 1);
  for (let step = 1; step <= STEPS; step += 1) {
    const gradient = new Float64Array(width + 1);
    for (const { values, holds, counts } of examples) {
      let score = weights[width] ?? 0;
      for (let at = 0; at < width; at += 1) score += (weights[at] ?? 0) * (values[at] ?? 0);
      const error = (1 / (1 + Math.exp(-score)) - (holds ? 1 : 0)) * counts;
      for (let at = 0; at < width; at += 1) gradient[at] = (gradient[at] ?? 0) + error * (values[at] ?? 0);
      gradient[width] = (gradient[width] ?? 0) + error;
    }
    for (let at = 0; at <= width; at += 1) {
      const slope = (gradient[at] ?? 0) / examples.length + (at < width ? draw * ((weights[at] ?? 0) - (priors[at] ?? 0)) : 0);
      mean[at] = 0.9 * (mean[at] ?? 0) + 0.1 * slope;
      spread[at] = 0.999 * (spread[at] ?? 0) + 0.001 * slope * slope;
      weights[at] = (weights[at] ?? 0) - (STEP * ((mean[at] ?? 0) / (1 - 0.9 ** step))) / (Math.sqrt((spread[at] ?? 0) / (1 - 0.999 ** step)) + 1e-8);
    }
  }
  return { weights: [...weights.subarray(0, width)], bias: weights[width] ?? 0 };
}

export const scoreOf = ({ weights, bias }: Fit, values: readonly number[]): number => values.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), bias);
