import { describe, expect, it } from 'vitest';
import { parseWire, type WireItem } from '../../src/wire/index.js';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function items(text: string | Uint8Array): readonly WireItem[] {
  const read = parseWire(typeof text === 'string' ? utf8(text) : text);
  if (!read.ok) throw read.fault;
  return read.value;
}

function only(text: string | Uint8Array): WireItem {
  const [item, more] = items(text);
  if (item === undefined || more !== undefined) throw new Error('not one item');
  return item;
}

const BODY = '<p>Bürgermeisterin Öz hat am Montag das Bad eröffnet.</p><p>„Endlich“, sagte sie.</p>';
const STORY = {
  uri: 'urn:newsml:desk.example:20240604:bad', version: '3', headline: 'Das Bad ist offen', subheadline: 'Drei Jahre Bau', byline: 'Ömer Kaya', located: 'Neustadt', slugline: 'Bad/Eröffnung', bodyHtml: BODY, language: 'de', urgency: '4',
  versionCreated: '2024-06-04T08:15:00Z', copyrightHolder: 'Desk', keywords: ['Bäder', 'Neustadt'],
};

const NITF_BODY = `<body><body.head><hedline><hl1>Das Bad ist offen</hl1><hl2>Drei Jahre Bau</hl2></hedline><byline>Ömer Kaya</byline><distributor>Desk</distributor><dateline><location><city>Neustadt</city></location></dateline></body.head><body.content>${BODY}<media><media-reference source="https://desk.example/1.jpg"/><media-caption>Das Bad</media-caption></media></body.content></body>`;

const FORMATS: Readonly<Record<string, string>> = {
  nitf: `<nitf xml:lang="de"><head><tobject tobject.type="news"><tobject.subject tobject.subject.refnum="10000000" tobject.subject.matter="Freizeit"/></tobject><docdata management-status="usable"><doc-id id-string="${STORY.uri}"/><urgency ed-urg="4"/><date.issue norm="20240604T081500Z"/><du-key key="Bad/Eröffnung" version="3"/><doc.copyright holder="Desk"/><key-list><keyword key="Bäder"/><keyword key="Neustadt"/></key-list></docdata></head>${NITF_BODY}</nitf>`,
  'newsml-g2': `<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="${STORY.uri}" version="3" xml:lang="de"><rightsInfo><copyrightHolder><name>Desk</name></copyrightHolder></rightsInfo><itemMeta><itemClass qcode="ninat:text"/><versionCreated>2024-06-04T10:15:00+02:00</versionCreated><pubStatus qcode="stat:usable"/></itemMeta>
    <contentMeta><urgency>4</urgency><located><name>Neustadt</name></located><by>Ömer Kaya</by><headline role="hld:sub">Drei Jahre Bau</headline><headline>Das Bad ist offen</headline><slugline>Bad/Eröffnung</slugline><subject qcode="medtop:10000000"><name>Freizeit</name></subject><keyword>Bäder</keyword><keyword>Neustadt</keyword></contentMeta><contentSet><inlineXML><nitf>${NITF_BODY}</nitf></inlineXML></contentSet></newsItem>`,
  'newsml-1.2': `<NewsML><NewsItem><Identification><NewsIdentifier><RevisionId>3</RevisionId><PublicIdentifier>${STORY.uri}</PublicIdentifier></NewsIdentifier></Identification><NewsManagement><ThisRevisionCreated>20240604T081500Z</ThisRevisionCreated><Urgency FormalName="4"/></NewsManagement><NewsComponent xml:lang="de"><NewsLines><HeadLine>Das Bad ist offen</HeadLine><SubHeadLine>Drei Jahre Bau</SubHeadLine><ByLine>Ömer Kaya</ByLine><SlugLine>Bad/Eröffnung</SlugLine><KeywordLine>Bäder</KeywordLine><KeywordLine>Neustadt</KeywordLine></NewsLines>
    <RightsMetadata><Copyright><CopyrightHolder>Desk</CopyrightHolder></Copyright></RightsMetadata><DescriptiveMetadata><Location><Property FormalName="City" Value="Neustadt"/></Location></DescriptiveMetadata><ContentItem><DataContent><nitf>${NITF_BODY}</nitf></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>`,
  'ninjs': JSON.stringify({ uri: STORY.uri, version: 3, type: 'text', language: 'de', urgency: 4, versionCreated: '2024-06-04T08:15:00Z', copyrightHolder: 'Desk', by: 'Ömer Kaya', located: 'Neustadt', slugline: 'Bad/Eröffnung', keywords: ['Bäder', 'Neustadt'],
    headlines: [{ role: 'sub', value: 'Drei Jahre Bau' }, { role: 'main', value: 'Das Bad ist offen' }], bodies: [{ contentType: 'text/plain', value: 'x' }, { contentType: 'text/html', value: BODY }] }),
};

describe('one story in every format', () => {
  it.each(Object.entries(FORMATS))('%s', (format, text) => expect(only(text)).toMatchObject({ ...STORY, format }));

  it('is the same in the lower-case ninjs of 1.x', () => {
    const old = JSON.stringify({ uri: STORY.uri, version: '3', language: 'de', urgency: 4, versioncreated: '2024-06-04T08:15:00Z', copyrightholder: 'Desk', byline: 'Ömer Kaya', located: 'Neustadt', slugline: 'Bad/Eröffnung', keywords: ['Bäder', 'Neustadt'], headline: 'Das Bad ist offen', body_html: BODY, associations: { main: { uri: 'urn:pic' } } });
    expect(only(old)).toMatchObject({ ...STORY, subheadline: null, associations: ['urn:pic'] });
  });
});

describe('NewsML-G2', () => {
  it('gives every item of a message, packages too', () => {
    const found = items('<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><packageItem guid="p"><itemMeta/><groupSet><group><itemRef residref="a"/><itemRef residref="b"/></group></groupSet></packageItem><newsItem guid="a"/><newsItem guid="b"/></itemSet></newsMessage>');
    expect(found.map(({ uri, associations }) => [uri, associations])).toEqual([['p', ['a', 'b']], ['a', []], ['b', []]]);
  });

  it('reads XHTML and plain content, embargo and pictures', () => {
    expect(only('<newsItem guid="a"><itemMeta><embargoed>2024-06-05T08:00:00+02:00</embargoed><link residref="urn:p" href="https://x.example/p"/></itemMeta><contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>a <b>b</b></p></body></html></inlineXML></contentSet></newsItem>'))
      .toMatchObject({ embargoed: '2024-06-05T06:00:00Z', bodyHtml: '<p>a <b>b</b></p>', associations: ['urn:p'] });
    expect(only('<newsItem guid="a"><contentSet><inlineData contenttype="text/plain">one &lt; two\n\nthree</inlineData></contentSet></newsItem>').bodyHtml).toBe('<p>one &lt; two</p><p>three</p>');
  });
});

describe('IPTC 7901', () => {
  const message = '\u{1}dsk0123 2 pl 0042 desk 123\r\n\r\nBad/Neustadt/\r\n\u{2}(Berichtigung: In einer früheren\r\nFassung fehlte ein Wort.)\r\n(Zusammenfassung)\r\nDas Bad in Neustadt ist nach drei Jahren\r\noffen\r\nVon Ömer Kaya, desk\r\n(Foto) =\r\n\r\nNeustadt (desk) - Bürgermeisterin Öz hat das Bad\r\neröffnet.\r\n\r\n   „Endlich“, sagte sie.\r\n\u{3}\r\n040815 Jun 24\r\n\u{4}';

  it('reads header, head, text and trailer', () => {
    expect(only(message)).toMatchObject({
      format: 'iptc7901', uri: 'dsk0123', provider: 'dsk', urgency: '2', wordCount: '42', slugline: 'Bad/Neustadt', headline: 'Das Bad in Neustadt ist nach drei Jahren offen', byline: 'Von Ömer Kaya, desk',
      edNote: 'Berichtigung: In einer früheren Fassung fehlte ein Wort.', bodyHtml: '<p>Neustadt (desk) - Bürgermeisterin Öz hat das Bad eröffnet.</p><p>„Endlich“, sagte sie.</p>', versionCreated: '2024-06-04T08:15:00Z',
    });
  });

  it('reads latin-1 as well as UTF-8', () => {
    const bytes = Uint8Array.from(Array.from(message.replaceAll(/[„“]/g, '"'), (c) => c.codePointAt(0) ?? 0));
    const read = parseWire(bytes, { language: 'de' });
    expect(read.ok && read.value[0]?.bodyHtml).toContain('Bürgermeisterin Öz');
  });

  it('takes what there is of a message that breaks off', () => {
    expect(only(message.slice(0, message.indexOf('Neustadt (desk)') + 30))).toMatchObject({ headline: 'Das Bad in Neustadt ist nach drei Jahren offen', versionCreated: null });
    expect(only('\u{1}x\r\n\u{2}just text\u{3}')).toMatchObject({ headline: null, bodyHtml: '<p>just text</p>', urgency: null });
  });
});

describe('ANPA 1312', () => {
  it('reads slug, headline, byline, text and time', () => {
    expect(only('\u{16}\u{16}\u{1}d0001\u{1F}desk\r\nu i\u{13}\u{11} BC-Pool     06-04 0042\r\n\u{2}\u{14}^BC-Pool,42<\r\n^The pool is open<\r\n^By Omer Kaya=\r\n^Desk Wire=\r\n\t   NEWTOWN (Desk) _ The pool opened\r\n on Monday.\r\n\t   "At last," she said.\r\n\u{3}\r\n06-04-24 0815GMT\u{4}'.replace('\u{14}', ''))).toMatchObject({
      format: 'anpa1312', slugline: 'BC-Pool', headline: 'The pool is open', byline: 'Omer Kaya', urgency: '3', bodyHtml: '<p>NEWTOWN (Desk) _ The pool opened on Monday.</p><p>"At last," she said.</p>', versionCreated: '2024-06-04T08:15:00Z',
    });
  });
});

describe('what is no wire file, and hostile files', () => {
  it.each([['', 'empty'], ['{"a":', 'not-wire'], ['{"a":1}', 'not-wire'], ['[1,2]', 'not-wire'], ['<rss/>', 'not-wire'], ['<html><p>x</html>', 'not-wire'], ['words', 'not-wire'], ['\u{FEFF} ', 'empty']])('%j is %s', (text, code) => {
    expect(parseWire(utf8(text))).toMatchObject({ ok: false, fault: { code } });
  });

  it.each([
    ['depth', `<newsItem guid="x">${'<contentSet>'.repeat(100_000)}`], ['items', `<newsMessage><itemSet>${'<newsItem/>'.repeat(5000)}</itemSet></newsMessage>`], ['brackets', `\u{1}x\r\n\u{2}${'('.repeat(100_000)}\u{3}`],
    ['equals', `\u{1}x\r\n\u{2}${'=\r\n'.repeat(50_000)}\u{3}`], ['carets', `\u{1}x\r\n\u{2}${'^<\r\n'.repeat(50_000)}\u{3}`], ['notes', `\u{1}x\r\n\u{2}${'(a)'.repeat(50_000)} =\u{3}`], ['json depth', `{"uri":"x","bodies":${'['.repeat(50_000)}`], ['stx', '\u{2}'.repeat(100_000)],
  ])('bears %s', (_, text) => expect(typeof parseWire(utf8(text)).ok).toBe('boolean'));
});
