import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkSource, type SourceFinding } from '../../src/cli/check-source.js';
import { settingsOf, sourceSchema, type SourceInput } from '../../src/config/index.js';
import { openFetcher } from '../../src/service/index.js';
import { body, status } from '../http-replies.js';
import { startHttpServer, type HttpServer, type Reply } from '../http-server.js';

const settings = settingsOf();
const fetcher = openFetcher(settings);
const NOW = new Date('2026-03-03T12:00:00Z');
let server: HttpServer;

const PARAGRAPH = 'People of both banks had waited long for the day, and thousands walked over it together with their children in the evening.';
const PAGE = `<html lang="en"><body><main><article><h1>Bridge over the river reopens</h1><div class="text">
  <p>Damascus, SANA – The old bridge over the river was opened again on Monday after two years of careful work by local masons.</p>${`<p>${PARAGRAPH}</p>`.repeat(3)}
  <p class="note">This long note of the house about its own printed edition stands under every single story, and it is not a part of any of them.</p></div></article></main></body></html>`;
const feed = (items: string): Reply => (request, response) => response.writeHead(200, { 'content-type': 'application/rss+xml' })
  .end(`<rss version="2.0"><channel><title>Wire</title>${items.replaceAll('HOST', `http://${request.headers.host ?? ''}`)}</channel></rss>`);
const item = (path: string, date: string, title = 'Bridge over the river reopens'): string =>
  `<item><guid>${path}</guid><title>${title}</title><link>HOST${path}</link>${date === '' ? '' : `<pubDate>${date}</pubDate>`}</item>`;

beforeAll(async () => {
  server = await startHttpServer({
    '/feed': feed(item('/old', 'Sun, 01 Mar 2026 10:00:00 GMT', 'An older story') + item('/story', 'Mon, 02 Mar 2026 10:00:00 GMT')),
    '/story': body(PAGE),
    '/old': body(PAGE),
    '/film': body('<html><body><div id="app"></div></body></html>'),
    '/film-first': feed(item('/film', 'Mon, 02 Mar 2026 11:00:00 GMT', 'A film') + item('/story', 'Mon, 02 Mar 2026 10:00:00 GMT')),
    '/films-only': feed(item('/film', 'Mon, 02 Mar 2026 11:00:00 GMT', 'A film')),
    '/zoneless': feed(item('/story', '2026-03-02 10:00:00')),
    '/ahead': feed(item('/story', 'Mon, 09 Mar 2126 10:00:00 GMT')),
    '/quiet': feed(item('/story', 'Mon, 02 Jun 2025 10:00:00 GMT')),
    '/nothing': feed(''),
  });
});
afterAll(async () => {
  await fetcher.close();
  await server.close();
});

const check = (path: string, more: Partial<SourceInput> = {}): Promise<SourceFinding> =>
  checkSource(sourceSchema.parse({ id: 'a', url: server.url(path), allowPrivate: true, ...more }), { fetcher, settings }, NOW);

test('the newest page is read, wherever the feed lists it; items, headline, dateline and text stand in the detail', async () => {
  const found = await check('/feed', { language: 'en', agency: 'sana' });
  expect(found).toMatchObject({ readable: true, items: 2, newest: '2026-03-02T10:00:00Z', language: 'en', mend: '' });
  expect(found.page).toMatch(/^1 story, \d+ characters$/);
  const detail = found.detail.join('\n');
  for (const shown of ['An older story', '2026-03-01T10:00:00Z', server.url('/story'), 'Bridge over the river reopens', 'Damascus [Damascus, SY]; agency sana', PARAGRAPH.slice(0, 60)]) {
    expect(detail).toContain(shown);
  }
});

test('with rules, the page is shown as it is with and without them', async () => {
  const found = await check('/feed', { rules: { remove: '.note' } });
  const [, rules, plain] = /^1 story, (\d+) characters \(without its rules: 1 story, (\d+) characters\)$/.exec(found.page) ?? [];
  expect(Number(rules)).toBeLessThan(Number(plain));
  expect(found.mend).toBe('');
  expect(found.detail.join('\n')).toContain('without the rules of the source');
});

test.each<[string, Partial<SourceInput>, RegExp]>([
  ['a selector that matches nothing', { rules: { body: 'div.entry' } }, /^rules\.body \(div\.entry\) matches nothing on .*\/story\.$/],
  ['a selector that is none', { rules: { title: 'h1[' } }, /^rules\.title is no CSS selector \(h1\[\)\.$/],
  ['rules that change nothing', { rules: { remove: '.advert' } }, /^The rules change nothing on this page/],
  ['another language', { language: 'fr' }, /^The page reads as en, the source says fr\.$/],
  ['an agency of no row', { agency: 'nobody' }, /^The agency nobody has no row in the table of agencies\.$/],
])('%s is named, and the page read all the same', async (_, source, mend) => {
  const found = await check('/feed', source);
  expect(found.readable).toBe(true);
  expect(found.mend).toMatch(mend);
});

test.each([
  ['/zoneless', /^1 time without a zone: set timeZone/],
  ['/ahead', /^1 item dated more than a day ahead/],
  ['/quiet', /^Nothing new since 2025-06-02/],
])('%s: what is wrong with its times is named', async (path, mend) => {
  expect((await check(path)).mend).toMatch(mend);
});

test('with the zone set, times without one are well', async () => {
  expect((await check('/zoneless', { timeZone: 'Asia/Damascus' })).mend).toBe('');
});

test('a page that is no story is passed over for the next; when there is none, the first is named', async () => {
  const before = server.count('/robots.txt');
  expect(await check('/film-first')).toMatchObject({ readable: true, mend: '' });
  expect(server.count('/robots.txt') - before).toBe(1);
  const found = await check('/films-only');
  expect(found).toMatchObject({ readable: false, items: 1 });
  expect(found.mend).toContain(server.url('/film'));
});

test('a feed without items is told from one that cannot be read', async () => {
  expect(await check('/nothing')).toMatchObject({ readable: false, items: 0, page: '–', mend: 'The feed lists no item now.' });
});

test('pages that robots.txt forbids are left alone, unless the source ignores it', async () => {
  server.route('/robots.txt', body('User-agent: Dateline\nDisallow: /story\nDisallow: /old', { 'content-type': 'text/plain' }));
  try {
    const before = server.count('/story') + server.count('/old');
    expect(await check('/feed')).toMatchObject({ readable: false, page: 'robots', mend: expect.stringMatching(/^robots\.txt of .* forbids .*\/story/) as string });
    expect(server.count('/story') + server.count('/old')).toBe(before);
    expect(await check('/feed', { robots: 'ignore' })).toMatchObject({ readable: true, mend: '' });
  } finally {
    server.route('/robots.txt', status(404));
  }
});
