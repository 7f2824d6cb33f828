/** Deliveries to disk and back: how many a second, what CPU of the process and of Redis each costs, and what Redis keeps of one that lies on disk. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accept, delivered, deliveryOf, encodeStories, spilled, takeIn, verify, type SinkBound } from '../src/ledger/index.js';
import { packageRoot } from '../src/package-root.js';
import { redisKeys } from '../src/queue/index.js';
import { connectRedis, openEmbedded } from '../src/redis/index.js';
import { SpillKeeper, verifySegments } from '../src/spill/index.js';
import { cpuMilliseconds, type Benchmark } from './benchmark.js';

const BOUND = 3_000;
const SINK: SinkBound = { name: 'dead', maxDeliveries: BOUND, maxBytes: 1 << 30, spillFrom: { deliveries: BOUND * 0.7, bytes: 1 << 30 } };
/** Characters of a record's text: a news story of some 400 words. */
const TEXT = 2_400;
const BATCH = 100;

const item = (number: number): string => `i${number.toString(36).padStart(8, '0')}`.padEnd(22, '-x9Qk7');

export const spill: Benchmark = {
  about: 'deliveries to disk and back for a sink that is dead: a second, CPU of the process and of Redis each, bytes that stay in Redis ([--pages 10000])',
  async run({ flags }) {
    const pages = Number(flags['pages'] ?? 10_000);
    const dir = await mkdtemp(join(tmpdir(), 'dl-spill-'));
    // As it is shipped: every answer is on the disk first.
    const opened = await openEmbedded({ dir, packageDir: join(packageRoot, 'data', 'redis', 'server'), persistence: true });
    if (!opened.ok) throw opened.fault;
    const redis = connectRedis(opened.value.endpoint, 'producer');
    const keys = redisKeys('dateline');
    const body = encodeStories([{ id: 'a-story', version: 1, json: JSON.stringify({ headline: 'A story', body: 'A line of news. '.repeat(TEXT / 16) }) }]);
    const keeper = new SpillKeeper({
      redis, keys, sinks: [SINK], dir: join(dir, 'spill'), maxSize: 2 ** 40, addOwed: () => Promise.resolve(),
      news: { standing: () => undefined, lost: ({ why }) => { throw new Error(why); }, unseen: () => undefined },
    });
    const info = async (section: string, field: string): Promise<number> => Number(new RegExp(`${field}:([\\d.]+)`).exec(await redis.info(section))?.[1] ?? Number.NaN);
    const serverCpuMs = async (): Promise<number> => 1_000 * ((await info('cpu', 'used_cpu_user')) + (await info('cpu', 'used_cpu_sys')));
    const onDisk = async (): Promise<number> => (await spilled(redis, keys, [SINK])).get('dead')?.onDisk ?? 0;
    const spent = { out: { wall: 0, cpu: 0, server: 0 }, back: { wall: 0, cpu: 0, server: 0 } };
    const look = async (way: 'out' | 'back'): Promise<void> => {
      const [wall, cpu, server] = [performance.now(), cpuMilliseconds(), await serverCpuMs()];
      await keeper.look();
      spent[way].wall += performance.now() - wall;
      spent[way].cpu += cpuMilliseconds() - cpu;
      spent[way].server += (await serverCpuMs()) - server;
    };
    try {
      for (let start = 0; start < pages; start += BATCH) {
        const refs = await takeIn(redis, keys, 'wire', Array.from({ length: BATCH }, (_, at) => ({
          item: item(start + at), mark: 'm', facts: { id: item(start + at), url: null, address: item(start + at), title: 'A title', summary: null, language: null, feedLanguage: null, published: null, updated: null },
        })));
        for (const ref of refs) {
          const page = `wire/${ref.item}`;
          const { outcome } = await accept(redis, keys, { ref, sinks: ['dead'], bounds: [SINK], page, pageBefore: '', pageAfter: '{}', address: ref.item, texts: [], body }, { maxSize: 2 ** 40, maxStories: 2 ** 30 });
          if (outcome !== 'accepted') throw new Error(`${ref.item} was not accepted: ${outcome}`);
        }
        await look('out');
      }
      const out = await onDisk();
      const memory = await info('memory', 'used_memory_dataset');
      let taken = 0;
      while (taken < pages) {
        const owed = (await redis.zrange(keys.owed, 0, '-1')).flatMap((name) => deliveryOf(name) ?? []);
        for (const payload of owed) taken += (await delivered(redis, keys, payload, 1)) === 'delivered' ? 1 : 0;
        await look('back');
      }
      const left = await onDisk();
      const wrong = [...(await verify(redis, keys)).imbalances, ...await verifySegments(redis, keys, join(dir, 'spill'))];
      console.log(`spill: ${pages} pages of ${body.byteLength} bytes for a sink that takes nothing, bound ${BOUND}; ${out} went to disk, ${left} are left there, ${wrong.length} figures wrong`);
      for (const [way, count] of [['out', out], ['back', out - left]] as const) {
        const { wall, cpu, server } = spent[way];
        console.log(`  ${way.padEnd(4)} ${(count / (wall / 1_000)).toFixed(0)} deliveries/s; each ${((1_000 * cpu) / count).toFixed(0)} µs CPU of the process, ${((1_000 * server) / count).toFixed(0)} µs of Redis`);
      }
      console.log(`  ${(memory / pages).toFixed(0)} bytes of Redis a page while ${((100 * out) / pages).toFixed(0)} % lay on disk`);
      return wrong.length === 0 && left === 0 ? 0 : 1;
    } finally {
      redis.disconnect();
      await opened.value.release();
      await rm(dir, { recursive: true, force: true });
    }
  },
};
