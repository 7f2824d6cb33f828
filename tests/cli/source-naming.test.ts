import { expect, test } from 'vitest';
import { addressKey, freeId, siteName, slug } from '../../src/sourcing/index.js';
import { zonesOfTimes } from '../../src/sourcing/zone-of-times.js';
import { parseFeed, type Feed } from '../../src/feed/index.js';

test.each([
  ['https://www.aa.example.org/tr/rss', 'example'],
  ['https://feeds.paper.co.uk/rss', 'paper'],
  ['http://127.0.0.1:8080/feed', '127-0-0-1'],
  ['http://[::1]/feed', '1'],
  ['http://localhost/feed', 'localhost'],
  ['nowhere', ''],
])('the site of %s is %s', (url, name) => {
  expect(siteName(url)).toBe(name);
});

test('ids are made of the first word that gives one, and numbered where they are taken', () => {
  expect(freeId(['Ünïted Press!'], new Set())).toBe('united-press');
  expect(freeId(['وكالة', 'wakala-ar'], new Set())).toBe('wakala-ar');
  expect(freeId(['a'], new Set(['a', 'a-2']))).toBe('a-3');
  expect(freeId(['', '…'], new Set())).toBe('source');
  const long = freeId(['x'.repeat(100)], new Set(['x'.repeat(64)]));
  expect(long).toBe(`${'x'.repeat(62)}-2`);
  expect(slug(' Café – Orient ')).toBe('cafe-orient');
});

test('two ways to write the address of one feed are one', () => {
  expect(addressKey('http://www.a.example/feed/')).toBe(addressKey('https://a.example/feed'));
  expect(addressKey('https://a.example/feed?cat=1')).not.toBe(addressKey('https://a.example/feed?cat=2'));
});

const feedOf = (...times: string[]): Feed => {
  const feed = parseFeed(new TextEncoder().encode(`<rss version="2.0"><channel><title>t</title>${times.map((time, at) => `<item><guid>${at}</guid><title>x</title><pubDate>${time}</pubDate></item>`).join('')}</channel></rss>`));
  if (!feed.ok) throw feed.fault;
  return feed.value;
};

test.each([
  ['the only zone of a country that fits', ['Mon, 02 Mar 2026 10:00:00 +0300'], ['SY'], ['Asia/Damascus']],
  ['summer and winter tell a zone', ['Mon, 02 Mar 2026 10:00:00 +0100', 'Thu, 02 Jul 2026 10:00:00 +0200'], ['PL'], ['Europe/Warsaw']],
  ['a zone without summer time does not fit summer', ['Thu, 02 Jul 2026 10:00:00 +0200'], ['SY'], []],
  ['the second country where the first does not fit', ['2026-03-02T10:00:00+09:00'], ['SY', 'JP'], ['Asia/Tokyo']],
  ['UTC says nothing of a country', ['Mon, 02 Mar 2026 10:00:00 +0000', 'Mon, 02 Mar 2026 10:00:00 GMT'], ['IS'], []],
  ['half an hour', ['Mon, 02 Mar 2026 10:00:00 +0530'], ['IN'], ['Asia/Calcutta']],
  ['what is no country', ['Mon, 02 Mar 2026 10:00:00 +0300'], ['', 'ZZ', 'no'], []],
])('%s', (_, times, countries, zones) => {
  const canonical = (zone: string): string => new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  expect(zonesOfTimes(feedOf(...times), countries).map(canonical)).toEqual(zones.map(canonical));
});

test('several zones that fit are all named, so that nobody guesses', () => {
  expect(zonesOfTimes(feedOf('Mon, 02 Mar 2026 10:00:00 +0300'), ['RU']).length).toBeGreaterThan(1);
});
