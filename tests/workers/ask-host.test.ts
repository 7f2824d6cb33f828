import { afterAll, beforeAll, expect, test } from 'vitest';
import { settingsOf, sourceSchema } from '../../src/config/index.js';
import { createFetcher, createHostGate, gateHost } from '../../src/fetch/index.js';
import { createEvents } from '../../src/service/index.js';
import { askHost } from '../../workers/ask-host.js';
import { silent, slow, status } from '../http-replies.js';
import { startHttpServer, type HttpServer } from '../http-server.js';
import { useRedis } from '../redis.js';

const { redis, prefix } = useRedis();
const gate = createHostGate(redis, { prefix, minDelayMs: 100, maxDelayMs: 60_000, concurrency: 1 });
/** Gives up after six seconds. */
const fetcher = createFetcher({ userAgent: 'Dateline/test', totalMs: 6_000, idleMs: 6_000 });
let servers: HttpServer[] = [];
let busy: HttpServer;
beforeAll(async () => {
  // Each port is a host of its own to the gate.
  busy = await startHttpServer({ '/': status(503, { 'retry-after': '90' }) });
  servers = await Promise.all([startHttpServer({ '/': silent }), startHttpServer({ '/': slow({ headMs: 5_000, chunks: ['late'] }) })]);
});
afterAll(async () => {
  await fetcher.close();
  await Promise.all([...servers, busy].map((server) => server.close()));
});

const ask = (url: string) =>
  askHost({ settings: settingsOf({}), fetcher, gate, events: createEvents() }, sourceSchema.parse({ id: 'wire', url, allowPrivate: true }), { url });

/** Asks once; then, what came of it, and the space that the gate keeps between two requests from now on. */
async function spaceAfter(server: HttpServer): Promise<{ readonly ended: string; readonly ms: number }> {
  const url = server.url('/');
  const asked = await ask(url);
  if (asked.waitMs !== null) throw new Error('the gate was shut');
  const { answer } = asked;
  // The gate hears of it right after the answer is handed on.
  await expect.poll(() => redis.hget(`${prefix}:gate:{${gateHost(url)}}`, 'latency')).not.toBeNull();
  const first = await gate.book(gateHost(url));
  return { ended: answer.ok ? 'answered' : answer.fault.code, ms: (await gate.book(gateHost(url))) - first };
}

test('a page that never ends slows its host to one request in four seconds, not to its whole time-out; a host that answers late sets its own pace', { timeout: 60_000 }, async () => {
  const [never, late] = await Promise.all(servers.map(spaceAfter));
  expect(never?.ended).toMatch(/timeout/);
  expect(never?.ms).toBeGreaterThan(3_000);
  expect(never?.ms).toBeLessThanOrEqual(4_000);
  expect(late?.ended).toBe('answered');
  expect(late?.ms).toBeGreaterThan(4_500);
});

test('what one page of a host says of when to come again counts for all of it', async () => {
  const first = await ask(busy.url('/'));
  expect(first).toMatchObject({ waitMs: null, answer: { ok: false, fault: { retryAfterMs: 90_000 } } });
  await expect.poll(() => redis.hget(`${prefix}:gate:{${gateHost(busy.url('/'))}}`, 'until')).not.toBeNull();
  expect((await ask(busy.url('/another'))).waitMs ?? 0).toBeGreaterThan(85_000);
  expect(busy.seen).toHaveLength(1);
});
