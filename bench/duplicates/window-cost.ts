import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LUA_NEAR, NEAR_BYTES, nearArguments, nearStories, type NearStory } from '../../src/duplicate/index.js';
import { packageRoot } from '../../src/package-root.js';
import { redisKeys, RedisScript } from '../../src/queue/index.js';
import { connectRedis, openEmbedded } from '../../src/redis/index.js';

export interface WindowCost {
  readonly stories: number;
  readonly bytesAStory: number;
  /** Processor time of Redis, in microseconds. */
  readonly rememberMicros: number;
  readonly lookMicros: number;
}

const FILL = new RedisScript(`
local time = redis.call('TIME')
local now_ms = time[1] * 1000 + math.floor(time[2] / 1000)
${LUA_NEAR}
near_remember_all(KEYS[1], ARGV[1], ARGV[5], tonumber(ARGV[3]), tonumber(ARGV[4]))
return 1
`);

const BATCH = 50;
const LOOKS = 5_000;

/** Stories of no text: bands and signatures drawn at random, as those of stories that have nothing in common are. */
function drawn(number: number): NearStory {
  const near = new Uint8Array(NEAR_BYTES);
  let state = (number * 2_654_435_761) >>> 0;
  for (let at = 0; at < NEAR_BYTES; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    near[at] = state >>> 24;
  }
  return { id: number.toString(32).padStart(26, '0'), near };
}

/** Fills a window in a Redis of its own and measures it. */
export async function windowCost(stories: number): Promise<WindowCost> {
  const dir = await mkdtemp(join(tmpdir(), 'dl-near-'));
  const server = await openEmbedded({ dir: join(dir, 'redis'), packageDir: join(packageRoot, 'data', 'redis', 'server'), persistence: false });
  if (!server.ok) throw server.fault;
  const redis = connectRedis(server.value.endpoint, 'producer');
  const keys = redisKeys('near-cost');
  const figure = async (section: string, name: string): Promise<number> => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(await redis.info(section))?.[1] ?? 0);
  const processorTime = async (): Promise<number> => (await figure('cpu', 'used_cpu_user')) + (await figure('cpu', 'used_cpu_sys'));
  try {
    const before = await figure('memory', 'used_memory');
    const begun = await processorTime();
    for (let at = 0; at < stories; at += BATCH) {
      const heads = Array.from({ length: Math.min(BATCH, stories - at) }, (_, next) => drawn(at + next));
      await FILL.run(redis, [keys.near], [`source-${at % 997}`, ...nearArguments({ place: 'any', heads, bounds: { windowMs: 86_400_000, maxStories: stories } })]);
    }
    const filled = await processorTime();
    const bytes = (await figure('memory', 'used_memory')) - before;
    for (let at = 0; at < LOOKS; at += 1) await nearStories(redis, keys, [drawn(stories + at)]);
    const looked = await processorTime();
    return { stories, bytesAStory: bytes / stories, rememberMicros: ((filled - begun) * 1e6) / stories, lookMicros: ((looked - filled) * 1e6) / LOOKS };
  } finally {
    redis.disconnect();
    await server.value.release();
    await rm(dir, { recursive: true, force: true });
  }
}

