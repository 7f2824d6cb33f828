import { describe, expect, it } from 'vitest';
import { readArticle } from '../../src/article/index.js';

const lead = 'The harbour of the old town reopened on Monday, two days after a storm tore the roof off the fish market, officials said.';
const page = (head: string, top: string): string => `<html><head>${head}</head><body>${top}<article><p>${lead}</p><p>${lead.replace('Monday', 'Tuesday')}</p></article></body></html>`;
const headline = (head: string, top = ''): string | undefined => readArticle(page(head, top)).headline?.value;

describe('headlines', () => {
  it.each([
    ['Harbour reopens after storm | Coast Post', 'Coast Post', 'Harbour reopens after storm'], ['Harbour reopens after storm – Coast Post', 'Coast Post', 'Harbour reopens after storm'],
    ['Порт снова открыт после шторма — Вести', 'Вести', 'Порт снова открыт после шторма'], ['إعادة فتح الميناء بعد العاصفة - أخبار الساحل', 'أخبار الساحل', 'إعادة فتح الميناء بعد العاصفة'],
    ['嵐から二日、港が再開｜海岸新聞', '海岸新聞', '嵐から二日、港が再開'], ['폭풍 뒤 항구 다시 열려 ㅣ 해안일보', '해안일보', '폭풍 뒤 항구 다시 열려'], ['风暴过后港口重新开放_海岸日报', '海岸日报', '风暴过后港口重新开放'],
  ])('"%s" without the name of %s', (title, site, expected) => {
    expect(headline(`<title>${title}</title><meta property="og:site_name" content="${site}">`)).toBe(expected);
  });

  it('is not the name of the site in an h1 of its own', () => {
    const head = '<title>Harbour reopens after storm • Coast Post</title><meta property="og:site_name" content="Coast Post">';
    expect(headline(head, '<h1 class="site-title">Coast Post</h1>')).toBe('Harbour reopens after storm');
  });

  it('keeps both halves of a headline with a dash of its own', () => {
    expect(headline('<title>Dog drives burglar out – police seek witnesses</title>', '<h1>Dog drives burglar out – police seek witnesses</h1>')).toBe('Dog drives burglar out – police seek witnesses');
  });

  it('decodes what was escaped twice', () => {
    const data = JSON.stringify({ '@type': 'NewsArticle', headline: 'Storm &amp; flood: &#8216;all is lost&#8217;' });
    expect(headline(`<script type="application/ld+json">${data}</script>`)).toBe('Storm & flood: ‘all is lost’');
  });
});
