import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createConsoleApp } from '../../src/console/app.js';
import type { ConsoleView, SourceRow } from '../../src/console/index.js';
import { LiveOverview } from '../../src/console/live-overview.js';
import { endedPerMinute } from '../../src/console/queue-rate.js';
import { NO_ITEMS } from '../../src/ledger/index.js';
import { acceptOne, takeOne } from '../ledger/items.js';
import { useRedis } from '../redis.js';
import { wrongByDocument } from './document.js';
import { useServices } from './services.js';

const store = useRedis();
const services = useServices(store);
const local = { headers: { host: '127.0.0.1:4700' } };
const HOSTILE = `<script>alert(1)</script>\u202E${'headline '.repeat(120_000)}`;
const source: SourceRow = { id: 'wire', name: HOSTILE, url: 'https://wire.example/', enabled: true, lastPollAt: null, nextPollAt: null, trouble: HOSTILE,
  health: { state: 'silent', reason: HOSTILE, since: '2026-11-23T10:00:00.000Z' }, books: NO_ITEMS };
let asked = 0;
const view: ConsoleView = {
  ...services.view,
  sources: () => { asked += 1; return Promise.resolve([source]); },
  sinks: () => Promise.resolve([{ name: 'press', delivered: 3, where: HOSTILE, unrouted: 0, waiting: 12, waitingBytes: 2_097_152, fill: 0.5, onDisk: 0, state: 'stopped', since: Date.now() - 60_000, trouble: HOSTILE }]),
};

describe('the shared sample', () => {
  test('is gathered once for all who ask at once, and not at all when nobody does', async () => {
    const closing = new AbortController();
    const live = new LiveOverview({ view, redis: services.redis, keys: services.keys, closing: closing.signal });
    asked = 0;
    const samples = await Promise.all(Array.from({ length: 20 }, () => live.latest()));
    expect(new Set(samples).size).toBe(1);
    expect(asked).toBe(1);
  });
  test('goes to a bounded number of viewers, whose places are free again when they leave, and ends with the console', async () => {
    const closing = new AbortController();
    const live = new LiveOverview({ view, redis: services.redis, keys: services.keys, closing: closing.signal });
    const gone = new AbortController();
    const first = live.follow(gone.signal);
    expect((await first?.next())?.done).toBe(false);
    expect(live.viewers).toBe(1);
    const others = Array.from({ length: 63 }, () => live.follow(new AbortController().signal));
    for (const viewer of others) await viewer?.next();
    expect(live.follow(new AbortController().signal)).toBeNull();
    gone.abort();
    expect((await first?.next())?.done).toBe(true);
    expect(live.viewers).toBe(63);
    closing.abort();
    for (const viewer of others) expect((await viewer?.next())?.done).toBe(true);
    expect(live.viewers).toBe(0);
  });
});

describe('the overview', () => {
  test.each(['hour', 'day', 'month'])('shows the stories of the last %s as a picture with words and a table, and hostile text as text', async (span) => {
    const rightToLeft = { language: 'ar', agency: 'sana' };
    await acceptOne(store, await takeOne(store, 'wire', `item-${span}`), { told: [rightToLeft, { language: 'en', agency: null }] });
    const text = await (await createConsoleApp({ services: { ...services, view } }).request(`/?span=${span}`, local)).text();
    expect(text).toMatch(/<figcaption>\d+ stories in the last/);
    expect(text).toContain('<title id="chart-title">Stories by');
    expect(text).toContain('The same in figures');
    expect(text).toContain('<bdi>Arabic</bdi>');
    expect(text).toMatch(new RegExp(`<a href="/\\?span=${span}" aria-current="true">`));
    expect(text).not.toContain('<script>alert');
    expect(text).not.toContain('style=');
    // A megabyte in four places is cut to a line each.
    expect(text.length).toBeLessThan(60_000);
    expect(text.match(/\u202E/g)?.length ?? 0).toBe(text.match(/<bdi>&lt;script&gt;alert\(1\)&lt;\/script&gt;\u202E/g)?.length);
  });
  test('goes on as events, each with the parts of the page, until the reader leaves', async () => {
    const parts = z.record(z.string(), z.string()).parse(await firstEvent(createConsoleApp({ services: { ...services, view } }), '/overview/events?span=day'));
    expect(parts['lead']).toContain('The books balance.');
    expect(parts['stories']).toContain('last day');
    expect(parts['sinks']).toContain('stopped');
    expect(JSON.stringify(parts)).not.toContain('<script>alert');
  });
});

test('the queues go on as events, for the page and, as the overview is told, for programs', async () => {
  const app = createConsoleApp({ services: { ...services, view } });
  const page = await (await app.request('/queues', local)).text();
  expect(page).toContain('data-live="/queues/events"');
  const parts = z.record(z.string(), z.string()).parse(await firstEvent(app, '/queues/events'));
  expect(Object.keys(parts)).toEqual(['lead', 'queues', 'sinks']);
  for (const id of Object.keys(parts)) expect(page).toContain(` id="${id}"`);
  expect(parts['sinks']).toContain('stopped');
  expect(JSON.stringify(parts)).not.toContain('<script>alert');
  expect(wrongByDocument('get', '/overview', 200, await firstEvent(app, '/api/v1/overview/stream'))).toEqual([]);
});

async function firstEvent(app: ReturnType<typeof createConsoleApp>, path: string): Promise<unknown> {
  const leaving = new AbortController();
  const response = await app.request(path, { ...local, signal: leaving.signal });
  let text = '';
  const events: AsyncIterable<string> = (response.body ?? new ReadableStream<Uint8Array<ArrayBuffer>>()).pipeThrough(new TextDecoderStream());
  for await (const piece of events) {
    text += piece;
    if (text.includes('data: ') && text.endsWith('\n\n')) break;
  }
  leaving.abort();
  return JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? '{}');
}

test('the Queues page shows what waits, how long, and how sinks stand, hostile text as text', async () => {
  const { article } = services.queues;
  await article.add('article', { source: 'wire', item: 'one', revision: 1 }, { jobId: 'rate-one', timestamp: Date.now() - 3_700_000 });
  const text = await (await createConsoleApp({ services: { ...services, view } }).request('/queues', local)).text();
  expect(text.replaceAll(/<[^>]*>/g, '|')).toMatch(/article\|+[\s\S]*?1 h/);
  expect(text).toContain('1 job waits');
  expect(text).toContain('stopped');
  expect(text).not.toContain('<script>alert');
  expect(text.length).toBeLessThan(40_000);
  await article.remove('rate-one');
});

test('overview, history and queues for programs are as the document says', async () => {
  const app = createConsoleApp({ services: { ...services, view } });
  for (const [path, query] of [['/overview', ''], ['/history', '?step=day&count=400'], ['/history', ''], ['/queues', '']] as const) {
    const response = await app.request(`/api/v1${path}${query}`, local);
    expect(response.status).toBe(200);
    expect(wrongByDocument('get', path, 200, await response.json())).toEqual([]);
  }
  expect((await app.request('/api/v1/history?step=year', local)).status).toBe(400);
  expect((await app.request('/api/v1/history?count=0', local)).status).toBe(400);
});

describe('the rate of a queue', () => {
  const minute = 60_000;
  test.each([
    ['nothing ever ended', { count: 0, prevTS: 0, prevCount: 0 }, [], 0],
    ['all ended in the minute under way', { count: 9, prevTS: 100 * minute, prevCount: 0 }, [], 0],
    ['some ended in the minute before', { count: 15, prevTS: 99 * minute + 5, prevCount: 5 }, [], 2],
    ['older minutes stand in the list', { count: 20, prevTS: 99 * minute, prevCount: 15 }, [10, 0, 0, 5, 99], 4],
    ['all is long past', { count: 20, prevTS: 50 * minute, prevCount: 0 }, [10, 10], 0],
  ] as const)('when %s', (_, meta, data, rate) => {
    expect(endedPerMinute({ meta, data: [...data], count: data.length }, 100 * minute + 30_000)).toBe(rate);
  });
});
