import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { defineHubMetrics } from './hub-metrics.js';
import type { ConsoleView } from './view.js';

/**
 * Prometheus metrics, read from the shared books at each scrape, so that one console speaks for
 * every process. Labels are source ids, stages and reasons: a bounded set, never an address or item id.
 */
export function createMetrics(view: ConsoleView): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'dateline_console_' });
  defineHubMetrics(registry, () => view.hubs());
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[], collect: (gauge: Gauge<L>) => Promise<void>): Gauge<L> =>
    new Gauge<L>({
      name, help, labelNames: [...labelNames], registers: [registry],
      async collect() {
        this.reset();
        await collect(this);
      },
    });

  gauge('dateline_items', 'Items of each source by disposition and reason; their sum is dateline_items_seen', ['source', 'disposition', 'reason'], async (items) => {
    for (const { id, books } of await view.sources()) {
      const set = (disposition: string, reason: string, value: number): void => items.set({ source: id, disposition, reason }, value);
      set('delivered', '', books.delivered);
      set('unchanged', '', books.unchanged);
      set('duplicate', '', books.duplicate);
      set('in_flight', '', books.inFlight);
      for (const [reason, count] of Object.entries(books.rejected)) set('rejected', reason, count);
      for (const [reason, count] of Object.entries(books.quarantined)) set('quarantined', reason, count);
    }
  });
  gauge('dateline_items_seen', 'Items each source has shown since its books were opened', ['source'], async (seen) => {
    for (const { id, books } of await view.sources()) seen.set({ source: id }, books.seen);
  });
  gauge('dateline_books_balanced', '1 while items seen equal the sum of their dispositions and those in flight', ['source'], async (balanced) => {
    for (const { id, books } of await view.sources()) balanced.set({ source: id }, books.balanced ? 1 : 0);
  });
  gauge('dateline_source_last_poll_timestamp_seconds', 'When each source was last polled', ['source'], async (last) => {
    for (const { id, lastPollAt } of await view.sources()) {
      if (lastPollAt !== null) last.set({ source: id }, Date.parse(lastPollAt) / 1000);
    }
  });
  gauge('dateline_source_trouble', '1 while the last poll of the source failed', ['source'], async (trouble) => {
    for (const source of await view.sources()) trouble.set({ source: source.id }, source.trouble === null ? 0 : 1);
  });
  gauge('dateline_source_state', '1 for the state each source is in: healthy, late, silent, shrunk, overlap lost, failing, parked', ['source', 'state'], async (states) => {
    for (const { id, health } of await view.sources()) if (health !== null) states.set({ source: id, state: health.state }, 1);
  });
  gauge('dateline_queue_jobs', 'Jobs of each queue by state', ['queue', 'state'], async (jobs) => {
    for (const { name, waiting, active, delayed, failed } of await view.queues()) {
      for (const [state, count] of Object.entries({ waiting, active, delayed, failed })) jobs.set({ queue: name, state }, count);
    }
  });
  gauge('dateline_sink_delivered', 'Story versions each sink has taken', ['sink'], async (delivered) => {
    for (const sink of await view.sinks()) delivered.set({ sink: sink.name }, sink.delivered);
  });
  gauge('dateline_sink_unrouted', 'Story versions that the filter of each sink left out', ['sink'], async (unrouted) => {
    for (const sink of await view.sinks()) unrouted.set({ sink: sink.name }, sink.unrouted);
  });
  gauge('dateline_sink_backlog', 'Deliveries that wait for each sink', ['sink'], async (backlog) => {
    for (const sink of await view.sinks()) backlog.set({ sink: sink.name }, sink.waiting);
  });
  gauge('dateline_sink_backlog_bytes', 'Bytes of stories that wait for each sink', ['sink'], async (backlog) => {
    for (const sink of await view.sinks()) backlog.set({ sink: sink.name }, sink.waitingBytes);
  });
  gauge('dateline_sink_backlog_share', 'Share of its bound that waits for each sink; reading pauses at 0.9', ['sink'], async (backlog) => {
    for (const sink of await view.sinks()) backlog.set({ sink: sink.name }, sink.fill);
  });
  gauge('dateline_sink_on_disk', 'Deliveries that wait for each sink on disk, or are on their way there', ['sink'], async (onDisk) => {
    for (const sink of await view.sinks()) onDisk.set({ sink: sink.name }, sink.onDisk);
  });
  gauge('dateline_spill_bytes', 'Bytes of deliveries on the disk of each machine', ['host', 'place'], async (bytes) => {
    for (const disk of await view.disks()) bytes.set({ host: disk.host, place: disk.place }, disk.bytes);
  });
  gauge('dateline_spill_share', 'Share of what may lie on the disk of each machine; at 1 reading pauses at the bound of a sink', ['host', 'place'], async (share) => {
    for (const disk of await view.disks()) share.set({ host: disk.host, place: disk.place }, disk.fill);
  });
  gauge('dateline_spill_well', '1 while the disk of each machine can be written and a process tells of it', ['host', 'place'], async (well) => {
    for (const disk of await view.disks()) well.set({ host: disk.host, place: disk.place }, disk.seen && disk.trouble === null ? 1 : 0);
  });
  gauge('dateline_sink_state', '1 for the state each sink is in: closed (deliveries go), open, half-open, stopped', ['sink', 'state'], async (states) => {
    for (const sink of await view.sinks()) states.set({ sink: sink.name, state: sink.state }, 1);
  });
  gauge('dateline_check_ok', '1 while the dependency or kind of work is well', ['check'], async (checks) => {
    for (const { name, ok } of await view.checks()) checks.set({ check: name }, ok ? 1 : 0);
  });
  return registry;
}
