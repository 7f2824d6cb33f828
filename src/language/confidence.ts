/** What is known of how well a text fits the language with the best score. */
export interface Evidence {
  /** Share of the text's n-grams that the language has. */
  readonly hitShare: number;
  /** Mean nats of a word: high where the common words of the language stand. */
  readonly wordNats: number;
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
  /** Weights of {@link inputs} by script; a script without weights has no languages outside the table worth the doubt. */
  readonly known: Readonly<Record<string, readonly number[]>>;
  /** By tag; `und` for the tags without. */
  readonly typical: Readonly<Record<string, Typical>>;
  /** By tag, in nats: how much rarer than the others a language is in the press, before its text is read; 0 for tags without. */
  readonly rarity: Readonly<Record<string, number>>;
}

/** Beyond these letters more text adds neither doubt nor trust: the shares are settled, and the model was fitted on little longer text. */
const MOST_LETTERS = 200;

/** What texts of a language look like that are none of those the table was made from. */
export interface Typical {
  readonly hitShare: number;
  readonly wordNats: number;
}

/** Inputs of the logistic model of "the text is in a language of the table": how far a text falls behind what is typical of the language. */
export function inputs({ hitShare, wordNats, letters, words, scriptShare, lowerShare }: Evidence, typical: Typical): number[] {
  const size = Math.log(Math.min(MOST_LETTERS, Math.max(1, letters))) / 5;
  const hits = hitShare - typical.hitShare;
  const common = (wordNats - typical.wordNats) / 10;
  return [
    1, hits, common, size, scriptShare, lowerShare, hits * size, common * size, lowerShare * common, words === 1 ? 1 : 0,
  ];
}

export const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** Probability that a text is in some language of the table, 0–1; `tag` is the language that it fits best. */
export function knownProbability(evidence: Evidence, script: string, tag: string, { known, typical }: Calibration): number {
  const weights = known[script];
  const usual = typical[tag] ?? typical['und'];
  if (weights === undefined || usual === undefined) return 1;
  return logistic(inputs(evidence, usual).reduce((sum, input, index) => sum + input * (weights[index] ?? 0), 0));
}

/** N-grams of a text overlap, so their nats count the same evidence several times: the temperature that corrects for it. */
export function temperatureFor(letters: number, { temperatures }: Calibration): number {
  let found = 1;
  for (const [least, temperature] of temperatures) if (letters >= least) found = temperature;
  return found;
}
