import { mkdtemp, rm, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Outcome } from '../../src/fault.js';
import { openSqliteStore, StoreSink, type StoryFilter, type StoryStore } from '../../src/store/index.js';
import type { StoryRecord } from '../../src/story/index.js';
import { idOf, recordOf, type RecordParts } from './records.js';

const DAY = 86_400_000;
const ROOMY = { age: 3650 * DAY, count: 1_000_000, bytes: 10 ** 12 };

let dir: string;
let path: string;
let sink: StoreSink;
let store: StoryStore;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dateline-store-'));
  path = join(dir, 'stories.db');
  sink = new StoreSink(path, ROOMY);
  store = openSqliteStore(path);
});
afterEach(async () => {
  await sink.close();
  await store.close();
  await rm(dir, { recursive: true });
});

const deliver = (records: readonly StoryRecord[], into = sink): Promise<Outcome<void>> => into.deliver({
  key: records.map(({ id }) => id).join(), mark: '', again: false, signal: new AbortController().signal, remark: () => Promise.resolve(true),
  stories: records.map((record) => ({ id: record.id, version: record.version, json: '', record: JSON.stringify(record) })),
});
const put = async (...parts: readonly RecordParts[]): Promise<void> => {
  expect(await deliver(parts.map(recordOf))).toEqual({ ok: true, value: undefined });
};
const names = async (filter: StoryFilter): Promise<(string | null)[]> => (await store.search({ ...filter, limit: 50 })).stories.map(({ headline }) => headline);

test('a story is found by words of any script', async () => {
  await put(
    { name: 'Flood in the valley', text: 'Heavy rain fell over the Élysée.' },
    { name: '北京大雨', language: 'zh', text: '新华社北京电，记者报道大雨。' },
    { name: 'فيضان في الوادي', language: 'ar', text: 'قالت وكالة سانا إن الأمطار هطلت بالعراق.' },
    { name: 'น้ำท่วมใหญ่', language: 'th', text: 'ประเทศไทยรายงานน้ำท่วม' },
    { name: 'बाढ़', language: 'hi', text: 'भारत में भारी बारिश' },
    { name: '서울 폭우', language: 'ko', text: '서울에서 폭우가 내렸다' },
  );
  expect(await names({ text: 'elysee rain' })).toEqual(['Flood in the valley']);
  expect(await names({ text: '记者' })).toEqual(['北京大雨']);
  expect(await names({ text: '雨' })).toEqual(['北京大雨']);
  expect(await names({ text: '京北' })).toEqual([]);
  expect(await names({ text: 'العراق' })).toEqual(['فيضان في الوادي']);
  expect(await names({ text: 'ไทย' })).toEqual(['น้ำท่วมใหญ่']);
  expect(await names({ text: 'भारी बारिश' })).toEqual(['बाढ़']);
  expect(await names({ text: '서울' })).toEqual(['서울 폭우']);
  expect(await names({ text: '"heavy rain"' })).toEqual(['Flood in the valley']);
  expect(await names({ text: '"rain heavy"' })).toEqual([]);
  expect((await names({ text: '-rain' })).length).toBe(5);
  expect(await names({ text: '!!' })).toEqual([]);
});

test('a story is found by source, language, agency, place, country, status and time', async () => {
  const hour = (time: string): Pick<StoryRecord, 'publishedAt'> => ({ publishedAt: { raw: time, iso: time } });
  await put(
    { name: 'one', source: 'a', language: 'en', agency: 'reuters', places: [{ name: 'DAMASCUS', englishName: 'Damascus', countryCode: 'SY' }], ...hour('2026-03-01T10:00:00Z') },
    { name: 'two', source: 'b', language: 'zh-Hant', status: 'corrected', places: [{ name: '台北', englishName: 'Taipei', countryCode: 'TW' }, { name: 'TOKYO', countryCode: 'JP' }], ...hour('2026-03-02T10:00:00Z') },
    { name: 'three', source: 'b', language: 'ar', agency: 'sana', places: [{ name: 'دمشق', englishName: 'Damascus', countryCode: 'SY' }], ...hour('2026-03-03T10:00:00Z') },
  );
  expect(await names({})).toEqual(['three', 'two', 'one']);
  expect(await names({ source: 'b' })).toEqual(['three', 'two']);
  expect(await names({ language: 'zh' })).toEqual(['two']);
  expect(await names({ language: 'zh-hant' })).toEqual(['two']);
  expect(await names({ language: 'z' })).toEqual([]);
  expect(await names({ agency: 'sana' })).toEqual(['three']);
  expect(await names({ country: 'SY' })).toEqual(['three', 'one']);
  expect(await names({ country: 'JP' })).toEqual(['two']);
  expect(await names({ place: 'damascus' })).toEqual(['three', 'one']);
  expect(await names({ place: 'دمشق' })).toEqual(['three']);
  expect(await names({ status: 'corrected' })).toEqual(['two']);
  expect(await names({ from: Date.parse('2026-03-02'), until: Date.parse('2026-03-03') })).toEqual(['two']);
  expect(await names({ country: 'SY', language: 'ar', from: Date.parse('2026-03-03') })).toEqual(['three']);
});

test('pages follow one another by a cursor, without gap or twin, though stories come meanwhile', async () => {
  await put(...Array.from({ length: 25 }, (_, at) => ({ name: `story ${at}`, text: 'rain', publishedAt: { raw: '', iso: new Date(Date.UTC(2026, 1, 1, 0, Math.floor(at / 5))).toISOString() } })));
  const seen: string[] = [];
  for (let after: string | undefined, turn = 0; turn < 10; turn += 1) {
    const page = await store.search({ text: 'rain', limit: 7, after });
    seen.push(...page.stories.map(({ id }) => id));
    await put({ name: `late ${turn}`, text: 'rain' });
    if (page.next === null) break;
    after = page.next;
  }
  expect(seen.length).toBe(25);
  expect(new Set(seen).size).toBe(25);
  expect(await store.search({ limit: 5, after: 'no/cursor' })).toEqual({ stories: [], next: null });
});

test('facets count what a query finds', async () => {
  await put(
    { name: 'a', source: 'x', language: 'en', agency: 'ap', places: [{ name: 'PARIS', countryCode: 'FR' }] },
    { name: 'b', source: 'x', language: 'fr', status: 'corrected' },
    { name: 'c', source: 'y', language: 'fr', text: 'rain', places: [{ name: 'PARIS', countryCode: 'FR' }, { name: 'ROME', countryCode: 'IT' }] },
  );
  const all = await store.facets({});
  expect(all).toEqual({
    counted: 3, more: false,
    facets: {
      source: [{ value: 'x', count: 2 }, { value: 'y', count: 1 }],
      language: [{ value: 'fr', count: 2 }, { value: 'en', count: 1 }],
      agency: [{ value: 'ap', count: 1 }],
      country: [{ value: 'FR', count: 2 }, { value: 'IT', count: 1 }],
      status: [{ value: 'usable', count: 2 }, { value: 'corrected', count: 1 }],
    },
  });
  expect((await store.facets({ text: 'rain' })).facets.source).toEqual([{ value: 'y', count: 1 }]);
});

test('every version is kept, the newest is searched, and one that comes twice is there once', async () => {
  const first = { name: 'bridge', text: 'The bridge opens.', publishedAt: { raw: '', iso: '2026-02-01T00:00:00Z' } };
  const second = { ...first, version: 2, headline: 'Bridge opened', text: 'The crossing was opened.', publishedAt: { raw: '', iso: '2026-02-05T00:00:00Z' } };
  await put(first);
  await put(second);
  await put(first, second);
  expect((await store.versions(idOf('bridge'))).map(({ version, record }) => [version, record.headline])).toEqual([[1, 'bridge'], [2, 'Bridge opened']]);
  expect(await names({ text: 'crossing' })).toEqual(['Bridge opened']);
  expect(await names({ text: 'opens' })).toEqual([]);
  expect((await store.story(idOf('bridge')))?.version).toBe(2);
  expect((await store.story(idOf('bridge'), 1))?.record).toEqual(recordOf(first));
  expect(await store.story(idOf('bridge'), 3)).toBeNull();
  expect(await store.story('none')).toBeNull();
  // It keeps its place in time.
  expect((await store.search({ limit: 1 })).stories[0]?.at).toBe(Date.parse('2026-02-01'));
  expect(await store.size()).toMatchObject({ stories: 1, versions: 2 });
});

test('an older version that comes late does not hide the newer', async () => {
  await put({ name: 'late', version: 3, headline: 'third' });
  await put({ name: 'late', version: 2, headline: 'second' });
  expect((await store.story(idOf('late')))?.version).toBe(3);
  expect(await names({})).toEqual(['third']);
});

test('two processes fill one file at the same time', async () => {
  const other = new StoreSink(path, ROOMY);
  const records = Array.from({ length: 300 }, (_, at) => recordOf({ name: `n${at}`, text: 'rain' }));
  const outcomes = await Promise.all(records.flatMap((record) => [deliver([record]), deliver([record], other)]));
  await other.close();
  expect(outcomes.every(({ ok }) => ok)).toBe(true);
  expect(await store.size()).toMatchObject({ stories: 300, versions: 300 });
  expect((await store.since(0, {}, 1_000)).versions.map(({ position }) => position)).toEqual(records.map((_, at) => at + 1));
});

test.each([
  ['count', { ...ROOMY, count: 50 }, { stories: 50, bytes: 10 ** 9 }],
  ['bytes', { ...ROOMY, bytes: 300_000 }, { stories: 399, bytes: 600_000 }],
])('the oldest go first when there are too many by %s', async (_, bounds, most) => {
  const bounded = new StoreSink(path, bounds);
  for (let at = 0; at < 40; at += 1) {
    const outcome = await deliver(Array.from({ length: 10 }, (_, of) => recordOf({ name: `s${at * 10 + of}`, text: `rain ${'drops of water '.repeat(40)} ${Math.random()}` })), bounded);
    expect(outcome.ok).toBe(true);
  }
  await bounded.close();
  const { stories, versions, bytes } = await store.size();
  expect(stories).toBe(versions);
  expect(stories).toBeGreaterThan(0);
  expect(stories).toBeLessThanOrEqual(most.stories);
  expect(bytes).toBeLessThanOrEqual(most.bytes);
  const found = await names({ text: 'rain' });
  expect(found.length).toBe(Math.min(50, stories));
  expect(found).toContain('s399');
  expect(await names({ text: 's0' })).toEqual([]);
});

test('what is too old goes with its words and places', async () => {
  await put({ name: 'old', text: 'rain', places: [{ name: 'PARIS', countryCode: 'FR' }] });
  const short = new StoreSink(path, { ...ROOMY, age: -1_000 });
  expect((await deliver([recordOf({ name: 'new' })], short)).ok).toBe(true);
  await short.close();
  expect(await names({ text: 'rain' })).toEqual([]);
  expect(await store.places({}, 10)).toEqual([]);
  expect(await store.size()).toMatchObject({ stories: 0, versions: 0, oldest: null });
});

test('a stream goes on from any position, and an embargo holds a story back until it ends', async () => {
  const soon = new Date(Date.now() + 4_000).toISOString();
  await put({ name: 'one' });
  await put({ name: 'held', embargoedUntil: soon });
  await put({ name: 'two', source: 'other' });
  const first = await store.since(0, {}, 10);
  expect(first.versions.map(({ record }) => record.headline)).toEqual(['one', 'two']);
  expect(await store.newest()).toBe(2);
  expect(first.seenTo).toBe(2);
  expect((await store.since(0, { source: 'other' }, 10)).versions.map(({ position }) => position)).toEqual([2]);
  expect(new Set(await names({ outwardAt: Date.now() }))).toEqual(new Set(['one', 'two']));
  expect((await names({})).length).toBe(3);
  // Given out by the upkeep, though nothing comes.
  await expect.poll(() => store.newest(), { timeout: 20_000, interval: 200 }).toBe(3);
  await put({ name: 'three' });
  expect((await store.since(2, {}, 10)).versions.map(({ record, position }) => [record.headline, position])).toEqual([['held', 3], ['three', 4]]);
});

test('what belongs together is found from each of its stories', async () => {
  await put({ name: 'a', cluster: 'c1' }, { name: 'b', cluster: 'c1' }, { name: 'c', duplicateOf: idOf('a') }, { name: 'd', duplicateOf: idOf('a') }, { name: 'e' });
  const related = async (name: string): Promise<Set<string | null>> => new Set((await store.related(idOf(name))).map(({ headline }) => headline));
  expect(await related('a')).toEqual(new Set(['b', 'c', 'd']));
  expect(await related('c')).toEqual(new Set(['a', 'd']));
  expect(await related('e')).toEqual(new Set());
});

test('places and hours are counted for a map and a timeline', async () => {
  const at = (iso: string): Pick<StoryRecord, 'publishedAt'> => ({ publishedAt: { raw: iso, iso } });
  await put(
    { name: 'a', places: [{ name: 'دمشق', englishName: 'Damascus', countryCode: 'SY' }], ...at('2026-02-01T10:10:00Z') },
    { name: 'b', places: [{ name: 'DAMASCUS', englishName: 'Damascus', countryCode: 'SY' }, { name: 'Nowhere' }], ...at('2026-02-01T10:50:00Z') },
    { name: 'c', language: 'fr', places: [{ name: 'PARIS', englishName: 'Paris', countryCode: 'FR' }], ...at('2026-02-01T12:00:00Z') },
  );
  expect(await store.places({}, 10)).toEqual([{ name: 'Damascus', country: 'SY', stories: 2 }, { name: 'Nowhere', country: null, stories: 1 }, { name: 'Paris', country: 'FR', stories: 1 }]);
  expect(await store.places({ language: 'fr' }, 10)).toEqual([{ name: 'Paris', country: 'FR', stories: 1 }]);
  expect([await store.placed({}), await store.placed({ language: 'fr' }), await store.placed({ language: 'xx' })]).toEqual([{ stories: 3, placed: 3 }, { stories: 1, placed: 1 }, { stories: 0, placed: 0 }]);
  expect(await store.hours({})).toEqual([{ hour: Date.parse('2026-02-01T10:00:00Z'), stories: 2 }, { hour: Date.parse('2026-02-01T12:00:00Z'), stories: 1 }]);
});

test('a file that is no database is put aside, not lost', async () => {
  await writeFile(path, 'this is not a database, though it has some length to it'.repeat(100));
  await put({ name: 'after' });
  expect(await names({})).toEqual(['after']);
  expect((await readdir(dir)).some((name) => name.includes('.aside-'))).toBe(true);
});

test('a file that cannot be made is a fault that can be tried again', async () => {
  await writeFile(join(dir, 'plain'), '');
  const broken = new StoreSink(join(dir, 'plain', 'stories.db'), ROOMY);
  expect(await deliver([recordOf({ name: 'x' })], broken)).toMatchObject({ ok: false, fault: { consequence: 'retry-later' } });
  await broken.close();
});
