import { describe, expect, it } from 'vitest';
import { linkedArticle, linkedData, readMade } from './made-page.js';

const trail = linkedData({ '@type': 'BreadcrumbList', itemListElement: [
  { '@type': 'ListItem', position: 3, name: 'Harbour reopens' }, { '@type': 'ListItem', position: 1, item: { '@id': '/', name: 'Home' } },
  { '@type': 'ListItem', position: 2, item: { '@id': '/w', name: 'World' } }] });

describe('section', () => {
  it.each([
    ['metadata', '<meta property="article:section" content="World">'], ['parse.ly', '<meta name="parsely-section" content="World">'],
    ['JSON-LD', linkedArticle({ articleSection: ['World', 'Ports'] })], ['the trail of JSON-LD, below the front page', trail],
  ])('of %s', (_, head) => expect(readMade({ head }).section).toBe('World'));

  it('is decoded where it was escaped twice', () => expect(readMade({ head: linkedArticle({ articleSection: 'Food &amp; Drink' }) }).section).toBe('Food & Drink'));
  it('is not the page itself', () => {
    const head = linkedData({ '@type': 'BreadcrumbList', itemListElement: [{ position: 1, name: 'Home' }, { position: 2, name: 'Harbour reopens' }] });
    expect(readMade({ head }).section).toBeNull();
  });
});

describe('tags', () => {
  it.each([
    ['metadata', '<meta property="article:tag" content="Ports"><meta property="article:tag" content="Storms">', ''],
    ['news keywords', '<meta name="news_keywords" content="Ports, Storms">', ''], ['parse.ly', '<meta name="parsely-tags" content="Ports,Storms">', ''],
    ['a list of JSON-LD', linkedArticle({ keywords: ['Ports', 'Storms'] }), ''], ['a line of JSON-LD', linkedArticle({ keywords: 'Ports، Storms' }), ''],
    ['links marked as tags', '', '<div><a rel="tag" href="/t/p">Ports</a> <a rel="tag" href="/t/s">Storms</a></div>'],
  ])('of %s', (_, head, foot) => expect(readMade({ head, foot }).tags).toEqual(['Ports', 'Storms']));
});

describe('rights', () => {
  it.each([
    ['metadata', { head: '<meta name="copyright" content="© 2024 Daily Post">' }, '© 2024 Daily Post'],
    ['JSON-LD', { head: linkedArticle({ copyrightHolder: { '@type': 'Organization', name: 'Daily Post' } }) }, 'Daily Post'],
    ['a link in the head', { head: '<link rel="license" href="https://rights.example/by/4.0/">' }, 'https://rights.example/by/4.0/'],
    ['a link in the page', { after: '<footer><a rel="license" href="https://rights.example/by/4.0/">CC BY 4.0</a></footer>' }, 'https://rights.example/by/4.0/'],
    ['the line at the foot', { after: '<footer><p>© 2024 Daily Post. All rights reserved.</p></footer>' }, '© 2024 Daily Post. All rights reserved.'],
    ['nothing: a picture\'s credit', { foot: '<figure><img src="/m.jpg"><figcaption>© Reuters</figcaption></figure>' }, null],
  ])('of %s', (_, page, expected) => expect(readMade(page).rights).toBe(expected));
});

describe('name of the site', () => {
  it.each([
    ['og:site_name', '<meta property="og:site_name" content="Daily Post">'], ['the publisher', linkedArticle({ publisher: { '@type': 'Organization', name: 'Daily Post' } })],
    ['a publisher named elsewhere', linkedData({ '@graph': [{ '@type': 'NewsArticle', headline: 'Harbour reopens', publisher: { '@id': '#p' } }, { '@type': 'Organization', '@id': '#p', name: 'Daily Post' }] })],
    ['the site that JSON-LD describes', linkedData({ '@graph': [{ '@type': 'WebSite', name: 'Daily Post' }, { '@type': 'NewsArticle', headline: 'Harbour reopens' }] })],
  ])('by %s', (_, head) => expect(readMade({ head }).siteName).toBe('Daily Post'));
});

describe('canonical address', () => {
  it.each([
    ['a link', '<link rel="canonical" href="/a/one">', { value: 'https://news.example/a/one', from: 'canonical' }],
    ['a link beside a base', '<base href="https://www.example/b/"><link rel="canonical" href="one">', { value: 'https://www.example/b/one', from: 'canonical' }],
    ['og:url', '<meta property="og:url" content="https://news.example/a/one">', { value: 'https://news.example/a/one', from: 'og:url' }],
    ['no address of a page', '<link rel="canonical" href="javascript:alert(1)">', null],
  ])('by %s', (_, head, expected) => expect(readMade({ head }).canonicalUrl).toEqual(expected));
});

describe('declared language', () => {
  it.each([
    ['the page', 'de_AT', '', 'de-AT'], ['http-equiv', '', '<meta http-equiv="content-language" content="fr-FR, en">', 'fr-FR'], ['og:locale', '', '<meta property="og:locale" content="pt_BR">', 'pt-BR'],
    ['JSON-LD', '', linkedArticle({ inLanguage: 'he' }), 'he'], ['a Language of JSON-LD', '', linkedArticle({ inLanguage: { '@type': 'Language', name: 'Arabic', alternateName: 'ar' } }), 'ar'],
    ['nothing: no tag', '???', '', null],
  ])('by %s', (_, lang, head, expected) => expect(readMade({ lang, head }).declaredLanguage).toBe(expected));
});

describe('subheadline', () => {
  const line = 'Ferries to the islands run again, and the roof is to be mended by June';
  it.each([
    ['json-ld', { head: linkedArticle({ alternativeHeadline: line }) }], ['lead', { top: `<p class="standfirst">${line}</p>` }], ['h2', { top: `<h2>${line}</h2>` }],
  ])('by %s', (from, page) => expect(readMade(page).subheadline).toEqual({ value: line, from }));
});
