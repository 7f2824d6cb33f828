/** A set of words that many texts are compared with. */
export class KnownWords {
  readonly #places: ReadonlyMap<string, number>;
  /** The last text that held each word. */
  readonly #heldBy: Int32Array;
  #texts = 0;
  /** Share of the last text's words that are known, 0–1. */
  share = 0;
  /** Share of the known words that the last text holds, 0–1. */
  covered = 0;

  constructor(words: Iterable<string>) {
    const places = new Map<string, number>();
    for (const word of words) if (!places.has(word)) places.set(word, places.size);
    this.#places = places;
    this.#heldBy = new Int32Array(places.size);
  }

  get size(): number {
    return this.#places.size;
  }

  /** Compares one text: sets {@link share} and {@link covered}. */
  compare(words: readonly string[]): void {
    this.share = 0;
    this.covered = 0;
    if (words.length === 0 || this.size === 0) return;
    this.#texts += 1;
    let found = 0;
    let different = 0;
    for (const word of words) {
      const place = this.#places.get(word);
      if (place === undefined) continue;
      found += 1;
      if (this.#heldBy[place] === this.#texts) continue;
      this.#heldBy[place] = this.#texts;
      different += 1;
    }
    this.share = found / words.length;
    this.covered = different / this.size;
  }
}
