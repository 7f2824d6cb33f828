import { afterAll, expect, test } from 'vitest';
import { settingsOf } from '../../src/config/index.js';
import { AUDIT_LENGTH, writeAudit } from '../../src/console/access/audit.js';
import { giveUp } from '../../src/fault.js';
import { books, countPageLanguage, delivered, itemState, retire, settleRejected, settleUnchanged, takeIn, verify } from '../../src/ledger/index.js';
import { done, endedBy, openQueues, openWorker, type OwedJob } from '../../src/queue/index.js';
import { redisStreamSink } from '../../src/sink/index.js';
import { acceptOne, keysOf, listed, takeOne } from '../ledger/items.js';
import { useRedis } from '../redis.js';
import { batchOf, story } from '../sink/folder.js';

const own = useRedis();
const { redis, prefix } = own;
const keys = keysOf(own);
const settings = settingsOf({ redis: { prefix }, retries: { attempts: 1 }, quarantine: { count: 20 } });
const queues = openQueues(redis, settings, ['ndjson'], () => undefined);
const open: { close(): Promise<void> }[] = [queues];
afterAll(async () => {
  for (const one of open.reverse()) await one.close();
});

const jobs = (count: number, head: string): OwedJob[] =>
  Array.from({ length: count }, (_, at) => ({ queue: 'article', payload: { source: 'wire', item: `${head}-${at}`.padEnd(10, '-'), revision: 1 } }));

test('the events of a queue are about the last thousand, however many jobs go through', async () => {
  await queues.article.pause();
  await queues.addOwed(jobs(1_500, 'event'));
  const events = await redis.xlen(queues.article.toKey('events'));
  expect(events).toBeGreaterThanOrEqual(1_000);
  // Redis trims whole nodes of 100 entries.
  expect(events).toBeLessThanOrEqual(1_200);
  await queues.article.drain();
  await queues.article.resume();
});

test('failed jobs are kept up to the bound of the quarantine, jobs done not at all', async () => {
  let ended = 0;
  open.push(openWorker('article', redis, settings, {
    concurrency: 10,
    handle: ({ item }) => Promise.resolve(item.startsWith('fails') ? endedBy(giveUp({ code: 'refused', message: 'no' })) : done),
    quarantine: () => Promise.resolve(),
    onSign: () => { ended += 1; },
    onError: () => undefined,
  }));
  await queues.addOwed([...jobs(100, 'fails'), ...jobs(100, 'works')]);
  await expect.poll(() => queues.article.getJobCounts('waiting', 'active', 'completed', 'failed'), { timeout: 20_000 })
    .toEqual({ waiting: 0, active: 0, completed: 0, failed: 20 });
  // Each job gives a sign when it begins and when it ends.
  expect(ended).toBeGreaterThanOrEqual(400);
  const held = await redis.keys(`${prefix}:q:article:article/*`);
  expect(held).toHaveLength(20);
});

test('polls wait once a source, however often one is asked for', async () => {
  await queues.poll.pause();
  for (let round = 0; round < 20; round += 1) await queues.addPolls(['one-source', 'two-source']);
  expect(await queues.poll.getJobCountByTypes('waiting', 'delayed')).toBe(2);
  expect(await redis.keys(`${prefix}:q:poll:de:*`)).toHaveLength(2);
  await queues.poll.obliterate({ force: true });
});

test('the Redis stream keeps about as many stories as it may, the newest', async () => {
  const sink = redisStreamSink(redis, keys, { key: 'stories', maxLength: 100 });
  const stories = Array.from({ length: 1_000 }, (_, at) => story(`story-${at}`));
  await sink.deliver(batchOf('all', stories, ''));
  const entries = await redis.xrange(`${prefix}:stories`, '-', '+');
  expect(entries.length).toBeGreaterThanOrEqual(100);
  expect(entries.length).toBeLessThanOrEqual(200);
  expect(entries.at(-1)?.[1].slice(0, 2)).toEqual(['id', 'story-999']);
});

test('the audit list keeps its length, and cuts what is long', async () => {
  const entry = { user: 'vera', role: 'editor', via: 'session', address: '127.0.0.1', action: 'source.edit', target: 'x'.repeat(100_000), outcome: 'done' };
  for (let batch = 0; batch < 40; batch += 1) await Promise.all(Array.from({ length: 260 }, () => writeAudit(redis, keys, entry)));
  const length = await redis.xlen(keys.audit);
  expect(length).toBeGreaterThanOrEqual(AUDIT_LENGTH);
  expect(length).toBeLessThanOrEqual(AUDIT_LENGTH + 200);
  const [oldest] = await redis.xrange(keys.audit, '-', '+', 'COUNT', 1);
  expect(oldest?.[1].join('').length).toBeLessThan(2_000);
});

test('the items of a source are remembered up to a number, the ones not listed for longest go first, and the books keep their count', async () => {
  const refs = await takeIn(redis, keys, 'many', Array.from({ length: 60 }, (_, at) => listed(`news-item-${at}`)));
  for (const [at, ref] of refs.entries()) {
    await redis.zadd(keys.listed('many'), Math.floor(Date.now() / 1_000) - 1_000 + at, ref.item);
    // The very oldest is still being read.
    if (at > 0) await settleUnchanged(redis, keys, ref);
  }
  let gone = 0;
  for (let round = 0; round < 5; round += 1) gone += await retire(redis, keys, 'many', 30 * 86_400_000, 25);
  expect(gone).toBe(35);
  expect(await redis.hlen(keys.items('many'))).toBe(25);
  expect(await redis.zcard(keys.listed('many'))).toBe(25);
  expect(await itemState(redis, keys, 'many', 'news-item-0')).toMatchObject({ stage: 'queued' });
  expect(await itemState(redis, keys, 'many', 'news-item-35')).toBeNull();
  expect(await itemState(redis, keys, 'many', 'news-item-59')).not.toBeNull();
  expect((await books(redis, keys)).get('many')).toMatchObject({ seen: 60, unchanged: 59, inFlight: 1, balanced: true });
  expect((await verify(redis, keys)).imbalances).toEqual([]);
});

test('what is known of an item beside its state goes when it is settled, whatever becomes of it', async () => {
  const [one, two, three] = [await takeOne(own, 'facts', 'item-one'), await takeOne(own, 'facts', 'item-two'), await takeOne(own, 'facts', 'item-three')];
  expect(await redis.hlen(keys.facts('facts'))).toBe(3);
  await settleUnchanged(redis, keys, one);
  await settleRejected(redis, keys, two, 'http-404');
  await acceptOne(own, three);
  expect(await redis.hlen(keys.facts('facts'))).toBe(1);
  await delivered(redis, keys, { ...three, sink: 'ndjson' }, 1);
  expect(await redis.exists(keys.facts('facts'))).toBe(0);
  expect(await redis.zcard(keys.owed)).toBe(1);
});

test('the languages of a source are one small text, whatever tags its pages have', async () => {
  for (let page = 0; page < 400; page += 1) await countPageLanguage(redis, keys, 'babel', `x${(page % 200).toString(36)}`);
  expect((await redis.get(keys.languages('babel')))?.length).toBeLessThan(8_000);
});
