import type { Audit } from './audit.js';
import type { WorkerRole } from './fleet.js';
import type { Struck } from './recovery.js';
import type { FaultKind } from './schedule.js';
import type { Totals } from './watch.js';

export interface RunOptions {
  readonly seed: number;
  /** Least number of items published; more while faults are still to come. */
  readonly items: number;
  readonly faults: number;
  readonly sources: number;
  readonly processes: Readonly<Record<WorkerRole, number>>;
  /** How long a process is stopped. */
  readonly stopMs: number;
  /** Deliveries that may wait for each sink; few make them go to disk all the time. Left out: as the service is shipped. */
  readonly backlog?: number;
  /** Least time at full speed, beside items and faults. */
  readonly seconds?: number;
  /** Stories that the Redis stream keeps; default 100,000. */
  readonly streamLength?: number;
  /** Kinds of faults to choose from; default all that can be done here. */
  readonly kinds?: readonly FaultKind[];
  /** Modules loaded into every process: the harness's own sabotage. */
  readonly imports?: readonly string[];
  /** Longest wait for full speed after a fault; default 40 s. */
  readonly recoveryMs?: number;
  /** How long what is in flight may take to settle at the end. */
  readonly drainMs?: number;
  readonly keep?: boolean;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  readonly seconds: number;
  readonly published: number;
  readonly settled: number;
  /** Story versions taken by all sinks, a second, in the last five. */
  readonly rate: number;
  readonly faultsDone: number;
  readonly faults: number;
  readonly doing: string;
  /** Resident memory in MiB: by post, and Redis by its own word. */
  readonly memory: ReadonlyMap<string, number>;
}

export interface TimedFault extends Struck {
  /** Milliseconds from its end to full speed; null when the next one was due before. */
  readonly recovery: number | null;
}

export interface RunResult {
  readonly options: RunOptions;
  readonly seconds: number;
  readonly published: number;
  /** Stories that every sink must hold. */
  readonly stories: number;
  readonly sinks: ReadonlyMap<string, Audit>;
  readonly totals: Totals;
  readonly imbalances: readonly string[];
  readonly faults: readonly TimedFault[];
  /** Story versions taken by all sinks, a second, between faults. */
  readonly quietRate: number;
  /** Times that the webhook's receiver knew a key again. */
  readonly repeats: number;
  /** Processes that ended without being told, with their last words. */
  readonly deaths: readonly string[];
  /** What was not tried, and why. */
  readonly untried: readonly string[];
  readonly memory: readonly { readonly seconds: number; readonly mib: ReadonlyMap<string, number> }[];
  /** Whatever makes the run a failure, in one line each; empty when nothing was lost or doubled and the books are right. */
  readonly failures: readonly string[];
  /** The lives of the first lost stories as the service tells them. */
  readonly lives: readonly string[];
  readonly dir: string;
}
