import type { Books } from '../ledger/index.js';
import type { HubTally } from '../websub/index.js';
import type { WorkGauges } from './work-gauges.js';

/** What the console shows, gathered from Redis by whoever starts it; the pages know nothing of queues or keys. */

export interface SourceRow {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly enabled: boolean;
  /** ISO 8601, or null before the first poll. */
  readonly lastPollAt: string | null;
  readonly nextPollAt: string | null;
  /** Last fault in one line, or null when the last poll went well. */
  readonly trouble: string | null;
  /** How its polls go, as the poll stage judges it (healthy, late, silent …); null before the first one. */
  readonly health: { readonly state: string; readonly reason: string; /** ISO 8601. */ readonly since: string } | null;
  readonly books: Books;
}

export interface QueueRow {
  readonly name: string;
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
  /** Waits behind the rest: pages asked again. */
  readonly later: number;
  /** Milliseconds that the oldest job has waited which could be taken now; null where none waits. */
  readonly oldestMs: number | null;
  /** Jobs ended well in a minute, over the last five whole ones. */
  readonly perMinute: number;
}

export interface SinkRow {
  readonly name: string;
  /** Story versions handed over since the books were opened. */
  readonly delivered: number;
  readonly where: string;
  /** Story versions that its filter left out. */
  readonly unrouted: number;
  /** Deliveries that wait for it, their bytes, and the share of its bound (1 is full). */
  readonly waiting: number;
  readonly waitingBytes: number;
  readonly fill: number;
  /** Deliveries that wait for it on disk or are on their way there. */
  readonly onDisk: number;
  /** Whether deliveries go: see the breaker of the sink stage. */
  readonly state: 'closed' | 'open' | 'half-open' | 'stopped';
  /** Milliseconds of the epoch since when they do not; null while they do. */
  readonly since: number | null;
  /** Its last failure in a row, or null. */
  readonly trouble: string | null;
}

export interface HealthCheck {
  /** The dependency: `redis`, `workers: article`, `disk` … */
  readonly name: string;
  readonly ok: boolean;
  /** What was seen, and how to mend it when it is not well. */
  readonly detail: string;
}

/** A folder, on whatever machine, that holds deliveries which wait on disk. */
export interface DiskRow {
  /** Id of the folder. */
  readonly place: string;
  readonly host: string;
  readonly dir: string;
  readonly bytes: number;
  /** Share of what may lie there (1 is full). */
  readonly fill: number;
  /** Why it cannot be written, or null. */
  readonly trouble: string | null;
  /** False when no process has told of it for a minute. */
  readonly seen: boolean;
}

export interface ConsoleView {
  sources(): Promise<readonly SourceRow[]>;
  queues(): Promise<readonly QueueRow[]>;
  sinks(): Promise<readonly SinkRow[]>;
  disks(): Promise<readonly DiskRow[]>;
  /** How the WebSub hubs stand, and what they sent. */
  hubs(): Promise<HubTally>;
  /** What only the metrics show. */
  gauges(): Promise<WorkGauges>;
  /** One line for each dependency and each kind of work; readiness is that all are well. */
  checks(): Promise<readonly HealthCheck[]>;
}

export const disposed = (books: Books): number =>
  books.delivered + books.unchanged + books.duplicate + sum(books.rejected) + sum(books.quarantined);

export const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);
