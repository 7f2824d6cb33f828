import { expect, test } from 'vitest';
import { giveUp } from '../../src/fault.js';
import { redisKeys } from '../../src/queue/index.js';
import { settleQuarantined, settleRejected, takeIn } from '../../src/ledger/index.js';
import { moment } from '../../src/cli/times.js';
import { listed } from '../ledger/items.js';
import { useRedis } from '../redis.js';
import { dateline } from './dateline.js';

const store = useRedis();
const keys = redisKeys(store.prefix);
const run = (...args: string[]) => dateline(args, { env: { DATELINE_REDIS_URL: store.url, DATELINE_REDIS_PREFIX: store.prefix } });

test('trace follows an address as anybody may have copied it, and says what to do where there is nothing', async () => {
  const [first, second] = await takeIn(store.redis, keys, 'wire', [listed('first-item'), listed('second-item')]);
  if (first === undefined || second === undefined) throw new Error('two items were to be taken in');
  await settleRejected(store.redis, keys, first, 'http-404');
  await settleQuarantined(store.redis, keys, second, giveUp({ code: 'http-403', message: 'The host refuses us.', hint: 'Ask it why.' }), 6);
  const told = await run('trace', 'https://wire.example/first-item?utm_source=mail');
  expect(told.stdout).toMatch(/^wire, item first-item: rejected \(http-404\)\n.*listed by the feed: https:\/\/wire\.example\/first-item\n.*rejected: http-404\n/);
  expect((await run('trace', 'second-item')).stdout).toContain('in quarantine as article/wire/second-item/1: The host refuses us. Ask it why.');
  const json: unknown = JSON.parse((await run('trace', 'first-item', '--json')).stdout);
  expect(json).toMatchObject([{ source: 'wire', item: 'first-item', steps: [{ step: 'listed' }, { step: 'rejected' }] }]);
  const none = await run('trace', 'https://wire.example/nothing');
  expect(none.code).toBe(1);
  expect(none.stderr).toContain('dateline sources check');

  const lately = await run('ledger', '--since', '1h');
  expect(lately.stdout).toMatch(/wire +seen +2[\s\S]*wire +rejected +http-404 +1[\s\S]*wire +quarantined +http-403 +1/);
  expect((await run('quarantine', 'list', '--older-than', '1h')).stdout).toContain('Nothing is in quarantine.');
  expect((await run('quarantine', 'list', '--newer-than', '1h')).stdout).toContain('second-item');
  expect((await run('ledger', '--since', 'yesterday')).stderr).toContain('such as 30m');
});

test.each([
  ['30m', Date.UTC(2026, 0, 2) - 30 * 60_000],
  ['2026-01-01', Date.UTC(2026, 0, 1)],
  ['2026-01-01T06:30', Date.UTC(2026, 0, 1, 6, 30)],
  ['2026-01-01 06:30+02:00', Date.UTC(2026, 0, 1, 4, 30)],
])('the moment %s', (text, expected) => {
  expect(moment(text, Date.UTC(2026, 0, 2))).toBe(expected);
});
