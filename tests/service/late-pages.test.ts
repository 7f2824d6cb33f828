import { afterAll, expect, test, vi } from 'vitest';
import { books, listQuarantine, verify } from '../../src/ledger/index.js';
import { pageHtml } from '../e2e/world.js';
import { body, silent } from '../http-replies.js';
import { startHttpServer } from '../http-server.js';
import { useRedis } from '../redis.js';
import { serve } from './service.js';

const { url, prefix } = useRedis();
const web = await startHttpServer();
afterAll(() => web.close());
vi.setConfig({ testTimeout: 120_000 });

test('a page that is late every time is asked for as often as the settings say, and ends in quarantine for good', async () => {
  web.route('/silent.html', silent);
  web.route('/unended.html', (_request, response) => { response.writeHead(200, { 'content-type': 'text/html' }).write('<p>A beginning'); });
  web.route('/good.html', body(pageHtml(1)));
  const items = ['silent', 'unended', 'good'].map((name) => `<item><title>Note ${name}</title><link>${web.url(`/${name}.html`)}</link></item>`).join('');
  web.route('/late.xml', body(`<rss version="2.0"><channel><title>late</title>${items}</channel></rss>`, { 'content-type': 'application/rss+xml' }));
  const service = await serve(url, `${prefix}-late`, [{ id: 'late', url: web.url('/late.xml'), allowPrivate: true, interval: '1s' }], {
    retries: { attempts: 3, backoff: '50ms', maxBackoff: '100ms' }, fetch: { connectTimeout: '400ms', idleTimeout: '400ms', totalTimeout: '800ms' }, politeness: { minDelay: '0ms', maxDelay: '200ms' }, reask: { after: [] },
  });
  const { redis, keys } = service;
  await expect.poll(async () => (await books(redis, keys)).get('late'), { timeout: 60_000, interval: 50 }).toMatchObject({ seen: 3, delivered: 1, inFlight: 0, balanced: true });
  const ended = await listQuarantine(redis, keys, { source: 'late' });
  expect(ended.map(({ code, attempts, consequence }) => [code.startsWith('timeout'), attempts, consequence])).toEqual([[true, 3, 'retry-later'], [true, 3, 'retry-later']]);
  const asked = (): number[] => ['silent', 'unended', 'good'].map((name) => web.count(`/${name}.html`));
  const before = asked();
  expect(before).toEqual([3, 3, 1]);
  // The feed lists them still, poll after poll.
  const polls = service.told.filter(({ event }) => event === 'polled').length;
  await expect.poll(() => service.told.filter(({ event }) => event === 'polled').length, { timeout: 30_000, interval: 50 }).toBeGreaterThan(polls + 1);
  expect(asked()).toEqual(before);
  expect((await verify(redis, keys)).imbalances).toEqual([]);
});
