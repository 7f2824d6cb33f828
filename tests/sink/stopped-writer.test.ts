import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { redisKeys } from '../../src/queue/index.js';
import { NdjsonSink } from '../../src/sink/index.js';
import { sizeOf } from '../../src/sink/ndjson-file.js';
import { useRedis } from '../redis.js';
import { batchOf, linesIn, ownFolder, story } from './folder.js';

const { redis, url, prefix } = useRedis();
const root = await ownFolder();
const stories = [story('a'), story('b')];
const children: ChildProcess[] = [];
afterAll(() => children.forEach((child) => child.kill('SIGKILL')));

async function until(what: () => Promise<boolean>): Promise<void> {
  while (!(await what())) await sleep(50);
}

type Place = 'before' | 'after' | 'both';

/** A process that is stopped within its write, past its lease, while another delivers the same batch. */
async function stoppedWriter(place: Place): Promise<{ readonly child: ChildProcess; readonly dir: string; readonly open: () => NdjsonSink }> {
  const dir = join(root, place);
  const own = `${prefix}-${place}`;
  await mkdir(dir, { recursive: true });
  const child = fork(fileURLToPath(new URL('stopped-writer.mjs', import.meta.url)), [join(packageRoot, 'dist'), url, own, dir, 'one', place]);
  children.push(child);
  await until(async () => (await sizeOf(`${dir}.stopped.1`)) !== null);
  await until(async () => (await redis.exists(redisKeys(own).sink('ndjson', 'slot:0'))) === 0);
  const open = (): NdjsonSink => new NdjsonSink(redis, redisKeys(own), { dir, rotateSize: 200_000, rotateAge: 86_400_000 });
  const other = open();
  expect(await other.begin()).toMatchObject({ ok: true });
  expect(await other.deliver(batchOf('one', stories, (await redis.get(`${own}:mark`)) ?? '', true))).toMatchObject({ ok: true });
  await other.close();
  expect((await linesIn(dir)).sort()).toEqual(stories.map(({ json }) => json));
  return { child, dir, open };
}

test.concurrent('a writer that is stopped right before its write takes back what it writes when it wakes', async () => {
  const { child, dir } = await stoppedWriter('before');
  const said = once(child, 'message');
  child.kill('SIGCONT');
  expect((await said)[0]).toBe('sink-busy');
  await once(child, 'exit');
  expect((await linesIn(dir)).sort()).toEqual(stories.map(({ json }) => json));
}, 60_000);

test.concurrent('what a writer wrote before it was stopped is found by another, and stays when it wakes', async () => {
  const { child, dir } = await stoppedWriter('after');
  const said = once(child, 'message');
  child.kill('SIGCONT');
  expect((await said)[0]).toBe('taken');
  await once(child, 'exit');
  expect((await linesIn(dir)).sort()).toEqual(stories.map(({ json }) => json));
}, 60_000);

test.concurrent('what a writer wrote too late and was killed before taking back is cut by the next start', async () => {
  const { child, dir, open } = await stoppedWriter('both');
  child.kill('SIGCONT');
  await until(async () => (await sizeOf(`${dir}.stopped.2`)) !== null);
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  // The late lines are there: without the cut they would stay.
  expect(await linesIn(dir)).toHaveLength(2 * stories.length);
  const next = open();
  expect(await next.begin()).toMatchObject({ ok: true });
  await next.close();
  expect((await linesIn(dir)).sort()).toEqual(stories.map(({ json }) => json));
}, 60_000);
