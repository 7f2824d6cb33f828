import { describe, expect, it } from 'vitest';
import { canonicalOnSameSite, cleanUrl, identityUrl, normalizeUrl, unwrapAmp } from '../../src/feed/index.js';
import { isTrackingParameter } from '../../src/feed/address.js';
import { TRACKING_PARAMETERS } from '../../src/feed/tracking-parameters.js';

describe('tracking parameters', () => {
  it.each(TRACKING_PARAMETERS)('$name of $of goes, and what only resembles it stays', ({ name, anyCase }) => {
    const example = name.replace('*', 'x');
    expect(cleanUrl(`https://a.example/p?id=7&${example}=v&q=a%20b`)).toBe('https://a.example/p?id=7&q=a%20b');
    expect(cleanUrl(`https://a.example/p?${example}`)).toBe('https://a.example/p');
    expect(isTrackingParameter(`x${example}`)).toBe(false);
    expect(isTrackingParameter(`${example}1`)).toBe(name.endsWith('*'));
    const swapped = name.replace('*', 'x').replace(/[a-z]/gi, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()));
    expect(isTrackingParameter(swapped)).toBe(anyCase === true);
  });

  it('names none twice', () => expect(new Set(TRACKING_PARAMETERS.map(({ name }) => name.toLowerCase())).size).toBe(TRACKING_PARAMETERS.length));
});

describe('cleanUrl', () => {
  it.each([
    ['  https://a.example  ', 'https://a.example/'],
    ['HTTPS://A.Example:443/Ä?b=1&a=2#c', 'https://a.example/%C3%84?b=1&a=2#c'],
    ['https://a.example/p?a=1&amp;utm_source=x&amp;b=2', 'https://a.example/p?a=1&b=2'],
    ['https://a.example/p?%75tm_source=x', 'https://a.example/p'],
    ['https://a.example/p?a=%zz&fbclid=1', 'https://a.example/p?a=%zz'],
    ['https://a.example/p?ref=a.example', 'https://a.example/p'],
    ['https://a.example/p?ref=heads/main', 'https://a.example/p?ref=heads/main'],
    ['https://a.example/p#utm_source=x', 'https://a.example/p'],
    ['https://a.example/p#part-2', 'https://a.example/p#part-2'],
    ['<![CDATA[https://a.example/p]]>', 'https://a.example/p'],
    ['https://a.example/p</a>', 'https://a.example/p'],
    ['https://a.examplehttps://b.example/p', 'https://b.example/p'],
    ['http://http://a.example/p', 'http://a.example/p'],
    ['https://a.example/pagehttps://a.example/', 'https://a.example/page'],
    ['https://archive.example/2013/https://b.example/p', 'https://archive.example/2013/https://b.example/p'],
    ['https://a.example/p?url=https://b.example/p', 'https://a.example/p?url=https://b.example/p'],
    ['mailto:a@b.example', null], ['javascript:alert(1)', null], ['', null], ['p', null], ['https://', null], [`https://a.example/${'x'.repeat(9000)}`, null],
  ])('%s', (input, expected) => expect(cleanUrl(input)).toBe(expected));

  it('resolves against a base', () => expect(cleanUrl('../q?gclid=1', 'https://a.example/x/y')).toBe('https://a.example/q'));

  it.each([`https://a.example/?${'&'.repeat(8000)}`, 'http://'.repeat(1000), `https://a.example/${'ahttps:/'.repeat(900)}`, '<![CDATA['.repeat(800)])('bears %.30s', (input) => {
    expect(['string', 'object']).toContain(typeof cleanUrl(input));
  });
});

describe('AMP', () => {
  it.each([
    ['https://www.google.com/amp/s/a.example/p?x=1#y', 'https://a.example/p?x=1#y'],
    ['https://google.co.uk/amp/a.example/p', 'http://a.example/p'],
    ['https://a-example.cdn.ampproject.org/c/s/a.example/p', 'https://a.example/p'],
    ['https://cdn.ampproject.org/v/s/a.example/p', 'https://a.example/p'],
    ['https://www.google.com/amp/s/', 'https://www.google.com/amp/s/'],
    ['https://a.example/amp/s/b.example/p', 'https://a.example/amp/s/b.example/p'],
  ])('%s', (input, expected) => expect(unwrapAmp(new URL(input)).href).toBe(expected));
});

describe('rel=canonical', () => {
  it.each([
    ['https://www.a.example/p?page=1', 'https://a.example/p', 'https://a.example/p'],
    ['https://m.a.co.uk/p', 'https://www.a.co.uk/p?utm_source=x', 'https://www.a.co.uk/p'],
    ['https://a.example/x/p', '../q', 'https://a.example/q'],
    ['https://a.example/p', 'https://b.example/p', null],
    ['https://a.co.uk/p', 'https://b.co.uk/p', null],
    ['https://a.example/p', 'https://a.example/', null],
    ['https://a.example/', 'https://www.a.example/', 'https://www.a.example/'],
    ['https://a.example/p', 'javascript:1', null],
  ])('of %s to %s', (page, canonical, expected) => expect(canonicalOnSameSite(page, canonical)).toBe(expected));
});

describe('the key of a page', () => {
  it.each([
    ['http://www.a.example/p/', 'https://a.example/p'], ['https://m.a.example/p?b=1&a=2', 'https://a.example/p?a=2&b=1'], ['https://a.example/p/index.html#top', 'https://a.example/p'],
    ['https://a.example//p', 'https://a.example/p?utm_medium=rss'], ['https://a.example/p/amp/', 'https://a.example/p'], ['https://a.example', 'http://a.example/'],
  ])('%s is %s', (one, two) => expect(identityUrl(one)).toBe(identityUrl(two)));

  it.each([['https://a.example/p?id=1', 'https://a.example/p?id=2'], ['https://a.example/p', 'https://b.example/p'], ['https://a.example:8080/p', 'https://a.example/p'], ['https://a.example/#!/p', 'https://a.example/#!/q'], ['https://m.example/p', 'https://www.example/p']])(
    '%s is not %s', (one, two) => expect(identityUrl(one)).not.toBe(identityUrl(two)));

  it('is none where there is no web address', () => expect([identityUrl('urn:x'), normalizeUrl('urn:x')]).toEqual([null, null]));
});
