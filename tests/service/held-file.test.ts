import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { verify } from '../../src/ledger/index.js';
import type { StoryRecord } from '../../src/story/index.js';
import { newsItem, putFile } from '../folder/wire-files.js';
import { useRedis } from '../redis.js';
import { linesIn } from '../sink/folder.js';
import { startReceiver } from '../sink/servers/receiver.js';
import { serve } from './service.js';

const { url, prefix } = useRedis();
const receiver = await startReceiver();
const folder = await mkdtemp(join(tmpdir(), 'dl-held-'));
afterAll(async () => {
  await receiver.http.close();
  await rm(folder, { recursive: true, force: true });
});
const wait = { timeout: 30_000, interval: 50 };
const left = async (): Promise<string[]> => (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
const bakery = (version: number, headline: string): string => newsItem('urn:wire:oven', version, { headline, text: ['Bakers in the old town lit their great oven again on Monday.', 'It had stood cold for eleven years, and the first loaves were given away.', 'A second oven is to follow in the spring.'] });

test('a file that waits for its item\'s earlier version stops none but those of the same item, and they keep their order', async () => {
  // The webhook takes nothing, so what is accepted stays on its way.
  receiver.script(() => ({ status: 503 }));
  const service = await serve(url, prefix, [{ id: 'hot', kind: 'folder', path: folder, interval: '300ms' }], {
    sinks: { webhook: { hook: { url: receiver.url, secrets: [receiver.secret], allowPrivate: true, timeout: '500ms' } } },
    deliver: { breaker: { failures: 3, wait: '200ms', maxWait: '500ms' } },
  });
  const told = async (): Promise<(string | null)[]> =>
    (await linesIn(join(service.dir, 'stories')).catch(() => [])).map((line) => (JSON.parse(line) as StoryRecord).headline);

  await putFile(folder, '1.xml', newsItem('urn:wire:river', 1, { headline: 'River rises' }));
  await expect.poll(told, wait).toEqual(['River rises']);
  await expect.poll(left, wait).toEqual([]);
  await putFile(folder, '2.xml', newsItem('urn:wire:river', 2, { headline: 'River rises on' }));
  await putFile(folder, '3.xml', newsItem('urn:wire:river', 3, { headline: 'River falls' }));
  await putFile(folder, '4.xml', bakery(1, 'Oven lit'));
  await expect.poll(told, wait).toEqual(['River rises', 'Oven lit']);
  await expect.poll(left, wait).toEqual(['2.xml', '3.xml']);

  receiver.script(() => null);
  await expect.poll(told, wait).toEqual(['River rises', 'Oven lit', 'River rises on', 'River falls']);
  await expect.poll(left, wait).toEqual([]);
  await expect.poll(async () => (await verify(service.redis, service.keys)).imbalances, wait).toEqual([]);
  expect(service.told.filter(({ event }) => event === 'source-trouble')).toEqual([]);
}, 120_000);
