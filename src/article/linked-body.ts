/** Runs of twelve letters and digits: order-true, and blind to spaces and punctuation. */
const RUN = 12;
const LONGEST_BODY = 200_000;
const LONGEST_BLOCK = 1_500;

/** The text of a JSON-LD `articleBody`, for asking how much of a block stands in it. */
export class LinkedBody {
  readonly #runs = new Set<string>();

  constructor(body: string) {
    const bare = bareLetters(body.slice(0, LONGEST_BODY).replace(/<[^<>]{0,400}>/g, ' '));
    for (let at = 0; at + RUN <= bare.length; at += 1) this.#runs.add(bare.slice(at, at + RUN));
  }

  /** Share of a block's runs that stand in the body, 0–1, by every third run. */
  shareOf(text: string): number {
    const bare = bareLetters(text.length > LONGEST_BLOCK ? text.slice(0, LONGEST_BLOCK) : text);
    let total = 0;
    let found = 0;
    for (let at = 0; at + RUN <= bare.length; at += 3) {
      total += 1;
      if (this.#runs.has(bare.slice(at, at + RUN))) found += 1;
    }
    return total === 0 ? 0 : found / total;
  }
}

const bareLetters = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
