import { afterAll, expect, test } from 'vitest';
import { body, silent } from '../http-replies.js';
import { startHttpServer } from '../http-server.js';
import { pageHtml } from '../e2e/world.js';
import { useRedis } from '../redis.js';
import { serve } from './service.js';

const { url, prefix } = useRedis();
/** Requests open to one host at a time. */
const OPEN = 2;
const WORKERS = 4;
const PAGES = 12;

test('a host that never answers, with more feeds and pages than there are workers, holds up no other', async () => {
  const [slow, quick] = await Promise.all([startHttpServer(), startHttpServer()]);
  afterAll(() => Promise.all([slow.close(), quick.close()]));
  const paths = Array.from({ length: PAGES }, (_, at) => `/${at}.html`);
  const feed = (server: typeof slow): string => `<rss version="2.0"><channel><title>Wire</title>${paths.map((path) => `<item><title>Note ${path}</title><link>${server.url(path)}</link></item>`).join('')}</channel></rss>`;
  quick.route('/robots.txt', body(''));
  quick.route('/feed', body(feed(quick)));
  // Its pages are listed elsewhere, so that they wait for it even while its feeds do.
  quick.route('/of-the-slow', body(feed(slow)));
  slow.route('/robots.txt', body(''));
  for (const [at, path] of paths.entries()) {
    quick.route(path, body(pageHtml(at)));
    slow.route(path, silent);
    slow.route(`/feed-${at}`, silent);
  }
  const source = (id: string, address: string) => ({ id, url: address, allowPrivate: true, interval: '300ms' });
  const service = await serve(url, prefix, [source('pages-of-the-slow', quick.url('/of-the-slow')), ...paths.map((_, at) => source(`slow-${at}`, slow.url(`/feed-${at}`))), source('quick', quick.url('/feed'))], {
    poll: { concurrency: WORKERS }, article: { concurrency: WORKERS, threads: 1 }, politeness: { minDelay: '20ms', concurrency: OPEN }, fetch: { totalTimeout: '80s', idleTimeout: '80s' },
  });
  const accepted = () => service.told.flatMap(({ event, fields }) => (event === 'accepted' ? [fields.source] : []));
  const polls = () => service.told.flatMap(({ event, fields }) => (event === 'polled' && fields.source === 'quick' ? [fields] : [])).length;
  await expect.poll(() => accepted().filter((id) => id === 'quick').length, { timeout: 40_000 }).toBe(PAGES);
  await expect.poll(polls, { timeout: 40_000 }).toBeGreaterThan(5);
  // All that time the slow host was asked, by as many as may ask one host.
  expect(slow.peak()).toBe(OPEN);
  expect(service.told.filter(({ event }) => event === 'source-trouble' || event === 'fault')).toEqual([]);
}, 90_000);
