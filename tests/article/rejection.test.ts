import { describe, expect, it } from 'vitest';
import { readArticle } from '../../src/article/index.js';

const page = (body: string, head = ''): string => `<html><head>${head}</head><body>${body}</body></html>`;
const reason = (html: string, contentType?: string): string | undefined => readArticle(html, contentType === undefined ? {} : { contentType }).rejection?.reason;
const text = 'The harbour of the old town reopened on Monday, two days after a storm tore the roof off the fish market, officials said. ';

describe('pages that are no story', () => {
  it.each([
    ['en', '404 - Page not found', 'Sorry, the page you are looking for does not exist. Try the search or go to the front page.'],
    ['de', 'Seite nicht gefunden', 'Die gesuchte Seite gibt es leider nicht mehr. Bitte nutzen Sie die Suche oder die Startseite.'],
    ['ru', 'Страница не найдена', 'Запрошенная страница удалена или никогда не существовала. Вернитесь на главную.'],
    ['ar', 'الصفحة غير موجودة', 'عذرا، الصفحة التي تبحث عنها غير موجودة أو تم نقلها إلى عنوان آخر.'],
    ['zh', '页面不存在', '抱歉，您访问的页面不存在或已被删除，请返回首页继续浏览。'],
    ['ja', 'ページが見つかりません', '申し訳ございません。お探しのページは移動または削除された可能性があります。'],
  ])('error page, %s', (_, title, notice) => {
    expect(reason(page(`<h1>${title}</h1><p>${notice}</p>`, `<title>${title} - News</title>`))).toBe('error-page');
  });

  it('does not take a story about an error page for one', () => {
    const html = page(`<article><h1>Why "404 not found" became the most famous page of the web</h1>${`<p>${text}</p>`.repeat(8)}</article>`, '<title>Why "404 not found" became famous</title>');
    expect(reason(html)).toBeUndefined();
  });

  it.each([
    ['Flight 404 lands safely after engine fire', 'Flight 404 - Daily Post'], ['404 Media wins prize for reporting', '404 Media wins prize for reporting | Daily Post'],
    ['500 homes lost in forest fire', '500 homes lost in forest fire - Daily Post'], ['Zug 403 entgleist', 'Zug 403 entgleist | Tageblatt'],
  ])('takes a short story with a number such as "%s" for a story', (headline, title) => {
    const read = readArticle(page(`<article><h1>${headline}</h1><p>${text}</p></article>`, `<title>${title}</title>`));
    expect([read.rejection, read.blocks.map((block) => block.text)]).toEqual([null, [text.trim()]]);
  });

  it.each(['404', '404 | Daily Post', 'Daily Post - 403', '500'])('takes a page that calls itself only "%s" for an error page', (title) => {
    expect(reason(page('<p>Sorry, this did not work. Please go back to the front page and try once more.</p>', `<title>${title}</title>`))).toBe('error-page');
  });

  it.each(['locked', 'premium', 'paid', 'subscriber'])('paywall: the tier "%s" in the metadata, with a teaser only', (tier) => {
    const head = `<meta property="article:content_tier" content="${tier}">`;
    expect(reason(page(`<article><h1>Harbour reopens</h1><p>${text}</p></article>`, head))).toBe('paywall');
  });

  it.each(['free', 'metered'])('the tier "%s" is no wall', (tier) => {
    const read = readArticle(page(`<article><h1>Harbour reopens</h1><p>${text}</p></article>`, `<meta property="article:content_tier" content="${tier}">`));
    expect([read.rejection, read.paywalled]).toEqual([null, false]);
  });

  it('paywall: the part that is not free is named by a selector, and only the teaser is there', () => {
    const data = { '@type': 'NewsArticle', headline: 'Harbour reopens', isAccessibleForFree: false, hasPart: { '@type': 'WebPageElement', isAccessibleForFree: false, cssSelector: '.locked-part' } };
    const html = page(`<article><h1>Harbour reopens</h1><p>${text}</p><div class="locked-part"></div></article>`, `<script type="application/ld+json">${JSON.stringify(data)}</script>`);
    expect(reason(html)).toBe('paywall');
  });

  it('paywall: a teaser above a box to subscribe, without a word in the metadata', () => {
    expect(reason(page(`<article><h1>Harbour reopens</h1><p>${text}</p><div class="piano-gate"><p>Subscribe to continue reading this article.</p><a href="/offers">See offers</a></div></article>`))).toBe('paywall');
  });

  it('a frameset holds no story of its own', () => {
    expect(reason('<html><head><title>Daily Post</title></head><frameset cols="20%,80%"><frame src="menu.html"><frame src="story.html"><noframes>Your browser shows no frames.</noframes></frameset></html>')).toBe('empty');
  });

  it('consent page', () => {
    expect(reason(page('<h1>Before you continue</h1><p>We use cookies and data to deliver and maintain our services, track outages and protect against spam. If you choose to accept all, we and our partners will also use cookies to show personalised content.</p><button>Accept all</button>', '<title>Before you continue</title>'))).toBe('consent-page');
  });

  it('paywall: marked as not free, with a teaser only', () => {
    const data = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Harbour reopens","isAccessibleForFree":"False"}</script>';
    expect(reason(page(`<article><h1>Harbour reopens</h1><p>${text}</p><div class="paywall"><p>Subscribe to continue reading this article.</p></div></article>`, data))).toBe('paywall');
    const whole = readArticle(page(`<article><h1>Harbour reopens</h1>${`<p>${text}</p>`.repeat(6)}</article>`, data));
    expect([whole.rejection, whole.paywalled]).toEqual([null, true]);
  });

  it('needs scripts', () => {
    expect(reason(page('<noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div><script src="/a.js"></script><script src="/b.js"></script>', '<title>News</title>'))).toBe('needs-script');
  });

  it('empty, and not HTML', () => {
    expect(reason('')).toBe('empty');
    expect(reason(page(''))).toBe('empty');
    expect(reason('%PDF-1.7 …')).toBe('not-html');
    expect(reason('{"error":"not found"}')).toBe('not-html');
    expect(reason('<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>')).toBe('not-html');
    expect(reason('<p>x</p>', 'image/png')).toBe('not-html');
  });
});
