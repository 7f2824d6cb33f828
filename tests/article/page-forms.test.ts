import { describe, expect, it } from 'vitest';
import { readArticle } from '../../src/article/index.js';

const lead = 'The harbour of the old town reopened on Monday, two days after a storm tore the roof off the fish market, officials said.';
const more = 'Ferries to the islands were running again by noon, although the port authority warned of delays until the end of the week.';
const last = 'No one was hurt, but the mayor put the damage at three million and asked the government for help with the repairs.';
const story = [lead, more, last];
const paragraphs = story.map((text) => `<p>${text}</p>`).join('\n');
const texts = (html: string): string[] => readArticle(html, { url: 'https://news.example/a/1' }).blocks.map(({ text }) => text);

describe('the same article in other forms', () => {
  it('AMP: the same blocks and headline as the page it stands for, and its address', () => {
    const amp = `<!doctype html><html ⚡ lang="en"><head><title>Harbour reopens | Daily Post</title><link rel="canonical" href="https://news.example/a/1">
      <style amp-boilerplate>body{visibility:hidden}</style><script async src="https://cdn.ampproject.org/v0.js"></script></head><body>
      <amp-sidebar id="menu" layout="nodisplay"><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></amp-sidebar>
      <article class="amp-wp-article"><h1 class="amp-wp-title">Harbour reopens</h1><amp-img src="/img/market.jpg" width="800" height="600" layout="responsive"></amp-img>
      <div class="amp-wp-article-content">${story.map((text) => `<p>${text}</p><amp-ad width="300" height="250" type="x"></amp-ad>`).join('')}</div></article></body></html>`;
    const read = readArticle(amp, { url: 'https://news.example/amp/a/1' });
    expect(read.blocks.map(({ text }) => text)).toEqual(story);
    expect([read.headline?.value, read.canonicalUrl?.value]).toEqual(['Harbour reopens', 'https://news.example/a/1']);
    expect(read.images[0]?.url).toBe('https://news.example/img/market.jpg');
  });

  it('print: the same blocks where there is hardly any mark-up', () => {
    const print = `<html lang="en"><head><title>Harbour reopens - Daily Post</title><meta name="robots" content="noindex"><link rel="canonical" href="https://news.example/a/1"></head>
      <body onload="window.print()"><div class="print-logo">Daily Post</div><h1>Harbour reopens</h1><div class="print-content">${paragraphs}</div><div class="print-source_url">Source URL: https://news.example/a/1</div></body></html>`;
    expect(texts(print)).toEqual(story);
  });
});

describe('what a browser would not show as text', () => {
  it.each([
    ['a template', '<template><p>This text waits for a script to copy it, and it must not be read as a part of the story at all.</p></template>'],
    ['a declarative shadow root', '<news-box><template shadowrootmode="open"><p>This text is drawn in a shadow tree beside the story, an advert of a ferry line as a rule.</p></template></news-box>'],
    ['a frame', '<iframe src="https://video.example/1"><p>Your browser cannot show frames, so you cannot see this video of the harbour.</p></iframe>'],
    ['a tracking picture in noscript', '<noscript><img src="https://count.example/p.gif" width="1" height="1"><p>Please switch on scripts in your browser to see all of the page.</p></noscript>'],
  ])('%s is no part of the story', (_, extra) => {
    expect(texts(`<html lang="en"><body><article><h1>Harbour reopens</h1><p>${lead}</p>${extra}<p>${more}</p><p>${last}</p></article></body></html>`)).toEqual(story);
  });
});

describe('live blogs', () => {
  const page = (head: string): string => `<html lang="en"><head>${head}</head><body><article><h1>Harbour reopens</h1>${paragraphs}</article></body></html>`;
  const linked = (data: unknown): string => `<script type="application/ld+json">${JSON.stringify(data)}</script>`;
  it.each([
    ['by its type', page(linked({ '@type': 'LiveBlogPosting', headline: 'Harbour reopens' })), 'https://news.example/a/1', true],
    ['by one of two types', page(linked({ '@type': ['NewsArticle', 'LiveBlogPosting'], headline: 'Harbour reopens' })), 'https://news.example/a/1', true],
    ['by the start of its coverage', page(linked({ '@type': 'NewsArticle', headline: 'Harbour reopens', coverageStartTime: '2024-03-05T08:00:00Z' })), 'https://news.example/a/1', true],
    ['by its address', page(''), 'https://news.example/live/harbour', true],
    ['not a common story', page(linked({ '@type': 'NewsArticle', headline: 'Harbour reopens' })), 'https://news.example/lives/harbour', false],
  ])('%s', (_, html, url, live) => {
    expect(readArticle(html, { url }).liveBlog).toBe(live);
  });
});

describe('text inside blocks', () => {
  it('keeps the cells of a row of data together, and those of a layout apart', () => {
    const table = '<table><tr><th>Island</th><th>First ferry</th></tr><tr><td>North Isle</td><td>12:10</td></tr></table>';
    const read = readArticle(`<html lang="en"><body><article><h1>Harbour reopens</h1><p>${lead}</p><p>${more}</p>${table}<p>${last}</p></article></body></html>`);
    const all = [...read.blocks, ...read.furniture].map(({ text }) => text);
    expect(all).toContain('Island | First ferry');
    expect(all).toContain('North Isle | 12:10');
  });

  it.each([
    ['right-to-left marks', 'أعلنت السلطات\u200f (بحسب البيان\u200f) إعادة فتح ميناء المدينة القديمة بعد عاصفة قوية ضربت الساحل.', null],
    ['isolates', 'The ship \u2068سفينة الشمال\u2069 left the harbour of the old town on Monday, two days after a storm, officials said.', null],
    ['joiners of Hindi', 'अधिकारियों ने बताया कि राष्\u200dट्रीय बंदरगाह सोमवार को फिर से खोल दिया गया, दो दिन पहले तूफान आया था।', null],
    ['soft hyphens', 'Die Hafen\u00adbehörde öffnete den Hafen der Alt\u00adstadt am Montag wieder, zwei Tage nach dem Sturm.', /\u00ad/g],
    ['zero-width spaces', 'The har\u200bbour of the old town re\u200bopened on Monday, two days after a storm, officials said.', /\u200b/g],
  ])('%s', (_, text, gone) => {
    const html = `<html><body><article><h1>Harbour</h1><p>${text}</p><p>${more}</p></article></body></html>`;
    expect(texts(html)[0]).toBe(gone === null ? text : text.replace(gone, ''));
  });
});
