/**
 * What went wrong, named by what happens next.
 *
 * - `retry-later`: the same attempt may succeed in time (a time-out, a 503, a full disk);
 * - `give-up`: it never will (a 404, a page that is no article), so the item ends here with this reason;
 * - `misconfigured`: only a person can mend it (a wrong selector, a sink without a password).
 */
export type Consequence = 'retry-later' | 'give-up' | 'misconfigured';

export interface FaultInit {
  /** Stable kebab-case code: the `reason` of a rejection and the key of a metric. Never holds input. */
  readonly code: string;
  /** What failed, where; one sentence. */
  readonly message: string;
  /** How to mend it; one sentence. */
  readonly hint?: string;
  readonly cause?: unknown;
  /** Lower bound of the wait before the next attempt, in milliseconds (Retry-After and the like). */
  readonly retryAfterMs?: number;
}

/** An error as a value: returned inside an {@link Outcome}, thrown only where a library's contract asks for a throw. */
export class Fault extends Error {
  readonly code: string;
  readonly consequence: Consequence;
  readonly hint: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(consequence: Consequence, init: FaultInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.name = 'Fault';
    this.code = init.code;
    this.consequence = consequence;
    this.hint = init.hint;
    this.retryAfterMs = init.retryAfterMs;
  }
}

export const retryLater = (init: FaultInit): Fault => new Fault('retry-later', init);
export const giveUp = (init: FaultInit): Fault => new Fault('give-up', init);
export const misconfigured = (init: FaultInit): Fault => new Fault('misconfigured', init);

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault };

export const ok = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const failed = (fault: Fault): { readonly ok: false; readonly fault: Fault } => ({ ok: false, fault });
