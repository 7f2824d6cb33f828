import { load } from 'cheerio';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createConsoleApp } from '../../src/console/app.js';
import { parseFeed } from '../../src/feed/index.js';
import { useRedis } from '../redis.js';
import { idOf } from '../store/records.js';
import { useStore } from '../store/use-store.js';
import { wrongByDocument } from './document.js';
import { useServices } from './services.js';

const redis = useRedis();
const { store, put } = useStore();
const services = useServices(redis, { stories: store });
const app = createConsoleApp({ services });
const local = { host: '127.0.0.1:4700' };
const ask = (path: string, headers: Readonly<Record<string, string>> = {}) => app.request(path, { headers: { ...local, ...headers } });
const page = async (path: string) => load(await (await ask(path)).text());
const at = (iso: string) => ({ publishedAt: { raw: iso, iso } });

beforeAll(async () => {
  await put(
    { name: 'flood', headline: 'Flood in the valley', text: 'Heavy rain fell on Monday.\n\nHelp is under way.', source: 'one', agency: 'reuters', places: [{ name: 'GENEVA', englishName: 'Geneva', countryCode: 'CH' }], ...at('2026-03-01T10:00:00Z') },
    { name: 'river', headline: 'فيضان في الوادي', language: 'ar', text: 'هطلت الأمطار.', source: 'two', ...at('2026-03-02T10:00:00Z') },
    { name: 'beijing', headline: '北京大雨', language: 'zh', text: '新华社北京电，大雨。', source: 'two', ...at('2026-03-03T10:00:00Z') },
    { name: 'hostile', headline: '<script>alert(1)</script>\u202eevil', text: '<img src=x onerror=alert(1)> & "quotes" \u0000 ]]>', source: 'three', ...at('2026-03-04T10:00:00Z') },
    { name: 'held', headline: 'Held back', text: 'secret', embargoedUntil: '2999-01-01T00:00:00Z', ...at('2026-03-05T10:00:00Z') },
    { name: 'pulled', headline: 'Pulled', text: 'wrong', status: 'withdrawn', ...at('2026-03-06T10:00:00Z') },
    { name: 'twin', headline: 'Flood hits valley', text: 'Heavy rain.', duplicateOf: idOf('flood'), source: 'three', ...at('2026-03-01T11:00:00Z') },
  );
  await put({ name: 'flood', version: 2, previousVersion: 1, status: 'corrected', headline: 'Floods in the valley', text: 'Heavy rain fell on Tuesday.\n\nHelp is under way.', source: 'one', agency: 'reuters', places: [{ name: 'GENEVA', englishName: 'Geneva', countryCode: 'CH' }] });
});

describe('pages', () => {
  test('the list shows stories newest first, each in its own direction and language', async () => {
    const $ = await page('/stories');
    expect($('.story .headline').map((_, element) => $(element).text()).get()).toEqual(
      ['Pulled', 'Held back', '<script>alert(1)</script>\u202eevil', '北京大雨', 'فيضان في الوادي', 'Flood hits valley', 'Floods in the valley']);
    expect($('.story .headline[dir=rtl] bdi').attr('lang')).toBe('ar');
    expect($('script').map((_, element) => $(element).attr('src')).get().every((source) => source.startsWith('/assets/'))).toBe(true);
    expect($('.story img')).toHaveLength(0);
  });

  test.each([
    ['q=floods', ['Floods in the valley']], ['q=%E5%8C%97%E4%BA%AC', ['北京大雨']], ['q=%D8%A7%D9%84%D8%A3%D9%85%D8%B7%D8%A7%D8%B1', ['فيضان في الوادي']],
    ['country=ch', ['Floods in the valley']], ['source=two&language=zh', ['北京大雨']], ['status=withdrawn', ['Pulled']], ['from=2026-03-05&until=2026-03-06', ['Held back']],
  ])('?%s finds', async (query, headlines) => {
    const $ = await page(`/stories?${query}`);
    expect($('.story .headline').map((_, element) => $(element).text()).get()).toEqual(headlines);
  });

  test('a part of a search that cannot be understood is said and left out', async () => {
    const $ = await page('/stories?q=floods&from=yesterday');
    expect($('.note.watch').text()).toContain('from');
    expect($('.story')).toHaveLength(1);
  });

  test('a story shows what changed, its dateline in parts, its versions and its twin', async () => {
    const $ = await page(`/stories/${idOf('flood')}`);
    expect($('article h2').text()).toBe('Floods in the valley');
    expect($('.diff del').map((_, element) => $(element).text()).get().join(' ')).toContain('Monday');
    expect($('.diff ins').map((_, element) => $(element).text()).get().join(' ')).toContain('Tuesday');
    expect($('.slot.place bdi').text()).toBe('GENEVA');
    expect($('.slot.agency small').text()).toBe('agency reuters');
    expect($('.versions li')).toHaveLength(2);
    expect($('.stories.small .headline').text()).toBe('Flood hits valley');
    const first = await page(`/stories/${idOf('flood')}?version=1`);
    expect(first('article h2').text()).toBe('Flood in the valley');
  });

  test('right to left is the story\'s, not the page\'s', async () => {
    const $ = await page(`/stories/${idOf('river')}`);
    expect($('html').attr('dir')).toBe('ltr');
    expect($('article').attr('dir')).toBe('rtl');
  });

  test('a story that is not kept is not found', async () => {
    expect((await ask('/stories/none')).status).toBe(404);
  });
});

describe('for programs', () => {
  const items = z.looseObject({ items: z.array(z.looseObject({ id: z.string(), headline: z.string().nullable() })), next: z.string().nullable() });

  test('stories come in pages, as the document says, without those under embargo', async () => {
    const body: unknown = await (await ask('/api/v1/stories?limit=4')).json();
    expect(wrongByDocument('get', '/stories', 200, body)).toEqual([]);
    const first = items.parse(body);
    const second = items.parse(await (await ask(`/api/v1/stories?limit=4&cursor=${first.next ?? ''}`)).json());
    const all = [...first.items, ...second.items].map(({ headline }) => headline);
    expect(all).toHaveLength(6);
    expect(all).not.toContain('Held back');
    expect(second.next).toBeNull();
  });

  test.each([['/stories/:id', ''], ['/stories/:id/versions', '/versions'], ['/stories/:id/related', '/related']])('%s answers as the document says', async (path, rest) => {
    const body: unknown = await (await ask(`/api/v1/stories/${idOf('flood')}${rest}`)).json();
    expect(wrongByDocument('get', path, 200, body)).toEqual([]);
    expect(JSON.stringify(body)).toMatch(/Flood/);
  });

  test('a story under embargo is not there', async () => {
    for (const rest of ['', '/versions']) expect((await ask(`/api/v1/stories/${idOf('held')}${rest}`)).status).toBe(404);
  });

  test('a wrong filter is refused by name', async () => {
    const response = await ask('/api/v1/stories?country=Syria');
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('country');
  });
});

describe('feeds out', () => {
  test.each(['rss', 'atom', 'json'] as const)('%s is read back by our own reader', async (format) => {
    const response = await ask(`/api/v1/stories/feed.${format}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const parsed = parseFeed(bytes, { url: `http://127.0.0.1:4700/api/v1/stories/feed.${format}`, contentType: response.headers.get('content-type') ?? undefined });
    if (!parsed.ok) throw parsed.fault;
    const { format: found, items } = parsed.value;
    expect(found).toBe(format);
    expect(items.map(({ title }) => title)).toEqual(expect.arrayContaining(['北京大雨', 'فيضان في الوادي', 'Floods in the valley']));
    expect(items).toHaveLength(5);
    expect(items.some(({ title }) => title === 'Held back' || title === 'Pulled')).toBe(false);
    expect(items.every(({ published }) => published?.iso?.startsWith('2026-03-0'))).toBe(true);
    expect(items.map(({ content }) => content ?? '').join('')).not.toMatch(/<script|<img/);
  });

  test('a feed takes the filters of the search', async () => {
    const text = await (await ask('/api/v1/stories/feed.rss?language=zh')).text();
    expect(text.match(/<item>/g)).toHaveLength(1);
  });

  test('what has not changed is not sent again, and another search is another feed', async () => {
    const first = await ask('/api/v1/stories/feed.atom');
    const etag = first.headers.get('etag') ?? '';
    expect((await ask('/api/v1/stories/feed.atom', { 'if-none-match': etag })).status).toBe(304);
    expect((await ask('/api/v1/stories/feed.atom', { 'if-none-match': `"x", W/${etag}` })).status).toBe(304);
    expect((await ask('/api/v1/stories/feed.atom?language=ar', { 'if-none-match': etag })).status).toBe(200);
    const modified = first.headers.get('last-modified') ?? '';
    expect((await ask('/api/v1/stories/feed.atom', { 'if-modified-since': modified })).status).toBe(304);
    expect((await ask('/api/v1/stories/feed.atom', { 'if-modified-since': modified, 'if-none-match': '"other"' })).status).toBe(200);
  });
});

test('a stream goes on where its reader left off, and tells of what comes', async () => {
  const leave = new AbortController();
  const response = await app.request('/api/v1/stories/stream?after=0', { headers: { ...local, 'last-event-id': '6' }, signal: leave.signal });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const until = async (part: string): Promise<void> => {
    while (!text.includes(part)) text += (await reader?.read())?.value ?? '';
  };
  await until('Floods in the valley');
  await put({ name: 'fresh', headline: 'Fresh from the wire', source: 'stream' });
  await until('Fresh from the wire');
  await reader?.cancel();
  leave.abort();
  const ids = [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
  expect(ids).toEqual(ids.toSorted((left, right) => left - right));
  expect(ids.every((id) => id > 6)).toBe(true);
  expect(text).not.toContain('Held back');
});
