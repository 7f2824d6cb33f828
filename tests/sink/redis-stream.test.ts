import { expect, test } from 'vitest';
import { redisKeys } from '../../src/queue/index.js';
import { redisStreamSink } from '../../src/sink/index.js';
import { useRedis } from '../redis.js';
import { batchOf, story } from './folder.js';

const { redis, prefix } = useRedis();
const sink = redisStreamSink(redis, redisKeys(prefix), { key: 'stories', maxLength: 1_000 });

test('each story version enters the stream once, however often its batch comes', async () => {
  await sink.deliver(batchOf('one', [story('a'), story('b')], ''));
  await Promise.all([1, 2, 3].map(() => sink.deliver(batchOf('one', [story('a'), story('b'), story('a', 2)], '', true))));
  const entries = await redis.xrange(`${prefix}:stories`, '-', '+');
  expect(entries.map(([, fields]) => `${fields[1]}/${fields[3]}`)).toEqual(['a/1', 'b/1', 'a/2']);
  expect(JSON.parse(entries[2]?.[1][5] ?? '')).toMatchObject({ id: 'a', version: 2 });
});
