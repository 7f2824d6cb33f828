/** The poll role alone over many sources: `run-polls.js PORT SOURCES ROUNDS REDIS_URL DIR`. Tells the parent what it took. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadSources, settingsOf } from '../../src/config/index.js';
import { createEvents, startService } from '../../src/service/index.js';
import { watchLoop, type LoopBlocks } from './loop-watch.js';

export interface PollingResult {
  /** Changes of the sources file that were taken over while it ran. */
  readonly edits: number;
  readonly polls: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly items: number;
  readonly seconds: number;
  /** Until every source had been polled once, all of them due together. */
  readonly firstRoundSeconds: number;
  readonly cpuSeconds: number;
  /** Peak. */
  readonly rssMiB: number;
  readonly start: LoopBlocks;
  readonly polling: LoopBlocks;
}

const [port = '', sourcesText = '', roundsText = '', redisUrl = '', dir = ''] = process.argv.slice(2);
const count = Number(sourcesText);
const rounds = Number(roundsText);
const file = join(dir, 'sources.yaml');
const writeSources = (tag: string): Promise<void> => writeFile(file, JSON.stringify({
  sources: Array.from({ length: count }, (_, at) => ({
    id: `made-${at}`, url: `http://127.1.${at >> 8}.${at & 255}:${port}/feed/${at}`, allowPrivate: true, interval: '15s', tags: [tag],
  })),
}));
await writeSources('first');

const tally = new Map<string, number>();
let [polls, unchanged, failed, items, complete, once] = [0, 0, 0, 0, 0, 0];
let finish = (): void => undefined;
let firstRound = 0;
const finished = new Promise<void>((resolve) => {
  finish = resolve;
});
const events = createEvents();
const polled = (source: string): void => {
  const times = (tally.get(source) ?? 0) + 1;
  tally.set(source, times);
  polls += 1;
  if (times === 1) once += 1;
  if (times === 1 && once === count) firstRound = performance.now();
  // Somebody edits the file while all is at work.
  if (polls === count / 2) writeSources('edited').catch((error: unknown) => console.error('sources file', error));
  if (times === rounds) complete += 1;
  if (complete === count) finish();
};
events.on('polled', ({ source, notModified, taken }) => {
  if (notModified) unchanged += 1;
  items += taken;
  polled(source);
});
events.on('source-trouble', ({ source, fault }) => {
  failed += 1;
  if (failed <= 5) console.error('source trouble', source, fault.code, fault.message);
  polled(source);
});
let edits = 0;
events.on('sources-changed', () => {
  edits += 1;
});
events.on('trouble', ({ what, error }) => console.error('trouble', what, error.message));

const cpuBefore = process.cpuUsage();
const started = performance.now();
const endStart = watchLoop();
const sources = await loadSources(file);
if (!sources.ok) throw sources.fault;
const service = await startService({
  settings: settingsOf({ dataDir: dir, roles: ['poll'], redis: { url: redisUrl, prefix: `bench-${process.pid}` }, poll: { minInterval: '1s' } }),
  sources: sources.value, events,
});
if (!service.ok) throw service.fault;
const start = endStart();
const endPolling = watchLoop();
await finished;
const polling = endPolling();
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(cpuBefore);
const result: PollingResult = {
  edits, polls, unchanged, failed, items, seconds, firstRoundSeconds: (firstRound - started) / 1000,
  cpuSeconds: (user + system) / 1e6, rssMiB: process.resourceUsage().maxRSS / 1024, start, polling,
};
process.send?.(result);
await service.value.stop();
process.exit(0);
