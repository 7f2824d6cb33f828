import { describe, expect, it } from 'vitest';
import { parseOpml, writeOpml, type OpmlList } from '../../src/feed/index.js';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string): OpmlList => {
  const list = parseOpml(utf8(text));
  if (!list.ok) throw list.fault;
  return list.value;
};

describe('OPML', () => {
  it('reads nested subscriptions with their folders, in any case, each once', () => {
    expect(read(`<OPML version="1.0"><head><title>Desk &amp; night</title></head><body>
      <outline text="Wires"><outline TITLE="A &amp; B" xmlUrl="https://a.example/f" htmlUrl="https://a.example/"/><outline text="Sports"><outline text="C" XMLURL="https://c.example/f"/></outline></outline>
      <outline text="D" xmlUrl="https://d.example/f"/><outline text="D again" xmlUrl="https://d.example/f"/><outline text="a note"/></body></OPML>`)).toEqual({
      title: 'Desk & night',
      feeds: [
        { url: 'https://a.example/f', title: 'A & B', siteUrl: 'https://a.example/', language: null, folders: ['Wires'] },
        { url: 'https://c.example/f', title: 'C', siteUrl: null, language: null, folders: ['Wires', 'Sports'] },
        { url: 'https://d.example/f', title: 'D', siteUrl: null, language: null, folders: [] },
      ],
    });
  });

  it('gives back what it wrote', () => {
    const list: OpmlList = { title: 'Mine "& yours"', feeds: [
      { url: 'https://a.example/?a=1&b=<2>', title: 'Ünï\n"x" <y>', siteUrl: null, language: 'de', folders: ['F & G'] },
      { url: 'https://b.example/', title: 'B', siteUrl: 'https://b.example/x', language: null, folders: [], categories: ['state', 'the "levant"'] },
    ] };
    const again = read(writeOpml(list));
    expect(again.title).toBe(list.title);
    expect(again.feeds).toEqual([{ ...list.feeds[0], title: 'Ünï "x" <y>' }, list.feeds[1]]);
  });

  it('reads categories as words, paths cut into their parts', () => {
    expect(read('<opml><body><outline text="A" xmlUrl="https://a.example/f" category="/News/Levant, state,,/News"/></body></opml>').feeds)
      .toMatchObject([{ categories: ['News', 'Levant', 'state'] }]);
  });

  it('leaves out characters XML cannot hold', () => {
    expect(read(writeOpml({ title: 'a\u{1}b\u{D800}c', feeds: [] })).title).toBe('abc');
  });

  it.each([['', 'empty'], ['<rss/>', 'not-opml'], ['nothing', 'not-opml']])('refuses %j as %s', (text, code) => {
    expect(parseOpml(utf8(text))).toMatchObject({ ok: false, fault: { code } });
  });

  it('bears hostile depth and number', () => {
    expect(read(`<opml><body>${'<outline text="x">'.repeat(100_000)}`).feeds).toEqual([]);
    expect(read(`<opml><body>${'<outline xmlUrl="https://a.example/"/>'.repeat(60_000)}</body></opml>`).feeds).toHaveLength(1);
  });
});
