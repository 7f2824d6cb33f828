import { appendFile, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { redisKeys } from '../../src/queue/index.js';
import type { Outcome } from '../../src/fault.js';
import { NdjsonSink, type NdjsonOptions, type SinkStory } from '../../src/sink/index.js';
import { fileName } from '../../src/sink/ndjson.js';
import { useRedis } from '../redis.js';
import { batchOf, linesIn, ownFolder, story } from './folder.js';

const { redis, prefix } = useRedis();
const root = await ownFolder();
const DAY = 86_400_000;
const open: NdjsonSink[] = [];
let folders = 0;

function newSink(change: Partial<NdjsonOptions> = {}): { sink: NdjsonSink; dir: string; options: NdjsonOptions } {
  folders += 1;
  const options = { dir: join(root, String(folders)), rotateSize: 1_000_000, rotateAge: DAY, ...change };
  const sink = new NdjsonSink(redis, redisKeys(`${prefix}-${folders}`), options);
  open.push(sink);
  return { sink, dir: options.dir, options };
}

async function markOf(sink: NdjsonSink): Promise<string> {
  const mark = await sink.begin();
  if (!mark.ok) throw mark.fault;
  return mark.value;
}

const push = async (sink: NdjsonSink, key: string, stories: readonly SinkStory[]): Promise<Outcome<void>> =>
  sink.deliver(batchOf(key, stories, await markOf(sink)));

afterEach(async () => {
  await Promise.all(open.splice(0).map((sink) => sink.close()));
});

test('each story is one line, in the file of its day', async () => {
  const { sink, dir } = newSink();
  expect((await push(sink, 'one', [story('a'), story('b')])).ok).toBe(true);
  expect(await linesIn(dir)).toEqual([story('a').json, story('b').json]);
  expect(await readdir(dir)).toEqual([`${new Date().toISOString().slice(0, 10)}.ndjson`]);
});

test('a batch that comes again after it was written is not written again', async () => {
  const { sink, dir } = newSink();
  const mark = await markOf(sink);
  await sink.deliver(batchOf('one', [story('a'), story('b')], mark));
  expect((await sink.deliver(batchOf('one', [story('a'), story('b')], mark, true))).ok).toBe(true);
  expect(await linesIn(dir)).toHaveLength(2);
});

test('what a crash left half written is cut, and the rest of the batch written', async () => {
  const { sink, dir, options } = newSink();
  const mark = await markOf(sink);
  await push(sink, 'before', [story('a')]);
  const name = (await readdir(dir))[0] ?? '';
  await sink.close();
  await appendFile(join(dir, name), story('b').json.slice(0, 9));
  const next = new NdjsonSink(redis, redisKeys(`${prefix}-${folders}`), options);
  open.push(next);
  const batch = batchOf('one', [story('a'), story('b'), story('c')], mark, true);
  expect((await next.deliver(batch)).ok).toBe(true);
  expect(await linesIn(dir)).toEqual([story('a').json, story('b').json, story('c').json]);
  expect(batch.marks).toHaveLength(1);
});

test('two runs of one delivery at the same time write it once', async () => {
  const { sink, dir } = newSink();
  const mark = await markOf(sink);
  const many = Array.from({ length: 50 }, (_, at) => story(`s${at}`, 1, 'x'.repeat(2_000)));
  await Promise.all([sink.deliver(batchOf('one', many, mark)), sink.deliver(batchOf('one', many, mark, true))]);
  expect(await linesIn(dir)).toHaveLength(50);
});

test('two processes write to files of their own; the second leaves the first its delivery', async () => {
  const { sink: first, options } = newSink();
  const mark = await markOf(first);
  const second = new NdjsonSink(redis, redisKeys(`${prefix}-${folders}`), options);
  open.push(second);
  const busy = await second.deliver(batchOf('one', [story('a')], mark, true));
  expect(busy).toMatchObject({ ok: false, fault: { code: 'sink-busy', consequence: 'retry-later' } });
  await push(second, 'two', [story('b')]);
  await push(first, 'three', [story('c')]);
  expect((await readdir(options.dir)).map((name) => name.replace(/^\d{4}-\d\d-\d\d/, 'day'))).toEqual(['day.ndjson', 'day.w1.ndjson']);
});

test('a file that is full is followed by the next part, whole lines only', async () => {
  const { sink, dir } = newSink({ rotateSize: 500 });
  for (let at = 0; at < 20; at += 1) {
    await push(sink, `b${at}`, [story(`s${at}`, 1, 'x'.repeat(100))]);
  }
  expect((await readdir(dir)).length).toBeGreaterThan(3);
  expect(new Set(await linesIn(dir)).size).toBe(20);
});

test('a file taken away is begun anew', async () => {
  const { sink, dir } = newSink();
  await push(sink, 'one', [story('a')]);
  const name = (await readdir(dir))[0] ?? '';
  await rename(join(dir, name), join(dir, 'archived.ndjson'));
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await push(sink, 'two', [story('b')]);
  expect(await linesIn(dir)).toHaveLength(2);
  expect((await readdir(dir)).sort()).toEqual([name, 'archived.ndjson'].sort());
});

test('a folder that cannot be is a fault to retry, with a hint', async () => {
  const { sink, dir } = newSink();
  await mkdir(root, { recursive: true });
  await writeFile(dir, 'a file where the folder should be');
  expect(await sink.begin()).toMatchObject({ ok: false, fault: { code: 'file-unwritable', consequence: 'retry-later' } });
});

test.each([
  [DAY, 0, 1, '2026-11-23.ndjson'],
  [DAY, 2, 1, '2026-11-23.w2.ndjson'],
  [DAY, 1, 3, '2026-11-23.w1.3.ndjson'],
  [3_600_000, 0, 1, '2026-11-23T180000.ndjson'],
])('a file of %d ms by writer %d, part %d is %s', (age, slot, part, name) => {
  expect(fileName(Date.parse('2026-11-23T18:45:12Z'), age, slot, part)).toBe(name);
});

test('an attempt that dies after another does not hide what the first one wrote', async () => {
  const { sink: first, dir, options } = newSink({ rotateSize: 10 });
  const mark = await markOf(first);
  await first.deliver(batchOf('one', [story('a')], mark));
  const keys = redisKeys(`${prefix}-${folders}`);
  await first.close();
  const second = new NdjsonSink(redis, keys, options);
  const attempt = batchOf('one', [story('a'), story('b')], mark, true);
  await second.deliver(attempt);
  await second.close();
  const third = new NdjsonSink(redis, keys, options);
  open.push(third);
  await third.deliver(batchOf('one', [story('a'), story('b')], attempt.marks.at(-1) ?? '', true));
  expect((await linesIn(dir)).sort()).toEqual([story('a').json, story('b').json]);
});

test('the torn line of a dead writer is cut at the next start, though nobody takes its place', async () => {
  const { sink: first, dir, options } = newSink();
  const keys = redisKeys(`${prefix}-${folders}`);
  const second = new NdjsonSink(redis, keys, options);
  await push(first, 'one', [story('a')]);
  await push(second, 'two', [story('b')]);
  await first.close();
  await second.close();
  const torn = (await readdir(dir)).find((name) => name.includes('.w1')) ?? '';
  await appendFile(join(dir, torn), '{"id":"c","filler":"xx');
  const next = new NdjsonSink(redis, keys, options);
  open.push(next);
  await markOf(next);
  expect((await linesIn(dir)).sort()).toEqual([story('a').json, story('b').json]);
});

test('an attempt that learns of another since it began writes nothing', async () => {
  const { sink: first, dir, options } = newSink();
  const mark = await markOf(first);
  await first.close();
  const second = new NdjsonSink(redis, redisKeys(`${prefix}-${folders}`), options);
  open.push(second);
  const stale = { ...batchOf('one', [story('a')], mark), remark: () => Promise.resolve(false) };
  expect(await second.deliver(stale)).toMatchObject({ ok: false, fault: { code: 'sink-busy' } });
  expect(await linesIn(dir)).toEqual([]);
});

test('a start goes on with the file that was left in good order; one whose writer vanished is left as it is', async () => {
  const { sink: first, dir, options } = newSink();
  const keys = redisKeys(`${prefix}-${folders}`);
  await push(first, 'one', [story('a')]);
  await first.close();
  const second = new NdjsonSink(redis, keys, options);
  open.push(second);
  await push(second, 'two', [story('b')]);
  expect(await readdir(dir)).toHaveLength(1);
  // Its lease is gone, and nobody knows whether it lives.
  await redis.del(keys.sink('ndjson', 'slot:0'));
  const third = new NdjsonSink(redis, keys, options);
  open.push(third);
  await push(third, 'three', [story('c')]);
  expect(await readdir(dir)).toHaveLength(2);
  expect(await linesIn(dir)).toHaveLength(3);
});
