import { describe, expect, it } from 'vitest';
import { discoverFeeds, USUAL_PLACES } from '../../src/feed/index.js';

const found = (html: string, url = 'https://a.example/news/index.html'): string[] =>
  discoverFeeds(html, url).filter(({ from }) => from !== 'guess').map(({ from, url }) => `${from} ${url}`);

describe('discoverFeeds', () => {
  it.each([
    ['<link rel="alternate" type="application/rss+xml" title="All" href="/rss">', ['link https://a.example/rss']],
    ['<LINK REL=Alternate TYPE="application/atom+xml; charset=utf-8" HREF=atom.xml>', ['link https://a.example/news/atom.xml']],
    ['<link rel="alternate" type="application/feed+json" href="f.json">', ['link https://a.example/news/f.json']],
    ['<link rel="feed" href="/h-feed">', ['link https://a.example/h-feed']],
    ['<base href="https://b.example/x/"><link rel="alternate" type="application/rss+xml" href="rss?a=1&amp;b=2">', ['link https://b.example/x/rss?a=1&b=2']],
    ['<link rel="alternate" type="application/rss+xml" href="feed://a.example/f">', ['link https://a.example/f']],
    ['<link rel="alternate" hreflang="de" type="text/html" href="/de">', []],
    ['<link rel="alternate stylesheet" type="text/css" href="/feed.css">', []],
    ['<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">', []],
    ['<link rel="alternate" type="application/rss+xml" href="javascript:void(0)">', []],
    ['<a href="/politik/rss.xml">Politik</a>', ['anchor https://a.example/politik/rss.xml']],
    ['<a href="/abo">RSS-Feed</a>', ['anchor https://a.example/abo']],
    ['<a href="/img/rss.png">x</a> <a href="https://x.com/feed">x</a> <a href="/express/atomic">x</a>', []],
    ['<script>document.write(\'<link rel="alternate" type="application/rss+xml" href="/no">\')</script>', []],
    ['<!-- <link rel="alternate" type="application/rss+xml" href="/no"> -->', []],
  ])('%s', (html, urls) => expect(found(html)).toEqual(urls));

  it('puts feeds the page names first, then links, then guesses, comments last', () => {
    const all = discoverFeeds('<a href="/b/feed/">x</a><link rel="alternate" type="application/rss+xml" href="/comments/feed/"><link rel="alternate" type="application/rss+xml" href="/feed/"><link rel="alternate" type="application/rss+xml" href="/feed/">', 'https://a.example/');
    expect(all.slice(0, 2).map(({ url }) => url)).toEqual(['https://a.example/feed/', 'https://a.example/b/feed/']);
    expect(all.at(-1)?.url).toBe('https://a.example/comments/feed/');
    expect(all.filter(({ from }) => from === 'guess')).toHaveLength(USUAL_PLACES.length - 1);
  });

  it('bears hostile pages', () => {
    expect(discoverFeeds('<div>'.repeat(300_000), 'https://a.example/').length).toBe(USUAL_PLACES.length);
    expect(discoverFeeds('<a href="/feed?'.repeat(50_000), 'https://a.example/').length).toBeGreaterThan(0);
    expect(discoverFeeds('<a href=/rss/1>x'.repeat(50_000), 'not an address')).toEqual([]);
  });
});
