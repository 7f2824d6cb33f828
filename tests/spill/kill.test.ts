import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { books, spilled, verify } from '../../src/ledger/index.js';
import { redisKeys } from '../../src/queue/index.js';
import { packageRoot } from '../../src/package-root.js';
import { verifySegments } from '../../src/spill/index.js';
import { useRedis } from '../redis.js';
import { ownFolder } from '../sink/folder.js';
import { drain, keeperOf, pageFor, tight } from './backlog.js';

const { redis, url, prefix: base } = useRedis();
const child = fileURLToPath(new URL('keeper-child.mjs', import.meta.url));
const dead = tight('dead', 10);
const PAGES = 9;

interface Run {
  /** Where it died, or null when it came to its end before that step. */
  readonly died: string | null;
  readonly lost: number;
}

/** One look of a keeper in a process of its own that is killed at this step. */
async function lookUntil(prefix: string, dir: string, step: number): Promise<Run> {
  const process = fork(child, [join(packageRoot, 'dist'), url, prefix, dir, JSON.stringify([dead]), String(step)]);
  let [died, lost]: [string | null, number] = [null, 0];
  process.on('message', (message: { died?: string; lost?: number }) => {
    died = message.died ?? died;
    lost += message.lost ?? 0;
  });
  const [code, signal] = (await once(process, 'exit')) as [number | null, string | null];
  expect(died === null ? code : signal).toBe(died === null ? 0 : 'SIGKILL');
  // The turn of the dead lapses by itself, in four seconds.
  await redis.del(redisKeys(prefix).spillTurn('dead'));
  return { died, lost };
}

/** What must hold whatever was killed: the books balance, and the next keeper brings every story to the sink, once. */
async function aftermath(prefix: string, dir: string, taken: readonly string[]): Promise<void> {
  const keys = redisKeys(prefix);
  expect((await verify(redis, keys)).imbalances.filter(({ what }) => !what.startsWith('deliveries of segment'))).toEqual([]);
  const { keeper, told } = keeperOf(redis, prefix, dir, [dead], { giveUpMs: 0 });
  const got = [...taken];
  for (let round = 0; round < 12; round += 1) {
    await keeper.look();
    got.push(...await drain(redis, keys, 'dead'));
  }
  expect(got.toSorted()).toEqual(Array.from({ length: PAGES }, (_, page) => `news-page-${page}:1`).toSorted());
  expect(told.lost).toEqual([]);
  expect((await books(redis, keys)).get('wire')).toMatchObject({ delivered: PAGES, inFlight: 0, quarantined: {}, balanced: true });
  expect((await verify(redis, keys)).imbalances).toEqual([]);
  // A new look round gives up what the dead one had begun, and takes its files away.
  await keeperOf(redis, prefix, dir, [dead], { giveUpMs: 0 }).keeper.look();
  expect(await verifySegments(redis, keys, dir)).toEqual([]);
  expect(await redis.hgetall(keys.spillSegments)).toEqual({});
  expect(await readdir(join(dir, 'dead')).catch(() => [])).toEqual([]);
}

async function waitingPages(prefix: string): Promise<void> {
  for (let page = 0; page < PAGES; page += 1) expect((await pageFor(redis, redisKeys(prefix), `news-page-${page}`, [dead])).outcome).toBe('accepted');
}

/** Kills at every step until a keeper comes to its end; gives where they died. */
async function everyStep(kind: string, scene: (prefix: string, dir: string, step: number) => Promise<Run>): Promise<string[]> {
  const deaths: string[] = [];
  for (let step = 1; ; step += 1) {
    const { died, lost } = await scene(`${base}-${kind}-${step}`, await ownFolder(), step);
    expect(lost).toBe(0);
    if (died === null) return deaths;
    deaths.push(died);
  }
}

test('a keeper killed at any step of sending deliveries to disk loses none and doubles none', async () => {
  const deaths = await everyStep('out', async (prefix, dir, step) => {
    await waitingPages(prefix);
    const run = await lookUntil(prefix, dir, step);
    await aftermath(prefix, dir, []);
    return run;
  });
  expect(deaths).toEqual(expect.arrayContaining(['set', 'hset', 'mkdir', 'open', 'rename', 'evalsha']));
}, 300_000);

test('a keeper killed at any step of bringing them back loses none and doubles none', async () => {
  const deaths = await everyStep('back', async (prefix, dir, step) => {
    await waitingPages(prefix);
    await keeperOf(redis, prefix, dir, [dead]).keeper.look();
    const keys = redisKeys(prefix);
    expect((await spilled(redis, keys, [dead])).get('dead')?.onDisk).toBeGreaterThan(0);
    const taken = await drain(redis, keys, 'dead');
    const run = await lookUntil(prefix, dir, step);
    await aftermath(prefix, dir, taken);
    return run;
  });
  expect(deaths).toEqual(expect.arrayContaining(['set', 'evalsha', 'adding jobs', 'unlink']));
}, 300_000);
