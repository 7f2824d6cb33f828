/** A thousand sources, each a host of its own, polled by one process: polls a second, and how long its event loop is ever held. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../src/package-root.js';
import { endpointUrl, openEmbedded } from '../src/redis/index.js';
import type { Benchmark } from './benchmark.js';
import { watchLoop, type LoopBlocks } from './polling/loop-watch.js';
import type { PollingResult } from './polling/run-polls.js';

const SOURCES = 1_000;
const ROUNDS = 3;
/** What the loop that renews job locks may be held at most. */
const LIMIT_MS = 50;

const here = (file: string): string => fileURLToPath(new URL(`polling/${file}`, import.meta.url));

async function messageOf<T>(child: ChildProcess): Promise<T> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${child.spawnargs.at(1) ?? ''} ended with code ${String(code)} before it said anything`);
  });
  ended.catch(() => undefined);
  const [message] = (await Promise.race([once(child, 'message'), ended])) as [T];
  return message;
}

const ms = (value: number | null): string => (value === null ? 'not told here' : `${value.toFixed(1)} ms`);
const line = (name: string, { own, cpu, cpuAt, gc, wall, wallP99, over50 }: LoopBlocks): string =>
  `${name.padEnd(26)} longest block ${ms(own)} (without the wait for a core), ${ms(cpu)} of processor time in one turn (at ${cpuAt.toFixed(1)} s), ${ms(gc)} collecting garbage; `
  + `by the clock ${ms(wall)}, 99 % under ${ms(wallP99)}; over ${LIMIT_MS} ms: ${over50.own} times, by processor time ${over50.cpu}`;

export const polling: Benchmark = {
  about: `${SOURCES} sources polled from one process: polls a second, longest block of its event loop, memory`,
  async run() {
    const dir = await mkdtemp(join(tmpdir(), 'dl-polling-'));
    const server = fork(here('feed-server.js'));
    const redis = await openEmbedded({ dir: join(dir, 'redis'), packageDir: join(packageRoot, 'data', 'redis', 'server'), persistence: true });
    if (!redis.ok) throw redis.fault;
    try {
      const { port } = await messageOf<{ port: number }>(server);
      const child = fork(here('run-polls.js'), [String(port), String(SOURCES), String(ROUNDS), endpointUrl(redis.value.endpoint), dir]);
      // This process has nothing to do meanwhile: what its loop shows is the machine's doing.
      const endIdle = watchLoop();
      const result = await messageOf<PollingResult>(child);
      const idle = endIdle();
      if (child.exitCode === null) await once(child, 'exit');
      report(result, idle);
      return 0;
    } finally {
      server.kill();
      await redis.value.release();
      await rm(dir, { recursive: true, force: true });
    }
  },
};

function report({ edits, polls, unchanged, failed, items, seconds, firstRoundSeconds, cpuSeconds, rssMiB, start, polling: blocks }: PollingResult, idle: LoopBlocks): void {
  console.log(`${SOURCES} sources, each a host of its own, due every 15 s; until each was polled ${ROUNDS} times; one lists 5000 addresses; the sources file edited ${edits} times meanwhile`);
  console.log(`polls                      ${polls} in ${seconds.toFixed(1)} s (${(polls / seconds).toFixed(1)} a second): ${unchanged} unchanged, ${failed} failed, ${items} items taken in`);
  console.log(`first round                ${firstRoundSeconds.toFixed(1)} s for ${SOURCES} polls due together (${(SOURCES / firstRoundSeconds).toFixed(1)} a second)`);
  console.log(`processor time             ${((cpuSeconds * 1_000) / polls).toFixed(2)} ms a poll, all threads; peak memory ${rssMiB.toFixed(0)} MiB`);
  console.log(line('while starting', start));
  console.log(line('while polling', blocks));
  console.log(line('an idle loop, same time', idle));
  // What a turn costs is its processor time. By the clock a turn also waits for what others do: the collector's helper threads, for one,
  // need a core each, and on a busy machine get it late; that is told beside, with what an idle loop saw in the same time.
  const longest = blocks.cpu ?? blocks.wall;
  console.log(longest <= LIMIT_MS
    ? `no turn took more than ${longest.toFixed(1)} ms of processor time (limit ${LIMIT_MS}); by the clock, without the wait for a core, ${ms(blocks.own)}, ${ms(idle.own)} in the idle loop`
    : `A TURN TOOK ${longest.toFixed(1)} ms OF PROCESSOR TIME, OVER ${LIMIT_MS}`);
}
