import { afterAll, expect, test, vi } from 'vitest';
import { books } from '../../src/ledger/index.js';
import { pageHtml } from '../e2e/world.js';
import { body } from '../http-replies.js';
import { startHttpServer } from '../http-server.js';
import { useRedis } from '../redis.js';
import { serve } from './service.js';

const { url, prefix } = useRedis();
const web = await startHttpServer();
afterAll(() => web.close());
vi.setConfig({ testTimeout: 120_000 });
const wait = { timeout: 60_000, interval: 50 };

const feed = (to: number): string => {
  const items = Array.from({ length: to }, (_, at) => {
    web.route(`/p${at}.html`, body(pageHtml(at)));
    return `<item><title>Note ${at}</title><link>${web.url(`/p${at}.html`)}</link></item>`;
  });
  return `<rss version="2.0"><channel><title>wire</title>${items.join('')}</channel></rss>`;
};

test('too many pages that wait to be read stop the polls, which says so, and the polls go on when they are read', async () => {
  const source = { id: 'wire', url: web.url('/wire.xml'), allowPrivate: true, interval: '300ms' };
  const settings = { poll: { minInterval: '100ms', interval: '300ms' }, article: { maxWaiting: 5 } };
  web.route('/wire.xml', body(feed(8), { 'content-type': 'application/rss+xml' }));
  const poller = await serve(url, prefix, [source], { ...settings, roles: ['poll'] });
  const booksNow = async () => (await books(poller.redis, poller.keys)).get('wire');
  await expect.poll(() => poller.told.find(({ event }) => event === 'intake-paused')?.fields, wait).toEqual({ why: 'pages', waiting: 8, limit: 5 });
  web.route('/wire.xml', body(feed(12), { 'content-type': 'application/rss+xml' }));
  const asked = web.count('/wire.xml');
  await new Promise((resolve) => { setTimeout(resolve, 2_500); });
  // At most the poll that was under way as the pause began.
  expect(web.count('/wire.xml') - asked).toBeLessThanOrEqual(1);
  expect((await booksNow())?.seen).toBeLessThanOrEqual(12);
  await serve(url, prefix, [source], { ...settings, roles: ['article', 'deliver'] }, poller.dir);
  await expect.poll(booksNow, wait).toMatchObject({ seen: 12, delivered: 12, inFlight: 0, balanced: true });
  expect(poller.told.some(({ event }) => event === 'intake-resumed')).toBe(true);
});
