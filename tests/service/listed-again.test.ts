import { afterAll, expect, test } from 'vitest';
import { books, parseState, settleRejected } from '../../src/ledger/index.js';
import { body, withEtag } from '../http-replies.js';
import { startHttpServer } from '../http-server.js';
import { useRedis } from '../redis.js';
import { serve } from './service.js';

const { url, prefix } = useRedis();
const server = await startHttpServer();
afterAll(() => server.close());
const wait = { timeout: 20_000, interval: 50 };

interface Listed {
  readonly path: string;
  readonly title?: string;
  readonly date?: string;
}
const feed = (...items: readonly Listed[]): string => `<rss version="2.0"><channel><title>Wire</title>${items.map(({ path, title = path, date }) =>
  `<item><title>${title}</title><link>${server.url(path)}</link>${date === undefined ? '' : `<pubDate>${date}</pubDate>`}</item>`).join('')}</channel></rss>`;
const source = (id: string) => ({ id, url: server.url(`/${id}`), allowPrivate: true, interval: '150ms' });
const TODAY = 'Mon, 23 Nov 2026 10:00:00 GMT';

test('an item is known by its name, not its date: one of years ago that shows up last is taken, and one that left the list and comes back is not taken twice', async () => {
  server.route('/dates', body(feed({ path: '/a', date: TODAY }, { path: '/b', date: TODAY })));
  const service = await serve(url, `${prefix}-dates`, [source('dates')], { roles: ['poll'] });
  const seen = async () => (await books(service.redis, service.keys)).get('dates')?.seen;
  const polls = () => service.told.filter(({ event }) => event === 'polled').length;
  await expect.poll(seen, wait).toBe(2);
  server.route('/dates', body(feed({ path: '/b', date: TODAY }, { path: '/old', date: 'Fri, 02 Mar 2012 10:00:00 GMT' })));
  await expect.poll(seen, wait).toBe(3);
  server.route('/dates', body(feed({ path: '/a', date: TODAY }, { path: '/b', date: TODAY })));
  const before = polls();
  await expect.poll(polls, wait).toBeGreaterThan(before + 2);
  expect(await seen()).toBe(3);
});

test('a list longer than is read is told', async () => {
  server.route('/endless', body(`<rss version="2.0"><channel><title>Wire</title>${'<item><title>x</title></item>'.repeat(10_001)}</channel></rss>`));
  const service = await serve(url, `${prefix}-endless`, [source('endless')], { roles: ['poll'] });
  await expect.poll(() => service.told.flatMap(({ event, fields }) => (event === 'trouble' ? [`${fields.what}: ${fields.error.message}`] : [])), wait)
    .toContain('endless: 1 items beyond the first 10000 were left out.');
});

test('what could not be taken yet is listed again, though the host would say "not modified"', async () => {
  server.route('/held', withEtag(feed({ path: '/a' }), '"1"'));
  const service = await serve(url, `${prefix}-held`, [source('held')], { roles: ['poll'] });
  const { redis, keys } = service;
  const state = async () => {
    const [[item, line] = ['', '']] = Object.entries(await redis.hgetall(keys.items('held')));
    return { item, line, revision: parseState(line)?.revision };
  };
  await expect.poll(async () => (await state()).revision, wait).toBe(1);
  await expect.poll(() => server.seen.filter(({ path }) => path === '/held').at(-1)?.headers['if-none-match'], wait).toBe('"1"');

  // It changes right after it was read: too soon to be read again.
  await settleRejected(redis, keys, { source: 'held', item: (await state()).item, revision: 1 }, 'http-404');
  server.route('/held', withEtag(feed({ path: '/a', title: 'Told better' }), '"2"'));
  await expect.poll(() => server.seen.filter(({ path }) => path === '/held').slice(-3).map(({ headers }) => headers['if-none-match']), wait).toEqual([undefined, undefined, undefined]);
  expect((await state()).revision).toBe(1);

  // Sixteen minutes later.
  const { item, line } = await state();
  const parts = line.split('|');
  await redis.hset(keys.items('held'), item, [...parts.slice(0, 3), Number(parts[3]) - 960, ...parts.slice(4)].join('|'));
  await expect.poll(async () => (await state()).revision, wait).toBe(2);
  await expect.poll(() => server.seen.filter(({ path }) => path === '/held').at(-1)?.headers['if-none-match'], wait).toBe('"2"');
});
