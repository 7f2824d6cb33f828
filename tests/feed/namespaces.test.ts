import { describe, expect, it } from 'vitest';
import { parseFeed } from '../../src/feed/index.js';
import { canonicalPrefix, NAMESPACES, usualPrefix } from '../../src/feed/namespaces.js';

const rows = Object.entries(NAMESPACES).flatMap(([prefix, uris]) => uris.map((uri): [string, string] => [uri, prefix]));

describe('namespaces', () => {
  it.each(rows)('%s is "%s", however it is misspelt', (uri, prefix) => {
    for (const spelling of [uri, ` ${uri} `, uri.toUpperCase(), uri.replace('http:', 'https:'), uri.replace(/[/#]$/, '')]) expect(canonicalPrefix(spelling)).toBe(prefix);
  });

  it('knows the usual prefixes without a declaration, and no others', () => {
    for (const prefix of ['dc', 'content', 'media', 'DCTERMS']) expect(usualPrefix(prefix)).toBe(prefix.toLowerCase());
    expect([usualPrefix('nonsense'), canonicalPrefix('urn:nonsense')]).toEqual([null, null]);
  });

  it('go by the URI: a prefix declared as another namespace is not what it usually is', () => {
    const read = (uri: string): unknown => {
      const feed = parseFeed(new TextEncoder().encode(`<rss xmlns:dc="${uri}"><channel><item><dc:creator>Ada</dc:creator></item></channel></rss>`));
      return feed.ok ? feed.value.items[0]?.authors : null;
    };
    expect(read('http://purl.org/dc/elements/1.1/')).toEqual([{ name: 'Ada' }]);
    expect(read('http://www.itunes.com/dtds/podcast-1.0.dtd')).toEqual([]);
  });
});
