import { describe, expect, it } from 'vitest';
import { hostilePages, story } from '../../bench/extraction/hostile-pages.js';
import { readArticle } from '../../src/article/index.js';

/** Generous: what is quadratic on these inputs takes minutes, what is linear a second. */
const within = { timeout: 20_000 };
describe('hostile pages', () => {
  it.each(hostilePages)('%s', within, (_, make) => {
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
