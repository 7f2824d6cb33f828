import { describe, expect, it } from 'vitest';
import { readArticle } from '../../src/article/index.js';
import { WORLD_PAGES } from './world-pages.js';

describe('pages in the scripts of the world', () => {
  it.each(WORLD_PAGES.map((page) => [page.name, page] as const))('%s', (_, page) => {
    const article = readArticle(page.html);
    expect(article.blocks.filter(({ kind }) => kind !== 'caption').map(({ text }) => text)).toEqual(page.blocks);
    expect(article.headline?.value).toBe(page.headline);
    const delivered = article.blocks.map(({ text }) => text);
    for (const text of page.furniture) expect(delivered).not.toContain(text);
    expect(article.rejection).toBeNull();
    expect(article.published?.value.iso ?? '2024-03').toMatch(/^2024-03/);
  });
});
