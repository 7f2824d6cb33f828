import { load } from 'cheerio';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createConsoleApp } from '../../src/console/app.js';
import { MAP_HEIGHT, MAP_WIDTH, project } from '../../src/console/pages/map/equal-earth.js';
import { mapAddress, mapQuery, spanOf } from '../../src/console/pages/map/map-query.js';
import { boxOf, REGION_LABELS, type RegionName } from '../../src/console/pages/map/regions.js';
import { useRedis } from '../redis.js';
import { useStore } from '../store/use-store.js';
import { wrongByDocument } from './document.js';
import { useServices } from './services.js';

const HOUR = 3_600_000;
const redis = useRedis();
const { store, put } = useStore();
const services = useServices(redis, { stories: store });
const app = createConsoleApp({ services });
const ask = (path: string) => app.request(path, { headers: { host: '127.0.0.1:4700' } });
const page = async (path: string) => load(await (await ask(path)).text());
/** A time that many hours ago, in the middle of its hour so that no test falls on an edge. */
const base = Math.floor(Date.now() / HOUR) * HOUR;
const ago = (hours: number) => {
  const iso = new Date(base - hours * HOUR).toISOString();
  return { publishedAt: { raw: iso, iso } };
};
const DAMASCUS = { name: 'دمشق', englishName: 'Damascus', countryCode: 'SY' };
const GENEVA = { name: 'GENEVA', englishName: 'Geneva', countryCode: 'CH' };
const HOSTILE = '"><script>alert(1)</script>\u202eevil';

beforeAll(async () => {
  await put(
    { name: 'a', language: 'ar', agency: 'sana', source: 'one', places: [DAMASCUS], ...ago(1) },
    { name: 'b', language: 'ar', source: 'one', places: [DAMASCUS, GENEVA], ...ago(2) },
    { name: 'c', source: 'two', places: [DAMASCUS], ...ago(20) },
    { name: 'd', source: 'two', places: [{ name: 'PETIT-HAMEAU', countryCode: 'FR' }], ...ago(3) },
    { name: 'e', source: 'two', places: [{ name: HOSTILE }], ...ago(3) },
    { name: 'f', source: 'two', ...ago(4) },
    { name: 'g', source: 'two', places: [GENEVA], ...ago(100) },
    { name: 'held', places: [GENEVA], embargoedUntil: '2999-01-01T00:00:00Z', ...ago(1) },
  );
});

describe('the projection', () => {
  test('puts the middle, the edges and the poles where the map has them', () => {
    expect(project(0, 0).map((value) => Math.round(value))).toEqual([MAP_WIDTH / 2, Math.round(MAP_HEIGHT / 2)]);
    expect(project(180, 0)[0]).toBeCloseTo(MAP_WIDTH, 6);
    expect(project(-180, 0)[0]).toBeCloseTo(0, 6);
    expect(project(0, 90)[1]).toBeCloseTo(0, 6);
    expect(project(0, -90)[1]).toBeCloseTo(MAP_HEIGHT, 6);
    // The paper gives 2.05458 to 1.
    expect(MAP_WIDTH / MAP_HEIGHT).toBeCloseTo(2.05458, 4);
  });
  test('keeps areas true: a field of ten degrees is as large as the sphere says, wherever it lies', () => {
    const area = (longitude: number, latitude: number): number => {
      // By the cross product of its diagonals; a degree is small enough for that.
      const corners = [[0, 0], [1, 0], [1, 1], [0, 1]].map(([x = 0, y = 0]) => project(longitude + x, latitude + y));
      return Math.abs(corners.reduce((sum, [x, y], at) => {
        const [nextX = 0, nextY = 0] = corners[(at + 1) % 4] ?? [];
        return sum + x * nextY - nextX * y;
      }, 0)) / 2;
    };
    const onSphere = (latitude: number): number => Math.sin(((latitude + 1) * Math.PI) / 180) - Math.sin((latitude * Math.PI) / 180);
    for (const [longitude, latitude] of [[0, 0], [120, 45], [-60, -50], [170, 70]] as const) {
      expect(area(longitude, latitude) / onSphere(latitude)).toBeCloseTo(area(0, 0) / onSphere(0), 0);
    }
  });
  test.each([['europe', 'Geneva', 6.1, 46.2], ['middle-east', 'Damascus', 36.3, 33.5], ['americas', 'Quito', -78.5, -0.2], ['asia', 'Beijing', 116.4, 39.9], ['africa', 'Nairobi', 36.8, -1.3], ['oceania', 'Wellington', 174.8, -41.3]] as const)(
    '%s holds %s and is a part of the world', (region, _, longitude, latitude) => {
      const { x, y, width, height } = boxOf(region);
      const [left, top] = project(longitude, latitude);
      expect(left > x && left < x + width && top > y && top < y + height).toBe(true);
      expect(width).toBeLessThan(MAP_WIDTH);
    });
  test('every region has a label and a box with room', () => {
    for (const region of Object.keys(REGION_LABELS) as RegionName[]) expect(Math.min(boxOf(region).width, boxOf(region).height)).toBeGreaterThan(50);
  });
});

describe('the address', () => {
  test.each(['', 'range=7d', 'end=2026-03-01T12&hour=2026-03-01T04&region=africa&source=one&language=zh-Hant&agency=x', 'range=6h&region=europe'])('%s says the same again', (text) => {
    const address = mapAddress(mapQuery(new URLSearchParams(text)));
    expect(mapAddress(mapQuery(new URL(address, 'http://x').searchParams))).toBe(address);
    for (const [name, value] of new URLSearchParams(text)) expect(new URL(address, 'http://x').searchParams.get(name)).toBe(value);
  });
  test.each(['range=__proto__&region=constructor', 'end=never&hour=2026-13-45T99', `language=${'x'.repeat(500)}`])('%s asks for nothing', (text) => {
    expect(mapAddress(mapQuery(new URLSearchParams(text)))).toBe('/map');
  });
  test('hours are whole, the running one is the last, and none is of the future', () => {
    const now = Date.parse('2026-03-01T12:34:56Z');
    expect(spanOf({ range: '6h', end: null }, now)).toEqual({ from: Date.parse('2026-03-01T07:00:00Z'), until: Date.parse('2026-03-01T13:00:00Z') });
    expect(spanOf({ range: '24h', end: Date.parse('2026-02-01T00:00:00Z') }, now)).toEqual({ from: Date.parse('2026-01-31T00:00:00Z'), until: Date.parse('2026-02-01T00:00:00Z') });
    expect(spanOf({ range: '6h', end: Date.parse('2099-01-01T00:00:00Z') }, now).until).toBe(Date.parse('2026-03-01T13:00:00Z'));
  });
});

describe('the page', () => {
  test('draws each place where it stands, as large as its stories are many, with a link to them', async () => {
    const $ = await page('/map');
    const spots = $('.earth circle').map((_, circle) => ({ said: $(circle).find('title').text(), radius: Number($(circle).attr('r')), x: Number($(circle).attr('cx')) })).get();
    expect(spots.map(({ said }) => said)).toEqual(['Damascus, Syria: 3 stories', 'Geneva, Switzerland: 2 stories', 'France: 1 story']);
    expect(spots.map(({ radius }) => radius)).toEqual(spots.map(({ radius }) => radius).toSorted((left, right) => right - left));
    expect(spots[0]?.x).toBeCloseTo(project(36.29, 33.51)[0], 0);
    const to = new URL($('.earth a').first().attr('href') ?? '', 'http://x');
    expect([to.pathname, to.searchParams.get('place'), to.searchParams.get('country')]).toEqual(['/stories', 'Damascus', 'SY']);
    expect((await page(to.pathname + to.search))('.story')).toHaveLength(3);
    expect($('.earth use').map((_, use) => $(use).attr('href')).get().every((href) => href.startsWith('/assets/world.svg?'))).toBe(true);
  });
  test('counts what stands nowhere, and what names no place', async () => {
    const $ = await page('/map');
    expect($('.lead').text().replaceAll(/\s+/g, ' ')).toMatch(/^7 stories since .* UTC; 6 name a place\.$/);
    expect($('ul.plain').text()).toContain('1 story names a place that is not known');
    expect($('ul.plain').text()).toContain('1 story names no place.');
    expect($('.mapped table.rows').last().text()).toContain('not on the map');
    expect($('.mapped table.rows').last().text()).toContain('capital');
  });
  test.each([['range=6h', 6, 2], ['range=7d', 168, 3], ['language=ar', 24, 2], ['source=two&range=7d', 168, 1], ['agency=sana', 24, 1]])('?%s has its hours and its stories', async (query, bars, damascus) => {
    const $ = await page(`/map?${query}`);
    expect($('.timeline .bar')).toHaveLength(bars);
    expect($('.earth title').filter((_, title) => $(title).text().startsWith('Damascus')).text()).toBe(`Damascus, Syria: ${damascus} ${damascus === 1 ? 'story' : 'stories'}`);
  });
  test('an hour of the timeline leads to the map of that hour, and back', async () => {
    const $ = await page('/map');
    const href = $('.timeline table a').last().attr('href') ?? '';
    const one = await page(href);
    expect(one('.earth circle title').text()).toBe('Damascus, Syria: 1 story');
    expect(one('.timeline .bar.chosen')).toHaveLength(1);
    expect(one('.timeline .bar')).toHaveLength(24);
    expect(one('a.button').attr('href')).toBe('/map');
  });
  test('a region shows its part and keeps the table whole', async () => {
    const $ = await page('/map?region=europe');
    expect($('.earth circle title').map((_, title) => $(title).text()).get()).toEqual(['Geneva, Switzerland: 2 stories', 'France: 1 story']);
    expect($('.regions [aria-current]').text()).toBe('Europe');
    expect($('.mapped table').last().text()).toContain('Damascus');
  });
  test('an empty span says where the news is', async () => {
    const $ = await page('/map?end=2001-01-01T00');
    expect($('.note a').attr('href')).toContain('/map?end=');
    const there = await page($('.note a').attr('href') ?? '');
    expect(there('.earth circle').length).toBeGreaterThan(0);
  });
  test('a hostile name is text', async () => {
    const $ = await page('/map');
    expect($('script').map((_, script) => $(script).attr('src')).get().every((source) => source.startsWith('/assets/'))).toBe(true);
    expect($('bdi').filter((_, bdi) => $(bdi).text() === HOSTILE)).toHaveLength(1);
  });
  test('works without a store by saying so', async () => {
    const response = await createConsoleApp({ services: { ...services, stories: null } }).request('/map', { headers: { host: '127.0.0.1:4700' } });
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('console.stories.enabled');
  });
});

describe('for programs', () => {
  const places = z.object({ stories: z.int(), placed: z.int(), unknown: z.int(), items: z.array(z.looseObject({ name: z.string(), stories: z.int(), by: z.string().nullable() })) });
  test('places come with where they stand, as the document says, without what is under embargo', async () => {
    const body: unknown = await (await ask('/api/v1/map/places')).json();
    expect(wrongByDocument('get', '/map/places', 200, body)).toEqual([]);
    const { items, ...rest } = places.parse(body);
    expect(rest).toEqual({ stories: 6, placed: 5, unknown: 1 });
    expect(items.map(({ name, stories, by }) => [name, stories, by])).toEqual([['Damascus', 3, 'place'], [HOSTILE, 1, null], ['Geneva', 1, 'place'], ['PETIT-HAMEAU', 1, 'capital']]);
  });
  test('hours come as the document says', async () => {
    const body: unknown = await (await ask(`/api/v1/map/hours?source=one&from=${new Date(base - 30 * HOUR).toISOString()}`)).json();
    expect(wrongByDocument('get', '/map/hours', 200, body)).toEqual([]);
    expect(z.object({ items: z.array(z.unknown()) }).parse(body).items).toEqual([2, 1].map((hours) => ({ hour: new Date(base - hours * HOUR).toISOString(), stories: 1 })));
  });
  test('no more than a month of hours is given', async () => {
    const { from, until } = z.object({ from: z.string(), until: z.string() }).parse(await (await ask('/api/v1/map/hours?from=1990-01-01&until=2026-02-01')).json());
    expect(Date.parse(until) - Date.parse(from)).toBe(31 * 24 * HOUR);
  });
  test('a wrong filter is refused by name', async () => {
    const response = await ask('/api/v1/map/places?country=Syria');
    expect([response.status, (await response.text()).includes('country')]).toEqual([400, true]);
  });
});
