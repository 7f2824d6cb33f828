import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { duration } from '../../src/config/quantities.js';
import { OPTIONS, settingsOf, sourceSchema } from '../../src/config/index.js';

test('settings are complete without a file; times are milliseconds, sizes bytes', () => {
  const settings = settingsOf();
  expect(settings.dataDir).toBe('data');
  expect(settings.roles).toEqual(['poll', 'article', 'deliver', 'console']);
  expect(settings.fetch).toMatchObject({ totalTimeout: 60_000, maxPageSize: 8_000_000, allowPrivate: false });
  expect(settings.article.threads).toBe(availableParallelism() <= 2 ? availableParallelism() : availableParallelism() - 1);
  expect(settings.console).toMatchObject({ host: '127.0.0.1', port: 4700 });
});

test('a dead worker\'s jobs go on within 15 s by default', () => {
  const { lock } = settingsOf();
  expect(lock.duration + lock.stalledInterval).toBeLessThan(15_000);
});

test.each(['30', '-1s', '1 year', '', '1e3s', '99999d'])('the time %j is refused', (text) => {
  expect(() => settingsOf({ fetch: { totalTimeout: text } })).toThrow(/unit|must be/);
});

test.each([['1.5h', 5_400_000], ['500ms', 500], ['2 m', 120_000]])('the time %j is %d ms', (text, expected) => {
  expect(duration().parse(text)).toBe(expected);
});


test('every option has a meaning, a default that its own schema accepts, and a name of its own in the environment', () => {
  expect(OPTIONS.length).toBeGreaterThan(40);
  expect(OPTIONS.filter(({ meaning }) => meaning.length < 10)).toEqual([]);
  expect(OPTIONS.filter((option) => !option.schema.safeParse(option.default).success)).toEqual([]);
  expect(new Set(OPTIONS.map(({ env }) => env)).size).toBe(OPTIONS.length);
  expect(OPTIONS.map(({ env }) => env)).toContain('DATELINE_FETCH_MAX_PAGE_SIZE');
});

test('a source is complete: its name is its id where it has none', () => {
  expect(sourceSchema.parse({ id: 'sana-en', url: 'https://sana.sy/en/feed/', interval: '2m' })).toEqual({
    id: 'sana-en', kind: 'feed', name: 'sana-en', url: 'https://sana.sy/en/feed/', enabled: true, stories: 'auto', allowPrivate: false,
    interval: 120_000, tags: [], robots: 'obey',
  });
});

test.each([
  [{ id: 'Has Spaces', url: 'https://a.example/' }, 'small letters'],
  [{ id: 'a', url: 'ftp://a.example/' }, 'http'],
  [{ id: 'a', url: 'https://a.example/', language: 'not a tag' }, 'BCP 47'],
  [{ id: 'a', url: 'https://a.example/', timeZone: 'Mars/Olympus' }, 'time zone'],
  [{ id: 'a', url: 'https://a.example/', headers: { 'x-a': 'b\r\nc: d' } }, 'control'],
])('the source %j is refused', (source, reason) => {
  expect(() => sourceSchema.parse(source)).toThrow(reason);
});

test.each([['1MiB', 1024 ** 2], ['512 kB', 512_000], ['2MB', 2_000_000], ['1000B', 1000]])('the size %j is %d bytes', (text, expected) => {
  expect(settingsOf({ fetch: { maxPageSize: text } }).fetch.maxPageSize).toBe(expected);
});
