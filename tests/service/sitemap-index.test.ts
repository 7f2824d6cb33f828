import { afterAll, expect, test } from 'vitest';
import { body, withEtag } from '../http-replies.js';
import { startHttpServer } from '../http-server.js';
import { useRedis } from '../redis.js';
import { serve } from './service.js';

const { url: redisUrl, prefix } = useRedis();

test('of an index of sitemaps the news and the newest are followed, on its own host, and no further', async () => {
  const [server, other] = await Promise.all([startHttpServer(), startHttpServer()]);
  afterAll(() => Promise.all([server.close(), other.close()]));
  const children: readonly (readonly [string, string])[] = [
    [server.url('/2024.xml'), '2024-12-31'], [server.url('/2026-11.xml'), '2026-11-23'], [other.url('/elsewhere.xml'), '2026-11-23'],
    [server.url('/2025.xml'), '2025-12-31'], [server.url('/news.xml'), '2026-01-01'], [server.url('/2023.xml'), '2023-12-31'],
  ];
  server.route('/index.xml', body(`<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${children.map(([loc, at]) => `<sitemap><loc>${loc}</loc><lastmod>${at}</lastmod></sitemap>`).join('')}</sitemapindex>`));
  for (const [url] of children) {
    const path = new URL(url).pathname;
    server.route(path, body(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>${server.url(path.replace('.xml', '.html'))}</loc></url></urlset>`));
  }
  const service = await serve(redisUrl, prefix, [{ id: 'map', url: server.url('/index.xml'), allowPrivate: true, interval: '1h' }], { roles: ['poll'] });
  await expect.poll(() => service.told.filter(({ event }) => event === 'polled'), { timeout: 20_000 }).toHaveLength(1);
  expect(service.told.find(({ event }) => event === 'polled')?.fields).toMatchObject({ listed: 3, taken: 3 });
  expect(server.seen.map(({ path }) => path).filter((path) => path.endsWith('.xml'))).toEqual(['/index.xml', '/news.xml', '/2026-11.xml', '/2025.xml']);
  expect(other.seen).toEqual([]);
});

test('an index that has not changed still leads to what its sitemaps list anew', async () => {
  const server = await startHttpServer();
  afterAll(() => server.close());
  const news = (...pages: readonly string[]) => body(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${pages.map((page) => `<url><loc>${server.url(page)}</loc></url>`).join('')}</urlset>`);
  server.route('/index.xml', withEtag(`<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>${server.url('/news.xml')}</loc></sitemap></sitemapindex>`, '"never another"'));
  server.route('/news.xml', news('/1.html'));
  const service = await serve(redisUrl, `${prefix}-same`, [{ id: 'map', url: server.url('/index.xml'), allowPrivate: true, interval: '150ms' }], { roles: ['poll'] });
  const taken = () => service.told.reduce((sum, { event, fields }) => sum + (event === 'polled' ? fields.taken : 0), 0);
  await expect.poll(taken, { timeout: 20_000 }).toBe(1);
  server.route('/news.xml', news('/2.html', '/1.html'));
  await expect.poll(taken, { timeout: 20_000 }).toBe(2);
});
