import { expect, test } from 'vitest';
import { hourBars, hourChart } from '../../src/console/pages/hour-chart.js';
import { settleRejected, settleUnchanged } from '../../src/ledger/index.js';
import { keysOf, takeOne } from '../ledger/items.js';
import { useRedis } from '../redis.js';

const own = useRedis();
const keys = keysOf(own);
const HOUR = 3_600_000;

test('the chart shows what was settled in each hour, over all sources, and nothing else', async () => {
  const now = Date.now();
  await settleRejected(own.redis, keys, await takeOne(own, 'first', 'item-one'), 'http-404');
  await settleUnchanged(own.redis, keys, await takeOne(own, 'second', 'item-one'));
  await takeOne(own, 'second', 'item-two');
  await own.redis.hset(keys.flow('first'), `${Math.floor(now / HOUR) - 3}:delivered`, 7, `${Math.floor(now / HOUR) - 90}:delivered`, 9);
  const bars = await hourBars(own.redis, keys, ['first', 'second', 'third'], 48, now);
  expect(bars).toHaveLength(48);
  expect(bars.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(7);
  expect(bars.at(-4)).toMatchObject({ delivered: 7, otherwise: 0 });
  expect(bars.slice(-2).reduce((sum, { otherwise }) => sum + otherwise, 0)).toBe(2);
  const drawn = (await hourChart(bars)).toString();
  expect(drawn).toContain('7 delivered, 2 otherwise');
  expect(drawn.match(/<rect class="done"/g)).toHaveLength(48);
  expect(drawn).not.toContain('style=');
});
