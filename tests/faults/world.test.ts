import { expect, test } from 'vitest';
import { mannerOf, MANNERS, neighbourOf, pageOf } from '../../bench/faults/items.js';
import { expectedOf, World } from '../../bench/faults/world.js';
import { readPage } from '../../src/story/index.js';

const options = { seed: 5, sources: 4, port: 80, batch: 6 };

test('the shares of the manners are of ten thousand, and a seed draws every manner', () => {
  expect(Object.values(MANNERS).reduce((sum, { share }) => sum + share, 0)).toBe(10_000);
  const drawn = new Set(Array.from({ length: 20_000 }, (_, number) => mannerOf(5, { source: 1, number }, 4)));
  expect(drawn.size).toBe(Object.keys(MANNERS).length);
});

test('a feed adds only while it may, and lists an item until its page was asked for', () => {
  const world = new World(options);
  expect(world.list(0)).toEqual([]);
  world.publish(true);
  const first = world.list(0);
  expect(first.length).toBeGreaterThanOrEqual(6);
  expect(world.list(0)).toEqual(first);
  for (const item of first) world.asked(item);
  world.publish(false);
  expect(world.list(0)).toEqual(first);
});

test('what is published makes one story an address, twins together one', () => {
  const { stories, items, columns } = expectedOf(options, [500, 500, 500, 500]);
  const all = [0, 1, 2, 3].flatMap((source) => Array.from({ length: 500 }, (_, number) => ({ source, number })));
  const twins = all.filter((item) => mannerOf(5, item, 4) === 'twin');
  const again = all.filter((item) => MANNERS[mannerOf(5, item, 4)].again !== undefined);
  expect(twins.length).toBeGreaterThan(0);
  for (const twin of twins) expect(mannerOf(5, neighbourOf(twin, 4), 4)).toBe('plain');
  expect(again.length).toBeGreaterThan(0);
  expect(items).toBe(2_000 + again.length);
  expect([...columns.values()].reduce((sum, count) => sum + count, 0)).toBe(items);
  expect(stories.size).toBe((columns.get('delivered') ?? 0) - twins.length - again.length);
  expect([...stories.values()].filter(({ versions }) => versions === 2)).toHaveLength(again.length);
});

test('a made page is read as a story', () => {
  const { title, html } = pageOf(5, { source: 2, number: 9 });
  const { article } = readPage(new TextEncoder().encode(html), { url: 'http://127.0.0.1/9.html' });
  expect(article.rejection).toBeNull();
  expect(article.headline?.value).toBe(title);
});

test.each([[49, 63, 97, 28], [76, 87, 141, 120], [34, 41, 155, 99]])('the pages of %d/%d and %d/%d, which draw the same words, tell different stories', (source, number, otherSource, otherNumber) => {
  const bodyOf = (item: { readonly source: number; readonly number: number }): string => /<p>[\s\S]*<\/p>/.exec(pageOf(77, item).html)?.[0] ?? '';
  const [one, other] = [bodyOf({ source, number }), bodyOf({ source: otherSource, number: otherNumber })];
  const named = / It was said at [^.]*\./;
  expect(one).not.toBe(other);
  expect(one.replace(named, '')).toBe(other.replace(named, ''));
});
