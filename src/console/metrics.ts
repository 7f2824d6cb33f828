import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { Books } from '../ledger/index.js';
import { HEALTH_STATES } from '../poll/index.js';
import { OTHER_REASON } from '../queue/index.js';
import { defineHubMetrics } from './hub-metrics.js';
import { stateOf } from './source-list.js';
import { sum, type ConsoleView, type DiskRow, type HealthCheck, type QueueRow, type SinkRow, type SourceRow } from './view.js';
import type { WorkGauges } from './work-gauges.js';

/** What Prometheus reads. */
export interface Metrics {
  readonly contentType: string;
  /** Text of one scrape. Scrapes that come while one is made get the same. */
  scrape(): Promise<string>;
}

/** Reasons told apart in one scrape; the rest counts together. */
const MOST_REASONS = 200;
/** Every state that a source can stand in, so that a count of none is 0 and not missing. */
const SOURCE_STATES = [...HEALTH_STATES, 'not polled yet', 'off'];

interface Seen {
  readonly sources: readonly SourceRow[];
  readonly queues: readonly QueueRow[];
  readonly sinks: readonly SinkRow[];
  readonly disks: readonly DiskRow[];
  readonly checks: readonly HealthCheck[];
  readonly gauges: WorkGauges;
}

/** Writes one metric from what was seen. */
type Writer = (seen: Seen) => void;
/** Makes a metric; `fill` sets its values anew at each scrape. */
type Define = <Label extends string>(name: string, help: string, labels: readonly Label[], fill: (set: (labels: Record<Label, string>, value: number) => void, seen: Seen) => void) => void;

/**
 * Prometheus metrics, read from the shared books once a scrape, so that one console speaks for every process. Labels are ids of
 * sources, sinks and machines, names of stages, queues and states, and codes of faults: a bounded set, never an address or the id of an item.
 */
export function createMetrics(view: ConsoleView): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'dateline_console_' });
  defineHubMetrics(registry, () => view.hubs());
  const writers: Writer[] = [];
  const gauge: Define = (name, help, labels, fill) => {
    const metric = new Gauge({ name, help, labelNames: [...labels], registers: [registry] });
    writers.push((seen) => {
      metric.reset();
      fill((values, value) => metric.set(values, value), seen);
    });
  };
  /** What only grows, counted in Redis: so the metric is set to it and not counted up. */
  const counter: Define = (name, help, labels, fill) => {
    const metric = new Counter({ name, help, labelNames: [...labels], registers: [registry] });
    writers.push((seen) => {
      metric.reset();
      fill((values, value) => metric.inc(values, value), seen);
    });
  };
  defineSources(gauge);
  defineWork(gauge, counter);
  defineSinks(gauge);
  defineDisks(gauge);
  defineStores(gauge);

  const look = async (): Promise<string> => {
    const [sources, queues, sinks, disks, checks, gauges] = await Promise.all([view.sources(), view.queues(), view.sinks(), view.disks(), view.checks(), view.gauges()]);
    const seen = { sources, queues, sinks, disks, checks, gauges };
    for (const write of writers) write(seen);
    return registry.metrics();
  };
  let running: Promise<string> | null = null;
  return {
    contentType: registry.contentType,
    // Two at once would empty the metrics under each other.
    scrape: () => (running ??= look().finally(() => { running = null; })),
  };
}

function defineSources(gauge: Define): void {
  gauge('dateline_items', 'Items of each source by disposition; their sum is dateline_items_seen', ['source', 'disposition'], (set, { sources }) => {
    for (const { id, books } of sources) for (const [disposition, items] of Object.entries(itemsOf(books))) set({ source: id, disposition }, items);
  });
  gauge('dateline_items_by_reason', 'Items that were rejected or quarantined, of all sources, by reason', ['disposition', 'reason'], (set, { sources }) => {
    for (const disposition of ['rejected', 'quarantined'] as const) {
      for (const [reason, items] of mostFrequent(reasonsOf(sources, disposition))) set({ disposition, reason }, items);
    }
  });
  gauge('dateline_items_seen', 'Items each source has shown since its books were opened', ['source'], (set, { sources }) => {
    for (const { id, books } of sources) set({ source: id }, books.seen);
  });
  gauge('dateline_books_balanced', '1 while items seen equal the sum of their dispositions and those in flight', ['source'], (set, { sources }) => {
    for (const { id, books } of sources) set({ source: id }, books.balanced ? 1 : 0);
  });
  gauge('dateline_books_unbalanced', 'Sources whose books do not balance', [], (set, { sources }) => {
    set({}, sources.filter(({ books }) => !books.balanced).length);
  });
  gauge('dateline_source_last_poll_timestamp_seconds', 'When each source was last polled', ['source'], (set, { sources }) => {
    for (const { id, lastPollAt } of sources) if (lastPollAt !== null) set({ source: id }, Date.parse(lastPollAt) / 1_000);
  });
  gauge('dateline_source_trouble', '1 while the last poll of the source failed', ['source'], (set, { sources }) => {
    for (const { id, trouble } of sources) set({ source: id }, trouble === null ? 0 : 1);
  });
  gauge('dateline_source_state', '1 for the state each source is in: healthy, late, silent, shrunk, overlap lost, failing, parked', ['source', 'state'], (set, { sources }) => {
    for (const { id, health } of sources) if (health !== null) set({ source: id, state: health.state }, 1);
  });
  gauge('dateline_sources', 'Sources by state, those that are off and those not polled yet too', ['state'], (set, { sources }) => {
    for (const state of SOURCE_STATES) set({ state }, sources.filter((source) => stateOf(source) === state).length);
  });
}

function defineWork(gauge: Define, counter: Define): void {
  gauge('dateline_queue_jobs', 'Jobs of each queue by state', ['queue', 'state'], (set, { queues }) => {
    for (const { name, waiting, active, delayed, failed } of queues) {
      for (const [state, count] of Object.entries({ waiting, active, delayed, failed })) set({ queue: name, state }, count);
    }
  });
  gauge('dateline_queue_oldest_waiting_seconds', 'How long the oldest job of each queue has waited that could be taken now; 0 where none waits', ['queue'], (set, { queues }) => {
    for (const { name, oldestMs } of queues) set({ queue: name }, (oldestMs ?? 0) / 1_000);
  });
  counter('dateline_stage_runs_total', 'Runs of jobs of each stage by how they ended: done, later (put back, no attempt counted), failed with the code of its fault', ['stage', 'outcome', 'reason'], (set, { gauges }) => {
    const failed = new Map<string, Map<string, number>>();
    for (const { stage, outcome, reason, runs } of gauges.stages.counts) {
      if (outcome === 'failed') failed.set(stage, (failed.get(stage) ?? new Map<string, number>()).set(reason, runs));
      else set({ stage, outcome, reason: '' }, runs);
    }
    for (const [stage, reasons] of failed) {
      for (const [reason, runs] of mostFrequent(reasons)) set({ stage, outcome: 'failed', reason }, runs);
    }
  });
  counter('dateline_stage_seconds_total', 'Seconds that the runs of each stage took together', ['stage'], (set, { gauges }) => {
    for (const [stage, seconds] of gauges.stages.seconds) set({ stage }, seconds);
  });
  gauge('dateline_stage_failing_share', 'Share of the runs that failed, of those of each stage that ended in the last 10 to 15 minutes', ['stage'], (set, { gauges }) => {
    for (const [stage, share] of gauges.stages.failing) set({ stage }, share);
  });
  gauge('dateline_quarantine_jobs', 'Jobs in quarantine', [], (set, { gauges }) => set({}, gauges.quarantined));
  gauge('dateline_check_ok', '1 while the dependency or kind of work is well', ['check'], (set, { checks }) => {
    for (const { name, ok } of checks) set({ check: name }, ok ? 1 : 0);
  });
}

function defineSinks(gauge: Define): void {
  const each = (name: string, help: string, value: (sink: SinkRow) => number): void => gauge(name, help, ['sink'], (set, { sinks }) => {
    for (const sink of sinks) set({ sink: sink.name }, value(sink));
  });
  each('dateline_sink_delivered', 'Story versions each sink has taken', ({ delivered }) => delivered);
  each('dateline_sink_unrouted', 'Story versions that the filter of each sink left out', ({ unrouted }) => unrouted);
  each('dateline_sink_backlog', 'Deliveries that wait for each sink', ({ waiting }) => waiting);
  each('dateline_sink_backlog_bytes', 'Bytes of stories that wait for each sink', ({ waitingBytes }) => waitingBytes);
  each('dateline_sink_backlog_share', 'Share of its bound that waits for each sink; reading pauses at 0.9', ({ fill }) => fill);
  each('dateline_sink_on_disk', 'Deliveries that wait for each sink on disk, or are on their way there', ({ onDisk }) => onDisk);
  gauge('dateline_sink_state', '1 for the state each sink is in: closed (deliveries go), open, half-open, stopped', ['sink', 'state'], (set, { sinks }) => {
    for (const { name, state } of sinks) set({ sink: name, state }, 1);
  });
}

function defineDisks(gauge: Define): void {
  const each = (name: string, help: string, value: (disk: DiskRow) => number): void => gauge(name, help, ['host', 'place'], (set, { disks }) => {
    for (const disk of disks) set({ host: disk.host, place: disk.place }, value(disk));
  });
  each('dateline_spill_bytes', 'Bytes of deliveries on the disk of each machine', ({ bytes }) => bytes);
  each('dateline_spill_share', 'Share of what may lie on the disk of each machine; at 1 reading pauses at the bound of a sink', ({ fill }) => fill);
  each('dateline_spill_well', '1 while the disk of each machine can be written and a process tells of it', ({ seen, trouble }) => (seen && trouble === null ? 1 : 0));
}

function defineStores(gauge: Define): void {
  gauge('dateline_redis_memory_used_bytes', 'Bytes that Redis uses', [], (set, { gauges }) => set({}, gauges.memory.used));
  gauge('dateline_redis_memory_limit_bytes', 'Bytes that Redis may use; intake stops at 85 %', [], (set, { gauges }) => set({}, gauges.memory.limit));
  gauge('dateline_stories_waiting', 'Pages whose stories wait in Redis for a sink', [], (set, { gauges }) => set({}, gauges.waiting.count));
  gauge('dateline_stories_waiting_bytes', 'Bytes of stories that wait in Redis for a sink', [], (set, { gauges }) => set({}, gauges.waiting.bytes));
}

const itemsOf = ({ delivered, unchanged, duplicate, rejected, quarantined, inFlight }: Books): Readonly<Record<string, number>> => (
  { delivered, unchanged, duplicate, rejected: sum(rejected), quarantined: sum(quarantined), in_flight: inFlight });

function reasonsOf(sources: readonly SourceRow[], disposition: 'rejected' | 'quarantined'): ReadonlyMap<string, number> {
  const total = new Map<string, number>();
  for (const { books } of sources) for (const [reason, items] of Object.entries(books[disposition])) total.set(reason, (total.get(reason) ?? 0) + items);
  return total;
}

/** The most frequent ones apart, the rest as one. */
function mostFrequent(counts: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  const sorted = [...counts].filter(([reason]) => reason !== OTHER_REASON).sort(([one, often], [other, seldom]) => seldom - often || (one < other ? -1 : 1));
  const rest = sorted.slice(MOST_REASONS).reduce((total, [, count]) => total + count, counts.get(OTHER_REASON) ?? 0);
  return rest === 0 ? sorted : [...sorted.slice(0, MOST_REASONS), [OTHER_REASON, rest]];
}
