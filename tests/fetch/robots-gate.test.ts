import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFetcher, createHostGate, createRobotsGate } from '../../src/fetch/index.js';
import type { Fetcher, RobotsGate, RobotsGateOptions } from '../../src/fetch/index.js';
import { packageRoot } from '../../src/package-root.js';
import { body, inTurn, redirect, reset, silent, slow, status } from '../http-replies.js';
import { startHttpServer, type HttpServer } from '../http-server.js';
import { useRedis } from '../redis.js';

const { redis, url, prefix: file } = useRedis();
/** Of one test alone: the system may give a later server the port of an earlier one, whose rules would still be known. */
let prefix = file;
let tests = 0;
let server: HttpServer;
let fetcher: Fetcher;
beforeEach(async () => {
  prefix = `${file}:${tests += 1}`;
  server = await startHttpServer();
  fetcher = createFetcher({ userAgent: 'Dateline/test', totalMs: 3_000 });
});
afterEach(async () => {
  await fetcher.close();
  await server.close();
});
/** A process of its own, as far as robots are concerned. */
const gate = (options: Partial<RobotsGateOptions> = {}): RobotsGate => createRobotsGate(redis, fetcher, { prefix, agent: 'Dateline', ...options });
const asks = async (robots: RobotsGate, path: string) => robots.check(server.url(path), { allowPrivate: true });
const allowed = async (robots: RobotsGate, path: string): Promise<boolean | string> => {
  const outcome = await asks(robots, path);
  return outcome.ok ? outcome.value.allowed : outcome.fault.code;
};
const RULES = 'User-agent: *\nDisallow: /private\nCrawl-delay: 7';

test('rules are kept, and the crawl delay told', async () => {
  server.route('/robots.txt', body(RULES));
  const robots = gate();
  expect(await asks(robots, '/news')).toEqual({ ok: true, value: { allowed: true, crawlDelayMs: 7_000 } });
  expect(await allowed(robots, '/private/x')).toBe(false);
  expect(await allowed(robots, '/robots.txt')).toBe(true);
  expect(server.seen[0]?.headers['user-agent']).toBe('Dateline/test');
});

test('a named group goes before the one for everyone', async () => {
  server.route('/robots.txt', body(`${RULES}\nUser-agent: dateline\nDisallow: /mine`));
  expect([await allowed(gate(), '/private'), await allowed(gate(), '/mine')]).toEqual([true, false]);
  expect([await allowed(gate({ agent: 'Other' }), '/private'), await allowed(gate({ agent: 'Other' }), '/mine')]).toEqual([false, true]);
});

test('fifty jobs in several processes make one request, and a day makes no second', async () => {
  server.route('/robots.txt', slow({ headMs: 200, chunks: [RULES] }));
  const processes = [gate(), gate(), gate(), gate(), gate()];
  const answers = await Promise.all(Array.from({ length: 50 }, (_, job) => allowed(processes[job % 5] ?? gate(), job % 2 === 0 ? '/private' : '/news')));
  expect(answers).toEqual(Array.from({ length: 50 }, (_, job) => job % 2 !== 0));
  expect(await allowed(gate(), '/news')).toBe(true);
  expect(server.count('/robots.txt')).toBe(1);
});

test('a host that takes longer than the lock lasts is asked once all the same', async () => {
  server.route('/robots.txt', slow({ headMs: 1_200, chunks: [RULES] }));
  const processes = [gate({ lockMs: 300 }), gate({ lockMs: 300 }), gate({ lockMs: 300 })];
  expect(await Promise.all(processes.map((robots) => allowed(robots, '/private')))).toEqual([false, false, false]);
  expect(server.count('/robots.txt')).toBe(1);
});

test('when the process that asks is killed, the next one takes over within seconds, not within the time of a fetch', async () => {
  // The first request is never answered: its process dies with it.
  server.route('/robots.txt', inTurn(silent, body(RULES)));
  const child = fork(fileURLToPath(new URL('robots-child.mjs', import.meta.url)), [join(packageRoot, 'dist'), JSON.stringify({ redisUrl: url, prefix, url: server.url('/news') })]);
  const ended = once(child, 'exit');
  await expect.poll(() => server.count('/robots.txt'), { timeout: 20_000 }).toBe(1);
  child.kill('SIGKILL');
  await ended;
  const [lock] = await redis.keys(`${prefix}:robots:{${server.origin}}:*:lock`);
  expect(await redis.pttl(lock ?? '')).toBeLessThanOrEqual(5_000);
  expect(await allowed(gate(), '/private')).toBe(false);
  expect(server.count('/robots.txt')).toBe(2);
}, 60_000);

test('it is asked again when its time is over', async () => {
  server.route('/robots.txt', inTurn(body('User-agent: *\nDisallow: /'), body('')));
  const robots = gate({ lifetimeMs: 50 });
  expect(await allowed(robots, '/news')).toBe(false);
  await new Promise((resolve) => { setTimeout(resolve, 60); });
  expect(await allowed(robots, '/news')).toBe(true);
});

describe('answers that are no robots.txt', () => {
  test.each([
    ['404', status(404)], ['410', status(410)], ['403', status(403)], ['401', status(401)], ['a redirect in a circle', redirect('/robots.txt')],
    ['a page', body('<html>User-agent: none of your business</html>')],
  ])('%s forbids nothing', async (_, reply) => {
    server.route('/robots.txt', reply);
    expect(await allowed(gate(), '/news')).toBe(true);
  });

  test.each([['500', status(500)], ['503', status(503)], ['429', status(429)], ['a reset', reset]])('%s forbids everything for now', async (_, reply) => {
    server.route('/robots.txt', reply);
    const robots = gate();
    const outcome = await asks(robots, '/news');
    expect(outcome).toMatchObject({ ok: false, fault: { code: 'robots-unreachable', consequence: 'retry-later' } });
    const wait = outcome.ok ? 0 : outcome.fault.retryAfterMs ?? 0;
    expect(wait).toBeGreaterThan(50_000);
    expect(wait).toBeLessThanOrEqual(60_000);
    expect(await allowed(gate(), '/other')).toBe('robots-unreachable');
    expect(server.count('/robots.txt')).toBe(1);
  });

  test('Retry-After is kept', async () => {
    server.route('/robots.txt', status(503, { 'retry-after': '7200' }));
    const outcome = await asks(gate(), '/news');
    expect(outcome.ok ? 0 : outcome.fault.retryAfterMs).toBeGreaterThan(7_100_000);
  });

  test('the rules known last stay in force while the host has trouble', async () => {
    server.route('/robots.txt', inTurn(body(RULES), status(500)));
    expect(await allowed(gate({ lifetimeMs: 1 }), '/private')).toBe(false);
    await new Promise((resolve) => { setTimeout(resolve, 5); });
    const later = gate();
    expect([await allowed(later, '/private'), await allowed(later, '/news')]).toEqual([false, true]);
    expect(server.count('/robots.txt')).toBe(2);
  });

  test('after thirty days out of reach nothing is forbidden', async () => {
    server.route('/robots.txt', status(500));
    expect(await allowed(gate(), '/news')).toBe('robots-unreachable');
    const [key = ''] = (await redis.keys(`${prefix}:robots:*`)).filter((name) => name.includes(String(server.port)));
    const entry: unknown = JSON.parse(await redis.get(key) ?? '{}');
    await redis.set(key, JSON.stringify({ ...(entry as object), until: 0, unreachableSince: Date.now() - 31 * 86_400_000 }));
    expect(await allowed(gate(), '/news')).toBe(true);
  });
});

test('redirects are followed, and only the first 500 KiB are read', async () => {
  const elsewhere = await startHttpServer({ '/r': body(`User-agent: *\nDisallow: /private\n${'#'.repeat(2_000_000)}\nDisallow: /`) });
  server.route('/robots.txt', redirect(elsewhere.url('/r'), 301));
  expect([await allowed(gate(), '/private'), await allowed(gate(), '/news')]).toEqual([false, true]);
  await elsewhere.close();
});

test('the host gate learns the crawl delay, and counts the request', async () => {
  server.route('/robots.txt', body('User-agent: *\nCrawl-delay: 30'));
  const hosts = createHostGate(redis, { prefix, minDelayMs: 1_000, maxDelayMs: 600_000, concurrency: 1 });
  await asks(gate({ gate: hosts }), '/news');
  const host = new URL(server.origin).host;
  expect(await hosts.enter(host)).toBe(false);
  expect(await hosts.book(host)).toBeGreaterThan(25_000);
});

test('while the host is to be left alone, its robots.txt is not asked for either', async () => {
  server.route('/robots.txt', body(RULES));
  const hosts = createHostGate(redis, { prefix, minDelayMs: 0, maxDelayMs: 600_000, concurrency: 1 });
  await hosts.slowDown(new URL(server.origin).host, 60_000);
  const robots = gate({ gate: hosts });
  const outcome = await asks(robots, '/news');
  expect(outcome).toMatchObject({ ok: false, fault: { code: 'host-shut', consequence: 'retry-later' } });
  expect(outcome.ok ? 0 : outcome.fault.retryAfterMs).toBeGreaterThan(50_000);
  expect(server.count('/robots.txt')).toBe(0);
});

test('it waits its turn behind the request before it', async () => {
  server.route('/robots.txt', body(RULES));
  const hosts = createHostGate(redis, { prefix, minDelayMs: 500, maxDelayMs: 600_000, concurrency: 1 });
  const host = new URL(server.origin).host;
  expect(await hosts.enter(host)).toBe(true);
  const entered = performance.now();
  await hosts.observed(host, 1, true);
  expect((await asks(gate({ gate: hosts }), '/news')).ok).toBe(true);
  expect((server.seen[0]?.at ?? 0) - entered).toBeGreaterThan(475);
});

test('a Retry-After of its answer shuts the gate of its host', async () => {
  server.route('/robots.txt', status(503, { 'retry-after': '120' }));
  const hosts = createHostGate(redis, { prefix, minDelayMs: 0, maxDelayMs: 600_000, concurrency: 1 });
  expect(await asks(gate({ gate: hosts }), '/news')).toMatchObject({ ok: false, fault: { code: 'robots-unreachable' } });
  expect(await hosts.book(new URL(server.origin).host)).toBeGreaterThan(110_000);
});

test('an address that is none, or is not allowed, is the same fault as for the fetcher', async () => {
  expect(await gate().check('nonsense')).toMatchObject({ ok: false, fault: { code: 'url-invalid' } });
  expect(await gate().check(server.url('/news'))).toMatchObject({ ok: false, fault: { code: 'address-refused' } });
  expect(server.count()).toBe(0);
});
