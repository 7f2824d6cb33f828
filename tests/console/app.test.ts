import { describe, expect, test } from 'vitest';
import { createConsoleApp } from '../../src/console/app.js';
import type { ConsoleView, SourceRow } from '../../src/console/index.js';
import { createMetrics } from '../../src/console/metrics.js';
import type { Books } from '../../src/ledger/index.js';
import { useRedis } from '../redis.js';
import { useServices } from './services.js';

const books = (over: Partial<Books> = {}): Books => ({
  seen: 7, delivered: 3, unchanged: 1, duplicate: 0, rejected: { 'http-404': 1 }, quarantined: { timeout: 1 }, inFlight: 1, again: {}, balanced: true, ...over,
});
const source = (over: Partial<SourceRow> = {}): SourceRow => ({
  id: 'sana-en', name: 'SANA', url: 'https://example.org/feed', enabled: true,
  lastPollAt: '2026-11-23T10:00:00.000Z', nextPollAt: null, trouble: null, health: null, books: books(), ...over,
});
const viewOf = (over: Partial<ConsoleView> = {}): ConsoleView => ({
  sources: async () => [source()],
  queues: async () => [{ name: 'article', waiting: 4, active: 2, delayed: 1, failed: 0, later: 0, oldestMs: 90_000, perMinute: 12 }],
  sinks: async () => [{
    name: 'ndjson', delivered: 3, where: 'data/stories', unrouted: 0, waiting: 0, waitingBytes: 0, fill: 0, onDisk: 0, state: 'closed', since: null, trouble: null,
  }],
  disks: async () => [],
  hubs: async () => ({
    subscriptions: { asked: 0, refused: 0, leased: 0, telling: 0 },
    messages: { 'verification:confirmed': 0, 'verification:denied': 0, 'verification:refused': 0, 'push:taken': 0, 'push:forged': 0, 'push:without-lease': 0, 'push:unknown': 0, 'push:too-large': 0 },
  }),
  checks: async () => [{ name: 'redis', ok: true, detail: 'answers' }],
  gauges: async () => ({
    stages: {
      counts: [{ stage: 'article', outcome: 'done', reason: '', runs: 6 }, { stage: 'article', outcome: 'failed', reason: 'http-503', runs: 2 }],
      seconds: new Map([['article', 4.5]]), failing: new Map([['article', 0.25]]),
    },
    memory: { used: 100, limit: 1_000 }, waiting: { count: 3, bytes: 900 }, quarantined: 1,
  }),
  ...over,
});
const store = useRedis();
const services = useServices(store);
const withToken = (token: string | undefined) => ({ ...services.settings, console: { ...services.settings.console, token: token ?? null } });
const appOf = (view: ConsoleView = viewOf(), token?: string) => createConsoleApp({ services: { ...services, view, settings: withToken(token) } });
const local = { headers: { host: '127.0.0.1:4700' } };

describe('status page', () => {
  test('shows the sums of a source and that they balance', async () => {
    const text = await (await appOf().request('/', local)).text();
    expect(text).toContain('The books balance.');
    expect(text.replaceAll(/<[^>]*>/g, '|')).toMatch(/sana-en\|+7\|+3\|+1\|[\s\S]*http-404 1[\s\S]*timeout 1/);
  });
  test('says so when they do not, and by how much', async () => {
    const text = await (await appOf(viewOf({ sources: async () => [source({ books: books({ seen: 9, balanced: false }) })] })).request('/', local)).text();
    expect(text).toContain('The books do not balance.');
    expect(text).toContain('>+2<');
  });
  test('shows a source that is silent, since when and why; the metrics too', async () => {
    const view = viewOf({ sources: async () => [source({ health: { state: 'silent', reason: 'no new item for 9 h', since: '2026-11-23T01:00:00.000Z' } })] });
    const text = await (await appOf(view).request('/', local)).text();
    expect(text).toMatch(/silent<\/span> <time datetime="2026-11-23T01:00:00.000Z"[^>]*>[^<]* ago<\/time>: <bdi>no new item for 9 h/);
    expect(await (await appOf(view).request('/metrics', local)).text()).toContain('dateline_source_state{source="sana-en",state="silent"} 1');
  });
  test('shows hostile text of a source as text', async () => {
    const view = viewOf({ sources: async () => [source({ name: '<script>alert(1)</script>\u202E', trouble: '"><img src=x onerror=alert(1)>' })] });
    const text = await (await appOf(view).request('/', local)).text();
    expect(text).not.toContain('<script>');
    expect(text).not.toContain('<img src=x');
    expect(text).toContain('&lt;script&gt;');
    expect(text).toContain('<bdi>');
  });
});

describe('health', () => {
  test('liveness needs no dependency', async () => {
    const view = viewOf({ checks: () => Promise.reject(new Error('redis is away')) });
    expect((await appOf(view).request('/healthz', local)).status).toBe(200);
  });
  test('readiness names what is not well and fails', async () => {
    const view = viewOf({ checks: async () => [{ name: 'redis', ok: true, detail: 'answers' }, { name: 'work: article', ok: false, detail: 'nothing finished for 80 s' }] });
    const response = await appOf(view).request('/readyz', local);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ status: 'not ready', checks: [{ ok: true }, { name: 'work: article', ok: false }] });
  });
  test('readiness passes when all are well', async () => {
    expect((await appOf().request('/readyz', local)).status).toBe(200);
  });
  test('a page that cannot be gathered is a 503 that says where to look', async () => {
    const failures: unknown[] = [];
    const view = viewOf({ sources: () => Promise.reject(new Error('away')) });
    const response = await createConsoleApp({ services: { ...services, view, onError: (error) => failures.push(error) } }).request('/', local);
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('/readyz');
    expect(failures).toHaveLength(1);
  });
});

test('metrics give every disposition, and never an address', async () => {
  const text = await (await appOf().request('/metrics', local)).text();
  expect(text).toContain('dateline_items_seen{source="sana-en"} 7');
  expect(text).toContain('dateline_items{source="sana-en",disposition="rejected"} 1');
  expect(text).toContain('dateline_items_by_reason{disposition="rejected",reason="http-404"} 1');
  expect(text).toContain('dateline_stage_runs_total{stage="article",outcome="failed",reason="http-503"} 2');
  expect(text).toContain('dateline_queue_oldest_waiting_seconds{queue="article"} 90');
  expect(text).toContain('dateline_queue_jobs{queue="article",state="waiting"} 4');
  expect(text).toContain('dateline_books_balanced{source="sana-en"} 1');
  expect(text).not.toContain('https://');
});

test('a scrape looks once at each part of the service, and scrapes that come together share it', async () => {
  let looks = 0;
  const metrics = createMetrics(viewOf({ sources: async () => { looks += 1; return [source()]; } }));
  const [one, other] = await Promise.all([metrics.scrape(), metrics.scrape()]);
  expect(one).toBe(other);
  expect(looks).toBe(1);
  await metrics.scrape();
  expect(looks).toBe(2);
});

test('reasons of the metrics are bounded, and none is lost from the sum', async () => {
  const rejected = Object.fromEntries(Array.from({ length: 700 }, (_, at) => [`code-${at}`, at + 1]));
  const text = await (await appOf(viewOf({ sources: async () => [source({ books: books({ rejected, quarantined: {} }) })] })).request('/metrics', local)).text();
  const lines = text.split('\n').filter((line) => line.startsWith('dateline_items_by_reason{'));
  expect(lines).toHaveLength(201);
  expect(lines.some((line) => line.includes('reason="other"'))).toBe(true);
  expect(lines.reduce((total, line) => total + Number(line.split(' ').at(-1)), 0)).toBe(700 * 701 / 2);
});

describe('access', () => {
  const routes = ['/', '/readyz', '/metrics', '/assets/console.css', '/board', '/nowhere'];
  test.each(routes)('%s answers a request for this machine only', async (route) => {
    expect((await appOf().request(route, { headers: { host: 'rebound.example:4700' } })).status).toBe(403);
    expect((await appOf().request(route, local)).status).not.toBe(403);
  });
  test.each(routes.filter((route) => !route.startsWith('/assets')))('%s wants the token where there is one', async (route) => {
    const app = appOf(viewOf(), 'a-secret-of-some-length');
    const asked = (authorization?: string) => app.request(route, { headers: { host: 'news.example', ...(authorization === undefined ? {} : { authorization }) } });
    expect((await asked()).status).toBe(401);
    expect((await asked('Bearer wrong')).status).toBe(401);
    expect((await asked('Bearer')).status).toBe(401);
    expect((await asked('Bearer a-secret-of-some-length')).status).not.toBe(401);
  });
  test('a change sent by another site is refused', async () => {
    const from = (headers: Record<string, string>) => appOf().request('/board/api/pause', { method: 'PUT', headers: { host: '127.0.0.1:4700', ...headers } });
    expect((await from({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await from({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await from({ origin: 'http://127.0.0.1:4700', 'sec-fetch-site': 'same-origin' })).status).toBe(404);
  });
  test('every answer, a refusal too, forbids scripts from elsewhere, framing and sniffing', async () => {
    for (const [route, headers] of [['/', local.headers], ['/board', local.headers], ['/', { host: 'rebound.example' }]] as const) {
      const response = await appOf().request(route, { headers });
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/https?:|\*/);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('referrer-policy')).toBe('same-origin');
    }
  });
});
