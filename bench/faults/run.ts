import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { reaskBacklog, trace, verify } from '../../src/ledger/index.js';
import { packageRoot } from '../../src/package-root.js';
import { redisKeys, type RedisKeys } from '../../src/queue/index.js';
import { connectRedis, endpointUrl, openEmbedded } from '../../src/redis/index.js';
import { doFault, type Stage } from './act.js';
import { auditNdjson, type Audit } from './audit.js';
import { Fleet } from './fleet.js';
import { median, rateBetween, recoveredAfter } from './recovery.js';
import { FAULT_KINDS, planFaults } from './schedule.js';
import { ReceiverProcess } from './receiver-process.js';
import { madeSources, serviceSettings, WEBHOOK } from './settings.js';
import { SinkDisk } from './sink-disk.js';
import { StreamReader } from './stream-reader.js';
import type { RunOptions, RunResult, TimedFault } from './types.js';
import { failuresOf, misbookedColumns } from './verdict.js';
import { SinkWatch, totals } from './watch.js';
import { expectedOf } from './world.js';
import { WorldProcess } from './world-process.js';

const PREFIX = 'faults';
const BATCH = 24;
/** A source brings at most a batch a poll; this leaves the readers always something to do. */
const POLL_MS = 5_000;
const WARM_UP_MS = 3_000;
/** How long the rate is taken before the first fault; after it, in the rests between faults. */
const FIRST_RATE_MS = 4_000;
const LONGEST_RECOVERY_MS = 40_000;
const LOOK_MS = 250;
const DRAIN_MS = 240_000;
const MEMORY_MS = 5_000;
const STREAM_LENGTH = 100_000;

/** One run of the real service, in processes of their own, against the scripted hosts, with faults all the while. */
export async function runFaults(options: RunOptions): Promise<RunResult> {
  const ends: (() => unknown)[] = [];
  const dir = await mkdtemp(join(tmpdir(), 'dl-faults-'));
  if (options.keep !== true) ends.push(() => rm(dir, { recursive: true, force: true }));
  const leave = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  // The server and the mount would outlive a Ctrl-C.
  const interrupted = (): void => void leave().finally(() => process.exit(130));
  process.once('SIGINT', interrupted);
  try {
    return await runIn(dir, options, ends);
  } finally {
    process.off('SIGINT', interrupted);
    await leave();
  }
}

async function runIn(dir: string, options: RunOptions, ends: (() => unknown)[]): Promise<RunResult> {
  const { seed, sources, processes, stopMs } = options;
  const untried: string[] = [];
  const disk = await SinkDisk.open(join(dir, 'stories'));
  ends.push(() => disk.close());
  const kinds = (options.kinds ?? FAULT_KINDS).filter((kind) => kind !== 'disk full' || disk.own);
  if (!disk.own) untried.push('a full file system: this user may not mount one (a bound on the size of files stands in for it)');
  const redisServer = await openEmbedded({ dir: join(dir, 'redis'), packageDir: join(packageRoot, 'data', 'redis', 'server'), persistence: true });
  if (!redisServer.ok) throw redisServer.fault;
  ends.push(() => redisServer.value.release());
  const world = await WorldProcess.start({ seed, sources, batch: BATCH });
  ends.push(() => world.stop());
  const receiver = await ReceiverProcess.start();
  ends.push(() => receiver.stop());
  const redis = connectRedis(redisServer.value.endpoint, 'producer');
  const probe = connectRedis(redisServer.value.endpoint, 'console');
  ends.push(() => redis.disconnect(), () => probe.disconnect());
  const keys = redisKeys(PREFIX);
  const reader = new StreamReader(redis, `${PREFIX}:stories`);
  const fleet = await Fleet.start({
    dir, imports: options.imports ?? [],
    settings: serviceSettings({ dir, redisUrl: endpointUrl(redisServer.value.endpoint), prefix: PREFIX, ndjsonDir: disk.dir, streamLength: options.streamLength ?? STREAM_LENGTH, webhookUrl: receiver.url, backlog: options.backlog }),
    sources: madeSources(sources, world.port, POLL_MS),
  }, processes);
  ends.push(() => fleet.stop());
  const watch = new SinkWatch(probe, keys);
  ends.push(() => watch.stop());

  const plan = planFaults(seed, options.faults, kinds);
  const struck: TimedFault[] = [];
  const memory: { seconds: number; mib: ReadonlyMap<string, number> }[] = [];
  const quiet: number[] = [];
  let doing = 'starting';
  let published = 0;
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1_000;

  world.publish(true);
  const looking = setInterval(() => void look(), LOOK_MS);
  let looked = false;
  let memoryAt = -MEMORY_MS;
  async function look(): Promise<void> {
    if (looked) return;
    looked = true;
    try {
      published = (await world.report()).published.reduce((sum, count) => sum + count, 0);
      const now = performance.now();
      if (now - memoryAt >= MEMORY_MS) {
        memoryAt = now;
        memory.push({ seconds: seconds(), mib: await memoryOf(fleet, probe) });
      }
      const counted = watch.taken;
      options.onProgress?.({
        seconds: seconds(), published, settled: counted, rate: rateBetween(watch.samples, now - 5_000, now - 300) ?? 0,
        faultsDone: struck.length, faults: plan.length, doing, memory: memory.at(-1)?.mib ?? new Map(),
      });
    } finally {
      looked = false;
    }
  }
  ends.push(() => clearInterval(looking));
  const reading = setInterval(() => void readStream(), 500);
  let streamBusy = false;
  async function readStream(): Promise<void> {
    if (streamBusy) return;
    streamBusy = true;
    // Redis may be stopped or dead: this waits for it, as any reader downstream would.
    await reader.read().finally(() => {
      streamBusy = false;
    });
  }
  ends.push(() => clearInterval(reading));

  await until(() => watch.taken > 0, 120_000, 'no story came out within two minutes');
  doing = 'warming up';
  await sleep(WARM_UP_MS);
  const warmed = performance.now();
  await sleep(FIRST_RATE_MS);
  quiet.push(rateBetween(watch.samples, warmed, warmed + FIRST_RATE_MS - 500) ?? 0);
  const stage: Stage = { fleet, redis: redisServer.value, world, disk, receiver, stopMs };
  for (const fault of plan) {
    doing = 'quiet';
    const before = performance.now();
    await sleep(fault.restMs);
    const rate = rateBetween(watch.samples, before, performance.now() - 300);
    if (rate !== null && fault.restMs > 1_500) quiet.push(rate);
    doing = fault.kind;
    const begun = performance.now();
    const what = await doFault(fault, stage);
    const over = performance.now();
    doing = `after ${fault.kind}`;
    const recovery = await recoveryOf(watch, over, median(quiet), options.recoveryMs ?? LONGEST_RECOVERY_MS);
    struck.push({ kind: fault.kind, what, begun, over, recovery });
  }
  doing = 'to the end';
  while (published < options.items || seconds() < (options.seconds ?? 0)) await sleep(LOOK_MS);

  world.publish(false);
  doing = 'settling';
  const atWork = seconds();
  const drained = performance.now();
  let booked = await totals(redis, keys);
  let { published: all } = await world.report();
  let expected = expectedOf({ seed, sources, port: world.port }, all);
  for (;;) {
    await sleep(1_000);
    await look();
    booked = await totals(redis, keys);
    ({ published: all } = await world.report());
    expected = expectedOf({ seed, sources, port: world.port }, all);
    // Items read again with news are seen twice: were each published one counted once, the last of a source that is polled late would be missed.
    if (booked.inFlight === 0 && booked.seen >= expected.items && (await reaskBacklog(redis, keys)) === 0) break;
    if (performance.now() - drained > (options.drainMs ?? DRAIN_MS)) break;
  }
  clearInterval(looking);
  clearInterval(reading);
  const verdict = await verify(redis, keys);
  await reader.read();
  await fleet.stop();
  const ndjson = await auditNdjson(disk.dir);
  const received = await receiver.audit({ seed, sources, port: world.port, published: all });
  const sinks = new Map<string, Audit>([['ndjson', ndjson.against(expected.stories)], ['redis-stream', reader.audit.against(expected.stories)], [`webhook ${WEBHOOK}`, received.audit]]);
  const misbooked = misbookedColumns(expected, booked);
  const lost = [...new Set([...sinks.values()].flatMap((sink) => sink.lost))];
  const lives = await livesOf(redis, keys, lost.slice(0, LIVES_TOLD));
  const imbalances = verdict.imbalances.map(({ source, what, booked: told, counted }) => `${source} ${what}: ${told} booked, ${counted} counted`);
  return {
    options, seconds: atWork, published: expected.items, stories: expected.stories.size, sinks, totals: booked, imbalances, faults: struck,
    quietRate: median(quiet), repeats: received.repeats, deaths: fleet.deaths, untried, memory, dir, lives,
    failures: failuresOf({ sinks, expected, totals: booked, imbalances, misbooked }),
  };
}

/** Of how many lost stories the report tells all steps. */
const LIVES_TOLD = 4;

/** What the service says became of the items of these addresses, a line a step: where a loss happened is read there. */
async function livesOf(redis: Redis, keys: RedisKeys, urls: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  for (const url of urls) {
    const number = url.slice(url.lastIndexOf('/'));
    const { host } = new URL(url);
    const steps = await trace(redis, keys, { isAddress: (listed) => listed.startsWith(`http://${host}/`) && listed.endsWith(number) });
    lines.push(`${url}: ${steps.length === 0 ? 'no step is known' : ''}`, ...steps.map(({ at, source, item, revision, step, detail }) => `  ${at} ${source}/${item}/${revision} ${step} ${detail}`));
  }
  return lines;
}

/** Milliseconds to full speed; null when it did not come back in the time, or is not known yet. */
async function recoveryOf({ samples }: SinkWatch, over: number, quietRate: number, longestMs: number): Promise<number | null> {
  if (quietRate === 0) return null;
  const deadline = performance.now() + longestMs;
  for (;;) {
    await sleep(LOOK_MS);
    const recovery = recoveredAfter(samples, over, quietRate);
    if (recovery !== null || performance.now() > deadline) return recovery;
  }
}

async function until(holds: () => boolean, ms: number, otherwise: string): Promise<void> {
  const deadline = performance.now() + ms;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(otherwise);
    await sleep(100);
  }
}

const MIB = 1_024 ** 2;

async function memoryOf(fleet: Fleet, probe: { info(section: string): Promise<string> }): Promise<ReadonlyMap<string, number>> {
  const used = await probe.info('memory').then((info) => Number(/used_memory:(\d+)/.exec(info)?.[1] ?? 0) / MIB, () => null);
  return new Map([
    ...fleet.posts.map((post) => [post.name, post.memory().now / 1_024] as const),
    ...(used === null ? [] : [['redis', used] as const]),
  ]);
}
