import { describe, expect, it } from 'vitest';
import { CHANGED_LABELS, partedTimes } from '../../src/article/time-labels.js';
import { linkedArticle, readMade, type MadePage } from './made-page.js';

const times = (page: MadePage): readonly (readonly [string | null, string] | null)[] => {
  const { published, modified } = readMade(page);
  return [published, modified].map((one) => (one === null ? null : [one.value.iso, one.from] as const));
};
const FIRST = '2024-03-05T10:00:00+02:00';
const CHANGE = '2024-03-06T11:00:00Z';

describe('published and modified', () => {
  it.each<readonly [string, MadePage, string, string]>([
    ['JSON-LD', { head: linkedArticle({ datePublished: FIRST, dateModified: CHANGE }) }, 'json-ld', 'json-ld'],
    ['metadata', { head: `<meta property="article:published_time" content="${FIRST}"><meta property="article:modified_time" content="${CHANGE}">` }, 'article:published_time', 'article:modified_time'],
    ['microdata', { top: `<meta itemprop="datePublished" content="${FIRST}"><meta itemprop="dateModified" content="${CHANGE}">` }, 'datepublished', 'datemodified'],
    ['time elements by class', { top: `<time class="updated" datetime="${CHANGE}">6 March</time> <time class="entry-date published" datetime="${FIRST}">5 March</time>` }, 'time', 'time'],
    ['time elements by the word before them', { top: `<p>Updated <time datetime="${CHANGE}">6 March</time> Published <time datetime="${FIRST}">5 March</time></p>` }, 'time', 'time'],
    ['a line', { top: '<p>Published 5 March 2024 10:00 EET, updated 6 March 2024 11:00 GMT</p>' }, 'text', 'text'],
    ['two lines, the change first', { top: '<p>Updated: 6 March 2024 11:00 GMT</p><p>Published: 5 March 2024 10:00 EET</p>' }, 'text', 'text'],
  ])('of %s, each with its zone', (_, page, published, modified) => {
    expect(times(page)).toEqual([[FIRST, published], [CHANGE, modified]]);
  });

  it('a time of change is all there is', () => {
    expect(times({ top: '<p>Updated: 6 March 2024 11:00 GMT</p>' })).toEqual([[CHANGE, 'text'], [CHANGE, 'text']]);
  });

  it.each([['the address', { url: 'https://news.example/2024/03/05/harbour' }, ['2024-03-05', 'url']], ['the feed', { item: { published: 'Tue, 05 Mar 2024 08:00:00 GMT' } }, ['2024-03-05T08:00:00Z', 'item']]] as const)(
    'of %s, where the page names none', (_, page, expected) => expect(times(page)[0]).toEqual(expected));

  it.each(['aside', 'nav', 'footer'])('not the time of another story, in a %s', (tag) => {
    expect(times({ before: `<${tag}><time datetime="2023-01-01">old</time></${tag}>` })).toEqual([null, null]);
    expect(times({ before: `<${tag}><time datetime="2023-01-01">old</time></${tag}>`, top: `<time datetime="${FIRST}">5 March</time>` })[0]).toEqual([FIRST, 'time']);
  });

  it.each([
    ['March 5, 2024 10:00 a.m. EST', 'en', '2024-03-05T10:00:00-05:00'], ['5 March 2024 10:00 CET', 'en', '2024-03-05T10:00:00+01:00'], ['5. März 2024, 10:00 MEZ', 'de', '2024-03-05T10:00:00+01:00'],
    ['March 05, 2024 10:00 pm IST', 'en-IN', '2024-03-05T22:00:00+05:30'], ['5 March 2024 10:00 IST', 'he', '2024-03-05T10:00:00+02:00'],
    ['July 5, 2024 10:00 AM ET', 'en', '2024-07-05T10:00:00'], ['5 March 2024 10:00 HELLO', 'en', '2024-03-05T10:00:00'],
  ])('the zone of "%s" (%s)', (line, lang, iso) => {
    expect(times({ lang, top: `<p class="date">${line}</p>` })[0]).toEqual([iso, 'text']);
  });
});

describe('words for a change', () => {
  it.each(Object.entries(CHANGED_LABELS))('%s', (language, labels) => {
    expect(Intl.getCanonicalLocales(language)).toEqual([language]);
    for (const label of labels) expect(partedTimes(`2024-03-05 | ${label}: 2024-03-06`)).toEqual({ plain: '2024-03-05', changed: '2024-03-06' });
  });

  it('a word that only begins so is none', () => expect(partedTimes('modifiedness 2024-03-06').changed).toBeNull());
});
