import { describe, expect, it } from 'vitest';
import { readArticle } from '../../src/article/index.js';

const paragraph = (text: string): string => `<p>${text}</p>`;
const page = (body: string, head = ''): string =>
  `<!doctype html><html lang="en"><head><title>Harbour reopens after storm - The Daily Post</title>${head}</head><body>${body}</body></html>`;

const story = [
  'The harbour of the old town reopened on Monday, two days after a storm tore the roof off the fish market, officials said.',
  'Ferries to the islands were running again by noon, although the port authority warned of delays until the end of the week.',
  'No one was hurt, but the mayor put the damage at three million and asked the government for help with the repairs.',
];

describe('readArticle', () => {
  it('keeps the story and leaves menu, teasers and footer', () => {
    const article = readArticle(page(`
      <nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
      <article><h1>Harbour reopens after storm</h1>${story.map(paragraph).join('')}</article>
      <aside class="related"><h3>Read more</h3><ul><li><a href="/a">Ten dead in bus crash</a></li><li><a href="/b">Rates rise again</a></li></ul></aside>
      <footer><p>© 2024 The Daily Post. All rights reserved.</p></footer>`));
    expect(article.blocks.map(({ text }) => text)).toEqual(story);
    expect(article.headline?.value).toBe('Harbour reopens after storm');
    expect(article.furniture.map(({ text }) => text)).toContain('Ten dead in bus crash');
    expect(article.rejection).toBeNull();
    expect(article.declaredLanguage).toBe('en');
  });

  it('decodes bytes by what they declare', () => {
    const html = page(`<article>${story.map(paragraph).join('')}</article>`).replace('harbour', 'harb\u00f8r');
    const article = readArticle(Buffer.from(html, 'latin1'), { contentType: 'text/html; charset=iso-8859-1' });
    expect(article.blocks[0]?.text).toContain('harb\u00f8r');
    expect(article.encoding).toBe('windows-1252');
  });
});
