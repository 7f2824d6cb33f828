/** Bytes of Redis that an item costs at every stage of its life, measured on a server of its own through the writers that the service uses. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { settingsOf } from '../src/config/index.js';
import { NEAR_BYTES } from '../src/duplicate/index.js';
import { giveUp } from '../src/fault.js';
import { accept, delivered, encodePage, encodeStories, pollWentWell, settleQuarantined, settleUnchanged, takeIn, type ItemRef, type ListedItem } from '../src/ledger/index.js';
import { packageRoot } from '../src/package-root.js';
import { DueSet, openQueues, redisKeys, type OwedJob } from '../src/queue/index.js';
import { connectRedis, openEmbedded } from '../src/redis/index.js';
import { redisStreamSink } from '../src/sink/index.js';
import type { Benchmark } from './benchmark.js';

const SINKS = ['ndjson', 'redis-stream'];
const BATCH = 200;
const SOURCES = 100;
/** Characters of a record's text: a news story of some 400 words. */
const TEXT = 2_400;

const digest = (kind: string, number: number): string => `${kind}${number.toString(36).padStart(8, '0')}`.padEnd(22, '-x9Qk7');

const listed = (number: number): ListedItem => ({
  item: digest('i', number), mark: digest('m', number).slice(0, 12),
  facts: {
    id: `https://www.example-wire.test/news/2026/11/24/a-story-of-the-day-${number}`, url: `https://www.example-wire.test/news/2026/11/24/a-story-of-the-day-${number}`,
    address: digest('a', number), title: `Minister tells parliament what number ${number} means for the year`, summary: 'Two sentences of summary, as most feeds carry them. They say what the story says, in fewer words than it does.',
    language: null, feedLanguage: 'en', published: { raw: 'Tue, 24 Nov 2026 01:00:00 GMT', iso: '2026-11-24T01:00:00.000Z' }, updated: null,
  },
});

const storyJson = (number: number): string => JSON.stringify({ id: digest('s', number), version: 1, headline: `Story ${number}`, body: 'A line of news. '.repeat(TEXT / 16) });

/** Bands and signature drawn at random, as those of stories that have nothing in common are. */
function drawn(number: number): Uint8Array {
  const near = new Uint8Array(NEAR_BYTES);
  let state = (number * 2_654_435_761) >>> 0;
  for (let at = 0; at < NEAR_BYTES; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    near[at] = state >>> 24;
  }
  return near;
}

/** Bytes in use, the buffers of clients and of the append-only file left out. */
async function dataset(redis: Redis): Promise<number> {
  const [, bytes] = /used_memory_dataset:(\d+)/.exec(await redis.info('memory')) ?? [];
  return Number(bytes);
}

async function inBatches<T>(things: readonly T[], work: (some: readonly T[]) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < things.length; start += BATCH) await work(things.slice(start, start + BATCH));
}

export const redisMemory: Benchmark = {
  about: 'bytes of Redis an item, a story, a job, a stream entry and a source cost, by stage ([--items 20000])',
  async run({ flags }) {
    const count = Number(flags['items'] ?? 20_000);
    const dir = await mkdtemp(join(tmpdir(), 'dl-memory-'));
    const opened = await openEmbedded({ dir, packageDir: join(packageRoot, 'data', 'redis', 'server'), persistence: false });
    if (!opened.ok) throw opened.fault;
    const redis = connectRedis(opened.value.endpoint, 'producer');
    const keys = redisKeys('dateline');
    const settings = settingsOf();
    const queues = openQueues(redis, { ...settings, redis: { prefix: keys.prefix } }, SINKS, (_, error) => { throw error; });
    const rows: [string, number][] = [];
    let before = 0;
    const measure = async (what: string, things: number, work: () => Promise<unknown>): Promise<void> => {
      before = await dataset(redis);
      await work();
      rows.push([what, ((await dataset(redis)) - before) / things]);
    };
    try {
      const sources = Array.from({ length: SOURCES }, (_, at) => `source-${at}`);
      const refs: ItemRef[] = [];
      const per = Math.floor(count / SOURCES);
      const items = sources.flatMap((source, at) => Array.from({ length: per }, (_, n) => ({ source, number: at * per + n })));
      await measure('source: due time, validators, history', SOURCES, async () => {
        await new DueSet(redis, keys).sync(sources);
        for (const source of sources) await pollWentWell(redis, keys, source, { etag: '"0123456789abcdef"', lastModified: 'Tue, 24 Nov 2026 01:00:00 GMT', title: 'A wire of the world', history: '{"rhythm":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24]}', identity: '{"rung":"id","last":[]}' });
      });
      await measure('item taken in: state, last listing, facts, debt, a step of the trace', items.length, async () => {
        for (const source of sources) refs.push(...await takeIn(redis, keys, source, items.filter((item) => item.source === source).map(({ number }) => listed(number))));
      });
      await measure('  its job in the article queue', refs.length, () => inBatches(refs, (some) => queues.addOwed(some.map((payload): OwedJob => ({ queue: 'article', payload })))));
      // As a worker does that has done it.
      await measure('  the job done', refs.length, () => queues.article.obliterate({ force: true }));
      const [news, rest] = [refs.slice(0, Math.floor(refs.length * 0.8)), refs.slice(Math.floor(refs.length * 0.8))];
      await measure(`accepted for ${SINKS.length} sinks: the stories (one of ${TEXT} characters), page, address, text, near-duplicates, debts; the facts stay`, news.length, async () => {
        for (const [number, ref] of news.entries()) {
          const id = digest('s', number);
          const owner = `${ref.source}/${ref.item}`;
          const { outcome } = await accept(redis, keys, {
            ref, sinks: SINKS, page: owner, pageBefore: '', address: digest('a', number), texts: [{ hash: digest('t', number), story: id }],
            pageAfter: encodePage(owner, [{ id, version: 1, fingerprint: digest('f', number), headlineHash: digest('h', number), sketch: digest('k', number).repeat(3), headline: `Story ${number}`, language: 'en' }]),
            body: encodeStories([{ id, version: 1, json: storyJson(number) }]),
            near: { place: 'any', heads: [{ id, near: drawn(number) }], bounds: { windowMs: settings.duplicates.window, maxStories: settings.duplicates.maxStories } },
          }, { maxSize: 2 ** 40, maxStories: 2 ** 30 });
          if (outcome !== 'accepted') throw new Error(`${owner} was not accepted: ${outcome}`);
        }
      });
      await measure('  its jobs, one a sink', news.length * SINKS.length, () => inBatches(news, (some) => queues.addOwed(some.flatMap((ref) => SINKS.map((sink): OwedJob => ({ queue: 'deliver', payload: { ...ref, sink } }))))));
      const stream = redisStreamSink(redis, keys, { key: 'stories', maxLength: 10_000_000 });
      await measure('  its entry in the Redis stream, and the mark that it is there', news.length, async () => {
        for (const number of news.keys()) {
          await stream.deliver({ key: '', mark: '', again: false, signal: AbortSignal.timeout(60_000), remark: () => Promise.resolve(true), stories: [{ id: digest('s', number), version: 1, json: storyJson(number), record: '' }] });
        }
      });
      await measure('  the jobs done', news.length * SINKS.length, () => Promise.all(SINKS.map((sink) => queues.deliver(sink).obliterate({ force: true }))));
      await measure('  taken by every sink: what of it ends', news.length, async () => {
        for (const ref of news) for (const sink of SINKS) if ((await delivered(redis, keys, { ...ref, sink }, 1)) === 'settled') throw new Error(`${ref.item} was taken before`);
      });
      const [same, bad] = [rest.slice(0, Math.floor(rest.length / 2)), rest.slice(Math.floor(rest.length / 2))];
      await measure('found unchanged: what of it ends', same.length, () => inBatches(same, (some) => Promise.all(some.map((ref) => settleUnchanged(redis, keys, ref)))));
      const fault = giveUp({ code: 'http-503', message: 'https://www.example-wire.test/news: the host has trouble of its own (503)' });
      await measure('in quarantine: what it takes beside its facts', bad.length, () => inBatches(bad, (some) => Promise.all(some.map((ref) => settleQuarantined(redis, keys, ref, fault, 6)))));
      const of = (name: string): number => rows.find(([what]) => what.includes(name))?.[1] ?? Number.NaN;
      rows.push(['a delivered story in all, its stream entry left out; for 30 days, its text for 7, near-duplicates for 3', of('item taken in') + of('accepted for') + of('taken by every sink')]);
      rows.push(['an unchanged item in all, for 30 days', of('item taken in') + of('found unchanged')]);
      console.log(`redis-memory: ${refs.length} items of ${SOURCES} sources, bytes each (used_memory_dataset; Redis ${/redis_version:(\S+)/.exec(await redis.info('server'))?.[1] ?? '?'})`);
      for (const [what, bytes] of rows) console.log(`  ${bytes.toFixed(0).padStart(7)}  ${what}`);
      return rows.every(([, bytes]) => Number.isFinite(bytes)) ? 0 : 1;
    } finally {
      await queues.close();
      redis.disconnect();
      await opened.value.release();
      await rm(dir, { recursive: true, force: true });
    }
  },
};
