import { expect, test } from 'vitest';
import { redisKeys } from '../../src/queue/index.js';
import { FurnitureStore } from '../../workers/furniture-store.js';
import { parseTasks, type PageStories } from '../../workers/parse-tasks.js';
import { textOf } from '../duplicate/texts.js';
import { useRedis } from '../redis.js';

const { redis, prefix } = useRedis();
const keys = redisKeys(prefix);

// Looks like prose of the story, and stands on every page of the source.
const NOTE = 'The readers of this paper have known the harbour for a hundred years, and the editors are glad to walk beside them every morning.';

async function read(number: number, furniture: string | null, change = ''): Promise<PageStories> {
  const title = `Council of town ${number} opens its bridge to walkers`;
  const html = `<html lang="en"><head><title>${title}</title></head><body><article><h1>${title}</h1>${textOf(number, 5).split('\n\n').map((text) => `<p>${text}</p>`).join('')}${change}<p>${NOTE}</p></article></body></html>`;
  const url = `https://wire.example/${number}.html`;
  const outcome = await parseTasks.page({
    bytes: new TextEncoder().encode(html), options: { url }, known: [], furniture,
    facts: {
      source: { id: 'wire', name: 'Wire', feedUrl: 'https://wire.example/feed' }, url, itemId: url, feedLanguage: 'en', itemTitle: title, itemPublished: null, itemUpdated: null,
      fetchedAt: '2026-03-03T19:00:00Z',
    },
  });
  if (!outcome.ok) throw new Error(outcome.fault.code);
  return outcome.value;
}
const hasNote = ({ stories }: PageStories): boolean => stories.some(({ json }) => json.includes(NOTE));

test('what the first page of a source taught leaves its furniture out of the next ones, and a page read again stays as it was', async () => {
  const first = await read(1, null);
  expect(hasNote(first)).toBe(true);
  let memory = first.furniture;
  for (let number = 2; number < 6; number += 1) memory = (await read(number, memory)).furniture ?? memory;
  expect(hasNote(await read(7, memory))).toBe(false);
  const again = await read(5, memory, '<p>A band played at both ends of the bridge until the rain began in the evening.</p>');
  expect(again.stories[0]?.json).toContain(textOf(5, 5).split('\n\n')[4]);
});

test('a memory that cannot be read is learned anew', async () => {
  const page = await read(1, '{broken');
  expect(page.furniture).toBe((await read(1, null)).furniture);
});

test('a memory outlives its process, and another finds it', async () => {
  const one = new FurnitureStore(redis, keys);
  expect((await one.of('wire'))()).toBeNull();
  await one.learn('wire', '{"a":1}');
  expect((await one.of('wire'))()).toBe('{"a":1}');
  await one.write();
  expect((await new FurnitureStore(redis, keys).of('wire'))()).toBe('{"a":1}');
  expect(await redis.ttl(keys.furniture('wire'))).toBeGreaterThan(29 * 86_400);
});

test('Redis keeps the memories of so many sources, the ones not written longest go first', async () => {
  const store = new FurnitureStore(redis, keys);
  await redis.zadd(keys.furnitureUsed, ...Array.from({ length: 2_005 }, (_, at) => [at, `old-${at}`]).flat());
  await redis.set(keys.furniture('old-0'), 'x');
  await store.learn('newest', 'y');
  await store.write();
  expect(await redis.zcard(keys.furnitureUsed)).toBe(2_000);
  expect(await redis.get(keys.furniture('old-0'))).toBeNull();
  expect(await redis.get(keys.furniture('newest'))).toBe('y');
});

test('a page that waited for its thread is read with what the pages before it taught meanwhile', async () => {
  const store = new FurnitureStore(redis, keys);
  const memory = await store.of('busy');
  expect(memory()).toBeNull();
  await store.learn('busy', '{"b":2}');
  expect(memory()).toBe('{"b":2}');
});

test('a source that is well known is taught by few of its pages', async () => {
  let memory: string | null = null;
  let taught = 0;
  for (let number = 1; number <= 200; number += 1) {
    const { furniture } = await read(number, memory);
    if (furniture !== null) taught += 1;
    memory = furniture ?? memory;
  }
  expect(taught).toBeGreaterThan(41);
  expect(taught).toBeLessThan(60);
});
