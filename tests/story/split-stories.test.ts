import { expect, test } from 'vitest';
import type { Block, BlockKind } from '../../src/article/index.js';
import { splitStories, type Split, type SplitInput } from '../../src/story/index.js';

const page = (...blocks: (readonly [BlockKind, string])[]): Block[] => blocks.map(([kind, text], index) => ({ index, kind, text }));
const spans = ({ stories }: Split): (readonly [number, number])[] => stories.map(({ start, end }) => [start, end]);

const FERRY = [
  ['heading', 'Harbour ferry gets a new engine from the island yard'],
  ['paragraph', 'ODENSE, March 3 (Ritzau) - The harbour ferry got a new engine on Tuesday, the island yard said, and will sail again from Friday morning.'],
  ['paragraph', 'The old engine goes to the museum of ships, where pupils may take it apart under the eyes of two retired mechanics.'],
] as const;
const OWLS = [
  ['heading', 'Owls move into the restored tower of the village church'],
  ['paragraph', 'A pair of barn owls has moved into the restored tower of the village church, the parish said on Tuesday.'],
  ['paragraph', 'A camera shows the nest to visitors of the parish website, and the bells ring more softly than before.'],
] as const;

test('a story without a dateline takes it from the story before, and says so', () => {
  const { stories } = splitStories({ blocks: page(...FERRY, ...OWLS), language: 'en' });
  expect(stories.map(({ headline, datelineInherited, datelineFrom }) => [headline, datelineInherited, datelineFrom])).toEqual([[FERRY[0][1], false, null], [OWLS[0][1], true, 0]]);
  expect(stories[1]?.dateline).toEqual(stories[0]?.dateline);
  expect(stories[0]?.body[0]?.text).toMatch(/^The harbour ferry got/);
});

test('every block is in one span or in the furniture, in order, and the evidence for each cut is kept', () => {
  const blocks = page(['paragraph', 'Share this article'], ...FERRY, ['paragraph', '* * *'], ...OWLS, ['paragraph', 'By Ane Holm'], ['heading', 'Read also'], ['list-item', 'Bees gather a record of honey']);
  const { stories, furniture } = splitStories({ blocks, language: 'en' });
  const outside = new Set(furniture.map(({ position }) => position));
  for (const [position] of blocks.entries()) {
    const inside = stories.filter(({ start, end }) => start <= position && position <= end).length;
    expect(inside === 1 || (inside === 0 && outside.has(position)), `block ${String(position)}`).toBe(true);
  }
  expect(furniture.map(({ position, kind }) => [position, kind])).toEqual([[0, 'share'], [4, 'ruler'], [8, 'byline'], [9, 'teaser'], [10, 'teaser']]);
  expect(stories[1]?.evidence.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['ruler', 'page-headline-absent']));
  for (const { confidence } of stories) expect(confidence).toBeGreaterThan(0.5);
});

test('a source may say that its pages are one story, or many', () => {
  const blocks = page(...FERRY, ...OWLS);
  expect(spans(splitStories({ blocks, language: 'en', stories: 'one' }))).toEqual([[0, 5]]);
  const doubtful = page(FERRY[0], FERRY[1], FERRY[2], ['heading', 'What the yard says of its ferry'], ['paragraph', 'The yard said that the ferry would need new screws as well, and that they were ordered.'], ['paragraph', 'They arrive in spring.']);
  expect(splitStories({ blocks: doubtful, language: 'en' }).stories).toHaveLength(1);
  expect(splitStories({ blocks: doubtful, language: 'en', stories: 'many' }).stories).toHaveLength(2);
});

test('the entries of a live blog are stories only where the source says so', () => {
  const blocks = page(...FERRY, ...OWLS);
  expect(splitStories({ blocks, language: 'en', liveBlog: true }).stories).toHaveLength(1);
  expect(splitStories({ blocks, language: 'en', liveBlog: true, stories: 'many' }).stories).toHaveLength(2);
});

test('sub-headings do not split a story, whatever their number', () => {
  const sections = ['A new home for the engine', 'Who may come aboard', 'The price of a crossing', 'What the captain hopes', 'Looking ahead'].flatMap((heading, at): (readonly [BlockKind, string])[] => [
    ['heading', heading],
    ['paragraph', `The ferry will carry more people than before, the yard said of its engine, and the harbour agreed for the ${String(at + 1)}th time.`],
    ['paragraph', 'Captain Holm said that the crossing takes nine minutes, as it always has.'],
  ]);
  expect(spans(splitStories({ blocks: page(...FERRY, ...sections), language: 'en' }))).toEqual([[0, 17]]);
});

test('a change of language opens the same news again in another', () => {
  const { stories } = splitStories({
    blocks: page(...FERRY, ['heading', 'عبّارة الميناء تحصل على محرك جديد من حوض الجزيرة'], ['paragraph', 'حصلت عبّارة الميناء يوم الثلاثاء على محرك جديد وستبحر مجدداً اعتباراً من صباح الجمعة بحسب حوض الجزيرة.'], ['paragraph', 'وسينقل المحرك القديم إلى متحف السفن حيث يمكن للتلاميذ تفكيكه.']),
    language: 'en',
  });
  expect(stories.map(({ language }) => [language.tag, language.direction])).toEqual([['en', 'ltr'], ['ar', 'rtl']]);
});

test('a long quotation in another language does not flip the story that it stands in', () => {
  const quoted = 'وقال مدير الحوض إن المحرك الجديد أخف من القديم وإن العمال قضوا الشتاء كله في تركيبه قبل أن تعود العبّارة إلى الميناء. '.repeat(20);
  const { stories } = splitStories({ blocks: page(FERRY[0], ['quote', quoted], FERRY[1], FERRY[2], OWLS[1], OWLS[2]), language: 'en', stories: 'one' });
  expect(stories.map(({ language }) => [language.tag, language.direction])).toEqual([['en', 'ltr']]);
});

test('wire copy without headlines is cut at its datelines, signed by its desks', () => {
  const split = splitStories({
    blocks: page(
      ['paragraph', 'Por Nuria Sanz'], ['paragraph', 'Valencia, 3 mar (EFE).- La banda municipal estrenó este martes una sinfonía escrita entre todos los vecinos.'], ['paragraph', 'La obra dura cuarenta minutos y termina con las campanas.'], ['paragraph', 'EFE ns-c'],
      ['paragraph', 'Toledo, 3 mar (EFE).- Un grupo de agricultores recuperó este martes un molino de viento para moler el trigo antiguo.'], ['paragraph', 'El primer pan se repartió en la escuela.'],
    ),
    language: 'es',
  });
  expect(spans(split)).toEqual([[0, 2], [4, 5]]);
  expect(split.stories.map(({ bylines }) => bylines)).toEqual([['Nuria Sanz'], []]);
  expect(split.furniture.map(({ position, kind }) => [position, kind])).toEqual([[0, 'byline'], [3, 'desk-signature']]);
});

test('a flash of one line is a story, and so is a headline alone', () => {
  expect(splitStories({ blocks: page(['paragraph', 'LISBON, March 3 (Reuters) - The bridge is open.']), headline: { value: 'FLASH - Bridge opens' }, language: 'en' }).stories[0]).toMatchObject({ headline: 'Bridge opens', kicker: 'FLASH', start: 0, end: 0 });
  expect(splitStories({ blocks: [], headline: { value: 'URGENT: Bridge opens' } }).stories).toMatchObject([{ headline: 'Bridge opens', kicker: 'URGENT', start: 0, end: -1, body: [] }]);
  expect(splitStories({ blocks: [] }).stories).toEqual([]);
  expect(splitStories({ blocks: page(['heading', 'Bridge opens']) }).stories).toHaveLength(1);
});

test.each<[string, SplitInput]>([
  ['many headings', { blocks: page(...Array.from({ length: 4000 }, (_, at) => (at % 2 === 0 ? ['heading', `Heading number ${String(at)} of a page`] : ['paragraph', `Paragraph ${String(at)} says what number ${String(at * 7)} is.`]) as readonly [BlockKind, string])) }],
  ['one endless block', { blocks: page(['heading', 'A page'], ['paragraph', 'word '.repeat(200_000)]) }],
  ['marks alone', { blocks: page(['paragraph', '.'.repeat(100_000)], ['paragraph', '"“('.repeat(50_000)], ['paragraph', ': - '.repeat(50_000)]) }],
  ['headings of marks', { blocks: page(['heading', ':'.repeat(50_000)], ['paragraph', '、'.repeat(50_000)], ['heading', ` ${'A '.repeat(50_000)}`], ['paragraph', 'ok.']) }],
  ['lone surrogates and marks of direction', { blocks: page(['heading', '\uD800\u202E\u200F'], ['paragraph', '\uDFFF'.repeat(1000)]) }],
])('hostile input is answered: %s', (_, input) => {
  const { stories, furniture } = splitStories(input);
  expect(stories.length + furniture.length).toBeGreaterThan(0);
});

test('a caption or a standfirst before the dateline belongs to the first story, whether the headline is a block or not', () => {
  const [[, headline], ...text] = FERRY;
  const picture = ['caption', 'The ferry at the quay of the island yard, seen from the old lighthouse on Monday evening.'] as const;
  const second = ['caption', 'Two mechanics lift the old engine.'] as const;
  const standfirst = ['paragraph', 'Pupils may take the old engine apart, and the ferry sails again from Friday.'] as const;
  for (const before of [[picture], [picture, second], [standfirst], [picture, standfirst, second]]) {
    const { stories } = splitStories({ blocks: page(...before, ...text), headline: { value: headline }, language: 'en' });
    expect(stories.map(({ start, end, headline: own, dateline }) => [start, end, own, dateline?.places[0]?.name])).toEqual([[0, before.length + 1, headline, 'ODENSE']]);
    expect(spans(splitStories({ blocks: page(FERRY[0], ...before, ...text), language: 'en' }))).toEqual([[0, before.length + 2]]);
  }
  expect(splitStories({ blocks: page(picture, ...text, ...OWLS), headline: { value: headline }, language: 'en' }).stories).toHaveLength(2);
});
