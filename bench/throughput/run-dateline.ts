/** One run of the whole pipeline in a process of its own: `run-dateline.js ORIGIN COUNT REDIS_URL DIR`. Tells the parent what it took. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadSources, settingsOf } from '../../src/config/index.js';
import { verify } from '../../src/ledger/index.js';
import { createEvents, startService } from '../../src/service/index.js';
import type { RunResult } from './result.js';

const [origin = '', countText = '', redisUrl = '', dir = ''] = process.argv.slice(2);
const count = Number(countText);
const file = join(dir, 'sources.yaml');
await writeFile(file, JSON.stringify({ sources: [{ id: 'made', url: `${origin}/feed.xml`, allowPrivate: true }] }));
const sources = await loadSources(file);
if (!sources.ok) throw sources.fault;

const events = createEvents();
let settled = 0;
let finish = (): void => undefined;
const finished = new Promise<void>((resolve) => {
  finish = resolve;
});
events.on('settled', () => {
  settled += 1;
  if (settled === count) finish();
});
events.on('fault', ({ fault }) => console.error('fault', fault.code, fault.message));
events.on('trouble', ({ what, error }) => console.error('trouble', what, error.message));

const cpuBefore = process.cpuUsage();
const started = performance.now();
const service = await startService({
  settings: settingsOf({
    dataDir: dir, roles: ['poll', 'article', 'deliver'], redis: { url: redisUrl, prefix: `bench-${process.pid}` },
    politeness: { minDelay: '0ms' },
  }),
  sources: sources.value, events,
});
if (!service.ok) throw service.fault;
await finished;
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(cpuBefore);
const { redis, keys } = service.value;
const { books, balanced } = await verify(redis, keys);
const result: RunResult = {
  seconds, cpuSeconds: (user + system) / 1e6, rssMiB: process.resourceUsage().maxRSS / 1024,
  pages: books.get('made')?.delivered ?? 0, note: balanced ? 'books balanced' : 'BOOKS DO NOT BALANCE',
};
process.send?.(result);
await service.value.stop();
process.exit(0);
