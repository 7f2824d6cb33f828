import { EventEmitter } from 'node:events';
import type { Fault } from '../fault.js';
import type { QueueName } from '../queue/index.js';
import type { UnseenPlace } from '../ledger/index.js';
import type { BreakerState } from '../sink/index.js';
import type { SpillStanding } from '../spill/index.js';

/** A story that was accepted, in the few words that a person wants to see. */
export interface StoryNews {
  readonly source: string;
  readonly id: string;
  readonly version: number;
  readonly change: 'new' | 'changed';
  readonly headline: string | null;
  /** BCP 47. */
  readonly language: string;
  /** As written, or null. */
  readonly dateline: string | null;
}

/** What happens inside the service, for whoever shows it: command line, log, console. */
export interface ServiceEvents {
  /** Once, when every role is at work. */
  ready: [{ readonly roles: readonly string[]; readonly sources: number }];
  polled: [{ readonly source: string; readonly listed: number; readonly taken: number; readonly notModified: boolean; readonly nextMs: number }];
  /** A poll failed; the source is asked again later. */
  'source-trouble': [{ readonly source: string; readonly fault: Fault; readonly failures: number; readonly nextMs: number }];
  accepted: [{ readonly source: string; readonly item: string; readonly stories: readonly StoryNews[] }];
  /** An item got its disposition. */
  settled: [{ readonly source: string; readonly item: string; readonly disposition: string; readonly reason?: string | undefined }];
  /** A young page was asked again, and had no news. */
  'asked-again': [{ readonly source: string; readonly item: string; readonly outcome: string }];
  /** A sink took the stories of one item. */
  delivered: [{ readonly source: string; readonly item: string; readonly sink: string; readonly stories: number }];
  /** A job failed, for now or for good. */
  fault: [{ readonly queue: QueueName; readonly payload: object; readonly fault: Fault; readonly attempt: number }];
  /** No new items are taken in until there is room: too many stories wait for their sinks (`store`), too many pages to be read (`pages`), or Redis is nearly full (`memory`). */
  'intake-paused': [{ readonly why: 'pages'; readonly waiting: number; readonly limit: number } | { readonly why: 'store'; readonly bytes: number; readonly count: number } | { readonly why: 'memory'; readonly used: number; readonly limit: number }];
  'intake-resumed': [];
  /** A sink is left alone because it fails (`open`), was stopped for good, or takes stories again (`closed`). */
  'sink-state': [{ readonly sink: string; readonly state: BreakerState; readonly fault: Fault | null; readonly waitMs: number }];
  /** A delivery was put back because its sink is left alone; no other needs to be taken up for this long. */
  'sink-held': [{ readonly sink: string; readonly ms: number }];
  /** More waits for a sink than is well (`alarm`), so much that reading pauses (`full`), or less again (`well`). */
  'sink-backlog': [{ readonly sink: string; readonly state: 'well' | 'alarm' | 'full'; readonly deliveries: number; readonly bytes: number; readonly share: number; /** Deliveries on disk or on their way there. */ readonly onDisk: number }];
  /** How the disk stands that deliveries wait on: `full` at its bound, `failing` while it cannot be written; with either, reading pauses at the bound of a sink. */
  'spill': [{ readonly state: SpillStanding; readonly bytes: number; readonly limit: number; readonly fault: Fault | null }];
  /** Deliveries that waited on disk cannot be read any more, and went to quarantine. */
  'spill-lost': [{ readonly sink: string; readonly segment: string; readonly deliveries: number; readonly why: string }];
  /** Deliveries wait on the disk of a machine that gives no sign. */
  'spill-unseen': [UnseenPlace];
  /** Deliveries were owed to a sink that is not configured any more, and went to quarantine. */
  'sink-removed': [{ readonly sink: string; readonly deliveries: number }];
  /** A worker was silent while work waited, and was made anew. */
  'worker-restarted': [{ readonly queue: string; readonly silentMs: number }];
  /** Something that should not happen, survived. */
  trouble: [{ readonly what: string; readonly error: Error }];
  'sources-changed': [{ readonly sources: number }];
}

export type ServiceEmitter = EventEmitter<ServiceEvents>;
export const createEvents = (): ServiceEmitter => new EventEmitter<ServiceEvents>();
