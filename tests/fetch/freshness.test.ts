import { describe, expect, test } from 'vitest';
import { freshSeconds, retryAfterMs } from '../../src/fetch/freshness.js';
import { parseHttpDate } from '../../src/fetch/http-date.js';

const NOW = Date.UTC(2026, 10, 23, 12, 0, 0);
const at = (seconds: number): string => new Date(NOW + seconds * 1_000).toUTCString();

describe('HTTP dates', () => {
  test.each([
    ['Sun, 06 Nov 1994 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
    ['Sunday, 06-Nov-94 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
    ['Sun Nov  6 08:49:37 1994', '1994-11-06T08:49:37.000Z'],
    ['sun, 6 nov 1994 08:49:37 utc', '1994-11-06T08:49:37.000Z'],
    ['Sun, 06 Nov 1994 08:49:37 +0000', '1994-11-06T08:49:37.000Z'],
    ['Monday, 23-Nov-76 12:00:00 GMT', '2076-11-23T12:00:00.000Z'],
    ['Tuesday, 23-Nov-77 12:00:00 GMT', '1977-11-23T12:00:00.000Z'],
  ])('%s', (text, iso) => {
    expect(new Date(parseHttpDate(text, NOW) ?? 0).toISOString()).toBe(iso);
  });
  test.each(['0', '-1', '', 'now', '2026-11-23T12:00:00Z', 'Mon, 31 Feb 2026 00:00:00 GMT', 'Mon, 23 Xyz 2026 00:00:00 GMT', 'Mon, 23 Nov 2026 24:00:00 GMT',
    'Mon, 23 Nov 2026 12:00:00 EST', `Mon,${' '.repeat(50_000)}23 Nov 2026`])('%s is none', (text) => {
    expect(parseHttpDate(text, NOW)).toBeNull();
  });
});

describe('freshness', () => {
  test.each([
    ['nothing said', {}, null],
    ['max-age', { 'cache-control': 'max-age=300' }, 300],
    ['any case, blanks, quotes', { 'cache-control': 'Public ,  MAX-AGE = "300"' }, 300],
    ['the first of two', { 'cache-control': 'max-age=300, max-age=20' }, 300],
    ['not the one for shared caches', { 'cache-control': 's-maxage=10, max-age=300' }, 300],
    ['nothing but the one for shared caches', { 'cache-control': 's-maxage=10' }, null],
    ['no-cache', { 'cache-control': 'no-cache, max-age=300' }, 0],
    ['no-store', { 'cache-control': 'no-store', expires: at(300) }, 0],
    ['private is fresh as well', { 'cache-control': 'private, max-age=60' }, 60],
    ['a broken max-age is stale', { 'cache-control': 'max-age=soon', expires: at(300) }, 0],
    ['a negative max-age is stale', { 'cache-control': 'max-age=-5' }, 0],
    ['a huge max-age', { 'cache-control': 'max-age=99999999999999' }, 2_147_483_648],
    ['Expires', { expires: at(300), date: at(0) }, 300],
    ['Expires counted from Date, not from this clock', { expires: at(-3_300), date: at(-3_600) }, 0],
    ['Expires with a host clock that is ahead', { expires: at(3_900), date: at(3_600) }, 300],
    ['Expires without Date', { expires: at(300) }, 300],
    ['Expires past', { expires: at(-300), date: at(0) }, 0],
    ['Expires 0', { expires: '0' }, 0],
    ['max-age before Expires', { 'cache-control': 'max-age=60', expires: at(300), date: at(0) }, 60],
    ['Age taken off', { 'cache-control': 'max-age=300', age: '120' }, 180],
    ['age by Date taken off', { 'cache-control': 'max-age=300', date: at(-100) }, 200],
    ['the greater of both ages', { 'cache-control': 'max-age=300', date: at(-100), age: '250' }, 50],
    ['older than its lifetime', { 'cache-control': 'max-age=300', age: '900' }, 0],
    ['a broken Age', { 'cache-control': 'max-age=300', age: 'old' }, 300],
    ['another directive', { 'cache-control': 'must-revalidate, stale-while-revalidate=60' }, null],
  ])('%s', (_, headers, seconds) => {
    expect(freshSeconds(headers, NOW, 0)).toBe(seconds);
  });
  test('the time the answer took is part of its age', () => {
    expect(freshSeconds({ 'cache-control': 'max-age=300' }, NOW, 2_000)).toBe(298);
  });
});

test.each([
  ['120', 120_000], [' 120 ', 120_000], [at(90), 90_000], ['Monday, 23-Nov-26 12:01:00 GMT', 60_000], ['0', undefined], ['-5', undefined],
  [at(-90), undefined], ['soon', undefined], ['1.5', undefined], ['', undefined], [undefined, undefined], ['317100', 317_100_000], ['99999999999', 604_800_000],
])('Retry-After %s', (value, ms) => {
  expect(retryAfterMs(value, NOW)).toBe(ms);
});
