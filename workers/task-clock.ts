const LOOK_MS = 200;

/**
 * Measures a task from the moment its thread takes it up. The two sides share one number: the thread sets it before it does
 * anything, the pool looks at it. A clock that was never begun runs out after {@link NEVER_BEGUN_MS}.
 */
export class TaskClock {
  /** Handed to the thread, which calls {@link begin} on it first of all. */
  readonly begun = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  readonly #timer: NodeJS.Timeout;

  constructor(limitMs: number, onLate: () => void) {
    const made = performance.now();
    let seen: number | null = null;
    this.#timer = setInterval(() => {
      const now = performance.now();
      if (seen === null && Atomics.load(this.begun, 0) === 1) seen = now;
      if (seen === null ? now - made > NEVER_BEGUN_MS : now - seen > limitMs) onLate();
    }, Math.min(LOOK_MS, limitMs / 2));
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

/** A thread that needs longer than this to start will not start. */
export const NEVER_BEGUN_MS = 120_000;

export const begin = (begun: Int32Array): void => {
  Atomics.store(begun, 0, 1);
};
