import type { Worker } from 'bullmq';

/**
 * Lets a worker rest for a while: its queue stays as it is, instead of every job being taken up only to be put back. Another
 * process learns by itself that the sink is left alone.
 */
export class Rest {
  #worker: Pick<Worker, 'pause' | 'resume'> | null = null;
  #timer: NodeJS.Timeout | undefined;

  /** The worker from now on: a watchdog may have made it anew. */
  of(worker: Pick<Worker, 'pause' | 'resume'>): void {
    this.end();
    this.#worker = worker;
  }

  get isOn(): boolean {
    return this.#timer !== undefined;
  }

  begin(ms: number): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.end(), ms);
    this.#timer.unref();
    // Not awaited: pausing is local, and jobs under way end as they would.
    this.#worker?.pause(true).catch(() => undefined);
  }

  end(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#worker?.resume().catch(() => undefined);
  }
}
