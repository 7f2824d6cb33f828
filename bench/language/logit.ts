/** One observation of a logistic model. */
export interface Observation {
  readonly inputs: readonly number[];
  readonly outcome: boolean;
  readonly weight: number;
}

/** Rounds of gradient steps; the models have a dozen inputs about 1 in size. */
const ROUNDS = 400;
const RATE = 2;
const PENALTY = 1e-4;

/** Weights of a logistic regression by gradient descent with momentum: a dozen inputs ask for no library. */
export function fitLogit(observations: readonly Observation[]): number[] {
  const size = observations[0]?.inputs.length ?? 0;
  const weights = Array.from({ length: size }, () => 0);
  const velocity = Array.from({ length: size }, () => 0);
  const total = observations.reduce((sum, { weight }) => sum + weight, 0);
  for (let round = 0; round < ROUNDS; round++) {
    const gradient = weights.map((weight) => -PENALTY * weight);
    for (const { inputs, outcome, weight } of observations) {
      let score = 0;
      for (let index = 0; index < size; index++) score += (weights[index] ?? 0) * (inputs[index] ?? 0);
      const error = ((outcome ? 1 : 0) - 1 / (1 + Math.exp(-score))) * (weight / total);
      for (let index = 0; index < size; index++) gradient[index] = (gradient[index] ?? 0) + error * (inputs[index] ?? 0);
    }
    for (let index = 0; index < size; index++) {
      velocity[index] = 0.9 * (velocity[index] ?? 0) + RATE * (gradient[index] ?? 0);
      weights[index] = (weights[index] ?? 0) + (velocity[index] ?? 0);
    }
  }
  return weights.map((weight) => Number(weight.toFixed(4)));
}
