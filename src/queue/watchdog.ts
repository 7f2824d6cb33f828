import type { Worker } from 'bullmq';

/** BullMQ's worker, as far as watching it needs; tests watch one of their own. */
export type WatchedWorker = Pick<Worker, 'close'>;

export interface WatchdogInit {
  /** Makes the worker; called again when it has fallen silent. `sign` is to be called whenever a job begins or ends. */
  readonly open: (sign: () => void) => WatchedWorker;
  /** Jobs that could be taken now. */
  readonly waiting: () => Promise<number>;
  /** Waiting jobs and no sign for this long: the worker is dead, whatever it says of itself. */
  readonly silentMs: number;
  readonly onSilent: (silentForMs: number) => void;
  readonly now?: () => number;
}

/**
 * Keeps one worker alive. After a failover of Redis a BullMQ worker can stay silent for ever while it calls itself running;
 * the only sure sign is that work waits and nothing begins or ends. Then it is thrown away and made anew.
 */
export class Watchdog {
  readonly #init: WatchdogInit;
  readonly #now: () => number;
  #worker: WatchedWorker;
  #lastSign: number;
  #restarts = 0;

  constructor(init: WatchdogInit) {
    this.#init = init;
    this.#now = init.now ?? (() => performance.now());
    this.#lastSign = this.#now();
    this.#worker = init.open(() => this.#sign());
  }

  #sign(): void {
    this.#lastSign = this.#now();
  }

  get restarts(): number {
    return this.#restarts;
  }

  /** Looks once; true when the worker had to be made anew. */
  async look(): Promise<boolean> {
    if ((await this.#init.waiting()) === 0) {
      this.#sign();
      return false;
    }
    const silentFor = this.#now() - this.#lastSign;
    if (silentFor < this.#init.silentMs) return false;
    this.#init.onSilent(silentFor);
    const silent = this.#worker;
    this.#worker = this.#init.open(() => this.#sign());
    this.#restarts += 1;
    this.#sign();
    // Its jobs, if it has any, lose their locks and go on elsewhere; nothing waits for it.
    silent.close(true).catch(() => undefined);
    return true;
  }

  /** Milliseconds since a job began or ended, or since nothing waited. */
  get silentForMs(): number {
    return this.#now() - this.#lastSign;
  }

  close(force = false): Promise<void> {
    return this.#worker.close(force);
  }
}
