import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { settingsOf } from '../../src/config/index.js';
import { failed, giveUp, ok, retryLater, type Outcome } from '../../src/fault.js';
import { replay, sinkPlans, type SentStory, type Sink, type SinkBatch } from '../../src/sink/index.js';
import { StoreSink } from '../../src/store/index.js';
import { useRedis } from '../redis.js';
import { linesIn } from '../sink/folder.js';
import { recordOf } from '../store/records.js';
import { dateline } from './dateline.js';

const redis = useRedis();
const dir = await mkdtemp(join(tmpdir(), 'dl-replay-'));
afterAll(() => rm(dir, { recursive: true, force: true }));
const run = (...args: string[]) => dateline(args, { env: { DATELINE_REDIS_URL: redis.url, DATELINE_REDIS_PREFIX: redis.prefix, DATELINE_DATA_DIR: dir } });

test('stories kept are sent to a sink again, with their ids and versions', async () => {
  const store = new StoreSink(join(dir, 'stories.db'), { age: 1e12, count: 1e6, bytes: 1e12 });
  const records = [recordOf({ name: 'one' }), recordOf({ name: 'one', version: 2 }), recordOf({ name: 'two', source: 'wire-two' })];
  for (const record of records) {
    const taken = await store.deliver({
      key: `${record.id}/${record.version}`, mark: '', again: false, signal: new AbortController().signal, remark: () => Promise.resolve(true),
      stories: [{ id: record.id, version: record.version, json: '', record: JSON.stringify(record) }],
    });
    expect(taken.ok).toBe(true);
  }
  await store.close();
  expect((await run('replay', '--since', '1h', '--sink', 'ndjson', '--dry-run')).stdout).toContain('3 story versions');
  expect((await run('replay', '--since', '2099-01-01', '--sink', 'ndjson', '--dry-run')).stdout).toContain('0 story versions');
  expect((await run('replay', '--since', '1h', '--sink', 'ndjson')).stdout).toContain('3 story versions sent to ndjson.');
  expect((await run('replay', '--since', '1h', '--sink', 'ndjson', '--source', 'wire-two')).stdout).toContain('1 story versions sent');
  const lines = (await linesIn(join(dir, 'stories'))).map((line) => JSON.parse(line) as { readonly id: string; readonly version: number });
  expect(lines.map(({ id, version }) => [id, version])).toEqual([...records, records[2]].map((record) => [record?.id, record?.version]));
  const unknown = await run('replay', '--since', '1h', '--sink', 'nowhere');
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toContain('ndjson');
});

async function* stories(count: number): AsyncGenerator<SentStory> {
  for (let at = 0; at < count; at += 1) yield await Promise.resolve({ id: `story-${at}`, version: 1, record: '{}' });
}
const [basis] = sinkPlans(settingsOf());
if (basis === undefined) throw new Error('the default settings have a sink');
const plan = { ...basis, batch: 2, timeoutMs: 200 };
const options = { name: 'test', attempts: 3, backoffMs: 1 };
const scripted = (answers: (batch: SinkBatch) => Promise<Outcome<void>>): { readonly sink: Sink; readonly seen: SinkBatch[] } => {
  const seen: SinkBatch[] = [];
  let begun = 0;
  return {
    seen,
    sink: {
      name: 'scripted', where: 'nowhere', begin: () => Promise.resolve(ok(`mark ${begun++}`)), check: () => Promise.resolve(ok('')), close: () => Promise.resolve(),
      deliver: (batch) => {
        seen.push(batch);
        return answers(batch);
      },
    },
  };
};

test('a batch that failed for now comes again under its key and first mark; one that hangs is left behind', async () => {
  let calls = 0;
  const { sink, seen } = scripted(() => {
    calls += 1;
    if (calls === 1) return Promise.resolve(failed(retryLater({ code: 'busy', message: 'busy' })));
    return calls === 2 ? new Promise(() => undefined) : Promise.resolve(ok(undefined));
  });
  expect(await replay({ sink, plan }, stories(3), options)).toEqual({ sent: 3, unrouted: 0, fault: null });
  expect(seen.map(({ key, mark, again }) => [key, mark, again])).toEqual([
    ['replay/test/0', 'mark 0', false], ['replay/test/0', 'mark 0', true], ['replay/test/0', 'mark 0', true], ['replay/test/2', 'mark 3', false],
  ]);
});

test('a sink that refuses for good ends the replay, which says how far it came', async () => {
  const { sink } = scripted(({ key }) => Promise.resolve(key.endsWith('/0') ? ok(undefined) : failed(giveUp({ code: 'http-400', message: 'no' }))));
  expect(await replay({ sink, plan }, stories(5), options)).toMatchObject({ sent: 2, fault: { code: 'http-400' } });
});
