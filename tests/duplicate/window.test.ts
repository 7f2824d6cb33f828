import { expect, test } from 'vitest';
import { LUA_NEAR, nearArguments, nearStories, sketchForDuplicates, type NearBounds, type NearStory } from '../../src/duplicate/index.js';
import { redisKeys, RedisScript } from '../../src/queue/index.js';
import { useRedis } from '../redis.js';
import { textOf } from './texts.js';

const { redis, prefix } = useRedis();
let windows = 0;
const window = () => {
  windows += 1;
  return redisKeys(`${prefix}-${windows}`);
};

const REMEMBER = new RedisScript(`
local time = redis.call('TIME')
local now_ms = time[1] * 1000 + math.floor(time[2] / 1000)
${LUA_NEAR}
if near_overtaken(KEYS[1], ARGV[2], ARGV[5]) then return 'near' end
near_remember_all(KEYS[1], ARGV[1], ARGV[5], tonumber(ARGV[3]), tonumber(ARGV[4]))
return 'taken'
`);
const BOUNDS: NearBounds = { windowMs: 60_000, maxStories: 1_000 };
const story = (id: string, text: string): NearStory => {
  const near = sketchForDuplicates(text);
  if (near === null) throw new Error('too short');
  return { id: id.padEnd(26, '0'), near };
};
const remember = (keys: ReturnType<typeof redisKeys>, source: string, heads: readonly NearStory[], place = 'any', bounds = BOUNDS): Promise<unknown> =>
  REMEMBER.run(redis, [keys.near], [source, ...nearArguments({ place, heads, bounds })]);

test('the first teller of a story is found, with its source; its own id is not', async () => {
  const keys = window();
  const first = story('first', textOf(1, 8));
  expect((await nearStories(redis, keys, [first])).found.size).toBe(0);
  await remember(keys, 'agency', [first, story('another', textOf(2, 8))]);
  const copy = story('copy', textOf(1, 8).split('\n\n').slice(0, 5).join('\n\n'));
  const { found } = await nearStories(redis, keys, [copy, story('third', textOf(3, 8)), first]);
  expect([...found]).toEqual([[copy.id, { story: first.id, source: 'agency' }]]);
});

test('a story that came in between the look and the acceptance is noticed; an unlike one is not', async () => {
  const keys = window();
  const one = story('one', textOf(1, 8));
  const { place } = await nearStories(redis, keys, [one]);
  expect(await remember(keys, 'a', [story('unlike', textOf(2, 8))], place)).toBe('taken');
  expect(await remember(keys, 'a', [one], place)).toBe('taken');
  expect(await remember(keys, 'b', [story('two', textOf(1, 8))], place)).toBe('near');
  const again = await nearStories(redis, keys, [story('two', textOf(1, 8))]);
  expect(again.found.size).toBe(1);
  expect(await remember(keys, 'b', [story('three', textOf(1, 8))], again.place)).toBe('taken');
});

test('the window holds no more than its stories, the older half goes first, and nothing of it is left', async () => {
  const keys = window();
  const bounds = { ...BOUNDS, maxStories: 40 };
  for (let at = 0; at < 100; at += 1) await remember(keys, `source-${at % 3}`, [story(`story-${at}`, textOf(at, 4))], 'any', bounds);
  const known = async (at: number): Promise<boolean> => (await nearStories(redis, keys, [story('asked', textOf(at, 4))])).found.size === 1;
  expect([await known(0), await known(59), await known(80), await known(99)]).toEqual([false, false, true, true]);
  const generations = new Set((await redis.keys(`${keys.near}:*`)).map((key) => key.slice(keys.near.length).split(':')[1]));
  expect(generations.size).toBeLessThanOrEqual(2);
});

test('what is older than the window is looked for no more', async () => {
  const keys = window();
  await remember(keys, 'a', [story('old', textOf(1, 8))]);
  for (let turn = 0; turn < 2; turn += 1) {
    await redis.hset(keys.near, 'since', 1_000);
    await remember(keys, 'a', [story(`later-${turn}`, textOf(10 + turn, 8))]);
  }
  expect((await nearStories(redis, keys, [story('asked', textOf(1, 8))])).found.size).toBe(0);
  expect((await nearStories(redis, keys, [story('asked', textOf(10, 8))])).found.size).toBe(1);
});
