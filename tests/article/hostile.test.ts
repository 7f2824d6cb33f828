import { describe, expect, it } from 'vitest';
import { readArticle } from '../../src/article/index.js';

/** Generous: what is quadratic on these inputs takes minutes, what is linear a second. */
const within = { timeout: 20_000 };
const story = '<article><h1>Harbour reopens</h1><p>The harbour of the old town reopened on Monday, two days after a storm, officials said.</p><p>Ferries to the islands were running again by noon, the port authority said.</p></article>';

const pages: readonly (readonly [string, () => string])[] = [
  ['100,000 nested tags', () => `<div>`.repeat(100_000) + story],
  ['100,000 nested tags, closed', () => `${'<div>'.repeat(100_000)}${story}${'</div>'.repeat(100_000)}`],
  ['100,000 nested inline tags', () => `<p>${'<b>'.repeat(100_000)}x`],
  ['nested tags and foreign end tags', () => `${'<div>'.repeat(50_000)}${'</span>'.repeat(50_000)}${story}`],
  ['nested tables', () => `${'<table><tr><td>'.repeat(30_000)}${story}`],
  ['nested lists', () => `${'<ul><li>'.repeat(50_000)}${story}`],
  ['a million siblings', () => `${story}${'<i></i>'.repeat(1_000_000)}`],
  ['200,000 paragraphs', () => story + '<p>x</p>'.repeat(200_000)],
  ['unclosed everything', () => `${'<p><a href=x><b><li><td>text '.repeat(60_000)}${story}`],
  ['an attribute of 5 MB', () => `<div class="${'a '.repeat(2_500_000)}">${story}</div>`],
  ['100,000 attributes', () => `<div ${Array.from({ length: 100_000 }, (_, at) => `a${String(at)}="x"`).join(' ')}>${story}</div>`],
  ['a text of 8 MB', () => `<p>${'word '.repeat(1_600_000)}</p>${story}`],
  ['8 MB without a space', () => `<p>${'x'.repeat(8_000_000)}</p>${story}`],
  ['spaces only', () => `<p>${' \n'.repeat(3_000_000)}</p>${story}`],
  ['line breaks', () => `<p>${'a<br>'.repeat(300_000)}</p>${story}`],
  ['an unclosed comment', () => `${story}<!--${'-'.repeat(5_000_000)}`],
  ['broken JSON-LD', () => `<script type="application/ld+json">${'{"a":['.repeat(100_000)}</script>${story}`],
  ['deep JSON-LD', () => `<script type="application/ld+json">${'['.repeat(200_000)}${']'.repeat(200_000)}</script>${story}`],
  ['a title of separators', () => `<title>${' - '.repeat(100_000)}</title>${story}`],
  ['meta without end', () => `${'<meta name="author" content="a, b">'.repeat(100_000)}${story}`],
  ['digits and dots', () => `<p>${'1.2.3/4/5:6 '.repeat(300_000)}</p>${story}`],
  ['tatweel', () => `<p>س${'ـ'.repeat(2_000_000)}س</p>${story}`],
  ['entities', () => `<p>${'&amp;&#x41;&nope;'.repeat(300_000)}</p>${story}`],
  ['rows of cells', () => `<table>${`<tr>${'<td>a</td>'.repeat(200)}</tr>`.repeat(1_000)}</table>${story}`],
];

describe('hostile pages', () => {
  it.each(pages)('%s', within, (_, make) => {
    const article = readArticle(make(), { url: 'https://news.example/a' });
    expect(article.confidence).toBeLessThanOrEqual(1);
    expect(article.furniture.length).toBeLessThanOrEqual(600);
  });

  it('keeps the story among 100,000 closed tags around it', () => {
    const article = readArticle(`${'<div>'.repeat(100_000)}${'</div>'.repeat(100_000)}${story}`);
    expect(article.blocks.map(({ text }) => text)).toHaveLength(2);
  });

  it('refuses what is too large, and never throws on bytes', () => {
    expect(readArticle('x'.repeat(17 * 1024 * 1024)).rejection?.reason).toBe('too-large');
    const bytes = Uint8Array.from({ length: 50_000 }, (_, at) => (at * 7_919) % 256);
    expect(readArticle(bytes).blocks).toEqual([]);
  });
});
