import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { serveConsole } from '../../src/cli/serve-console.js';
import { verify } from '../../src/ledger/index.js';
import { HEALTH_STATES } from '../../src/poll/index.js';
import { body, status } from '../http-replies.js';
import { startHttpServer } from '../http-server.js';
import { useRedis } from '../redis.js';
import { serve } from './service.js';
import { chosenIn, EXPRESSIONS, groupedIn } from './watched.js';

const { url: redisUrl, prefix } = useRedis();
const server = await startHttpServer();
// A host of its own: what fails slows its host down.
const broken = await startHttpServer({ '/feed': status(500) });
afterAll(() => Promise.all([server.close(), broken.close()]));

const LINE = /^(?<name>[a-z_]+)(?:\{(?<labels>.*)\})? (?<value>\S+)$/;
const LABEL = /(?<label>[a-z_]+)="(?<text>(?:[^"\\]|\\.)*)"/g;
const ITEMS = 5;

test('a scrape of the running service holds no address and no id of an item, and grows with sources, not with items', async () => {
  const links = Array.from({ length: ITEMS }, (_, at) => server.url(`/story/${at}?id=a-guid-of-the-feed-${at}`));
  const page = (at: number) => `<html lang="en"><title>Bridge ${at} opens</title><article><h1>Bridge ${at} opens</h1>${`<p>Bridge number ${at} was opened to walkers on Sunday after two years of work by the town.</p>`.repeat(4)}</article></html>`;
  server.route('/feed', body(`<rss version="2.0"><channel><title>Loopback wire</title>${links.map((link, at) => `<item><title>Item ${at}</title><link>${link}</link><guid>a-guid-of-the-feed-${at}</guid></item>`).join('')}</channel></rss>`));
  for (let at = 0; at < ITEMS; at += 1) server.route(`/story/${at}`, at % 4 === 0 ? status(404) : body(page(at), { 'content-type': 'text/html' }));
  const service = await serve(redisUrl, prefix, [
    { id: 'wire', url: server.url('/feed'), allowPrivate: true, interval: '1s' }, { id: 'broken', url: broken.url('/feed'), allowPrivate: true, interval: '1s' },
  ], { console: { port: 0 } });
  const console = await serveConsole(service, { settings: service.settings, sourcesFile: join(service.dir, 'sources.yaml') }, (error) => { throw error; });
  if (!console.ok) throw console.fault;
  afterAll(() => console.value.stop());
  const { redis, keys } = service;
  await expect.poll(async () => {
    const books = (await verify(redis, keys)).books.get('wire');
    return books === undefined ? 0 : books.seen - books.inFlight;
  }, { timeout: 40_000 }).toBe(ITEMS);
  const scrape = async () => (await fetch(`${console.value.address}metrics`)).text();
  // Counts of runs are written every two seconds.
  await expect.poll(scrape, { timeout: 10_000 }).toMatch(/dateline_stage_runs_total\{stage="deliver",outcome="done"/);
  const text = await scrape();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

  const items = await redis.hkeys(keys.items('wire'));
  expect(items).toHaveLength(ITEMS);
  const values = new Map<string, Set<string>>();
  for (const line of lines) {
    const { labels = '', value = '' } = LINE.exec(line)?.groups ?? {};
    // Of the process itself: its loop's lag is NaN before it was taken.
    if (line.startsWith('dateline_console_')) continue;
    expect(Number.isNaN(Number(value))).toBe(false);
    for (const { groups = {} } of labels.matchAll(LABEL)) {
      const { label = '', text = '' } = groups;
      values.set(label, (values.get(label) ?? new Set()).add(text));
      expect(text).not.toMatch(/\/\/|a-guid-of-the-feed/);
      expect(items.filter((item) => text.includes(item))).toEqual([]);
    }
  }
  expect([...values.keys()].sort()).toEqual(['check', 'disposition', 'host', 'outcome', 'place', 'queue', 'reason', 'result', 'sink', 'source', 'stage', 'state']);
  expect([...values.get('source') ?? []].sort()).toEqual(['broken', 'wire']);
  expect([...values.get('stage') ?? []].sort()).toEqual(['article', 'deliver', 'poll']);
  expect(EXPRESSIONS.length).toBeGreaterThan(30);
  expect(notExported(text)).toEqual([]);
  const of = (name: string): string[] => lines.filter((line) => line.startsWith(name));
  expect(of('dateline_items{source="wire"')).toHaveLength(6);
  expect(of('dateline_items_by_reason')).toEqual(['dateline_items_by_reason{disposition="rejected",reason="http-404"} 2']);
  expect(of('dateline_books_unbalanced')).toEqual(['dateline_books_unbalanced 0']);
  expect(of('dateline_sources{state="silent"}')).toEqual(['dateline_sources{state="silent"} 0']);
  expect(of('dateline_stage_runs_total{stage="poll",outcome="done"').length).toBe(1);
  expect(Number(of('dateline_redis_memory_used_bytes')[0]?.split(' ')[1])).toBeGreaterThan(0);
  expect(of('dateline_queue_oldest_waiting_seconds{queue="article"}')).toHaveLength(1);
}, 60_000);

/** Values that a state takes which the service of the test is not in. */
const STATES = [...HEALTH_STATES, 'off', 'not polled yet', 'stopped', 'delayed'];

/** What the dashboard and the alert rules ask for, by metric, label or value, that a scrape cannot hold. */
function notExported(text: string): string[] {
  const exported = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
  const missing: string[] = [];
  for (const [where, expr] of EXPRESSIONS) {
    const samples: Map<string, string>[] = [];
    for (const { metric, labels } of chosenIn(expr)) {
      if (!exported.has(metric)) missing.push(`${where}: ${metric}`);
      const of = samplesOf(text, metric);
      samples.push(...of);
      for (const { label, matches } of of.length === 0 ? [] : labels) {
        const values = of.map((sample) => sample.get(label));
        if (values.includes(undefined) || ![...values, ...(label === 'state' ? STATES : [])].some((value) => matches.test(value ?? ''))) missing.push(`${where}: ${metric} with ${label}`);
      }
    }
    for (const label of groupedIn(expr)) if (samples.some((sample) => !sample.has(label))) missing.push(`${where}: by ${label}`);
  }
  return missing;
}

const samplesOf = (text: string, metric: string): Map<string, string>[] => [...text.matchAll(new RegExp(`^${metric}(?:\\{(.*)\\})? \\S+$`, 'gm'))]
  .map(([, labels = '']) => new Map([...labels.matchAll(LABEL)].map(({ groups = {} }) => [groups['label'] ?? '', groups['text'] ?? ''])));
