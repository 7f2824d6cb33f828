import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { composeStories, readPage, storyRecordSchema, withdrawPage, type KnownStory, type PageReading, type RecordFacts } from '../../src/story/index.js';

const page = (html: string): PageReading => readPage(new TextEncoder().encode(html), { url: 'https://wire.example/a.html' });
const river = readFileSync(new URL('../../config/sample-wire/pages/river-talks.html', import.meta.url), 'utf8');

const facts: RecordFacts = {
  source: { id: 'sample', name: 'Sample wire', feedUrl: 'https://wire.example/feed.xml' },
  url: 'https://wire.example/a.html',
  itemId: 'a',
  feedLanguage: 'en',
  itemTitle: null,
  itemPublished: null,
  itemUpdated: null,
  fetchedAt: '2026-03-03T19:00:00Z',
};

const compose = (reading: PageReading, known: readonly KnownStory[] = [], more: Partial<RecordFacts> = {}): ReturnType<typeof composeStories> =>
  composeStories(reading, { ...facts, ...more }, known);
const idsOf = (composed: ReturnType<typeof composeStories>): string[] => composed.stories.map(({ record }) => record.id);
const changesOf = (composed: ReturnType<typeof composeStories>): [string, number][] => composed.stories.map(({ record, change }) => [change, record.version]);

const first = compose(page(river));

test('records keep the schema and know each other', () => {
  expect(first.stories).toHaveLength(3);
  for (const { record } of first.stories) expect(storyRecordSchema.parse(record)).toEqual(record);
  expect(new Set(idsOf(first)).size).toBe(3);
  expect(first.stories.map(({ record }) => record.page)).toEqual([1, 2, 3].map((position) => ({ id: first.stories[0]?.record.page.id, position, count: 3 })));
  expect(first.stories.map(({ record }) => record.dateline?.inheritedFrom)).toEqual([undefined, idsOf(first)[0], idsOf(first)[0]]);
  expect(first.stories[0]?.record).toMatchObject({
    headline: 'Haddad: Talks on the shared river to resume in April',
    kicker: null,
    status: 'usable',
    bylines: ['Samir Dabbagh'],
    direction: 'ltr',
    publishedAt: { iso: '2026-03-03T18:40:00+03:00' },
    version: 1,
  });
  expect(first.stories[0]?.record.previousVersion).toBeUndefined();
});

test('what is kept of a story is small', () => {
  for (const known of first.known) expect(Buffer.byteLength(JSON.stringify(known))).toBeLessThan(400);
});

test('the same page again is unchanged, with the same ids, however it came', () => {
  const again = compose(page(river), first.known, { url: 'https://wire.example/a.html?utm_source=x' });
  expect(idsOf(again)).toEqual(idsOf(first));
  expect(changesOf(again)).toEqual([['unchanged', 1], ['unchanged', 1], ['unchanged', 1]]);
  expect(idsOf(compose(page(river)))).toEqual(idsOf(first));
});

test('an edited text is the next version of the same story, the others stay as they are', () => {
  const edited = compose(page(river.replace('for a test last week', 'for a second test on Monday')), first.known);
  expect(idsOf(edited)).toEqual(idsOf(first));
  expect(changesOf(edited)).toEqual([['unchanged', 1], ['changed', 2], ['unchanged', 1]]);
  expect(edited.stories[1]?.record).toMatchObject({ previousVersion: 1, changes: { fields: ['text'], blocks: { added: 1, removed: 1 } } });
  expect(edited.stories[0]?.record.changes).toBeUndefined();
});

test('an edited headline keeps the id', () => {
  const edited = compose(page(river.replaceAll('Haddad: The old canal will carry water again before the summer', 'Haddad: Water returns to the old canal before summer comes')), first.known);
  expect(idsOf(edited)).toEqual(idsOf(first));
  expect(changesOf(edited)[1]).toEqual(['changed', 2]);
  expect(edited.stories[1]?.record.changes).toEqual({ fields: ['headline'] });
});

const paragraphs = (text: string): string => text.split('|').map((line) => `<p>${line}</p>`).join('');
const SHIP = '<h2>Harbour ferry gets a new engine from the island yard</h2>' + paragraphs('ODENSE, March 3 (Ritzau) - The harbour ferry got a new engine on Tuesday, the island yard said, and will sail again from Friday.|The old engine goes to the museum of ships, where pupils may take it apart under the eyes of two retired mechanics.');
const BEES = '<h2>Town hall bees gather a record of honey in one spring</h2>' + paragraphs('AARHUS, March 3 (Ritzau) - The bees on the roof of the town hall gathered forty kilos of honey this spring, the keeper said on Tuesday.|The jars will be given to newly married couples together with a bag of seeds for their balconies and gardens.');
const OWLS = '<h2>Owls move into the restored church tower of the old village</h2>' + paragraphs('RIBE, March 3 (Ritzau) - A pair of barn owls has moved into the restored tower of the village church, the parish said on Tuesday.|A camera shows the nest on the parish website, and the bells ring more softly than before.');
const doc = (...stories: string[]): PageReading => page(`<html lang="en"><head><title>News in brief</title></head><body><article><h1>News in brief</h1>${stories.join('')}</article></body></html>`);

test('sub-stories that change places keep their ids, and a new one between them gets its own', () => {
  const before = compose(doc(SHIP, BEES));
  expect(before.stories).toHaveLength(2);
  const after = compose(doc(BEES, OWLS, SHIP), before.known);
  const [ship, bees] = idsOf(before);
  expect(idsOf(after)[0]).toBe(bees);
  expect(idsOf(after)[2]).toBe(ship);
  expect(after.stories.map(({ change }) => change)).toEqual(['unchanged', 'new', 'unchanged']);
  expect(after.withdrawn).toEqual([]);
});

test('a story that left a page which stands otherwise is withdrawn, and gets its id back when it returns', () => {
  const before = compose(doc(SHIP, BEES));
  const without = compose(doc(BEES), before.known);
  expect(without.withdrawn).toMatchObject([{
    id: idsOf(before)[0], version: 2, previousVersion: 1, status: 'withdrawn', withdrawal: 'left-the-page', headline: 'Harbour ferry gets a new engine from the island yard', body: { text: '' },
  }]);
  expect(without.stories.map(({ change }) => change)).toEqual(['unchanged']);
  const still = compose(doc(BEES), without.known);
  expect(still.withdrawn).toEqual([]);
  const back = compose(doc(SHIP, BEES), still.known);
  expect(idsOf(back)).toEqual(idsOf(before));
  expect(changesOf(back)).toEqual([['changed', 3], ['unchanged', 1]]);
  expect(back.stories[0]?.record).toMatchObject({ status: 'usable', changes: { fields: ['status'] } });
});

test('a page that rolls on, or whose rest changed too, withdraws nothing', () => {
  const before = compose(doc(SHIP, BEES));
  const rolled = compose(doc(BEES, OWLS), before.known);
  expect(rolled.withdrawn).toEqual([]);
  expect(compose(doc(BEES.replace('forty kilos', 'fifty kilos')), before.known).withdrawn).toEqual([]);
  // It is not told later either, by a reading that finds the page at rest.
  expect(compose(doc(BEES, OWLS), rolled.known).withdrawn).toEqual([]);
});

test('a flash that grows into a story keeps its id', () => {
  const flash = compose(page('<html lang="en"><body><article><h1>URGENT Bridge reopens</h1><p>LISBON, March 3 (Reuters) - The bridge reopened, the city said.</p></article></body></html>'));
  const full = compose(page(`<html lang="en"><body><article><h1>UPDATE 2-City opens mended bridge to walkers</h1>${paragraphs('PORTO, March 3 (Reuters) - Walkers and cyclists crossed the mended river bridge on Tuesday for the first time in three years.|Engineers had replaced every cable and painted the towers in their first colour.|A brass band played at both ends until the rain began.')}</article></body></html>`), flash.known);
  expect(idsOf(full)).toEqual(idsOf(flash));
  expect(full.stories[0]?.record).toMatchObject({ version: 2, kicker: 'UPDATE 2', headline: 'City opens mended bridge to walkers', status: 'usable' });
});

test('a correction and a kill set the status, also when only the feed says so', () => {
  const html = (title: string): PageReading => page(`<html lang="en"><body><article><h1>${title}</h1><p>LISBON, March 3 (Reuters) - The bridge reopened on Tuesday morning, the city said in a statement.</p></article></body></html>`);
  const plain = compose(html('City opens mended bridge'));
  const corrected = compose(html('CORRECTION: City opens mended bridge'), plain.known);
  expect(corrected.stories[0]).toMatchObject({ change: 'changed', record: { status: 'corrected', kicker: 'CORRECTION', headline: 'City opens mended bridge', version: 2 } });
  const killed = compose(html('City opens mended bridge'), corrected.known, { itemTitle: 'KILL - City opens mended bridge' });
  expect(killed.stories[0]).toMatchObject({ change: 'changed', record: { status: 'withdrawn', version: 3 } });
});

const plainPage = (...paragraph: string[]): PageReading =>
  page(`<html lang="en"><head><title>City opens mended bridge</title></head><body><article><h1>City opens mended bridge</h1>${paragraphs(`LISBON, March 3 (Reuters) - The bridge over the river was opened again on Tuesday morning, the city said in a statement.|Engineers had replaced every cable and painted the towers in their first colour, red.|${paragraph.join('|')}`)}</article></body></html>`);

test.each([
  ['white space and quotes', (html: string) => html.replace('painted the', 'painted \n\u00a0 the').replace('Engineers', '\u201cEngineers')],
  ['a counter of views', (html: string) => html.replace('</h1>', '</h1><p>1,204 views</p>')],
  ['the age of the text', (html: string) => html.replace('</h1>', '</h1><p>Updated 5 minutes ago</p>')],
  ['the age, in a word of another unit', (html: string) => html.replace('</h1>', '</h1><p>Updated 2 hours ago</p>')],
  ['a share bar', (html: string) => html.replace('</article>', '<p>Share on Facebook</p></article>')],
])('%s is no change', (_, edit) => {
  const html = `<html lang="en"><head><title>City opens mended bridge</title></head><body><article><h1>City opens mended bridge</h1>${paragraphs('LISBON, March 3 (Reuters) - The bridge over the river was opened again on Tuesday morning, the city said in a statement.|Engineers had replaced every cable and painted the towers in their first colour, red.')}</article></body></html>`;
  const before = compose(page(html));
  expect(changesOf(compose(page(edit(html)), before.known))).toEqual([['unchanged', 1]]);
  expect(changesOf(compose(page(html), compose(page(edit(html))).known))).toEqual([['unchanged', 1]]);
});

test('what the page still shows, and only is no longer taken for the story, was not taken away', () => {
  const reading = plainPage('The harbour choir sang at both ends until the rain began, and nobody left early.');
  const before = compose(reading);
  const last = reading.article.blocks.at(-1);
  if (last === undefined) throw new Error('the page has blocks');
  const shorter: PageReading = {
    ...reading,
    article: { ...reading.article, blocks: reading.article.blocks.slice(0, -1), furniture: [...reading.article.furniture, { ...last, reason: 'repeats-on-source' }] },
    split: { ...reading.split, stories: reading.split.stories.map((story) => ({ ...story, body: story.body.slice(0, -1) })) },
  };
  expect(changesOf(compose(shorter, before.known))).toEqual([['unchanged', 1]]);
  expect(changesOf(compose({ ...shorter, article: { ...shorter.article, furniture: reading.article.furniture } }, before.known))).toEqual([['changed', 2]]);
});

test('a notice in the place of the story withdraws it', () => {
  const before = compose(plainPage('Nobody was hurt.'));
  const notice = page('<html lang="en"><body><article><h1>City opens mended bridge</h1><p>This story has been withdrawn because it could not be confirmed.</p></article></body></html>');
  expect(compose(notice, before.known).stories[0]).toMatchObject({ change: 'changed', record: { id: idsOf(before)[0], version: 2, status: 'withdrawn', withdrawal: 'said-so' } });
});

test('a page that is no more withdraws each of its stories once', () => {
  const before = compose(doc(SHIP, BEES));
  const { notices, known } = withdrawPage(facts, before.known, 'http-410');
  expect(notices.map(({ id, version, status, withdrawal }) => [id, version, status, withdrawal])).toEqual(idsOf(before).map((id) => [id, 2, 'withdrawn', 'http-410']));
  expect(withdrawPage(facts, known, 'http-410').notices).toEqual([]);
  const back = compose(doc(BEES, SHIP), known);
  expect(idsOf(back)).toEqual([idsOf(before)[1], idsOf(before)[0]]);
  expect(changesOf(back)).toEqual([['changed', 3], ['changed', 3]]);
});

test('impossible times are flagged, not guessed over', () => {
  const timed = (iso: string | null): unknown =>
    compose(page('<html lang="en"><body><article><h1>City opens mended bridge</h1><p>The bridge reopened on Tuesday morning, the city said in a statement to the press.</p></article></body></html>'), [], { itemPublished: { raw: 'x', iso } }).stories[0]?.record.publishedAt;
  expect(timed('2031-01-01T00:00:00Z')).toMatchObject({ flag: 'future' });
  expect(timed(null)).toEqual({ raw: 'x', iso: null, flag: 'unreadable' });
  expect(timed('2026-03-02')).toMatchObject({ flag: 'no-zone' });
  expect(timed('2026-03-02T10:00:00+02:00')).toEqual({ raw: 'x', iso: '2026-03-02T10:00:00+02:00' });
});
