import { expect, test } from 'vitest';
import type { ListedItem } from '../../src/ledger/index.js';
import { readItems } from '../../workers/item-batches.js';
import { parseTasks, type ListedFeed } from '../../workers/parse-tasks.js';

interface Entry {
  readonly guid: string;
  readonly link: string;
  readonly title: string;
  readonly date?: string;
}

async function read(entries: readonly Entry[], identity: string | null = null): Promise<ListedFeed> {
  const items = entries.map(({ guid, link, title, date = 'Mon, 23 Nov 2026 10:00:00 GMT' }) =>
    `<item><guid isPermaLink="false">${guid}</guid><link>https://wire.example/${link}</link><title>${title}</title><pubDate>${date}</pubDate></item>`);
  const outcome = await parseTasks.feed({
    bytes: Buffer.from(`<rss version="2.0"><channel><title>Wire</title>${items.join('')}</channel></rss>`), identity, url: 'https://wire.example/feed',
  });
  if (!outcome.ok) throw new Error(outcome.fault.code);
  return outcome.value;
}

const itemsOf = ({ batches }: ListedFeed): ListedItem[] => batches.flatMap(readItems);
const names = (feed: ListedFeed): string[] => itemsOf(feed).map(({ item }) => item);
const three = (mark = ''): Entry[] => ['a', 'b', 'c'].map((name) => ({ guid: `${name}${mark}`, link: `${name}.html`, title: `Story ${name}` }));

test('an item keeps its name when its title changes, and its mark tells the change', async () => {
  const before = await read(three());
  const after = await read(three().map((entry) => ({ ...entry, title: `UPDATE ${entry.title}` })), before.identity);
  expect(names(after)).toEqual(names(before));
  expect(itemsOf(after).map(({ mark }) => mark)).not.toEqual(itemsOf(before).map(({ mark }) => mark));
});

test('a feed whose guids change at every poll goes by links, and what it listed before keeps its place', async () => {
  const before = await read(three('-1'));
  const after = await read(three('-2'), before.identity);
  expect(after.renamed).toEqual(names(before).map((old, at) => [old, names(after)[at]]));
  const later = await read(three('-3'), after.identity);
  expect(later.renamed).toEqual([]);
  expect(names(later)).toEqual(names(after));
});

test('two items that share a guid are two items; one listed twice is one', async () => {
  const [a, b, c] = three();
  const rest = Array.from({ length: 20 }, (_, at) => ({ guid: `x${at}`, link: `x${at}.html`, title: `Other ${at}` }));
  if (a === undefined || b === undefined || c === undefined) throw new Error('three are three');
  const feed = await read([a, { ...b, guid: a.guid }, c, c, ...rest]);
  expect(new Set(names(feed)).size).toBe(23);
  expect(itemsOf(feed)).toHaveLength(23);
});

test('an overlong title or id is cut, and a broken memory is learned anew', async () => {
  const feed = await read([{ guid: 'g'.repeat(5_000), link: 'a.html', title: 't'.repeat(5_000) }], '{broken');
  expect(itemsOf(feed)[0]?.facts.title).toHaveLength(500);
  expect(itemsOf(feed)[0]?.facts.id).toHaveLength(1_000);
});

test('a page that is no feed is a fault in plain data', async () => {
  const outcome = await parseTasks.feed({ bytes: Buffer.from('<!doctype html><html><body>Hello</body></html>'), identity: null });
  expect(outcome).toMatchObject({ ok: false, fault: { consequence: expect.stringMatching(/give-up|retry-later|misconfigured/) as string } });
  expect(outcome.ok ? null : outcome.fault).not.toBeInstanceOf(Error);
});

test('a list of thousands crosses in pieces, in order, with nothing lost', async () => {
  const feed = await read(Array.from({ length: 1_234 }, (_, at) => ({ guid: `g${at}`, link: `${at}.html`, title: `Story ${at}` })));
  expect(feed.batches.length).toBeGreaterThan(10);
  expect(Math.max(...feed.batches.map(({ length }) => length))).toBeLessThan(100_000);
  expect(itemsOf(feed).map(({ facts }) => facts.title)).toEqual(Array.from({ length: 1_234 }, (_, at) => `Story ${at}`));
});
