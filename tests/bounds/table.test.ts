import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { books, spilled } from '../../src/ledger/index.js';
import { packageRoot } from '../../src/package-root.js';
import { redisKeys } from '../../src/queue/index.js';
import { sinkPlans } from '../../src/sink/index.js';
import { pageHtml } from '../e2e/world.js';
import { body, status } from '../http-replies.js';
import { useRedis } from '../redis.js';
import { serve } from '../service/service.js';
import { useWebAndReceiver } from '../service/web-and-receiver.js';
import { BOUNDS } from './table.js';

const { redis, url, prefix } = useRedis();
const { web, receiver } = await useWebAndReceiver();
vi.setConfig({ testTimeout: 120_000 });
const wait = { timeout: 60_000, interval: 50 };

/** The row of a key; the first that fits, for the special stand before the general. */
const rowOf = (key: string) => BOUNDS.find((row) => row.key.test(key));

describe('every key that the code can name has a row', () => {
  const keys = redisKeys('p');
  // Names with all of their parts, so that the longest form of a key is looked up.
  const named = Object.entries(keys).flatMap(([name, value]): [string, string][] => {
    if (name === 'prefix' || name === 'storiesPrefix') return [];
    const key: unknown = typeof value === 'function' ? (value as (...parts: string[]) => string)('part', name === 'sink' ? 'breaker' : 'other', '1') : value;
    // What the ledger hangs the steps of its history on.
    return [[name, `${String(key).slice('p:'.length)}${name === 'history' ? ':day:1' : ''}`]];
  });
  test.each(named)('%s: %s', (_, key) => expect(rowOf(key)).toBeDefined());
});

describe('every row', () => {
  test.each(BOUNDS.map((row) => [row.key.source, row] as const))('%s names a test that is there', async (_, { test: named }) => {
    if (named === undefined) return;
    const [file, name] = named;
    expect(await readFile(join(packageRoot, 'tests', file), 'utf8')).toContain(`test('${name}`);
  });
});

test('a service at work holds no key without a row, and what expires does so in time', async () => {
  receiver.script(() => ({ status: 503 }));
  const items = Array.from({ length: 30 }, (_, at) => {
    web.route(`/${at}.html`, at === 7 ? status(404) : body(pageHtml(at)));
    return `<item><title>Note ${at}</title><link>${web.url(`/${at}.html`)}</link></item>`;
  });
  web.route('/wire.xml', body(`<rss version="2.0"><channel><title>wire</title>${items.join('')}</channel></rss>`, { 'content-type': 'application/rss+xml' }));
  const service = await serve(url, prefix, [{ id: 'wire', url: web.url('/wire.xml'), allowPrivate: true, interval: '1s' }], {
    sinks: { webhook: { hook: { url: receiver.url, secrets: [receiver.secret], allowPrivate: true, timeout: '500ms', maxBacklog: 10 } } },
    deliver: { breaker: { failures: 2, wait: '200ms', maxWait: '500ms' } },
  });
  const met = new Set<string>();
  const wrong: string[] = [];
  const look = async (): Promise<void> => {
    const found: string[] = [];
    for await (const some of redis.scanStream({ match: `${prefix}:*`, count: 1_000 }) as AsyncIterable<string[]>) found.push(...some);
    for (const key of found) {
      const row = rowOf(key.slice(prefix.length + 1));
      if (row === undefined) {
        wrong.push(`${key}: no row`);
        continue;
      }
      met.add(row.holds);
      if (typeof row.bound === 'string') continue;
      const left = await redis.ttl(key);
      // -2: gone since the scan.
      if (left !== -2 && (left < 0 || left > row.bound.expires)) wrong.push(`${key}: expires in ${left} s, not within ${row.bound.expires}`);
    }
    expect(wrong).toEqual([]);
  };
  const hook = sinkPlans(service.settings).filter(({ name }) => name === 'hook');
  await look();
  await expect.poll(async () => (await spilled(redis, service.keys, hook)).get('hook')?.onDisk, wait).toBeGreaterThan(5);
  await look();
  receiver.script(() => null);
  await expect.poll(async () => (await books(redis, service.keys)).get('wire'), wait).toMatchObject({ seen: 30, inFlight: 0 });
  await look();
  // A look that meets little shows little.
  expect(met.size).toBeGreaterThan(25);
});
