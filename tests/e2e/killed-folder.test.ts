import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { books, verify } from '../../src/ledger/index.js';
import { redisKeys } from '../../src/queue/index.js';
import type { StoryRecord } from '../../src/story/index.js';
import { newsItem, putFile } from '../folder/wire-files.js';
import { useRedis } from '../redis.js';
import { startRedisRelay } from '../redis-relay.js';
import { linesIn } from '../sink/folder.js';
import { Fleet } from './processes.js';

const { redis, endpoint, url, prefix } = useRedis();
const ends: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});
const wait = { timeout: 60_000, interval: 50 };

test.each([
  ['its item is in the books and its job is not added', 'books', 'Ferry sails again'],
  ['its job is added and the file still lies there', 'job', 'article/hot/'],
])('a wire file whose poller is killed when %s is told once', { timeout: 180_000 }, async (_, name, strikeAt) => {
  const own = `${prefix}-${name}`;
  const keys = redisKeys(own);
  const dir = await mkdtemp(join(tmpdir(), 'dl-killed-folder-'));
  ends.push(() => rm(dir, { recursive: true, force: true }));
  const folder = join(dir, 'wire');
  await mkdir(folder);
  const relay = await startRedisRelay(endpoint);
  ends.push(() => relay.close());
  const fleetAt = async (where: string, redisUrl: string): Promise<Fleet> => {
    const fleet = await Fleet.prepare(join(dir, where), { dataDir: join(dir, 'data'), redis: { url: redisUrl, prefix: own } }, [{ id: 'hot', kind: 'folder', path: folder, interval: '300ms' }]);
    ends.push(() => fleet.stop());
    return fleet;
  };
  const second = await fleetAt('second', url);
  const doomed = (await fleetAt('first', relay.url)).start('poll');
  second.start('article,deliver');
  const headlines = async (): Promise<(string | null)[]> =>
    (await linesIn(join(dir, 'data', 'stories')).catch(() => [])).map((line) => (JSON.parse(line) as StoryRecord).headline);
  const left = async (): Promise<string[]> => (await readdir(folder)).filter((file) => !file.startsWith('.'));

  // A first file goes all the way, so that Redis knows every script by its hash.
  await putFile(folder, '1.xml', newsItem('urn:wire:river', 1));
  await expect.poll(headlines, wait).toEqual(['River cuts the port road']);
  await expect.poll(left, wait).toEqual([]);
  const struck = relay.silentAfter(strikeAt);
  await putFile(folder, '2.xml', newsItem('urn:wire:ferry', 1, { headline: 'Ferry sails again', text: ['The night ferry sailed again on Monday after a month in dock.', 'Its captain said that the new engine used a third less oil.', 'The first trip was sold out within an hour, the line said.'] }));
  await struck;
  await doomed.kill();
  expect(await left()).toEqual(['2.xml']);
  expect((await books(redis, keys)).get('hot')).toMatchObject({ seen: 2 });

  second.start('poll');
  await expect.poll(left, wait).toEqual([]);
  expect((await readdir(join(folder, '.taken'))).sort()).toEqual(['1.xml', '2.xml']);
  await expect.poll(async () => (await books(redis, keys)).get('hot'), { timeout: 90_000, interval: 100 }).toMatchObject({ seen: 2, delivered: 2, inFlight: 0, balanced: true });
  expect(await headlines()).toEqual(['River cuts the port road', 'Ferry sails again']);
  expect((await verify(redis, keys)).imbalances).toEqual([]);
});
