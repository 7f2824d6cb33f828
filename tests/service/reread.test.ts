import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { PageArchive } from '../../src/archive/index.js';
import { books, takeToReread, trace, verify } from '../../src/ledger/index.js';
import { pageHtml } from '../e2e/world.js';
import { body } from '../http-replies.js';
import { startHttpServer } from '../http-server.js';
import { useRedis } from '../redis.js';
import { linesIn } from '../sink/folder.js';
import { serve } from './service.js';

const { url, prefix } = useRedis();
const web = await startHttpServer();
afterAll(() => web.close());
vi.setConfig({ testTimeout: 120_000 });
const wait = { timeout: 60_000, interval: 50 };

test('stored pages are read again by the rules of today, without their host; what changed goes out as a new version', async () => {
  const paths = ['/one.html', '/two.html'];
  for (const [at, path] of paths.entries()) web.route(path, body(pageHtml(at).replace('</article>', at === 0 ? '<p class="mill">The keeper of the old mill told the council that the tide had carried away two of its boats on Sunday.</p></article>' : '</article>')));
  const items = paths.map((path) => `<item><title>Note</title><link>${web.url(path)}</link></item>`).join('');
  web.route('/wire.xml', body(`<rss version="2.0"><channel><title>wire</title>${items}</channel></rss>`, { 'content-type': 'application/rss+xml' }));
  const source = { id: 'wire', url: web.url('/wire.xml'), allowPrivate: true, interval: '1s' };
  const service = await serve(url, `${prefix}-reread`, [source], { archive: { enabled: true }, reask: { after: [] } });
  const { redis, keys, dir } = service;
  const booksNow = async () => (await books(redis, keys)).get('wire');
  await expect.poll(booksNow, wait).toMatchObject({ delivered: 2, inFlight: 0 });
  const asked = web.count('/one.html') + web.count('/two.html');

  await service.writeSources([{ ...source, rules: { remove: '.mill' } }]);
  await expect.poll(() => service.told.some(({ event }) => event === 'sources-changed'), wait).toBe(true);
  const archive = new PageArchive(join(dir, 'pages'));
  const pages = await archive.latest({ source: 'wire' });
  expect(pages).toHaveLength(2);
  for (const { item, facts, hash, url: address, at, headers } of pages) {
    const archived = { hash, url: address, fetchedAt: at, contentType: headers['content-type'] ?? '' };
    expect(await takeToReread(redis, keys, 'wire', item, { ...facts, archived }, hash)).toBe('taken');
    expect(await takeToReread(redis, keys, 'wire', item, { ...facts, archived }, hash)).toBe('busy');
  }
  await expect.poll(booksNow, wait).toMatchObject({ seen: 4, delivered: 3, unchanged: 1, inFlight: 0, balanced: true });
  expect(web.count('/one.html') + web.count('/two.html')).toBe(asked);
  const records = (await linesIn(join(dir, 'stories'))).map((line) => JSON.parse(line) as { readonly id: string; readonly version: number; readonly url: string; readonly body: { readonly text: string } });
  const one = records.filter((record) => record.url.endsWith('/one.html'));
  expect(one.map(({ version }) => version)).toEqual([1, 2]);
  expect(new Set(one.map(({ id }) => id)).size).toBe(1);
  expect(one.map(({ body: { text } }) => text.includes('keeper of the old mill'))).toEqual([true, false]);
  expect(records.filter((record) => record.url.endsWith('/two.html'))).toHaveLength(1);
  expect((await trace(redis, keys, { id: one[0]?.id ?? '' })).map(({ step }) => step)).toContain('reread');

  // Bytes that were dropped meanwhile end the item with that reason, and nothing hangs.
  await rm(join(dir, 'pages'), { recursive: true });
  const [page] = pages;
  if (page === undefined) throw new Error('two pages were kept');
  await takeToReread(redis, keys, 'wire', page.item, { ...page.facts, archived: { hash: page.hash, url: page.url, fetchedAt: page.at } }, page.hash);
  await expect.poll(booksNow, wait).toMatchObject({ rejected: { 'archive-gone': 1 }, inFlight: 0, balanced: true });
  expect(await takeToReread(redis, keys, 'wire', 'no-such-item', page.facts, page.hash)).toBe('forgotten');
  expect((await verify(redis, keys)).imbalances).toEqual([]);
});
