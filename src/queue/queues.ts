import { Queue, Worker, type Job, type JobsOptions } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Settings } from '../config/index.js';
import { misconfigured, type Fault } from '../fault.js';
import { deliverQueueName, type QueueName } from './names.js';
import { backoffMs, endJob, endedBy, faultOf, type JobEnd } from './outcome.js';
import { promoteMisdated } from './delayed.js';
import { owedArticle, owedDelivery, parseOwed, type OwedJob } from './owed.js';
import { MAX_PAYLOAD_BYTES, payloadSchemas, type ArticlePayload, type Payloads } from './payloads.js';

export type QueueSettings = Pick<Settings, 'retries' | 'lock' | 'quarantine'> & { readonly redis: { readonly prefix: string } };

const EVENTS_KEPT = 1_000;
/** Jobs without a priority come first. */
const AFTER_THE_REST = 10;
/** BullMQ's keys stand behind the prefix of the rest, under a name of their own. */
const bullPrefix = (prefix: string): string => `${prefix}:q`;

export interface Queues {
  readonly poll: Queue;
  readonly article: Queue;
  /** The queue of one sink: what waits for one never stands in the way of another. */
  deliver(sink: string): Queue;
  /** Every queue with its name, those of the known sinks last. */
  all(): readonly NamedQueue[];
  /** Adds the jobs in bulk; a job that is already there stays as it is. `delays` holds milliseconds, by position. */
  addOwed(jobs: readonly OwedJob[], delays?: readonly number[]): Promise<void>;
  addPolls(sources: readonly string[]): Promise<void>;
  /** Pages to be asked again; every item that is read for its feed comes before them. */
  addReasks(pages: readonly Required<ArticlePayload>[]): Promise<void>;
  /** Removes a job by its owed name, so that it can be added anew: BullMQ adds no job whose id it still holds. */
  forget(owed: string): Promise<void>;
  /** BullMQ's state of a job by its owed name; `unknown` when there is none. */
  stateOf(owed: string): Promise<string>;
  /** Brings a job forward that a wrong clock put off; false when none did. */
  promoteMisdated(owed: string): Promise<boolean>;
  close(): Promise<void>;
}

/** Making a job costs a third of a millisecond: five hundred at once would hold the loop that renews the locks. */
const SLICE = 25;

async function inSlices<T>(jobs: readonly T[], add: (slice: T[]) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < jobs.length; start += SLICE) await add(jobs.slice(start, start + SLICE));
}

export interface NamedQueue {
  readonly name: string;
  readonly role: QueueName;
  /** Null for the queues that are no sink's. */
  readonly sink: string | null;
  readonly queue: Queue;
}

/** Opens the queues on one connection, which the caller keeps and closes. */
export function openQueues(redis: Redis, settings: QueueSettings, sinks: readonly string[], onError: (queue: string, error: Error) => void): Queues {
  const options: JobsOptions = {
    attempts: settings.retries.attempts,
    backoff: { type: 'custom' },
    removeOnComplete: true,
    removeOnFail: { age: Math.ceil(settings.quarantine.age / 1_000), count: settings.quarantine.count },
    stackTraceLimit: 3,
    sizeLimit: MAX_PAYLOAD_BYTES,
  };
  const open = (name: string): Queue => {
    const queue = new Queue(name, {
      connection: redis,
      prefix: bullPrefix(settings.redis.prefix),
      defaultJobOptions: options,
      streams: { events: { maxLen: EVENTS_KEPT } },
    });
    queue.on('error', (error) => onError(name, error));
    return queue;
  };
  const poll = open('poll');
  const article = open('article');
  const delivers = new Map<string, Queue>();
  // Of a sink that is not configured here, too: its jobs are still to be found and taken away.
  const deliver = (sink: string): Queue => {
    const queue = delivers.get(sink) ?? open(deliverQueueName(sink));
    delivers.set(sink, queue);
    return queue;
  };
  for (const sink of sinks) deliver(sink);
  const queueOf = (owed: string): Queue => {
    const job = parseOwed(owed);
    return job?.queue === 'deliver' ? deliver(job.payload.sink) : article;
  };
  return {
    poll,
    article,
    deliver,
    all: () => [
      { name: 'poll', role: 'poll', sink: null, queue: poll },
      { name: 'article', role: 'article', sink: null, queue: article },
      ...[...delivers].map(([sink, queue]): NamedQueue => ({ name: deliverQueueName(sink), role: 'deliver', sink, queue })),
    ],
    async addOwed(jobs, delays = []) {
      const bulk = new Map<Queue, { name: string; data: object; opts: JobsOptions }[]>();
      for (const [position, { queue: name, payload }] of jobs.entries()) {
        const [jobId, queue] = name === 'article' ? [owedArticle(payload), article] : [owedDelivery(payload), deliver(payload.sink)];
        const delay = Math.round(delays[position] ?? 0);
        const added = bulk.get(queue) ?? [];
        added.push({ name, data: payload, opts: delay > 0 ? { jobId, delay } : { jobId } });
        bulk.set(queue, added);
      }
      await Promise.all([...bulk].map(([queue, added]) => inSlices(added, (slice) => queue.addBulk(slice))));
    },
    async addPolls(sources) {
      // One poll of a source at a time: while one waits or runs, another is not added.
      const bulk = sources.map((source) => ({ name: 'poll', data: { source }, opts: { deduplication: { id: source } } }));
      await inSlices(bulk, (slice) => poll.addBulk(slice));
    },
    async addReasks(pages) {
      if (pages.length === 0) return;
      // What fails is asked at its next time; keeping it would only hold its memory.
      await article.addBulk(pages.map((data) => ({
        name: 'reask', data, opts: { deduplication: { id: `again/${data.source}/${data.item}` }, priority: AFTER_THE_REST, attempts: 2, removeOnFail: true },
      })));
    },
    async forget(owed) {
      await queueOf(owed).remove(owed);
    },
    stateOf: (owed) => queueOf(owed).getJobState(owed),
    promoteMisdated: (owed) => promoteMisdated(redis, queueOf(owed), owed),
    async close() {
      await Promise.all([poll, article, ...delivers.values()].map((queue) => queue.close()));
    },
  };
}

export interface JobContext {
  /** Aborted when the job's lock is lost or the worker is told to stop. */
  readonly signal: AbortSignal;
  readonly attempt: number;
}

export interface WorkerInit<Name extends QueueName> {
  /** The sink whose queue it works at; of `deliver` only. */
  readonly sink?: Name extends 'deliver' ? string : never;
  readonly concurrency: number;
  readonly handle: (payload: Payloads[Name], context: JobContext) => Promise<JobEnd>;
  /** Writes a job that failed for good into the books; called before BullMQ is told. */
  readonly quarantine: (payload: Payloads[Name], fault: Fault, attempts: number) => Promise<void>;
  /** Every fault, the ones that are tried again included. */
  readonly onFault?: ((payload: Payloads[Name], fault: Fault, attempt: number) => void) | undefined;
  /** Every run of a job, and the milliseconds it took. */
  readonly onEnd?: ((end: JobEnd, ms: number) => void) | undefined;
  readonly onError: (error: Error) => void;
  /** Called when a job begins, ends, or keeps its lock: the worker is alive. */
  readonly onSign?: (() => void) | undefined;
}

/** A worker of one kind of work; it starts at once and makes its own blocking connection beside the given one. */
export function openWorker<Name extends QueueName>(name: Name, redis: Redis, settings: QueueSettings, init: WorkerInit<Name>): Worker {
  const { retries, lock } = settings;
  // The schema of a name gives the payload of that name; TypeScript cannot follow the pair through the index.
  const schema = payloadSchemas[name] as { safeParse(data: unknown): { readonly success: true; readonly data: Payloads[Name] } | { readonly success: false } };
  const process = async (job: Job, token: string | undefined, signal: AbortSignal | undefined): Promise<void> => {
    // BullMQ hands over a signal to whoever takes three arguments; its types only do not promise it.
    const stop = signal ?? new AbortController().signal;
    init.onSign?.();
    const attempt = job.attemptsMade + 1;
    const read = schema.safeParse(job.data);
    if (!read.success) {
      // No attempt would make it better. Its id still names the item where the ledger owes the job; else nobody waits for it.
      const fault = misconfigured({ code: 'payload-invalid', message: `the job ${job.id ?? ''} of ${name} holds what no job of it can hold`, hint: 'Does another version of Dateline, or something else, use this Redis prefix?' });
      const owed = schema.safeParse(parseOwed(job.id ?? '')?.payload);
      init.onError(fault);
      return endJob(job, token, endedBy(fault), () => (owed.success ? init.quarantine(owed.data, fault, attempt) : Promise.resolve()));
    }
    const payload = read.data;
    const startedAt = performance.now();
    const end = await init.handle(payload, { signal: stop, attempt }).catch((thrown: unknown) => endedBy(faultOf(thrown)));
    init.onEnd?.(end, performance.now() - startedAt);
    if (end.kind === 'failed') init.onFault?.(payload, end.fault, attempt);
    init.onSign?.();
    await endJob(job, token, end, (fault) => init.quarantine(payload, fault, attempt));
  };
  const worker = new Worker(init.sink === undefined ? name : deliverQueueName(init.sink), process, {
    connection: redis,
    prefix: bullPrefix(settings.redis.prefix),
    concurrency: init.concurrency,
    lockDuration: lock.duration,
    stalledInterval: lock.stalledInterval,
    maxStalledCount: lock.maxStalled,
    drainDelay: 2,
    // How many jobs ended in each of the last minutes, for the console's rates.
    metrics: { maxDataPoints: 15 },
    settings: { backoffStrategy: (attemptsMade, _type, error) => backoffMs(retries, attemptsMade, error) },
  });
  worker.on('error', init.onError);
  worker.on('locksRenewed', () => init.onSign?.());
  worker.on('lockRenewalFailed', () => init.onError(new Error('a job lost its lock')));
  return worker;
}
