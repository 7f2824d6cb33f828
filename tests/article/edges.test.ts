import { describe, expect, it } from 'vitest';
import { OTHER, readMade, STORY, textsOf } from './made-page.js';

const reasonsOf = (page: Parameters<typeof readMade>[0]): Map<string, string> => new Map(readMade(page).furniture.map(({ text, reason }) => [text, reason]));

describe('the next story of an endless page', () => {
  it.each(['h1', 'h2', 'h3'])('begins with the next article and its %s, and is furniture', (tag) => {
    const after = `<article><${tag}>Road to close</${tag}><p>${OTHER}</p><p>${OTHER.replace('June', 'July')}</p></article>`;
    expect(textsOf(readMade({ after }))).toEqual(STORY);
    expect(reasonsOf({ after }).get(OTHER)).toBe('next-story');
  });

  it('is not the second half of a story that two articles hold', () => {
    const read = readMade({ after: `<section><p>${OTHER}</p></section>` });
    expect(textsOf(read).slice(0, 3)).toEqual(STORY);
    expect(read.furniture.map(({ reason }) => reason)).not.toContain('next-story');
  });
});

describe('what stands before the text', () => {
  it.each([
    ['a trail in a nav', { before: '<nav aria-label="breadcrumb"><ol><li><a href="/">Home</a></li><li><a href="/w">World</a></li><li>Harbour reopens</li></ol></nav>' }],
    ['a trail by its class', { before: '<div class="breadcrumbs"><a href="/">Home</a> » <a href="/w">World</a> » Harbour reopens</div>' }],
    ['a trail inside the article', { top: '<div class="breadcrumb"><span>You are here: </span><a href="/">Home</a> &gt; <a href="/w">World</a></div>' }],
    ['a trail without a name', { before: '<ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li><li><a href="/w/ports">Ports</a></li></ul>' }],
  ])('%s is no text', (_, page) => {
    expect(textsOf(readMade(page))).toEqual(STORY);
  });

  it.each([
    '<p class="date">March 5, 2024</p>', '<p>5 March 2024, 10:15</p>', '<p>Tuesday, 5 March 2024</p>', '<div>Published: March 5, 2024 10:15 GMT | Updated: March 6, 2024</div>',
    '<p>Por Ana Ruiz | 5 de marzo de 2024</p>', '<p>2024年3月5日 10:15</p>', '<p>5 марта 2024, 12:30</p>', '<p>٥ مارس ٢٠٢٤</p>', '<p>ngày 5 tháng 3 năm 2024</p>', '<p>۱۵ اسفند ۱۴۰۲</p>',
  ])('a date is no text: %s', (top) => {
    expect(textsOf(readMade({ top }))).toEqual(STORY);
  });

  it('a date at the head of the first paragraph is text', () => {
    const opening = 'HAIFA, March 5, 2024 (Reuters) - The northern bridge was opened to cars for the first time since the winter.';
    expect(textsOf(readMade({ top: `<p>${opening}</p>` }))).toEqual([opening, ...STORY]);
  });
});

describe('what stands behind the text', () => {
  it.each([
    ['en', 'Read more', 'Comments'], ['de', 'Lesen Sie auch', 'Kommentare'], ['fr', 'Lire aussi', 'Commentaires'], ['es', 'Lea también', 'Comentarios'],
    ['ru', 'Читайте также', 'Комментарии'], ['ar', 'اقرأ أيضا', 'تعليقات'], ['he', 'קראו גם', 'תגובות'], ['hi', 'यह भी पढ़ें', 'टिप्पणियां'],
    ['ja', '関連記事', 'コメント'], ['ko', '관련기사', '댓글'], ['zh', '相关阅读', '评论'], ['tr', 'İlgili haberler', 'Yorumlar'],
  ])('%s: related stories and comments are furniture', (lang, related, comments) => {
    const foot = `<div class="related"><h3>${related}</h3><ul><li><a href="/1">Council votes on the road to the eastern pier</a></li><li><a href="/2">Fuel prices rise again in the capital</a></li></ul></div>
      <div class="comments"><h3>${comments}</h3><p>Good news for the islands, I will take the first ferry.</p></div>`;
    expect(textsOf(readMade({ lang, foot }))).toEqual(STORY);
  });
});
