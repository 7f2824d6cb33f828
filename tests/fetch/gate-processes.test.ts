import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HostGateOptions } from '../../src/fetch/index.js';
import { packageRoot } from '../../src/package-root.js';
import { body, slow } from '../http-replies.js';
import { startHttpServer, type HttpServer } from '../http-server.js';
import { useRedis } from '../redis.js';

const { url: redisUrl, prefix } = useRedis();
const PROCESSES = 4;
const script = fileURLToPath(new URL('gate-child.mjs', import.meta.url));
const dist = join(packageRoot, 'dist');
let server: HttpServer;
beforeEach(async () => {
  server = await startHttpServer({ '/': body('ok') });
});
afterEach(() => server.close());

/** Milliseconds from asking the gate to arriving, by request; both ends are on this machine's clock. */
const latenessOf = (host: HttpServer): number[] =>
  host.seen.filter(({ path }) => path === '/').map(({ at, headers }) => performance.timeOrigin + at - Number(headers['x-asked-gate-at']));

async function fleet(url: string, jobs: number, options: Omit<HostGateOptions, 'prefix'>): Promise<number[]> {
  const argument = JSON.stringify({ redisUrl, url, jobs, options: { prefix, ...options } });
  await Promise.all(Array.from({ length: PROCESSES }, () => promisify(execFile)(process.execPath, [script, dist, argument])));
  const times = server.seen.filter(({ path }) => url.endsWith(path)).map(({ at }) => at);
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}

test('four processes that share a host keep its delay between them', async () => {
  const delay = 400;
  const gaps = await fleet(server.url('/'), 6, { minDelayMs: delay, maxDelayMs: 60_000, concurrency: 4 });
  expect(gaps).toHaveLength(4 * 6 - 1);
  const span = gaps.reduce((sum, gap) => sum + gap, 0);
  expect(span).toBeGreaterThan(0.95 * delay * gaps.length);
  // Each gap. A process may be put to sleep between the gate's word and its request, and so come late, close before the next one. How late at
  // most, each request says itself: the time from when it asked the gate to when it arrived. No gap may be shorter than the delay by more.
  const late = latenessOf(server);
  for (const [at, gap] of gaps.entries()) expect(gap + (late[at] ?? 0), `gap ${at} of ${gaps.join(', ')}`).toBeGreaterThanOrEqual(0.95 * delay);
  // Where the request came promptly the gap counts by itself, and there have to be such.
  const prompt = gaps.filter((_, at) => (late[at] ?? 0) < 0.05 * delay);
  expect(prompt.length).toBeGreaterThan(0);
  expect(Math.min(...prompt)).toBeGreaterThanOrEqual(0.95 * delay);
});

test('four processes together open no more requests than allowed', async () => {
  server.route('/', slow({ headMs: 200 }));
  await fleet(server.url('/'), 3, { minDelayMs: 20, maxDelayMs: 60_000, concurrency: 2 });
  expect(server.count('/')).toBe(12);
  expect(server.peak()).toBeLessThanOrEqual(2);
});
