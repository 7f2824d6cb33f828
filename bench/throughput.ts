/**
 * The whole pipeline (poll, fetch, read, detect, split, identify, store, deliver to NDJSON and a Redis stream, with the books kept)
 * over made pages from loopback, against crawlee's CheerioCrawler with a light extraction over the same pages in the same run.
 */
import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../src/package-root.js';
import { connectRedis, endpointUrl, openEmbedded } from '../src/redis/index.js';
import type { Benchmark } from './benchmark.js';
import type { RunResult } from './throughput/result.js';

const PEERS = join(packageRoot, 'bench', 'peers');
const here = (file: string): string => fileURLToPath(new URL(`throughput/${file}`, import.meta.url));

interface Served {
  readonly process: ChildProcess;
  readonly origin: string;
  readonly bytes: number;
}

/** The first message of a child that ends with an error is that error. */
async function messageOf<T>(child: ChildProcess): Promise<T> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${child.spawnfile} ${child.spawnargs.at(1) ?? ''} ended with code ${String(code)} before it said anything`);
  });
  ended.catch(() => undefined);
  const [message] = (await Promise.race([once(child, 'message'), ended])) as [T];
  return message;
}

async function servePages(count: number): Promise<Served> {
  const child = fork(here('page-server.js'), [String(count)]);
  const { port, bytes } = await messageOf<{ port: number; bytes: number }>(child);
  return { process: child, origin: `http://127.0.0.1:${port}`, bytes };
}

function installPeers(): boolean {
  if (existsSync(join(PEERS, 'node_modules', '@crawlee', 'cheerio'))) return true;
  console.log('installing the peer of this benchmark (crawlee) into bench/peers, once …');
  const run = spawnSync('npm', ['install', '--no-fund', '--no-audit', '--no-package-lock', '--loglevel=error'], { cwd: PEERS, stdio: ['ignore', 'ignore', 'inherit'] });
  return run.status === 0;
}

async function runCrawlee(origin: string, count: number): Promise<RunResult> {
  const child = fork(join(PEERS, 'crawlee.mjs'), [origin, String(count)], { cwd: PEERS });
  const result = await messageOf<RunResult>(child);
  if (child.exitCode === null) await once(child, 'exit');
  return result;
}

async function runDateline(origin: string, count: number): Promise<{ readonly result: RunResult; readonly redisCpu: number; readonly redis: string }> {
  const dir = await mkdtemp(join(tmpdir(), 'dl-bench-'));
  const opened = await openEmbedded({ dir: join(dir, 'redis'), packageDir: join(packageRoot, 'data', 'redis', 'server'), persistence: true });
  if (!opened.ok) throw opened.fault;
  const redis = connectRedis(opened.value.endpoint, 'producer');
  const cpuOf = async (): Promise<number> => {
    const info = await redis.info('cpu');
    return Number(/used_cpu_sys:([\d.]+)/.exec(info)?.[1]) + Number(/used_cpu_user:([\d.]+)/.exec(info)?.[1]);
  };
  try {
    const before = await cpuOf();
    const child = fork(here('run-dateline.js'), [origin, String(count), endpointUrl(opened.value.endpoint), dir]);
    const result = await messageOf<RunResult>(child);
    const redisCpu = (await cpuOf()) - before;
    if (child.exitCode === null) await once(child, 'exit');
    return { result, redisCpu, redis: opened.value.report };
  } finally {
    redis.disconnect();
    await opened.value.release();
    await rm(dir, { recursive: true, force: true });
  }
}

const rate = ({ pages, seconds }: RunResult): number => pages / seconds;
const cpuPerThousand = ({ pages, cpuSeconds }: RunResult, more = 0): number => ((cpuSeconds + more) / pages) * 1_000;
const line = (name: string, run: RunResult, more = 0): string =>
  `${name}: ${rate(run).toFixed(1)} pages/s, ${cpuPerThousand(run, more).toFixed(2)} CPU s per 1,000 pages (${run.pages} pages in ${run.seconds.toFixed(1)} s, peak ${run.rssMiB.toFixed(0)} MiB; ${run.note})`;

export const throughput: Benchmark = {
  about: "the whole pipeline over loopback pages, against crawlee's CheerioCrawler on the same pages ([PAGES] [--alone])",
  async run({ flags, args }) {
    // Enough that the threads' start, some two seconds of processor time each, does not decide.
    const count = Number(args[0] ?? 2_000);
    const alone = flags['alone'] === true;
    const served = await servePages(count);
    try {
      const withPeer = !alone && installPeers();
      const dateline = await runDateline(served.origin, count);
      const peer = withPeer ? await runCrawlee(served.origin, count) : null;
      const ratio = peer === null ? '' : `; ${(rate(dateline.result) / rate(peer)).toFixed(2)} times its pages/s for ${(cpuPerThousand(dateline.result, dateline.redisCpu) / cpuPerThousand(peer)).toFixed(2)} times its CPU`;
      const versus = peer === null ? '' : ` against crawlee ${rate(peer).toFixed(1)} pages/s and ${cpuPerThousand(peer).toFixed(2)} CPU s`;
      console.log(`Dateline ${rate(dateline.result).toFixed(1)} pages/s and ${cpuPerThousand(dateline.result, dateline.redisCpu).toFixed(2)} CPU s per 1,000 pages, Redis included${versus}${ratio}`);
      console.log('');
      console.log(`${count} made pages of ${(served.bytes / count / 1_000).toFixed(0)} kB from a server in a process of its own; the systems ran one after the other.`);
      console.log(`  ${line('Dateline', dateline.result, dateline.redisCpu)}`);
      console.log(`    one process with all roles, ${dateline.redis}, of which ${((dateline.redisCpu / count) * 1_000).toFixed(2)} CPU s per 1,000 pages;`);
      console.log('    everything on: politeness without delay, robots.txt, language, splitting, books, NDJSON files and Redis stream.');
      if (peer !== null) {
        console.log(`  ${line('crawlee', peer)}`);
        console.log('    @crawlee/cheerio 3.18.1, 20 requests at once, no session pool, nothing persisted; title, description, paragraphs and links read.');
      } else if (!alone) console.log('  crawlee could not be installed (is the registry reachable?), so there is nothing to compare with.');
      return dateline.result.pages === count ? 0 : 1;
    } finally {
      served.process.disconnect();
    }
  },
};
