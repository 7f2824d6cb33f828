import { Redis } from 'ioredis';
import { afterAll, expect, test, vi } from 'vitest';
import type { SettingsInput } from '../../src/config/index.js';
import { books, verify } from '../../src/ledger/index.js';
import { memoryFill } from '../../src/redis/index.js';
import { pageHtml } from '../e2e/world.js';
import { body } from '../http-replies.js';
import { startHttpServer } from '../http-server.js';
import { startOwnServer } from '../redis.js';
import { serve } from './service.js';

const web = await startHttpServer();
const server = await startOwnServer();
const admin = new Redis(server.url);
afterAll(async () => {
  await web.close();
  admin.disconnect();
  await server.stop();
});
vi.setConfig({ testTimeout: 120_000 });
const wait = { timeout: 60_000, interval: 50 };

const feed = (from: number, to: number): string => {
  const items = Array.from({ length: to - from }, (_, at) => {
    web.route(`/p${from + at}.html`, body(pageHtml(from + at)));
    return `<item><title>Note ${from + at}</title><link>${web.url(`/p${from + at}.html`)}</link></item>`;
  });
  return `<rss version="2.0"><channel><title>wire</title>${items.join('')}</channel></rss>`;
};

test('a Redis nearly full stops intake and reading, not delivery, and says so; with room again all goes on', async () => {
  const settings = (roles: SettingsInput['roles']): SettingsInput => ({ roles, poll: { minInterval: '100ms', interval: '300ms' } });
  const source = { id: 'wire', url: web.url('/wire.xml'), allowPrivate: true, interval: '300ms' };
  const booksNow = async () => (await books(reader.redis, reader.keys)).get('wire');
  web.route('/wire.xml', body(feed(0, 5), { 'content-type': 'application/rss+xml' }));
  const reader = await serve(server.url, 'full', [source], settings(['poll', 'article']));
  await expect.poll(() => reader.redis.get(reader.keys.storeCount), wait).toBe('5');

  const limit = 64 * 1024 ** 2;
  await admin.config('SET', 'maxmemory', limit);
  const fillers: string[] = [];
  for (let fill = await memoryFill(admin, null); fill.used < limit * 0.92; fill = await memoryFill(admin, null)) {
    fillers.push(`filler-${fillers.length}`);
    await admin.set(`filler-${fillers.length - 1}`, Buffer.alloc(1024 ** 2));
  }
  await expect.poll(() => reader.told.find(({ event }) => event === 'intake-paused')?.fields, wait).toMatchObject({ why: 'memory', limit });
  web.route('/wire.xml', body(feed(5, 12), { 'content-type': 'application/rss+xml' }));
  const asked = web.count('/wire.xml');
  const deliverer = await serve(server.url, 'full', [source], settings(['deliver']), reader.dir);
  await expect.poll(booksNow, wait).toMatchObject({ delivered: 5, inFlight: 0 });
  expect(await booksNow()).toMatchObject({ seen: 5, balanced: true });
  // At most the poll that was under way as the pause began.
  expect(web.count('/wire.xml') - asked).toBeLessThanOrEqual(1);

  await admin.del(...fillers);
  await expect.poll(booksNow, wait).toMatchObject({ seen: 12, delivered: 12, inFlight: 0, balanced: true });
  expect(reader.told.some(({ event }) => event === 'intake-resumed')).toBe(true);
  expect((await verify(deliverer.redis, deliverer.keys)).imbalances).toEqual([]);
});
