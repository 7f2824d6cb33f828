import { describe, expect, it } from 'vitest';
import { readArticle, type Article, type ArticleRules } from '../../src/article/index.js';

const lead = 'The harbour of the old town reopened on Monday, two days after a storm tore the roof off the fish market, officials said.';
const more = 'Ferries to the islands were running again by noon, although the port authority warned of delays until the end of the week.';
const roof = 'The roof of the fish market lies in the harbour.';
const html = `<html lang="en"><head><title>Harbour reopens</title><meta property="article:published_time" content="2024-03-06T10:00:00Z"></head><body><article><h1>Harbour reopens</h1>
  <b class="h">Port opens again</b><i class="who">By Layla Haddad and Omar Said</i><u class="when" datetime="2024-03-05T08:00:00+02:00">yesterday</u>
  <div id="t"><p>${lead}</p><div class="pic"><img src="/m.jpg" width="600"><div class="k7">${roof}</div></div><p class="app">Get our app for the latest ferry times and read the news of the harbour wherever you are, every day.</p><p>${more}</p></div></article></body></html>`;
const read = (rules: ArticleRules): Article => readArticle(html, { url: 'https://news.example/a', rules });
const plain = read({});
const texts = ({ blocks }: Article): string[] => blocks.map(({ text }) => text);

const seen: Readonly<Record<keyof ArticleRules, { readonly rule: string; readonly value: (article: Article) => unknown; readonly expected: unknown }>> = {
  title: { rule: '.h', value: ({ headline }) => headline, expected: { value: 'Port opens again', from: 'rule' } },
  body: { rule: '#t > p:first-child', value: texts, expected: [lead] },
  remove: { rule: '.app', value: (article) => article.furniture.find(({ reason }) => reason === 'rule-remove')?.text.startsWith('Get our app'), expected: true },
  byline: { rule: '.who', value: ({ bylines }) => bylines, expected: [{ value: 'Layla Haddad', from: 'rule' }, { value: 'Omar Said', from: 'rule' }] },
  date: { rule: '.when', value: ({ published }) => published, expected: { value: { raw: '2024-03-05T08:00:00+02:00', iso: '2024-03-05T08:00:00+02:00' }, from: 'rule' } },
  captions: { rule: '.k7', value: ({ blocks }) => blocks.find(({ text }) => text === roof)?.kind, expected: 'caption' },
};
const names = Object.keys(seen) as (keyof ArticleRules)[];

describe('rules of a source, one by one', () => {
  it.each(names)('%s works', (name) => {
    const { rule, value, expected } = seen[name];
    const article = read({ [name]: rule });
    expect(value(article)).toEqual(expected);
    expect(value(plain)).not.toEqual(expected);
    expect(article.ruleFaults).toBeUndefined();
  });

  it.each(names)('%s: a broken selector is reported, and all is read as without it', (name) => {
    const { ruleFaults, ...article } = read({ [name]: 'p[[' });
    expect(ruleFaults).toEqual([{ rule: name, selector: 'p[[', problem: 'invalid' }]);
    expect(article).toEqual(plain);
  });

  it.each(names)('%s: a selector that matches nothing leaves all as it was, and is reported unless it only removes', (name) => {
    const { ruleFaults, ...article } = read({ [name]: '.nowhere' });
    expect(ruleFaults).toEqual(name === 'remove' ? undefined : [{ rule: name, selector: '.nowhere', problem: 'no-match' }]);
    expect(article).toEqual(plain);
  });

  it('an element without text, or with no date in it, is a rule that does not work', () => {
    expect(read({ title: 'img' }).ruleFaults).toEqual([{ rule: 'title', selector: 'img', problem: 'no-match' }]);
    expect(read({ title: 'img' }).headline).toEqual(plain.headline);
    expect(read({ date: '.who' }).ruleFaults).toEqual([{ rule: 'date', selector: '.who', problem: 'no-match' }]);
    expect(read({ date: '.who' }).published).toEqual(plain.published);
    expect(read({ body: 'img' }).ruleFaults).toEqual([{ rule: 'body', selector: 'img', problem: 'no-match' }]);
    expect(texts(read({ body: 'img' }))).toEqual(texts(plain));
  });
});
