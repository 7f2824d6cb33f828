import { describe, expect, it } from 'vitest';
import { readArticle } from '../../src/article/index.js';

const lead = 'The harbour of the old town reopened on Monday, two days after a storm tore the roof off the fish market, officials said.';
const more = 'Ferries to the islands were running again by noon, although the port authority warned of delays until the end of the week.';
const last = 'No one was hurt, but the mayor put the damage at three million and asked the government for help with the repairs.';
const read = (inner: string, head = ''): ReturnType<typeof readArticle> => readArticle(
  `<html lang="en"><head>${head}</head><body><article><h1>Harbour reopens</h1><p>${lead}</p>${inner}<p>${more}</p><p>${last}</p></article></body></html>`, { url: 'https://news.example/a/1' });
const body = (article: ReturnType<typeof readArticle>): string[] => article.blocks.filter(({ kind }) => kind !== 'caption').map(({ text }) => text);
const roof = 'The roof of the fish market lies in the harbour.';

describe('captions', () => {
  it.each([
    ['figcaption', `<figure><img src="/m.jpg" alt=""><figcaption>${roof}</figcaption></figure>`],
    ['WordPress', `<div class="wp-caption aligncenter" style="width: 610px"><img class="size-full" src="/m.jpg" width="600" height="400"><p class="wp-caption-text">${roof}</p></div>`],
    ['AMP', `<figure><amp-img src="/m.jpg" width="600" height="400" layout="responsive"></amp-img><figcaption>${roof}</figcaption></figure>`],
    ['picture element', `<figure><picture><source srcset="/m.webp" type="image/webp"><img src="/m.jpg"></picture><figcaption><span>${roof}</span></figcaption></figure>`],
    ['lazy loading', `<figure><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="/m.jpg"><figcaption>${roof}</figcaption></figure>`],
    ['lazy loading by srcset', `<figure><img data-srcset="/m.jpg 800w, /m-2.jpg 1600w"><figcaption>${roof}</figcaption></figure>`],
  ])('%s: apart from the text, with its picture', (_, html) => {
    const article = read(html);
    expect(body(article)).toEqual([lead, more, last]);
    expect(article.blocks.filter(({ kind }) => kind === 'caption').map(({ text }) => text)).toEqual([roof]);
    expect(article.images).toEqual([{ url: 'https://news.example/m.jpg', caption: roof }]);
  });

  it.each([
    ['Photo: Jane Doe/AP', 'Jane Doe/AP'], ['Foto: dpa', 'dpa'], ['© Reuters', 'Reuters'], ['Crédit photo : AFP', 'AFP'], ['Фото: ТАСС', 'ТАСС'],
    ['صورة: أ ف ب', 'أ ف ب'], ['צילום: דן כהן', 'דן כהן'], ['사진: 연합통신', '연합통신'], ['写真：共同', '共同'], ['图：新华', '新华'],
  ])('the credit in "%s"', (written, credit) => {
    expect(read(`<figure><img src="/m.jpg"><figcaption>${roof} (${written})</figcaption></figure>`).images[0]?.credit).toBe(credit);
  });

  it('a credit that stands by itself beside the caption', () => {
    const article = read(`<figure><img src="/m.jpg"><figcaption><p>${roof}</p><p class="credit">Photo: Jane Doe/AP</p></figcaption></figure>`);
    expect(article.images).toEqual([{ url: 'https://news.example/m.jpg', caption: roof, credit: 'Jane Doe/AP' }]);
  });

  it('caption and credit of a picture that only JSON-LD describes', () => {
    const data = { '@type': 'NewsArticle', headline: 'Harbour reopens', image: { '@type': 'ImageObject', url: '/m.jpg', caption: roof, creditText: 'Jane Doe/AP' } };
    expect(read('', `<script type="application/ld+json">${JSON.stringify(data)}</script>`).images).toEqual([{ url: 'https://news.example/m.jpg', caption: roof, credit: 'Jane Doe/AP' }]);
  });

  it('a caption on the page completes the picture that the metadata names', () => {
    const article = read(`<figure><img src="/m.jpg"><figcaption>${roof}</figcaption></figure>`, '<meta property="og:image" content="https://news.example/m.jpg">');
    expect(article.images).toEqual([{ url: 'https://news.example/m.jpg', caption: roof }]);
  });
});
