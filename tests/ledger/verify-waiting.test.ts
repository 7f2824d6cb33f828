import { expect, test } from 'vitest';
import { giveUp } from '../../src/fault.js';
import { delivered, deliveryQuarantined, verify } from '../../src/ledger/index.js';
import { useRedis } from '../redis.js';
import { acceptOne, keysOf, takeOne } from './items.js';

const own = useRedis();
const { redis } = own;
const keys = keysOf(own);
const found = async () => (await verify(redis, keys)).imbalances.map(({ source, what, booked, counted }) => `${source}: ${what} ${booked}/${counted}`);

test('what waits for each sink is recounted from the jobs owed and the stories kept', async () => {
  const one = await takeOne(own, 'waiting', 'item-one');
  await acceptOne(own, one, { sinks: ['fast', 'slow'] });
  const two = await takeOne(own, 'waiting', 'item-two');
  await acceptOne(own, two, { sinks: ['fast', 'slow'] });
  await delivered(redis, keys, { ...one, sink: 'fast' }, 1);
  await deliveryQuarantined(redis, keys, { ...two, sink: 'slow' }, giveUp({ code: 'refused', message: 'no' }), 1);
  expect(await found()).toEqual([]);

  await redis.hincrby(keys.backlog, 'slow:n', 3);
  expect(await found()).toEqual(['sink slow: deliveries that wait 4/1']);
  await redis.hincrby(keys.backlog, 'slow:n', -3);

  await redis.zrem(keys.owed, 'deliver/waiting/item-one/1/slow');
  expect((await found()).map((line) => line.split(' ').slice(0, -1).join(' '))).toEqual(
    expect.arrayContaining(['sink slow: deliveries that wait', 'sink slow: bytes that wait', 'all sinks: pages held for sinks']));
  await redis.zadd(keys.owed, 0, 'deliver/waiting/item-one/1/slow');

  const body = await redis.getBuffer(keys.stories('waiting', 'item-one', 1));
  await redis.del(keys.stories('waiting', 'item-one', 1));
  expect(await found()).toContain('sink slow: deliveries without their stories 0/1');
  expect((await verify(redis, keys)).balanced).toBe(false);
  await redis.set(keys.stories('waiting', 'item-one', 1), body ?? '');
  expect(await found()).toEqual([]);
});
