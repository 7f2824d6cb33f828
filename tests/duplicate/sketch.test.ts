import { expect, test } from 'vitest';
import { likeness, NEAR_BYTES, sketchForDuplicates } from '../../src/duplicate/index.js';
import { isSameStory } from '../../src/duplicate/likeness.js';
import { BAND_BYTES } from '../../src/duplicate/sketch.js';
import { HAN, textOf } from './texts.js';

const sketch = (text: string): Uint8Array => {
  const made = sketchForDuplicates(text);
  if (made === null) throw new Error('too short');
  return made;
};
const same = (left: string, right: string): boolean => isSameStory(likeness(sketch(left).subarray(BAND_BYTES), sketch(right).subarray(BAND_BYTES)));
const meet = (left: string, right: string): boolean => {
  const [a, b] = [sketch(left), sketch(right)];
  return Array.from({ length: BAND_BYTES / 4 }, (_, at) => a.subarray(at * 4, at * 4 + 4).every((byte, place) => byte === b[at * 4 + place])).some(Boolean);
};

const story = textOf(1, 8);
const cut = (paragraphs: number): string => story.split('\n\n').slice(0, paragraphs).join('\n\n');

test.each([
  ['itself', story], ['other case and marks', story.toUpperCase().replaceAll('.', ' !')], ['its last quarter cut', cut(6)], ['its last half cut', cut(4)], ['a paragraph more', `${story}\n\n${textOf(77, 1)}`],
  ['a paragraph before it', `${textOf(78, 1)}\n\n${story}`], ['an agency line before it', `LISBON (Reuters) - ${story}`], ['half cut, and a paragraph of its own', `${cut(4)}\n\n${textOf(79, 1).slice(0, 80)}`],
])('a story is found and known again with %s', (_, other) => {
  expect(meet(story, other)).toBe(true);
  expect(same(story, other)).toBe(true);
});

test('stories of other words are not the same, nor found', () => {
  for (let at = 2; at < 60; at += 1) expect([at, meet(story, textOf(at, 8)), same(story, textOf(at, 8))]).toEqual([at, false, false]);
});

test("the next day's story is another, though half of it is the background of the first", () => {
  const background = textOf(5, 4);
  expect(same(`${textOf(6, 4)}\n\n${background}`, `${textOf(7, 4)}\n\n${background}`)).toBe(false);
});

test('a table of the day with other figures is another', () => {
  const rates = (seed: number): string => textOf(9, 6).replace(/(\w+) (\w+) (\w+) (\w+) (\w+) (\w+) (\w+)/g, (line, ...rest) => `${line} ${(Number(rest[7]) * seed * 7919) % 9973}`);
  expect(likeness(sketch(rates(3)).subarray(BAND_BYTES), sketch(rates(8)).subarray(BAND_BYTES)).figures).toBeLessThan(0.4);
  expect(same(rates(3), rates(8))).toBe(false);
});

test('scripts without spaces are told apart by their characters', () => {
  const [one, two] = [textOf(1, 8, HAN), textOf(2, 8, HAN)];
  expect(same(one, one.split('\n\n').slice(0, 4).join('\n\n'))).toBe(true);
  expect(meet(one, one.split('\n\n').slice(0, 4).join('\n\n'))).toBe(true);
  expect(same(one, two)).toBe(false);
});

test('a flash, a recurring title or an empty text is never near another', () => {
  for (const text of ['', 'More to follow.', 'Lavrov: the talks go on', 'The bridge reopened, the city said on Tuesday.', '大桥通车，市政府表示。']) expect(sketchForDuplicates(text)).toBeNull();
});

test('a sketch has one length and is the same on every machine', () => {
  expect(sketch(story)).toHaveLength(NEAR_BYTES);
  expect(Buffer.from(sketch(textOf(3))).toString('hex').slice(0, 32)).toBe('b0d5d8c75032b3d6429884555440b62f');
});

test('a text made to be heavy is cut', () => {
  expect(sketchForDuplicates('a b '.repeat(500_000))).toBeNull();
  expect(sketchForDuplicates(Array.from({ length: 300_000 }, (_, at) => at.toString(36)).join(' '))).toHaveLength(NEAR_BYTES);
});
