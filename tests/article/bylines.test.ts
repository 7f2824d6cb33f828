import { describe, expect, it } from 'vitest';
import { linkedArticle, readMade, type MadePage } from './made-page.js';

const bylines = (page: MadePage): (readonly [string, string])[] => readMade(page).bylines.map(({ value, from }) => [value, from] as const);
const names = (page: MadePage): string[] => bylines(page).map(([name]) => name);

describe('bylines', () => {
  it.each<readonly [string, ...string[]]>([
    ['By Jane Doe', 'Jane Doe'], ['By Jane Doe and John Roe', 'Jane Doe', 'John Roe'], ['By Jane Doe, John Roe and Mary Major', 'Jane Doe', 'John Roe', 'Mary Major'],
    ['By Jane Doe, Reuters', 'Jane Doe'], ['By Jane Doe in Haifa', 'Jane Doe'], ['By Jane Doe | Daily Post', 'Jane Doe'], ['By Jane Doe, Political Correspondent', 'Jane Doe'],
    ['By Jane Doe March 5, 2024', 'Jane Doe'], ['By Jane Doe Published 5 March 2024', 'Jane Doe'], ['Written by Jane Doe for the Daily Post', 'Jane Doe'],
    ['By Jane O’Neill and Jean-Luc Picard', 'Jane O’Neill', 'Jean-Luc Picard'], ['By Ludwig van der Berg', 'Ludwig van der Berg'],
    ['Von Anna Müller und Jörg Weiß', 'Anna Müller', 'Jörg Weiß'], ['Par Émilie Roux avec AFP', 'Émilie Roux'], ['Por Ana Ruiz y Luis Gil', 'Ana Ruiz', 'Luis Gil'],
    ['Di Marco Rossi', 'Marco Rossi'], ['Автор: Иван Петров', 'Иван Петров'], ['بقلم: ليلى حداد', 'ليلى حداد'], ['מאת דן כהן', 'דן כהן'], ['लेखक: राम शर्मा', 'राम शर्मा'],
    ['홍길동 기자', '홍길동'], ['文/王建宏', '王建宏'], ['記者：山田太郎', '山田太郎'], ['Yazan: Ayşe Yılmaz', 'Ayşe Yılmaz'], ['Penulis: Budi Santoso', 'Budi Santoso'],
  ])('%s', (line, ...expected) => {
    expect(names({ top: `<p class="byline">${line}</p>` })).toEqual(expected);
  });

  it.each(['By Reuters', 'Reuters', 'By Reuters Staff', 'By The Associated Press', 'By dpa', '(dpa/lnw)', 'By Staff Writer', '5 March 2024'])('no name in "%s"', (line) => {
    expect(names({ top: `<p class="byline">${line}</p>` })).toEqual([]);
  });

  it.each([
    ['in italics', '<p><em>By Layla Haddad</em></p>', ['Layla Haddad']],
    ['in the brackets of an agency', '<p>(Reporting by Jane Doe and John Roe; Editing by Mary Major)</p>', ['Jane Doe', 'John Roe']],
  ])('at the foot, %s', (_, foot, expected) => {
    expect(names({ foot })).toEqual(expected);
  });

  it.each<readonly [unknown, readonly (readonly [string, string])[]]>([
    [{ '@type': 'Person', name: 'Jane Doe' }, [['Jane Doe', 'json-ld']]], [[{ name: 'Jane Doe' }, { name: 'John Roe' }], [['Jane Doe', 'json-ld'], ['John Roe', 'json-ld']]],
    ['By Jane Doe', [['Jane Doe', 'json-ld']]], [{ '@type': 'Person', name: 'Jane Doe, Reuters' }, [['Jane Doe', 'json-ld']]],
    [{ '@type': 'Organization', name: 'Daily Post' }, [['Daily Post', 'json-ld:organization']]], [{ '@type': 'Person', name: 'Reuters' }, [['Reuters', 'json-ld:organization']]],
    [{ '@type': 'Person', name: 'https://news.example/jane' }, []], [{ '@type': 'Person', name: 'jane@news.example' }, []], [{ '@type': 'Person', name: 'admin' }, []],
  ])('of JSON-LD: %j', (author, expected) => {
    expect(bylines({ head: linkedArticle({ author }) })).toEqual(expected);
  });

  it.each([
    ['<meta name="author" content="Jane Doe; John Roe">', [['Jane Doe', 'author'], ['John Roe', 'author']]],
    ['<meta property="article:author" content="https://social.example/x"><meta name="byl" content="By Jane Doe">', [['Jane Doe', 'byl']]],
    ['<meta name="author" content="Daily Post"><meta property="og:site_name" content="Daily Post">', [['Daily Post', 'meta:organization']]],
  ])('of the metadata: %s', (head, expected) => {
    expect(bylines({ head })).toEqual(expected);
  });

  it('of a link that says so', () => {
    expect(bylines({ top: '<p>Posted on <time>2024-03-05</time> <a rel="author" href="/jane">Jane Doe</a></p>' })).toEqual([['Jane Doe', 'microdata']]);
  });
});
