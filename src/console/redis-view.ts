import { access, constants, statfs } from 'node:fs/promises';
import type { Redis } from 'ioredis';
import type { Settings, SourceConfig } from '../config/index.js';
import { books, bytesAt, NO_ITEMS, PLACE_UNSEEN_MS, places, sourceState, spilled, storeFill, unseenPlaces } from '../ledger/index.js';
import { storedHealth } from '../poll/index.js';
import { oldestWaitingMs, sharedNow, type Queues, type RedisKeys } from '../queue/index.js';
import { checkServer, memoryFill } from '../redis/index.js';
import { breakerOf, type SinkPlan } from '../sink/index.js';
import { hubTally, SubscriptionStore } from '../websub/index.js';
import type { ConsoleView, DiskRow, HealthCheck, SinkRow, SourceRow } from './view.js';
import { endedPerMinute } from './queue-rate.js';
import { workGauges } from './work-gauges.js';
import type { WorkMonitor } from './work-monitor.js';

export interface RedisViewInit {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly queues: Queues;
  readonly settings: Settings;
  readonly monitor: WorkMonitor;
  /** Every source as configured now. */
  readonly sources: () => readonly SourceConfig[];
  readonly sinks: readonly { readonly plan: SinkPlan; readonly where: string }[];
}

/** Below this much free disk the append-only file and the stories are in danger. */
const LOW_DISK_BYTES = 200 * 1024 * 1024;
const ANSWER_MS = 2_000;

/** The console's view of the shared state: any process that reaches the Redis shows the whole service. */
export function createRedisView(init: RedisViewInit): ConsoleView {
  const { redis, keys, queues, settings, monitor } = init;
  return {
    async sources() {
      const all = await books(redis, keys);
      const configured = new Map(init.sources().map((source) => [source.id, source]));
      const due = new Map(pairs(await redis.zrange(keys.due, '0', '-1', 'WITHSCORES')));
      return Promise.all([...new Set([...configured.keys(), ...all.keys()])].map(async (id): Promise<SourceRow> => {
        const source = configured.get(id);
        const state = await sourceState(redis, keys, id);
        const next = due.get(id);
        // Nothing is expected of a source that is off: its silence is no alarm.
        const health = source?.enabled !== true ? null : storedHealth(state.history, source.url, Date.now());
        return {
          id,
          name: source?.name ?? id,
          url: source?.url ?? '',
          enabled: source?.enabled ?? false,
          lastPollAt: state.polledAt,
          nextPollAt: next === undefined ? null : new Date(next).toISOString(),
          trouble: state.trouble,
          health: health === null ? null : { ...health, since: new Date(health.since).toISOString() },
          books: all.get(id) ?? NO_ITEMS,
        };
      }));
    },
    queues: () => Promise.all(queues.all().map(async ({ name, queue }) => {
      const now = Date.now();
      const [counts, oldestMs, ended] = await Promise.all([
        queue.getJobCounts('waiting', 'active', 'delayed', 'failed', 'prioritized'), oldestWaitingMs(queue, now), queue.getMetrics('completed', 0, 9),
      ]);
      return {
        name, waiting: counts['waiting'] ?? 0, active: counts['active'] ?? 0, delayed: counts['delayed'] ?? 0, failed: counts['failed'] ?? 0, later: counts['prioritized'] ?? 0,
        oldestMs, perMinute: endedPerMinute(ended, now),
      };
    })),
    sinks: () => sinkRows(init),
    hubs: () => hubTally(redis, keys, new SubscriptionStore(redis, keys), Date.now()),
    disks: () => diskRows(redis, keys, settings),
    gauges: () => workGauges(init),
    async checks() {
      const server = await within(serverCheck(redis), { name: 'redis', ok: false, detail: `does not answer within ${ANSWER_MS / 1_000} s` });
      const disk = await diskCheck(settings.dataDir);
      if (!server.ok) return [server, disk];
      return [server, ...await monitor.checks(), ...sinkChecks(await sinkRows(init), settings), await memoryCheck(redis, settings), await storeCheck(redis, keys, settings), await spillCheck(redis, keys, settings), disk];
    },
  };
}

async function serverCheck(redis: Redis): Promise<HealthCheck> {
  const checked = await checkServer(redis);
  if (!checked.ok) return { name: 'redis', ok: false, detail: `${checked.fault.message} ${checked.fault.hint ?? ''}`.trim() };
  const { product, version, warnings } = checked.value;
  const [warning] = warnings;
  return warning === undefined
    ? { name: 'redis', ok: true, detail: `${product} ${version} answers, keeps an append-only file and evicts nothing` }
    : { name: 'redis', ok: false, detail: `${warning.message} ${warning.hint ?? ''}`.trim() };
}

async function memoryCheck(redis: Redis, { redis: { memory } }: Settings): Promise<HealthCheck> {
  const { used, limit, full } = await memoryFill(redis, memory);
  const figures = `${Math.round(used / 1024 ** 2)} of ${Math.round(limit / 1024 ** 2)} MiB used`;
  return {
    name: 'redis memory', ok: !full,
    detail: full ? `${figures}: nothing new is taken in until there is room. Give Redis more (maxmemory, redis.memory), or keep less (store, ledger, quarantine).` : figures,
  };
}

async function sinkRows({ redis, keys, sinks }: RedisViewInit): Promise<SinkRow[]> {
  const [delivered, unrouted, waiting, standings] = await Promise.all([
    redis.hgetall(keys.sinkCounts), redis.hgetall(keys.sinkUnrouted), spilled(redis, keys, sinks.map(({ plan }) => plan)),
    Promise.all(sinks.map(({ plan }) => breakerOf(redis, keys, plan.name))),
  ]);
  return sinks.map(({ plan: { name }, where }, at) => {
    const backlog = waiting.get(name);
    return {
      name, where, delivered: Number(delivered[name] ?? 0), unrouted: Number(unrouted[name] ?? 0),
      waiting: backlog?.deliveries ?? 0, waitingBytes: backlog?.bytes ?? 0, fill: backlog?.share ?? 0, onDisk: (backlog?.onDisk ?? 0) + (backlog?.todo ?? 0),
      state: standings[at]?.state ?? 'closed', since: standings[at]?.since ?? null, trouble: standings[at]?.reason?.message ?? null,
    };
  });
}

/** A sink that takes nothing, and one with too much waiting, is not well. */
const sinkChecks = (rows: readonly SinkRow[], { deliver: { alarmAt } }: Settings): HealthCheck[] => rows.map((row) => {
  const waiting = `${row.waiting} deliveries wait, ${Math.round(row.fill * 100)} % of its bound${row.onDisk === 0 ? '' : `; ${row.onDisk} wait on disk`}`;
  const since = row.since === null ? '' : ` since ${new Date(row.since).toISOString()}`;
  if (row.state === 'stopped') return { name: `sink: ${row.name}`, ok: false, detail: `stopped${since}: ${row.trouble ?? ''} When it is mended: dateline sinks resume ${row.name}` };
  if (row.state !== 'closed') return { name: `sink: ${row.name}`, ok: false, detail: `takes nothing${since}: ${row.trouble ?? ''} ${waiting}` };
  return { name: `sink: ${row.name}`, ok: row.fill < alarmAt && row.onDisk === 0, detail: waiting };
});

async function storeCheck(redis: Redis, keys: RedisKeys, { store }: Settings): Promise<HealthCheck> {
  const { bytes, count, full } = await storeFill(redis, keys, store);
  return {
    name: 'stories waiting for sinks',
    ok: !full,
    detail: full
      ? `${count} pages, ${bytes} bytes: intake is paused until a sink takes them. See which sink is behind under Sinks.`
      : `${count} pages, ${bytes} bytes`,
  };
}

/** Share of the disk's bound that is an alarm. */
const SPILL_ALARM_AT = 0.8;

async function diskRows(redis: Redis, keys: RedisKeys, { deliver: { spill: { maxSize } } }: Settings): Promise<DiskRow[]> {
  const [told, now] = await Promise.all([places(redis, keys), sharedNow(redis)]);
  return Promise.all(told.map(async ({ id, host, dir, trouble, seenAt }) => {
    const bytes = await bytesAt(redis, keys, id);
    return { place: id, host, dir, bytes, fill: bytes === 0 ? 0 : bytes / maxSize, trouble, seen: now - seenAt <= PLACE_UNSEEN_MS };
  }));
}

/** The disks of all machines on which deliveries wait. */
async function spillCheck(redis: Redis, keys: RedisKeys, settings: Settings): Promise<HealthCheck> {
  const [disks, unseen] = await Promise.all([diskRows(redis, keys, settings), unseenPlaces(redis, keys)]);
  const troubles = [
    ...disks.filter(({ seen, trouble, fill }) => seen && (trouble !== null || fill >= SPILL_ALARM_AT)).map(({ host, dir, trouble, fill }) =>
      `${dir} of ${host}: ${trouble ?? `${Math.round(fill * 100)} % of deliver.spill.maxSize used`}; what does not go there pauses reading at the bound of its sink`),
    ...unseen.map(({ id, host, dir, deliveries }) => `${deliveries} deliveries wait on a disk that nobody sees: ${dir} of ${host}. Start Dateline there, with the role deliver; if it is lost for good: dateline sinks give-up ${id}`),
  ];
  const bytes = disks.reduce((sum, disk) => sum + disk.bytes, 0);
  return { name: 'deliveries on disk', ok: troubles.length === 0, detail: troubles.length === 0 ? `${Math.round(bytes / 1e6)} MB` : troubles.join('; ') };
}

async function diskCheck(folder: string): Promise<HealthCheck> {
  try {
    await access(folder, constants.W_OK);
    const { bavail, bsize } = await statfs(folder);
    const free = bavail * bsize;
    return free >= LOW_DISK_BYTES
      ? { name: 'disk', ok: true, detail: `${Math.floor(free / 1024 ** 2)} MiB free at ${folder}` }
      : { name: 'disk', ok: false, detail: `only ${Math.floor(free / 1024 ** 2)} MiB free at ${folder}: make room, or stories stop being written` };
  } catch (cause) {
    return { name: 'disk', ok: false, detail: `${folder} cannot be written to: ${cause instanceof Error ? cause.message : String(cause)}` };
  }
}

async function within<T>(work: Promise<T>, instead: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => { timer = setTimeout(() => resolve(instead), ANSWER_MS); });
  try {
    // A connection that is down may reject at once: that is the same answer.
    return await Promise.race([work.catch(() => instead), late]);
  } finally {
    clearTimeout(timer);
  }
}

function pairs(flat: readonly string[]): [string, number][] {
  const result: [string, number][] = [];
  for (let at = 0; at + 1 < flat.length; at += 2) result.push([flat[at] ?? '', Number(flat[at + 1])]);
  return result;
}
