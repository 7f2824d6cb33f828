import { describe, expect, it } from 'vitest';
import { EMPTY_MEMORY, readArticle, rememberFurniture, type Article, type FurnitureMemory } from '../../src/article/index.js';

const story = (at: number): string[] => [
  `The harbour of town number ${String(at)} reopened on Monday, two days after a storm tore the roof off the fish market, officials said.`,
  `Ferries to the ${String(at)} islands were running again by noon, although the port authority warned of delays until the end of the week.`,
];
const appeal = 'Our reporters are on the ground every day, and their work is paid for by readers like you, who make it possible for all.';
const page = (at: number): string => `<html><body><div class="c1"><h1>Harbour ${String(at)} reopens</h1>${story(at).map((text) => `<p>${text}</p>`).join('')}<p>${appeal}</p></div></body></html>`;
const texts = (article: Article): string[] => article.blocks.map(({ text }) => text);

describe('what repeats on a source', () => {
  it('is furniture from the second page on', () => {
    expect(texts(readArticle(page(1)))).toContain(appeal);
    let memory: FurnitureMemory = EMPTY_MEMORY;
    for (const at of [1, 2, 3]) memory = rememberFurniture(memory, readArticle(page(at), { url: `https://news.example/${String(at)}` }));
    const article = readArticle(page(4), { url: 'https://news.example/4', furnitureMemory: memory });
    expect(texts(article)).toEqual(story(4));
    expect(article.furniture.find(({ text }) => text === appeal)?.reason).toBe('repeats-on-source');
  });

  it('does not count a page read twice', () => {
    const article = readArticle(page(1), { url: 'https://news.example/1' });
    const once = rememberFurniture(undefined, article);
    expect(rememberFurniture(once, article)).toBe(once);
    expect(texts(readArticle(page(1), { url: 'https://news.example/1', furnitureMemory: once })).slice(0, 2)).toEqual(story(1));
  });

  it('stays small, and survives a store', () => {
    let memory: FurnitureMemory = EMPTY_MEMORY;
    for (let at = 0; at < 60; at += 1) {
      const blocks = Array.from({ length: 80 }, (_, line) => ({ index: line, kind: 'paragraph' as const, text: line < 5 ? `Menu ${String(line)}` : `Line ${String(line)} of page ${String(at)}` }));
      memory = rememberFurniture(memory, { url: `https://news.example/${String(at)}`, blocks, furniture: [] });
    }
    expect(JSON.stringify(memory).length).toBeLessThan(40_000);
    expect(rememberFurniture(JSON.parse(JSON.stringify(memory)) as FurnitureMemory, { url: 'x', blocks: [], furniture: [] }).pages).toHaveLength(61);
  });
});

describe('rules of a source', () => {
  const html = `<html><body><div id="x"><h3 class="t">Harbour reopens</h3><span class="who">By Layla Haddad</span><span class="when">5 March 2024</span>
    <div id="b"><p>Short one.</p><p class="ad">Buy now.</p><p>${story(1)[0] ?? ''}</p></div></div></body></html>`;

  it('win over what is read without them', () => {
    const article = readArticle(html, { rules: { title: '.t', body: '#b', remove: '.ad', byline: '.who', date: '.when' } });
    expect(texts(article)).toEqual(['Short one.', story(1)[0]]);
    expect(article.headline).toEqual({ value: 'Harbour reopens', from: 'rule' });
    expect(article.bylines).toEqual([{ value: 'Layla Haddad', from: 'rule' }]);
    expect(article.published?.value).toEqual({ raw: '5 March 2024', iso: '2024-03-05' });
    expect(article.ruleFaults).toBeUndefined();
  });

  it('fall back and are reported when broken', () => {
    const article = readArticle(page(1), { rules: { body: '#nothing', title: ':::', remove: '.absent' } });
    expect(texts(article).slice(0, 2)).toEqual(story(1));
    expect(article.headline?.value).toBe('Harbour 1 reopens');
    expect(article.ruleFaults).toEqual([{ rule: 'title', selector: ':::', problem: 'invalid' }, { rule: 'body', selector: '#nothing', problem: 'no-match' }]);
  });
});
