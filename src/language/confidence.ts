/** What is known of how well a text fits the language with the best score; each about 0–1 or a logarithm, the order is that of the fitted weights. */
export interface Evidence {
  /** Share of the text's n-grams that the language has. */
  readonly hitShare: number;
  /** Mean nats of a word: high where the common words of the language stand. */
  readonly wordNats: number;
  /** Mean nats of an n-gram. */
  readonly meanNats: number;
  readonly letters: number;
  readonly words: number;
  /** Share of the letters in the dominant script. */
  readonly scriptShare: number;
  /** Share of the words that do not begin with a capital, 1 in scripts without them. */
  readonly lowerShare: number;
}

/** Fitted by the benchmark's training script; shipped in the table's header. */
export interface Calibration {
  /** Temperature of the softmax by number of letters: `[least letters, temperature]`, ascending. */
  readonly temperatures: readonly (readonly [letters: number, temperature: number])[];
  /** Weights of {@link inputs}. */
  readonly known: readonly number[];
}

/** What the model was fitted on is no longer; beyond it more text adds no doubt and no trust. */
const MOST_LETTERS = 400;
const MOST_WORDS = 80;

/** Inputs of the logistic model of "the text is in a language of the table". */
export const inputs = ({ hitShare, wordNats, meanNats, letters, words, scriptShare, lowerShare }: Evidence): number[] => {
  const size = Math.log(Math.min(MOST_LETTERS, Math.max(1, letters)));
  return [
    1, hitShare, wordNats / 10, meanNats / 10, size / 5, scriptShare, lowerShare, Math.log(Math.min(MOST_WORDS, Math.max(1, words))) / 3,
    (hitShare * size) / 5, (wordNats / 10) * (size / 5), hitShare ** 2, lowerShare * (wordNats / 10),
  ];
};

export const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** Probability that a text is in some language of the table, 0–1. */
export function knownProbability(evidence: Evidence, weights: readonly number[]): number {
  return logistic(inputs(evidence).reduce((sum, input, index) => sum + input * (weights[index] ?? 0), 0));
}

/** N-grams of a text overlap, so their nats count the same evidence several times: the temperature that corrects for it. */
export function temperatureFor(letters: number, { temperatures }: Calibration): number {
  let found = 1;
  for (const [least, temperature] of temperatures) if (letters >= least) found = temperature;
  return found;
}
