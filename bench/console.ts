/** How long the console's pages take with many sources and stories, while stories are written into its store as fast as that goes. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserList } from '../src/access/index.js';
import { loadSources, settingsOf } from '../src/config/index.js';
import { createRedisView, Sessions, startConsole, WorkMonitor } from '../src/console/index.js';
import { failed, giveUp } from '../src/fault.js';
import { pollWentWell, takeIn } from '../src/ledger/index.js';
import { packageRoot } from '../src/package-root.js';
import { DueSet, openQueues, redisKeys } from '../src/queue/index.js';
import { connectRedis, openEmbedded } from '../src/redis/index.js';
import { openSqliteStore, StoreSink } from '../src/store/index.js';
import { RECORD_SCHEMA_VERSION, type StoryRecord } from '../src/story/index.js';
import type { Benchmark } from './benchmark.js';
import { between, pick, seeded, type Random } from './throughput/random.js';
import { WORDINGS, type Wording } from './throughput/words.js';

const BATCH = 200;
const ITEMS_A_SOURCE = 5;
const DAY = 86_400_000;
/** Every story lies within this time before now. */
const AGE = 20 * DAY;
/** At the 95th percentile, milliseconds. */
const BOUND = 200;

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 26);
const sentence = (random: Random, words: Wording): string =>
  [pick(random, words.people), pick(random, words.says), pick(random, words.subjects), pick(random, words.verbs), pick(random, words.objects), pick(random, words.times)].join(words.space) + words.stop;

function storyOf(number: number, sources: readonly string[], newest: number): StoryRecord {
  const random = seeded(number + 1);
  const words = pick(random, WORDINGS);
  const source = sources[number % sources.length] ?? '';
  const blocks = Array.from({ length: between(random, 3, 8) }, () => ({ kind: 'paragraph' as const, text: Array.from({ length: 3 }, () => sentence(random, words)).join(words.space) }));
  const text = blocks.map((block) => block.text).join('\n\n');
  const iso = new Date(newest - Math.floor(random() * AGE)).toISOString();
  const place = pick(random, words.places);
  const url = `https://${source}.example/story/${number}`;
  return {
    schema: RECORD_SCHEMA_VERSION, id: digest(`story ${number}`), version: 1, status: 'usable', url, canonicalUrl: null, itemId: url,
    page: { id: digest(`page ${number}`), position: 1, count: 1 }, headline: sentence(random, words), kicker: null, summary: null, bylines: [],
    dateline: { raw: `${place} (${words.agency}) -`, places: [{ name: place }], date: null, agency: { id: words.agency.toLowerCase(), raw: words.agency }, reporter: null, inherited: false, confidence: 0.9 },
    direction: words.direction, publishedAt: { raw: iso, iso }, updatedAt: null, fetchedAt: iso, media: [], subjects: [], rights: null, fingerprint: digest(text),
    provenance: { extractor: 'bench/1', headlineFrom: 'h1', extractionConfidence: 0.9, cutConfidence: 0.8, cutEvidence: [{ kind: 'dateline', weight: 2 }], datelineOrder: null },
    source: { id: source, name: source, feedUrl: `https://${source}.example/feed` }, language: { tag: words.tag, confidence: 0.99, declaredByFeed: null, declaredByPage: null }, body: { text, blocks },
  };
}

const percentile = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;

export const consolePages: Benchmark = {
  about: 'milliseconds that each page of the console takes, while its store is written ([--stories 200000] [--sources 1000] [--requests 40])',
  async run({ flags }) {
    const [count, sourceCount, requests] = [Number(flags['stories'] ?? 200_000), Number(flags['sources'] ?? 1_000), Number(flags['requests'] ?? 40)];
    const dir = await mkdtemp(join(tmpdir(), 'dl-console-'));
    const opened = await openEmbedded({ dir, packageDir: join(packageRoot, 'data', 'redis', 'server'), persistence: false });
    if (!opened.ok) throw opened.fault;
    const onError = (error: unknown): never => { throw error; };
    const redis = connectRedis(opened.value.endpoint, 'producer');
    const keys = redisKeys('dateline');
    const settings = settingsOf({ dataDir: dir });
    const queues = openQueues(redis, { ...settings, redis: { prefix: keys.prefix } }, ['ndjson'], onError);
    const sink = new StoreSink(join(dir, 'stories.db'), { age: 30 * DAY, count: count * 2, bytes: 20e9 });
    const stories = openSqliteStore(join(dir, 'stories.db'));
    const ids = Array.from({ length: sourceCount }, (_, at) => `source-${at}`);
    const file = join(dir, 'sources.yaml');
    await writeFile(file, JSON.stringify({ sources: ids.map((id, at) => ({ id, url: `https://${id}.example/feed`, language: WORDINGS[at % WORDINGS.length]?.tag ?? 'en' })) }));
    const sources = await loadSources(file);
    if (!sources.ok) throw sources.fault;
    const begun = Date.now();
    const put = async (from: number): Promise<void> => {
      const records = Array.from({ length: BATCH }, (_, at) => storyOf(from + at, ids, begun));
      const outcome = await sink.deliver({ key: String(from), mark: '', again: false, signal: AbortSignal.timeout(120_000), remark: () => Promise.resolve(true),
        stories: records.map((record) => ({ id: record.id, version: 1, json: '', record: JSON.stringify(record) })) });
      if (!outcome.ok) throw outcome.fault;
    };
    try {
      for (let from = 0; from < count; from += BATCH) await put(from);
      console.log(`console: ${count} stories written in ${((Date.now() - begun) / 1_000).toFixed(0)} s`);
      for (const [at, id] of ids.entries()) {
        await pollWentWell(redis, keys, id, { etag: '"0123456789abcdef"', lastModified: 'Tue, 24 Nov 2026 01:00:00 GMT', title: `Wire ${at}`, history: '', identity: '' });
        await takeIn(redis, keys, id, Array.from({ length: ITEMS_A_SOURCE }, (_, item) => {
          const name = digest(`item ${at} ${item}`);
          return { item: name, mark: name.slice(0, 12), facts: { id: name, url: `https://${id}.example/${name}`, address: name, title: `Item ${item}`, summary: '', language: null, feedLanguage: 'en', published: null, updated: null } };
        }));
      }
      const monitor = new WorkMonitor({ redis, keys, queues, stuckAfterMs: 3_600_000, onError });
      const noPage = () => Promise.resolve(failed(giveUp({ code: 'http-404', message: 'no page here' })));
      const view = createRedisView({ redis, keys, queues, settings, monitor, sources: () => sources.value.sources, sinks: [] });
      const served = await startConsole({ host: '127.0.0.1', port: 0, queues: queues.all().map(({ queue }) => queue), services: {
        view, redis, keys, queues, due: new DueSet(redis, keys), settings, stories, lookAtPage: noPage, surveySource: noPage, sources: () => sources.value.sources, sourcesFile: file,
        users: new UserList(join(dir, 'users.yaml')), sessions: new Sessions(redis, keys, { idleMs: DAY, lifetimeMs: DAY }), onError } });
      if (!served.ok) throw served.fault;
      const done = { value: false };
      let written = 0;
      const writing = (async () => {
        for (let from = count; !done.value; from += BATCH) {
          await put(from);
          written += BATCH;
        }
      })();
      const one = digest('story 7');
      const paths = ['', 'stories', 'stories?q=minister', 'stories?language=ar', 'stories?source=source-7', `stories/${one}`, 'map', 'sources', 'sources?state=healthy', 'sources/source-7', 'queues', 'quarantine', 'audit',
        'metrics', 'api/v1/overview', 'api/v1/stories', 'api/v1/sources', 'api/v1/ledger', 'api/v1/stories/feed.rss'];
      const began = performance.now();
      let slow = 0;
      for (const path of paths) {
        const times: number[] = [];
        let status = 0;
        for (let request = 0; request < requests; request += 1) {
          const from = performance.now();
          const response = await fetch(served.value.address + path);
          await response.arrayBuffer();
          times.push(performance.now() - from);
          status = response.status;
        }
        times.sort((one, other) => one - other);
        const p95 = percentile(times, 0.95);
        if (p95 > BOUND || status !== 200) slow += 1;
        console.log(`  ${percentile(times, 0.5).toFixed(0).padStart(6)} ${p95.toFixed(0).padStart(6)} ms  /${path}${status === 200 ? '' : ` (${status})`}${p95 > BOUND ? '  over the bound' : ''}`);
      }
      const seconds = (performance.now() - began) / 1_000;
      done.value = true;
      await writing;
      console.log(`median and 95th percentile of ${requests} requests a page, ${sourceCount} sources, ${count} stories, while ${(written / seconds).toFixed(0)} stories a second were written; ${slow} of ${paths.length} pages over ${BOUND} ms or not 200`);
      await served.value.stop();
      return 0;
    } finally {
      await queues.close();
      await sink.close();
      await stories.close();
      redis.disconnect();
      await opened.value.release();
      await rm(dir, { recursive: true, force: true });
    }
  },
};
