import { expect, test } from 'vitest';
import { composeStories, readPage, type ReadPageOptions, type RecordFacts, type StoryRecord } from '../../src/story/index.js';

const ENGLISH = `<h2>Ferry sails again from the island on Friday</h2><p>LISBON, March 3 (Reuters) - The harbour ferry got a new engine on Tuesday, the island yard said, and will sail again from Friday morning.</p>
<p>The old engine goes to the museum of ships, where pupils may take it apart and learn how it worked, the yard added in a statement.</p>`;
const ARABIC = `<h2>العبارة تبحر من جديد يوم الجمعة</h2><p>لشبونة 3 مارس (رويترز) - حصلت عبارة الميناء على محرك جديد يوم الثلاثاء، وستبحر من جديد صباح يوم الجمعة، حسبما أعلن حوض السفن في الجزيرة.</p>
<p>وسيذهب المحرك القديم إلى متحف السفن حيث يمكن للتلاميذ تفكيكه والتعرف على كيفية عمله، كما جاء في بيان الحوض.</p>`;

const facts: RecordFacts = {
  source: { id: 'harbour', name: 'Harbour', feedUrl: 'https://wire.example/feed.xml' }, url: 'https://wire.example/a.html', itemId: 'a', feedLanguage: null,
  itemTitle: null, itemPublished: null, itemUpdated: null, fetchedAt: '2026-03-03T19:00:00Z',
};

function recordsOf(body: string, { pageLanguage, feedLanguage = null, ...options }: ReadPageOptions & { readonly pageLanguage?: string; readonly feedLanguage?: string | null } = {}): StoryRecord[] {
  const html = `<html${pageLanguage === undefined ? '' : ` lang="${pageLanguage}"`}><body><main>${body}</main></body></html>`;
  const reading = readPage(new TextEncoder().encode(html), { url: facts.url, ...options });
  return composeStories(reading, { ...facts, feedLanguage }, []).stories.map(({ record }) => record);
}

test('a record holds what was detected, how sure, and what feed and page declare, each for itself', () => {
  const [record] = recordsOf(`<h1>Ferry sails again</h1>${ENGLISH}`, { pageLanguage: 'fr-FR', feedLanguage: 'pt' });
  expect(record?.language).toMatchObject({ tag: 'en', declaredByFeed: 'pt', declaredByPage: 'fr-FR' });
  expect(record?.language.confidence).toBeGreaterThan(0.9);
});

test('each story of a page has its own language and direction', () => {
  expect(recordsOf(`<h1>News in two languages</h1>${ENGLISH}${ARABIC}`, { pageLanguage: 'en' }).map(({ language, direction }) => [language.tag, direction])).toEqual([['en', 'ltr'], ['ar', 'rtl']]);
});

test('what a source sent before decides between siblings that its page leaves open', () => {
  const open = `<h1>Predsjednik vlade u posjeti</h1><p>Predsjednik vlade razgovarao je danas s predsjednikom o novom zakonu, a sutra putuje u Beč na sastanak s kancelarom i ministrima.</p>
<p>Nakon sastanka predsjednik vlade govori o zakonu pred novinarima u Beču, a onda se vraća kući i o svemu govori vladi.</p>`;
  const told = (history: Readonly<Record<string, number>>): string | undefined => recordsOf(open, { languageHistory: history })[0]?.language.tag;
  expect(told({ hr: 0.9 })).toBe('hr');
  expect(told({ bs: 0.9 })).toBe('bs');
});
