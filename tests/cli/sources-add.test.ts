import { readFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { confirm } from '../../src/cli/ask.js';
import { loadSources, type SourceConfig } from '../../src/config/index.js';
import { useFolder } from '../config/folder.js';
import { body, redirect, status } from '../http-replies.js';
import { startHttpServer, type HttpServer, type Reply } from '../http-server.js';
import { dateline, type CommandResult } from './dateline.js';

const folder = useFolder();
let server: HttpServer;

const SOURCES = `# Mine
sources:
  - id: first # the first
    url: https://first.example/feed
`;
const here: (make: (origin: string) => string, type: string) => Reply = (make, type) => (request, response) =>
  response.writeHead(200, { 'content-type': type }).end(make(`http://${request.headers.host ?? ''}`));
const page = (make: (origin: string) => string): Reply => here(make, 'text/html; charset=utf-8');
const xml = (make: (origin: string) => string): Reply => here(make, 'application/xml');
const rss = (title: string, path: string, more = ''): Reply => xml((origin) => `<rss version="2.0"><channel><title>${title}</title><language>en-us</language>
  <item><guid>1</guid><title>Bridge over the river reopens after two years</title><link>${origin}${path}</link><pubDate>Mon, 02 Mar 2026 10:00:00 +0300</pubDate></item>${more}</channel></rss>`);
const STORY = `<html lang="en"><body><article><h1>Bridge over the river reopens</h1>
  <p>Damascus, SANA – The old bridge over the river was opened again on Monday after two years of careful work by local masons.</p>
  ${'<p>People of both banks had waited long for the day, and thousands walked over it together with their children in the evening.</p>'.repeat(3)}</article></body></html>`;

beforeAll(async () => {
  server = await startHttpServer({
    '/': page(() => `<!doctype html><html><head><title>Site</title><link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
      <link rel="alternate" type="application/rss+xml" title="News" href="/news/feed"><link rel="alternate" type="application/rss+xml" title="Sport" href="/sport/feed"></head><body><p>Hello</p></body></html>`),
    '/comments/feed': rss('Comments', '/story'),
    '/news/feed': rss('SANA in English', '/story'),
    '/story': body(STORY, { 'content-type': 'text/html; charset=utf-8' }),
    '/moved': redirect('/news/feed', 301),
    '/rss-page': page(() => '<!doctype html><html><body><h1>Our feeds</h1><a href="/paper/feed">RSS</a></body></html>'),
    '/paper/feed': rss('The Evening Paper', '/story'),
    '/index-of-sitemaps': xml((origin) => `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>${origin}/gone.xml</loc></sitemap><sitemap><loc>${origin}/maps/news.xml</loc></sitemap></sitemapindex>`),
    '/maps/news.xml': xml((origin) => `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>${origin}/story</loc>
      <news:news><news:publication><news:name>Paper</news:name><news:language>fr</news:language></news:publication><news:publication_date>2026-03-02T10:00:00Z</news:publication_date><news:title>Bridge over the river reopens</news:title></news:news></url></urlset>`),
    '/closed': status(403),
    '/rude/feed': rss('A\u001B[2Jwful', '/story'),
    '/broken/feed': rss('Broken', '/no-such-page'),
  });
});
afterAll(() => server.close());
beforeEach(async () => {
  await folder.write('sources.yaml', SOURCES);
});

const QUICK = ['--set', 'politeness.minDelay=1ms'];
const add = (path: string, ...flags: string[]): Promise<CommandResult> =>
  dateline(['--config', folder.path('.'), ...QUICK, 'sources', 'add', server.url(path), '--allow-private', ...flags]);
const file = (): Promise<string> => readFile(folder.path('sources.yaml'), 'utf8');
const sources = async (): Promise<readonly SourceConfig[]> => {
  const loaded = await loadSources(folder.path('sources.yaml'));
  if (!loaded.ok) throw loaded.fault;
  return loaded.value.sources;
};

test('the feed that a site names is found and shown with a page; away from a terminal the entry is printed and nothing written', async () => {
  const { code, stdout, stderr } = await add('/');
  expect(code).toBe(0);
  expect(parse(stdout)).toEqual([{ id: 'sana-en', name: 'SANA in English', url: server.url('/news/feed'), enabled: true, language: 'en', timeZone: 'Asia/Damascus', agency: 'sana', allowPrivate: true }]);
  for (const shown of ['2026-03-02T07:00:00Z', 'Bridge over the river reopens after two years', 'headline  Bridge over the river reopens', 'Damascus [Damascus, SY]; agency sana',
    '1 story', 'thousands walked over it', 'declared and told from the text alike', 'Asia/Damascus, by the offsets', 'by the dateline of the page and the name of the feed',
    server.url('/sport/feed'), '--yes']) expect(stderr).toContain(shown);
  expect(await file()).toBe(SOURCES);
});

test('--yes writes the entry behind the others, with the comments kept', async () => {
  expect((await add('/', '--yes', '--id', 'my-sana', '--name', 'Mine')).code).toBe(0);
  expect(await file()).toContain(SOURCES);
  expect(await sources()).toMatchObject([{ id: 'first' }, { id: 'my-sana', name: 'Mine', enabled: true, language: 'en', agency: 'sana', timeZone: 'Asia/Damascus' }]);
});

test.each(['/', '/news/feed', '/moved'])('the feed that %s leads to is not added twice', async (path) => {
  const present = `${SOURCES}  - { id: my-sana, url: "${server.url('/news/feed/')}", enabled: false }\n`;
  await folder.write('sources.yaml', present);
  const { code, stderr } = await add(path, '--yes');
  expect(code).toBe(2);
  expect(stderr).toContain('The source my-sana reads this feed already');
  expect(stderr).toContain('dateline sources enable my-sana');
  expect(await file()).toBe(present);
});

test('what moved for good is configured where it is now', async () => {
  expect(parse((await add('/moved')).stdout)).toMatchObject([{ url: server.url('/news/feed') }]);
});

test('a page that lists the feeds of a site leads to them; a paper is not the agency that it credits', async () => {
  const { stdout, stderr } = await add('/rss-page');
  expect(parse(stdout)).toEqual([{ id: '127-0-0-1-en', name: 'The Evening Paper', url: server.url('/paper/feed'), enabled: true, language: 'en', allowPrivate: true }]);
  expect(stderr).toContain('credits sana');
});

test('an index of sitemaps leads to its news; a language that is only declared is not believed', async () => {
  const { stdout, stderr } = await add('/index-of-sitemaps');
  expect(parse(stdout)).toMatchObject([{ url: server.url('/maps/news.xml'), language: 'en' }]);
  expect(stderr).toMatch(/reads as en .*though fr is declared/);
});

test('a site without a feed is said to have none, after a bounded search', async () => {
  const links = Array.from({ length: 40 }, (_, at) => `<a href="/rss/${at}">feed</a>`).join('');
  const bare = await startHttpServer({ '*': page(() => `<!doctype html><html><body>${links}</body></html>`) });
  try {
    const { code, stderr } = await dateline(['--config', folder.path('.'), ...QUICK, 'sources', 'add', bare.url('/'), '--allow-private', '--yes']);
    expect(code).toBe(1);
    expect(stderr).toContain(`No feed was found at ${bare.url('/')} (16 addresses tried)`);
    expect(bare.count()).toBe(16);
    expect(await file()).toBe(SOURCES);
  } finally {
    await bare.close();
  }
});

test('a host that answers with an error is told so at once', async () => {
  const { code, stderr } = await add('/closed');
  expect(code).toBe(1);
  expect(stderr).toContain('403');
});

test('a feed whose pages cannot be read is proposed all the same, and that is said', async () => {
  const { code, stdout, stderr } = await add('/broken/feed');
  expect(code).toBe(0);
  expect(parse(stdout)).toMatchObject([{ url: server.url('/broken/feed') }]);
  expect(stderr).toMatch(/No page could be read: .*404/);
});

test('control characters of a feed do not reach the terminal', async () => {
  const { stdout, stderr } = await add('/rude/feed');
  expect(stdout + stderr).not.toContain('\u001B');
});

test('a private address is refused unless it is allowed, with the flag that allows it', async () => {
  const { code, stderr } = await dateline(['--config', folder.path('.'), 'sources', 'add', server.url('/')]);
  expect(code).toBe(2);
  expect(stderr).toContain('--allow-private');
});

test.each([
  [['--id', 'first'], 'is taken by the source that reads https://first.example/feed'],
  [['--id', 'No Good'], '--id: expected small letters'],
])('%j is refused before anything is asked', async (flags, words) => {
  const before = server.count();
  const { code, stderr } = await add('/', ...flags);
  expect(code).toBe(2);
  expect(stderr).toContain(words);
  expect(server.count()).toBe(before);
});

test('pages that robots.txt forbids are not asked for, and that is said', async () => {
  server.route('/robots.txt', body('User-agent: *\nDisallow: /story', { 'content-type': 'text/plain' }));
  try {
    const before = server.count('/story');
    const { stderr } = await add('/news/feed');
    expect(stderr).toMatch(/robots\.txt of .* forbids/);
    expect(server.count('/story')).toBe(before);
  } finally {
    server.route('/robots.txt', status(404));
  }
});

describe('the question', () => {
  const answer = async (text: string): Promise<boolean> => {
    const input = new PassThrough();
    const output = new PassThrough();
    input.end(text);
    return confirm('Add it?', { input, output });
  };
  test.each([['\n', true], ['y\n', true], ['YES\n', true], ['n\n', false], ['later\n', false], ['', false]])('%j means %s', async (text, meant) => {
    expect(await answer(text)).toBe(meant);
  });
});
