import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseFeed, type Feed, type ParseFeedOptions } from '../../src/feed/index.js';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function read(text: string, options: ParseFeedOptions = {}): Feed {
  const feed = parseFeed(utf8(text), options);
  if (!feed.ok) throw feed.fault;
  return feed.value;
}

const faultOf = (text: string): string => {
  const feed = parseFeed(utf8(text));
  return feed.ok ? 'read' : feed.fault.code;
};

const first = (feed: Feed): Feed['items'][number] => {
  const [item] = feed.items;
  if (item === undefined) throw new Error('the feed has no items');
  return item;
};

describe('formats', () => {
  it('reads RSS 2.0', () => {
    const feed = read(`<?xml version="1.0"?>
      <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
        <title>Harbour Wire</title><link>https://wire.example/</link><description>All that floats</description><language>en-GB</language><ttl>20</ttl>
        <image><url>/logo.png</url><title>x</title></image><copyright>(c) Harbour</copyright>
        <item><title>Ferry &amp; tug collide</title><link>https://wire.example/1</link><guid isPermaLink="false">hw-1</guid>
          <pubDate>Tue, 04 Jun 2024 08:15:00 GMT</pubDate><dc:creator>Ada Marsh</dc:creator><category>Ports</category><category>Accidents</category>
          <description>Two hurt.</description><content:encoded><![CDATA[<p>Two hurt in <a href="/more">the harbour</a>.</p>]]></content:encoded>
          <enclosure url="https://wire.example/1.jpg" type="image/jpeg" length="123"/><comments>https://wire.example/1#c</comments></item>
      </channel></rss>`, { url: 'https://wire.example/feed.xml' });
    expect(feed).toMatchObject({ format: 'rss', title: 'Harbour Wire', link: 'https://wire.example/', description: 'All that floats', language: 'en-GB', minIntervalSeconds: 1200, image: 'https://wire.example/logo.png', rights: '(c) Harbour', encoding: 'utf-8', notes: [] });
    expect(first(feed)).toEqual({
      id: 'hw-1', link: 'https://wire.example/1', title: 'Ferry & tug collide', titleHtml: null, summary: 'Two hurt.', content: '<p>Two hurt in <a href="https://wire.example/more">the harbour</a>.</p>',
      published: { raw: 'Tue, 04 Jun 2024 08:15:00 GMT', iso: '2024-06-04T08:15:00Z' }, updated: null, authors: [{ name: 'Ada Marsh' }], categories: ['Ports', 'Accidents'], language: 'en-GB',
      enclosures: [{ url: 'https://wire.example/1.jpg', type: 'image/jpeg', length: 123 }], comments: 'https://wire.example/1#c', rights: null, source: null,
    });
  });

  it.each(['0.91', '0.92', '0.93', '1.1', '2.01', 'banana'])('reads RSS of version %s', (version) => {
    expect(first(read(`<rss version="${version}"><channel><title>T</title><item><title>A</title><link>https://a.example/</link></item></channel></rss>`))).toMatchObject({ title: 'A', link: 'https://a.example/' });
  });

  it('reads RSS 0.90 and 1.1, which are RDF of other names', () => {
    const old = read('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>T</title></channel><item><title>A</title><link>https://a.example/1</link></item></rdf:RDF>');
    const late = read('<Channel xmlns="http://purl.org/net/rss1.1#" xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><title>T</title><items r:parseType="Collection"><item r:about="https://a.example/1"><title>A</title><link>https://a.example/1</link></item></items></Channel>');
    for (const feed of [old, late]) expect([feed.title, first(feed).title, first(feed).link]).toEqual(['T', 'A', 'https://a.example/1']);
  });

  it.each([
    ['<ttl>20</ttl>', 1_200], ['<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>', 1_800], ['<sy:updatePeriod>daily</sy:updatePeriod>', 86_400],
    ['<ttl>soon</ttl>', null], ['<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>', 3_600], ['', null],
  ])('takes %j as a wish for %s seconds between two polls', (wish, seconds) => {
    expect(read(`<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>T</title>${wish}<item><title>A</title></item></channel></rss>`).minIntervalSeconds).toBe(seconds);
  });

  it('reads RSS 1.0 with items beside the channel, under any prefix', () => {
    const feed = read(`<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:q="http://purl.org/rss/1.0/" xmlns:d="http://purl.org/dc/elements/1.1/">
      <q:channel r:about="https://a.example/rss"><q:title>T</q:title><q:link>https://a.example/</q:link></q:channel>
      <q:item r:about="https://a.example/1"><q:title>One</q:title><q:link>https://a.example/1</q:link><d:date>2024-06-04T10:15+02:00</d:date><d:subject>Ports</d:subject></q:item></r:RDF>`);
    expect(feed).toMatchObject({ format: 'rdf', title: 'T', id: 'https://a.example/rss' });
    expect(first(feed)).toMatchObject({ id: 'https://a.example/1', title: 'One', categories: ['Ports'], published: { iso: '2024-06-04T08:15:00Z' } });
  });

  it('reads Atom 1.0 with XHTML, several links and authors', () => {
    const feed = read(`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://a.example/x/"><title type="html">A &amp;amp; B</title><id>urn:f</id><link rel="self" href="feed"/><link rel="hub" href="https://hub.example/"/><link href="./"/>
      <entry><id>urn:1</id><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Mit <em>Nachdruck</em>!</div></title><link rel="alternate" type="application/pdf" href="1.pdf"/><link rel="alternate" type="text/html" href="1"/>
        <published>2024-06-04T08:15:00Z</published><updated>2024-06-05T08:15:00Z</updated><author><name>Jörg</name><email>j@a.example</email></author><author><name>Ute</name></author>
        <content type="xhtml" xml:base="1/"><div xmlns="http://www.w3.org/1999/xhtml"><p>Erst <b>fett</b>, dann <img src="bild.png"/>.</p></div></content><category term="p" label="Politik"/></entry></feed>`);
    expect(feed).toMatchObject({ format: 'atom', title: 'A & B', titleHtml: 'A &amp; B', self: 'https://a.example/x/feed', hub: 'https://hub.example/', link: 'https://a.example/x/' });
    expect(first(feed)).toMatchObject({
      title: 'Mit Nachdruck!', titleHtml: 'Mit <em>Nachdruck</em>!', link: 'https://a.example/x/1', language: 'de', authors: [{ name: 'Jörg', email: 'j@a.example' }, { name: 'Ute' }],
      content: '<p>Erst <b>fett</b>, dann <img src="https://a.example/x/1/bild.png">.</p>', categories: ['Politik', 'p'], published: { iso: '2024-06-04T08:15:00Z' }, updated: { iso: '2024-06-05T08:15:00Z' },
    });
  });

  it('reads Atom 0.3 with its modes', () => {
    const feed = read(`<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title mode="escaped" type="text/html">&lt;b&gt;T&lt;/b&gt;</title>
      <entry><title mode="base64" type="text/plain">${Buffer.from('Grüße').toString('base64')}</title><issued>2004-01-02T03:04:05Z</issued><content type="text/html" mode="escaped">&lt;p&gt;x&lt;/p&gt;</content></entry></feed>`);
    expect(feed.title).toBe('T');
    expect(first(feed)).toMatchObject({ title: 'Grüße', content: '<p>x</p>', published: { iso: '2004-01-02T03:04:05Z' } });
  });

  it('reads JSON Feed, whatever type its fields have', () => {
    const feed = read(JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1', title: 'T', home_page_url: '/', language: 'fr', hubs: [{ type: 'WebSub', url: 'https://hub.example/' }],
      items: [{ id: 7, url: '/7', title: 'Sept', content_html: '<a href="x">x</a>', date_published: '2024-06-04T10:15:00+02:00', authors: [{ name: 'Zoé' }], tags: ['a', 3, null], attachments: [{ url: '/7.mp3', mime_type: 'audio/mpeg', size_in_bytes: 9 }] }, 'nonsense', { title: ['no'], content_text: 'a < b' }],
    }), { url: 'https://a.example/feed.json', contentType: 'application/feed+json' });
    expect(feed).toMatchObject({ format: 'json', title: 'T', link: 'https://a.example/', hub: 'https://hub.example/', language: 'fr' });
    expect(first(feed)).toMatchObject({ id: '7', link: 'https://a.example/7', content: '<a href="https://a.example/x">x</a>', categories: ['a', '3'], authors: [{ name: 'Zoé' }], published: { iso: '2024-06-04T08:15:00Z' }, enclosures: [{ url: 'https://a.example/7.mp3', type: 'audio/mpeg', length: 9 }] });
    expect(feed.items).toHaveLength(2);
    expect(feed.items[1]).toMatchObject({ title: null, content: 'a &lt; b' });
    expect(feed.notes.map(({ code }) => code)).toEqual(['bad-item']);
  });

  it('reads a news sitemap, an index and a sitemap of plain lines', () => {
    const feed = read(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://a.example/1</loc>
      <n:news><n:publication><n:name>A</n:name><n:language>pt</n:language></n:publication><n:publication_date>2024-06-04</n:publication_date><n:title>Peixe &amp; batatas</n:title><n:keywords>mar, peixe</n:keywords></n:news></url><url><lastmod>2024</lastmod></url></urlset>`);
    expect(feed.format).toBe('sitemap');
    expect(feed.items).toHaveLength(1);
    expect(first(feed)).toMatchObject({ link: 'https://a.example/1', title: 'Peixe & batatas', language: 'pt', categories: ['mar', 'peixe'], published: { raw: '2024-06-04' } });
    expect(read('<sitemapindex><sitemap><loc>https://a.example/s1.xml</loc></sitemap><sitemap/></sitemapindex>')).toMatchObject({ format: 'sitemap-index', children: ['https://a.example/s1.xml'], items: [] });
    expect(read('https://a.example/1\nhttps://a.example/2\n').items.map(({ link }) => link)).toEqual(['https://a.example/1', 'https://a.example/2']);
  });

  it('takes the hub of a Link header before the feed\'s own', () => {
    const feed = read('<feed xmlns="http://www.w3.org/2005/Atom"><link rel="hub" href="https://other.example/"/></feed>', { linkHeader: '<https://hub.example/>; rel="hub", </feed>; rel=self', url: 'https://a.example/x' });
    expect(feed).toMatchObject({ hub: 'https://hub.example/', self: 'https://a.example/feed' });
  });
});

describe('what is no feed', () => {
  it.each([
    ['', 'empty'],
    [' \n', 'empty'],
    ['<!DOCTYPE html><html><head><title>x</title></head><body>y</body></html>', 'html-not-feed'],
    ['<soap:Envelope><soap:Body/></soap:Envelope>', 'not-a-feed'],
    ['{"error": "no"}', 'not-a-feed'],
    ['{"version": "https://jsonfeed.org/version/1", "items": [', 'not-a-feed'],
    ['<opml version="2.0"><body/></opml>', 'not-a-feed'],
    ['just words', 'not-a-feed'],
  ])('says what %j is', (text, code) => expect(faultOf(text)).toBe(code));
});

describe('damage costs what it touches and no more', () => {
  const feed = (items: string): string => `<rss version="2.0"><channel><title>T</title>${items}</channel></rss>`;

  it.each([
    ['a bare ampersand', feed('<item><title>Fish & chips</title></item>'), 'Fish & chips'],
    ['an unknown entity', feed('<item><title>Fish &nosuch; chips</title></item>'), 'Fish &nosuch; chips'],
    ['an HTML entity', feed('<item><title>Caf&eacute; &mdash; bar</title></item>'), 'Café — bar'],
    ['a C1 reference', feed('<item><title>Don&#146;t</title></item>'), 'Don’t'],
    ['the bytes of UTF-8 as references', feed('<item><title>On&#226;&#128;&#166; &#195;&#169;t&#195;&#169; &#233;&#233;</title></item>'), 'On… été éé'],
    ['a control character', feed('<item><title>A\u{8}B\u{0}C</title></item>'), 'ABC'],
    ['an unclosed element', feed('<item><title>Open</item><item><title>Next</title></item>'), 'Open'],
    ['a truncated document', feed('<item><title>Cut</title><description>and th').slice(0, -20), 'Cut'],
    ['a bare less-than', feed('<item><title>1 < 2</title></item>'), '1 < 2'],
    ['words before the declaration', `Warning: mysql\n<?xml version="1.0"?>${feed('<item><title>X</title></item>')}`, 'X'],
    ['HTML around it', `<html><body><b>Notice</b><br>${feed('<item><title>X</title></item>')}</body></html>`, 'X'],
    ['capitals', '<RSS><CHANNEL><ITEM><TITLE>X</TITLE></ITEM></CHANNEL></RSS>', 'X'],
    ['no channel', '<rss><item><title>X</title></item></rss>', 'X'],
    ['no root', '<channel><item><title>X</title></item></channel>', 'X'],
    ['a prefixed root', '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>X</a:title></a:entry></a:feed>', 'X'],
    ['markup in an RSS title', feed('<item><title><b>X</b> &amp; Y</title></item>'), 'X & Y'],
    ['markup escaped in an RSS title', feed('<item><title>&lt;b&gt;X&lt;/b&gt; &amp;amp; Y</title></item>'), 'X & Y'],
    ['a double title', feed('<item><title/><title>X</title></item>'), 'X'],
    ['attributes named after prototypes', feed('<item __proto__="x" constructor="y"><title>X</title><__proto__>z</__proto__><constructor>q</constructor></item>'), 'X'],
    ['CDATA without its end', '<rss><channel><item><title><![CDATA[X', 'X'],
  ])('%s', (_, text, title) => expect(first(read(text)).title).toBe(title));

  it('keeps the other items and fields beside a bad date', () => {
    const read1 = read(feed('<item><title>A</title><pubDate>yesterday-ish</pubDate></item><item><title>B</title><pubDate>Tue, 04 Jun 2024 08:15:00 GMT</pubDate></item>'));
    expect(read1.items.map(({ title, published }) => [title, published?.iso])).toEqual([['A', null], ['B', '2024-06-04T08:15:00Z']]);
    expect(read1.notes.map(({ code }) => code)).toEqual(['time-not-understood']);
  });

  it('flags a time that lies more than a day ahead, and keeps it', () => {
    const options = { now: new Date('2024-06-01T00:00:00Z') };
    expect(first(read(feed('<item><pubDate>2024-06-01T20:00:00Z</pubDate></item>'), options)).published?.future).toBeUndefined();
    expect(first(read(feed('<item><pubDate>2024-06-04T08:15:00Z</pubDate></item>'), options)).published).toMatchObject({ iso: '2024-06-04T08:15:00Z', future: true });
  });

  it('reads a feed in gzip and in windows-1251 that no label names', () => {
    expect(parseFeed(gzipSync(utf8(feed('<item><title>X</title></item>'))))).toMatchObject({ ok: true, value: { title: 'T' } });
    const body = 'Правительство утвердило порядок помощи сельским школам';
    const bytes = Uint8Array.from(Array.from(feed(`<item><title>${body}</title></item>`), (c) => (c >= 'А' && c <= 'я' ? (c.codePointAt(0) ?? 0) - 0x350 : c.codePointAt(0) ?? 0)));
    expect(parseFeed(bytes)).toMatchObject({ ok: true, value: { encoding: 'windows-1251', items: [{ title: body }] } });
  });
});

describe('hostile documents', () => {
  it('expands entities within bounds and follows none outside', () => {
    const bomb = `<!DOCTYPE rss [<!ENTITY a "ha">${Array.from({ length: 30 }, (_, i) => `<!ENTITY b${i} "${`&b${i - 1};`.repeat(10).replaceAll('b-1', 'a')}">`).join('')}<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY own "Own > &amp; good">]>`;
    const feed = read(`${bomb}<rss><channel><item><title>&own;</title><description>&b29;&x;</description></item></channel></rss>`);
    expect(first(feed).title).toBe('Own > & good');
    expect((first(feed).summary ?? '').length).toBeLessThan(100);
    expect(first(feed).summary).not.toContain('root:');
  });

  it.each([
    ['nested tags', '<a>'.repeat(200_000)],
    ['nested tags inside an item', `<rss><channel><item><title>X</title>${'<b>'.repeat(100_000)}</item></channel></rss>`],
    ['close tags', `<rss><channel>${'</nothing>'.repeat(200_000)}<item><title>X</title></item></channel></rss>`],
    ['attributes', `<rss ${Array.from({ length: 20_000 }, (_, i) => `a${i}="x"`).join(' ')}><channel/></rss>`],
    ['namespaces', `<rss>${'<x xmlns:a="b" xmlns:c="d">'.repeat(5000)}</rss>`],
    ['ampersands', `<rss><channel><title>${'&'.repeat(500_000)}</title></channel></rss>`],
    ['half tags in a body', `<rss><channel><item><description><![CDATA[${'<a href="x '.repeat(50_000)}]]></description></item></channel></rss>`],
    ['quotes in a body', `<rss><channel><item><description><![CDATA[${'<a "\''.repeat(50_000)}]]></description></item></channel></rss>`],
    ['comments in a title', `<rss><channel><title><![CDATA[${'<!--'.repeat(50_000)}]]></title></channel></rss>`],
    ['scripts in a title', `<rss><channel><title><![CDATA[${'<script>'.repeat(50_000)}]]></title></channel></rss>`],
    ['a person', `<rss><channel><managingEditor>${'a@b (<'.repeat(20_000)}</managingEditor></channel></rss>`],
    ['a date', `<rss><channel><pubDate>${'1 jan '.repeat(20_000)}</pubDate></channel></rss>`],
    ['a Link-like list of addresses', 'https://a.example/ '.repeat(50_000)],
    ['a half doctype', '<!DOCTYPE rss ['.repeat(20_000)],
    ['many entities', `<!DOCTYPE rss [${'<!ENTITY a "b'.repeat(50_000)}]><rss/>`],
    ['JSON depth', `{"items":${'['.repeat(100_000)}`],
  ])('reads %s without a throw', (_, text) => expect(typeof parseFeed(utf8(text), { url: 'https://a.example/', linkHeader: text.slice(0, 100_000) }).ok).toBe('boolean'));

  it('keeps at most ten thousand items and says so', () => {
    const feed = read(`<rss><channel>${'<item><title>x</title></item>'.repeat(10_050)}</channel></rss>`);
    expect(feed.items).toHaveLength(10_000);
    expect(feed.notes.map(({ code }) => code)).toEqual(['too-many-items']);
    const json = read(JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'T', items: Array.from({ length: 10_050 }, (_, id) => ({ id })) }));
    expect(json.items).toHaveLength(10_000);
    expect(json.notes).toEqual([{ code: 'too-many-items', message: '50 items beyond the first 10000 were left out.' }]);
  });
});
