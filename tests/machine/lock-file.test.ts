import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLockFile } from '../../src/machine/lock-file.js';
import { isAlive, processIdentity } from '../../src/machine/process-identity.js';

let dir = '';
let path = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dl-lock-'));
  path = join(dir, 'lock');
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** Runs twenty holders at once; gives how many were ever inside together. */
async function crowd(): Promise<number> {
  let inside = 0;
  let most = 0;
  await Promise.all(Array.from({ length: 20 }, () => withLockFile(path, { waitMs: 20_000 }, async () => {
    inside += 1;
    most = Math.max(most, inside);
    await sleep(2);
    inside -= 1;
  })));
  return most;
}

test('one at a time, and nothing is left behind', async () => {
  expect(await crowd()).toBe(1);
  expect(await readdir(dir)).toEqual([]);
});

test.each([
  ['a process that is gone', JSON.stringify({ holder: { pid: 4_194_303, started: 'long ago' }, token: 'x' })],
  ['an earlier process of this number', JSON.stringify({ holder: { pid: process.pid, started: 'another boot 1' }, token: 'x' })],
  ['nobody that can be read', '{"holder":'],
])('the lock of %s is taken over, by one', async (_, content) => {
  await writeFile(path, content);
  expect(await crowd()).toBe(1);
});

test('who waits too long is told for whom', async () => {
  const waited: number[] = [];
  await withLockFile(path, { waitMs: 0 }, async () => {
    await expect(withLockFile(path, { waitMs: 60, onWait: (pid) => waited.push(pid) }, () => Promise.resolve()))
      .rejects.toMatchObject({ code: 'lock-busy', consequence: 'retry-later' });
  });
  expect(waited).toEqual([process.pid]);
});

test('the lock is given back when the work throws', async () => {
  await expect(withLockFile(path, { waitMs: 0 }, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await readdir(dir)).toEqual([]);
});

test('a process is known by number and birth', () => {
  const me = processIdentity(process.pid);
  expect(me !== null && isAlive(me)).toBe(true);
  expect(isAlive({ pid: process.pid, started: 'before' })).toBe(false);
  expect(processIdentity(4_194_303)).toBeNull();
});
