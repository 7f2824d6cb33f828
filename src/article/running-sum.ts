/** Sums over places, so that a window costs no loop. */
export class RunningSum {
  readonly #sums: Float64Array;

  constructor(count: number, valueAt: (at: number) => number) {
    this.#sums = new Float64Array(count + 1);
    for (let at = 0; at < count; at += 1) this.#sums[at + 1] = (this.#sums[at] ?? 0) + valueAt(at);
  }

  get total(): number {
    return this.#sums.at(-1) ?? 0;
  }

  /** Sum of the places from `from` up to, not with, `to`; places outside count nothing. */
  between(from: number, to: number): number {
    const last = this.#sums.length - 1;
    return (this.#sums[Math.min(last, Math.max(0, to))] ?? 0) - (this.#sums[Math.max(0, Math.min(last, from))] ?? 0);
  }
}
