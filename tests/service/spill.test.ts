import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { books, spilled, verify } from '../../src/ledger/index.js';
import { sinkPlans } from '../../src/sink/index.js';
import { verifySegments } from '../../src/spill/index.js';
import { pageHtml } from '../e2e/world.js';
import { body } from '../http-replies.js';
import { useRedis } from '../redis.js';
import { linesIn } from '../sink/folder.js';
import { useWebAndReceiver } from './web-and-receiver.js';
import { serve } from './service.js';

const { url, prefix } = useRedis();
const { web, receiver } = await useWebAndReceiver();
vi.setConfig({ testTimeout: 240_000 });
const wait = { timeout: 200_000, interval: 100 };

const BOUND = 50;
const PAGES = 10 * BOUND;

test('with ten times its bound waiting for a dead sink the intake goes on and another sink has everything; back again, it gets each story once', async () => {
  receiver.script(() => ({ status: 503 }));
  const items = Array.from({ length: PAGES }, (_, at) => {
    web.route(`/${at}.html`, body(pageHtml(at)));
    return `<item><title>Note ${at}</title><link>${web.url(`/${at}.html`)}</link></item>`;
  });
  web.route('/wire.xml', body(`<rss version="2.0"><channel><title>wire</title>${items.join('')}</channel></rss>`, { 'content-type': 'application/rss+xml' }));
  const service = await serve(url, prefix, [{ id: 'wire', url: web.url('/wire.xml'), allowPrivate: true, interval: '1s' }], {
    sinks: { redisStream: { enabled: false }, webhook: { hook: { url: receiver.url, secrets: [receiver.secret], allowPrivate: true, timeout: '500ms', maxBacklog: BOUND } } },
    // What comes in while the keeper is not looking is little beside a bound as small as this.
    console: { stories: { enabled: false } }, article: { concurrency: 4 },
    deliver: { breaker: { failures: 3, wait: '200ms', maxWait: '500ms' } },
  });
  const { redis, keys } = service;
  const hook = sinkPlans(service.settings).filter(({ name }) => name === 'hook');
  const standing = async () => (await spilled(redis, keys, hook)).get('hook');
  // A pause of a moment, while the disk is slow, is none that would hold anything up: all of it comes in, with nothing taken here.
  await expect.poll(async () => (await linesIn(join(service.dir, 'stories')).catch(() => [])).length, wait).toBe(PAGES);
  expect(receiver.taken.size).toBe(0);
  await expect.poll(async () => (await standing())?.todo, wait).toBeLessThan(BOUND / 4);
  const { onDisk = 0, deliveries = 0 } = (await standing()) ?? {};
  expect(onDisk + deliveries).toBe(PAGES);
  expect(deliveries).toBeLessThan(BOUND);
  // Loud from the moment the first went to disk.
  expect(service.told).toContainEqual({ event: 'sink-backlog', fields: expect.objectContaining({ sink: 'hook', state: 'alarm' }) as unknown });
  expect((await verify(redis, keys)).imbalances).toEqual([]);
  expect(await verifySegments(redis, keys, join(service.dir, 'spill'))).toEqual([]);

  receiver.script(() => null);
  await expect.poll(async () => (await books(redis, keys)).get('wire'), wait).toMatchObject({ delivered: PAGES, inFlight: 0, balanced: true });
  expect(receiver.taken.size).toBe(PAGES);
  expect(await standing()).toMatchObject({ deliveries: 0, onDisk: 0, todo: 0 });
  await expect.poll(() => redis.hlen(keys.spillSegments), wait).toBe(0);
  expect((await verify(redis, keys)).imbalances).toEqual([]);
});
