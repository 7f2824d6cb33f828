import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { useRedis } from '../redis.js';
import { linesIn, ownFolder } from './folder.js';

const { redis, url, prefix } = useRedis();
const dir = await ownFolder();
const COUNT = 2_000;

test('a writer that is killed again and again leaves every line whole and there once', async () => {
  const writer = fileURLToPath(new URL('writer.mjs', import.meta.url));
  let kills = 0;
  for (let code: number | null = null; code !== 0;) {
    const child = fork(writer, [join(packageRoot, 'dist'), url, prefix, dir, String(COUNT)]);
    const ended = once(child, 'exit');
    await once(child, 'message');
    if (kills < 6) {
      // At another moment each time: waiting for Redis, within a write, between the write and its booking.
      await sleep(40 + kills * 31);
      child.kill('SIGKILL');
      kills += 1;
    }
    [code] = (await ended) as [number | null];
  }
  const booked = await redis.smembers(`${prefix}:booked`);
  const ids = (await linesIn(dir)).map((line) => (JSON.parse(line) as { id: string }).id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBe(booked.length * 2);
  expect(booked.length).toBeGreaterThanOrEqual(COUNT - 6 * 8);
}, 120_000);
