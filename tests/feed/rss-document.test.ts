import { describe, expect, it } from 'vitest';
import { canonicalFeed, findRoot } from '../../src/feed/canonical-feed.js';
import { readMarkup } from '../../src/feed/markup-tree.js';
import { readRssDocument, rssDocument, rssParser, type RssElement } from '../../src/feed/rss-document.js';

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** The document as XML; fields that are no text have no form there. */
const toXml = (element: RssElement): string => Object.entries(element).flatMap(([name, values]) => values.map((value) => {
  if (typeof value === 'string') return `<${name}>${escape(value)}</${name}>`;
  return name === 'item' ? `<item>${toXml(value as RssElement)}</item>` : '';
})).join('');

const ATOM = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire &amp; more</title><link href="https://a.example/"/><id>urn:f</id><subtitle>All of it</subtitle><rights>(c)</rights>
  <entry><id>urn:1</id><title type="html">&lt;b&gt;One&lt;/b&gt;</title><link href="https://a.example/1"/><published>2024-06-04T08:15:00Z</published><content>x &lt; y</content><summary>short</summary><category term="a"/><category term="b"/></entry>
  <entry><id>urn:2</id><title>Two</title></entry></feed>`;

describe('rssDocument', () => {
  it('is read by rss-parser as the same document in XML is', async () => {
    const root = findRoot(readMarkup(ATOM));
    if (root === null) throw new Error('no root');
    const document = rssDocument(canonicalFeed(root.element, root.format, {}), (raw) => (raw === null ? undefined : { raw, iso: raw }));
    const direct = readRssDocument(document);
    const parsed = await rssParser().parseString(`<rss version="2.0"><channel>${toXml(document.rss.channel[0])}</channel></rss>`);

    const textFields = (value: object): object => Object.fromEntries(Object.entries(value).filter(([, field]) => typeof field === 'string'));
    expect(textFields(parsed)).toEqual(textFields(direct));
    expect(parsed.items.map(textFields)).toEqual(direct.items.map(textFields));
    expect(parsed.items.map(({ categories }) => categories)).toEqual(direct.items.map(({ categories }) => categories));
    expect(direct.items[0]).toMatchObject({ title: 'One', guid: 'urn:1', link: 'https://a.example/1', body: 'x &lt; y', isoDate: '2024-06-04T08:15:00.000Z' });
  });
});
