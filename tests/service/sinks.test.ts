import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { SettingsInput, SourceInput } from '../../src/config/index.js';
import { backlogs, books, listQuarantine, verify } from '../../src/ledger/index.js';
import { breakerOf, resumeSink, sinkPlans } from '../../src/sink/index.js';
import { settingsOf } from '../../src/config/index.js';
import { pageHtml } from '../e2e/world.js';
import { body } from '../http-replies.js';
import { useRedis } from '../redis.js';
import { linesIn } from '../sink/folder.js';
import { useWebAndReceiver } from './web-and-receiver.js';
import { serve, type TestService } from './service.js';

const { url, prefix } = useRedis();
const { web, receiver } = await useWebAndReceiver();
vi.setConfig({ testTimeout: 120_000 });
const wait = { timeout: 60_000, interval: 50 };

let feeds = 40;
function wire(pages: number): SourceInput {
  feeds += 1;
  const id = `sinks-${feeds}`;
  const items = Array.from({ length: pages }, (_, at) => {
    const path = `/${id}-${at}.html`;
    web.route(path, body(pageHtml(feeds * 100 + at)));
    return `<item><title>Note at ${path}</title><link>${web.url(path)}</link></item>`;
  });
  web.route(`/${id}.xml`, body(`<rss version="2.0"><channel><title>${id}</title>${items.join('')}</channel></rss>`, { 'content-type': 'application/rss+xml' }));
  return { id, url: web.url(`/${id}.xml`), allowPrivate: true, interval: '1s' };
}

type Sinks = NonNullable<SettingsInput['sinks']>;
const hook = (change: object = {}): Sinks => ({ webhook: { hook: { url: receiver.url, secrets: [receiver.secret], allowPrivate: true, timeout: '500ms', ...change } } });
const started = (name: string, source: SourceInput, sinks: Sinks, dir?: string): Promise<TestService> =>
  serve(url, `${prefix}-${name}`, [source], { sinks, retries: { backoff: '50ms', maxBackoff: '200ms' }, deliver: { breaker: { failures: 3, wait: '200ms', maxWait: '500ms' } } }, dir);
const booksOf = async ({ redis, keys }: TestService, id: string) => (await books(redis, keys)).get(id);
const linesOf = ({ dir }: TestService): Promise<string[]> => linesIn(join(dir, 'stories')).catch(() => []);
const waitingFor = async ({ redis, keys }: TestService, sinks: Sinks, name: string) => (await backlogs(redis, keys, sinkPlans(settingsOf({ sinks })))).get(name)?.deliveries;

test('a dead sink holds up no other and loses nothing: its stories wait, no attempt counted, and go when it is back', async () => {
  receiver.script(() => ({ status: 500 }));
  const source = wire(10);
  const sinks = hook();
  const service = await started('dead', source, sinks);
  await expect.poll(async () => (await linesOf(service)).length, wait).toBe(10);
  await expect.poll(async () => (await breakerOf(service.redis, service.keys, 'hook')).state, wait).not.toBe('closed');
  expect(await waitingFor(service, sinks, 'hook')).toBe(10);
  expect(await waitingFor(service, sinks, 'ndjson')).toBe(0);
  // Longer than all attempts together would have lasted.
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(await booksOf(service, source.id)).toMatchObject({ seen: 10, inFlight: 10, quarantined: {} });
  receiver.script(() => null);
  await expect.poll(() => booksOf(service, source.id), wait).toMatchObject({ delivered: 10, inFlight: 0, balanced: true });
  expect(receiver.taken.size).toBe(10);
  expect(await waitingFor(service, sinks, 'hook')).toBe(0);
  expect(service.told.some(({ event }) => event === 'sink-state')).toBe(true);
  expect((await verify(service.redis, service.keys)).imbalances).toEqual([]);
});

test('what a filter leaves out is counted, and an item that goes nowhere ends as not-routed', async () => {
  receiver.script(() => null);
  const source = wire(3);
  const service = await started('routed', source, { ndjson: { enabled: false }, redisStream: { enabled: false }, ...hook({ only: { sources: ['another-wire'] } }) });
  // The console's own store takes everything, so the item is delivered; the sink with the filter has none of it.
  await expect.poll(() => booksOf(service, source.id), wait).toMatchObject({ inFlight: 0, seen: 3, balanced: true });
  expect(await service.redis.hget(service.keys.sinkUnrouted, 'hook')).toBe('3');
  expect(await service.redis.hget(service.keys.sinkCounts, 'hook')).toBeNull();
});

test('what was owed to a sink that was taken out of the settings goes to quarantine, and the rest is delivered', async () => {
  receiver.script(() => ({ status: 500 }));
  const source = wire(2);
  const first = await started('removed', source, hook());
  await expect.poll(async () => (await linesOf(first)).length, wait).toBe(2);
  await first.stop();
  const second = await started('removed', source, {}, first.dir);
  await expect.poll(() => booksOf(second, source.id), wait).toMatchObject({ inFlight: 0, quarantined: { 'sink-unknown': 2 } });
  expect((await listQuarantine(second.redis, second.keys)).map(({ sink, code }) => [sink, code])).toEqual([['hook', 'sink-unknown'], ['hook', 'sink-unknown']]);
  expect(second.told.some(({ event }) => event === 'sink-removed')).toBe(true);
});

test('a receiver that is gone stops its sink until a person lets it go on', async () => {
  receiver.script(() => ({ status: 410 }));
  const source = wire(3);
  const service = await started('gone', source, hook({ concurrency: 1 }));
  await expect.poll(async () => (await booksOf(service, source.id))?.inFlight, wait).toBe(0);
  const jobs = await listQuarantine(service.redis, service.keys);
  expect(jobs.map(({ code }) => code).toSorted()).toEqual(['sink-gone', 'sink-stopped', 'sink-stopped']);
  expect((await breakerOf(service.redis, service.keys, 'hook')).state).toBe('stopped');
  await resumeSink(service.redis, service.keys, 'hook');
  expect((await breakerOf(service.redis, service.keys, 'hook')).state).toBe('closed');
});
