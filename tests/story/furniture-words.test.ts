import { describe, expect, test } from 'vitest';
import type { Block, BlockKind } from '../../src/article/index.js';
import { afterPrefix, furnitureTable, type WordKind } from '../../src/story/furniture-words.js';
import { splitStories, type Split } from '../../src/story/index.js';

type Row = readonly [language: string, words: string];
const rowsOf = (kind: WordKind): Row[] => Object.entries(furnitureTable[kind]).flatMap(([language, words]) => words.map((word): Row => [language, word]));

const page = (...blocks: (readonly [BlockKind, string])[]): Block[] => blocks.map(([kind, text], index) => ({ index, kind, text }));
const HEADLINE = 'Harbour ferry gets a new engine from the island yard';
const FIRST = 'ODENSE, March 3 (Ritzau) - The harbour ferry got a new engine on Tuesday, the island yard said, and will sail again from Friday morning.';
const SECOND = 'The old engine of the ferry goes to the museum of ships, where pupils may take it apart under the eyes of two retired mechanics.';
const THIRD = 'Two more ferries of the same yard are to get their engines next year, when the harbour has built its new quay.';
const story = [['heading', HEADLINE], ['paragraph', FIRST], ['paragraph', SECOND], ['paragraph', THIRD]] as const;
const spans = ({ stories }: Split): (readonly [number, number])[] => stories.map(({ start, end }) => [start, end]);
const kindsOf = ({ furniture }: Split): (readonly [number, string])[] => furniture.map(({ position, kind }) => [position, kind]);

describe('teaser words', () => {
  test.each(rowsOf('teaser'))('%s: %s opens a box that is no story', (language, words) => {
    const split = splitStories({
      blocks: page(...story, ['heading', words], ['heading', 'Bees gather a record of honey on the town hall roof'], ['paragraph', 'AARHUS, March 2 (Ritzau) - The bees on the roof of the town hall gathered …']),
      language,
    });
    expect(spans(split)).toEqual([[0, 3]]);
    expect(kindsOf(split)).toEqual([[4, 'teaser'], [5, 'teaser'], [6, 'teaser']]);
  });

  test.each(rowsOf('teaser'))('%s: %s with a headline behind a colon is a line of furniture inside the story', (language, words) => {
    const split = splitStories({ blocks: page(['heading', HEADLINE], ['paragraph', FIRST], ['paragraph', `${words}: Bees gather a record of honey`], ['paragraph', SECOND], ['paragraph', THIRD]), language });
    expect(spans(split)).toEqual([[0, 4]]);
    expect(kindsOf(split)).toEqual([[2, 'teaser']]);
  });
});

test.each(rowsOf('round-up-title'))('%s: %s names a round-up, not its first story', (language, words) => {
  const split = splitStories({
    blocks: page(['heading', words], ...story, ['heading', 'Owls move into the restored tower of the village church'], ['paragraph', 'RIBE, March 3 (Ritzau) - A pair of barn owls has moved into the restored tower of the church, the parish said on Tuesday.'], ['paragraph', 'A camera shows the nest to visitors of the parish website, day and night.']),
    language,
  });
  expect(spans(split)).toEqual([[1, 4], [5, 7]]);
  expect(kindsOf(split)).toEqual([[0, 'round-up-title']]);
});

test.each([...rowsOf('share').map((row) => [...row, 'share'] as const), ...rowsOf('newsletter').map((row) => [...row, 'newsletter'] as const), ...rowsOf('copyright').map((row) => [...row, 'copyright'] as const)])(
  '%s: %s under the story is furniture (%s)',
  (language, words, kind) => {
    const split = splitStories({ blocks: page(...story, ['paragraph', words]), language });
    expect(spans(split)).toEqual([[0, 3]]);
    expect(kindsOf(split)).toEqual([[4, kind]]);
  },
);

test.each(rowsOf('credits'))('%s: %s before a name is a line of credits', (language, words) => {
  const split = splitStories({ blocks: page(...story, ['paragraph', `${words}: Ana Pérez`]), language });
  expect(spans(split)).toEqual([[0, 3]]);
  expect(kindsOf(split)).toEqual([[4, 'credits']]);
});

test.each(rowsOf('byline-prefix'))('%s: %s before a name is a byline, which names the author', (language, words) => {
  const split = splitStories({ blocks: page(...story, ['paragraph', `${words}: Ana Pérez`]), language });
  expect(spans(split)).toEqual([[0, 3]]);
  expect(kindsOf(split)).toEqual([[4, 'byline']]);
  expect(split.stories.map(({ bylines }) => bylines)).toEqual([['Ana Pérez']]);
});

test.each(rowsOf('byline-suffix'))('%s: %s after a name is a byline', (language, words) => {
  const name = language === 'ko' ? '홍길동' : language === 'ja' ? '見本太郎' : 'Ana Pérez';
  const split = splitStories({ blocks: page(...story, ['paragraph', `${name}${language === 'ja' ? '' : ', '}${words}`]), language });
  expect(spans(split)).toEqual([[0, 3]]);
  expect(kindsOf(split)).toEqual([[4, 'byline']]);
  expect(split.stories[0]?.bylines).toEqual([name]);
});

test.each(rowsOf('sub-heading'))('%s: %s never opens a story', (language, words) => {
  const split = splitStories({ blocks: page(['heading', HEADLINE], ['paragraph', FIRST], ['heading', words], ['paragraph', SECOND], ['heading', words], ['paragraph', THIRD]), language });
  expect(spans(split)).toEqual([[0, 5]]);
});

test.each(rowsOf('continuation'))('%s: %s at the head of a paragraph is known, and not as part of a longer word', (_, words) => {
  expect(afterPrefix('continuation', `${words} 12`)).toBe(' 12');
  expect(afterPrefix('continuation', `x${words}`)).toBe(null);
});

test('small words of bylines are not taken for one where a text only begins like it', () => {
  for (const text of ['By the time the ferry came the harbour was full of people and music.', 'Von der Werft kommt der neue Motor der Hafenfähre, der am Freitag eingebaut wird.', 'De la cale au pont, le bateau a été repeint par ses passagers.']) {
    expect(kindsOf(splitStories({ blocks: page(['heading', HEADLINE], ['paragraph', FIRST], ['paragraph', text]) }))).toEqual([]);
  }
});
