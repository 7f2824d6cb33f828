import { describe, expect, it } from 'vitest';
import { readArticle } from '../../src/article/index.js';

const lead = 'The harbour of the old town reopened on Monday, two days after a storm tore the roof off the fish market, officials said.';
const more = 'Ferries to the islands were running again by noon, although the port authority warned of delays until the end of the week.';
const last = 'No one was hurt, but the mayor put the damage at three million and asked the government for help with the repairs.';
const article = (inner: string): string => `<html lang="en"><body><article><h1>Harbour reopens</h1>${inner}</article></body></html>`;
const texts = (html: string): string[] => readArticle(html).blocks.map(({ text }) => text);

describe('blocks', () => {
  it('splits at two line breaks, not at one', () => {
    expect(texts(article(`<div>${lead}<br><br>${more}<br/>and so on.<br>\n<br>${last}</div>`))).toEqual([lead, `${more} and so on.`, last].flatMap((text) =>
      text.startsWith(more) ? [more, 'and so on.'] : [text]));
  });

  it('splits at a single break before an indented line, as Chinese pages write paragraphs', () => {
    const one = '当地政府周一宣布，老城港口在风暴过去两天后重新开放，此前鱼市场的屋顶被大风掀翻。';
    const two = '港务局表示，前往各岛的渡轮已于中午恢复航行，但本周末之前仍可能出现延误。';
    expect(texts(article(`<div>　　${one}<br>　　${two}</div>`))).toEqual([one, two]);
  });

  it('joins inline mark-up without losing or inventing spaces', () => {
    const html = article(`<p>The <b>harbour</b>of <i>the</i> old&nbsp;town <a href="/x">re</a>opened on Monday, two days after a <span>storm</span> tore the roof off.</p><p>${more}</p><p>${last}</p>`);
    expect(texts(html)[0]).toBe('The harbourof the old town reopened on Monday, two days after a storm tore the roof off.');
  });

  it('takes a line break between two Han characters for no space', () => {
    const html = article('<p>当地政府周一宣布，\n      老城港口在<b>风暴</b>过去\n两天后重新开放，此前鱼市场的屋顶被大风掀翻。</p><p>港务局表示，前往各岛的渡轮已于中午恢复航行，但本周末之前仍可能出现延误。</p>');
    expect(texts(html)[0]).toBe('当地政府周一宣布，老城港口在风暴过去两天后重新开放，此前鱼市场的屋顶被大风掀翻。');
  });

  it('removes soft hyphens, zero-width spaces and tatweel inside words, and keeps joiners and bidi marks', () => {
    const html = article(`<p>The Hafen\u00adpolizei re\u200bopened it, officials said on Monday, two days after the storm.</p>
      <p>أعلنت الســـلطات المحلية اليوم إعادة فتح ميناء المدينة القديمة بعد عاصفة قوية لـCNN.</p><p>کشتی\u200cهای مسافربری از ظهر حرکت به سوی جزیره\u200cها را از سر گرفته\u200cاند \u200f(به گفتهٔ مدیر).</p>`);
    expect(texts(html)).toEqual([
      'The Hafenpolizei reopened it, officials said on Monday, two days after the storm.',
      'أعلنت السلطات المحلية اليوم إعادة فتح ميناء المدينة القديمة بعد عاصفة قوية لـCNN.',
      'کشتی\u200cهای مسافربری از ظهر حرکت به سوی جزیره\u200cها را از سر گرفته\u200cاند \u200f(به گفتهٔ مدیر).',
    ]);
  });

  it('names kinds and levels, headings by tag and by look', () => {
    const html = article(`<p>${lead}</p><h2>What happened</h2><p>${more}</p><p><strong>Repairs begin</strong></p><p>${last}</p>
      <blockquote><p>We have never seen a storm like this one, not in forty years of fishing, said one of the traders.</p></blockquote>
      <ul><li>The market will open again on Thursday, the mayor promised the traders.</li><li>The eastern pier stays closed until the end of the month for checks.</li></ul><p>${more.replace('noon', 'night')}</p>`);
    expect(readArticle(html).blocks.map(({ kind, level, byLook, bold }) => [kind, level, byLook, bold])).toEqual([
      ['paragraph', undefined, undefined, undefined], ['heading', 2, undefined, undefined], ['paragraph', undefined, undefined, undefined],
      ['heading', 3, true, true], ['paragraph', undefined, undefined, undefined], ['quote', undefined, undefined, undefined],
      ['list-item', undefined, undefined, undefined], ['list-item', undefined, undefined, undefined], ['paragraph', undefined, undefined, undefined],
    ]);
  });

  it('keeps a caption apart, with its picture and credit', () => {
    const html = article(`<p>${lead}</p><figure><img src="/img/market.jpg" alt=""><figcaption>The roof of the fish market lies in the harbour. (Photo: Jane Doe/AP)</figcaption></figure><p>${more}</p><p>${last}</p>`);
    const read = readArticle(html, { url: 'https://news.example/a/1' });
    expect(read.blocks.find(({ kind }) => kind === 'caption')?.text).toBe('The roof of the fish market lies in the harbour. (Photo: Jane Doe/AP)');
    expect(read.images).toEqual([{ url: 'https://news.example/img/market.jpg', caption: 'The roof of the fish market lies in the harbour. (Photo: Jane Doe/AP)', credit: 'Jane Doe/AP' }]);
  });

  it('leaves out the cards of an aside after the story', () => {
    const card = (at: number): string => `<div class="card"><h3><a href="/s/${String(at)}">Council votes on road number ${String(at)}</a></h3><p class="card__text">The council of the port told reporters on Tuesday that road number ${String(at)} will be closed for ${String(at + 2)} weeks from June.</p></div>`;
    const cards = Array.from({ length: 12 }, (_, at) => card(at)).join('');
    const html = `<html lang="en"><body><main><article><h1>Harbour reopens</h1><p>${lead}</p><p>${more}</p><p>${last}</p></article><aside class="more"><h2>More</h2>${cards}</aside></main></body></html>`;
    expect(texts(html)).toEqual([lead, more, last]);
  });

  it('delivers a flash of one line', () => {
    const html = '<html><body><nav><a href="/">Home</a> <a href="/w">World</a></nav><article><h1>URGENT: Parliament passes budget</h1><p>Parliament has passed the budget, the speaker said.</p></article><footer>© News</footer></body></html>';
    const read = readArticle(html);
    expect(read.blocks.map(({ text }) => text)).toEqual(['Parliament has passed the budget, the speaker said.']);
    expect(read.rejection).toBeNull();
  });

  it('reads a round-up: bold sub-headlines, byline at the foot, a teaser box', () => {
    const html = `<html lang="en"><head><title>Evening round-up - Gulf Wire</title></head><body><div class="menu"><a href="/">Home</a><a href="/b">Business</a></div>
      <div class="post"><h1 class="title">Evening round-up</h1><div class="entry">
      <p><b>Harbour reopens after storm</b></p><p>OLD TOWN, March 5 (GW) - ${lead}</p><p>${more}</p>
      <div class="check-also-box"><h4>Check Also</h4><a href="/z"><img src="/z.jpg"></a><h5><a href="/z">Fuel prices rise again in the capital</a></h5><p>Prices rose for the third week in a row…</p></div>
      <p><strong>Parliament passes budget</strong></p><p>CAPITAL, March 5 (GW) - Parliament passed the budget for next year by a narrow margin after a session of fourteen hours.</p><p>${last}</p>
      <p><em>By Layla Haddad</em></p></div></div><div class="footer">Copyright 2024 Gulf Wire</div></body></html>`;
    const read = readArticle(html);
    const kept = read.blocks.map(({ text }) => text);
    expect(kept.filter((text) => text !== 'By Layla Haddad')).toEqual([
      'Harbour reopens after storm', `OLD TOWN, March 5 (GW) - ${lead}`, more, 'Parliament passes budget',
      'CAPITAL, March 5 (GW) - Parliament passed the budget for next year by a narrow margin after a session of fourteen hours.', last,
    ]);
    expect(read.blocks.filter(({ byLook }) => byLook === true).map(({ text }) => text)).toEqual(['Harbour reopens after storm', 'Parliament passes budget']);
    expect(read.bylines.map(({ value }) => value)).toEqual(['Layla Haddad']);
    expect(read.furniture.map(({ text }) => text)).toContain('Check Also');
  });

  it('reads a body that stands in noscript, and one that only JSON-LD holds', () => {
    expect(texts(`<html><body><h1>Harbour reopens</h1><noscript><p>${lead}</p><p>${more}</p></noscript></body></html>`)).toEqual([lead, more]);
    const data = JSON.stringify({ '@type': 'NewsArticle', headline: 'Harbour reopens', articleBody: `${lead}\n\n${more}` });
    expect(texts(`<html><head><script type="application/ld+json">${data}</script></head><body><div id="root"></div><script src="a.js"></script></body></html>`)).toEqual([lead, more]);
  });

  it('says why each block was left out', () => {
    const html = `<html><body><nav><a href="/">Home</a></nav><article><h1>Harbour reopens</h1><p>${lead}</p><p>${more}</p><p>${last}</p></article>
      <div class="comments"><h3>Comments</h3><p>Good news for the islands, I will take the first ferry.</p></div><footer>© 2024</footer></body></html>`;
    const reasons = new Map(readArticle(html).furniture.map(({ text, reason }) => [text, reason]));
    expect(reasons.get('Home')).toBe('menu');
    expect(reasons.get('Harbour reopens')).toBe('headline');
    expect(reasons.get('Good news for the islands, I will take the first ferry.')).toBe('comment');
  });
});
