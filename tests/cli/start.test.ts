import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { redisKeys } from '../../src/queue/index.js';
import { packageRoot } from '../../src/package-root.js';
import { storyRecordSchema, type StoryRecord } from '../../src/story/index.js';
import { connectRedis } from '../../src/redis/index.js';
import { startOwnServer, type OwnServer } from '../redis.js';

const PREFIX = 'start-test';
const STOP_WITHIN_MS = 10_000;
let server: OwnServer;
let folder = '';
let running: ChildProcess | null = null;

beforeAll(async () => {
  // With persistence: readiness fails on a server that would forget.
  server = await startOwnServer();
  folder = await mkdtemp(join(tmpdir(), 'dateline-start-'));
  await writeFile(join(folder, 'sources.yaml'), 'sources:\n  - { id: sample, url: "sample:" }\n');
});
afterEach(() => { running?.kill('SIGKILL'); });
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Started {
  readonly child: ChildProcess;
  words(): string;
  /** Waits until the words fit. */
  says(pattern: RegExp): Promise<void>;
}

function start(...args: string[]): Started {
  const child = spawn(process.execPath, [join(packageRoot, 'bin', 'dateline.mjs'), '--config', folder, '--set', 'console.port=0', 'start', ...args], {
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', DATELINE_REDIS_URL: server.url, DATELINE_REDIS_PREFIX: PREFIX, DATELINE_DATA_DIR: join(folder, 'data') },
  });
  running = child;
  let words = '';
  const hear = (part: Buffer): void => { words += part.toString('utf8'); };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const says = async (pattern: RegExp): Promise<void> => {
    const until = Date.now() + 60_000;
    while (!pattern.test(words)) {
      if (child.exitCode !== null || Date.now() > until) throw new Error(`never said ${String(pattern)}:\n${words}`);
      await new Promise((resolve) => { setTimeout(resolve, 50); });
    }
  };
  return { child, says, words: () => words };
}

async function records(): Promise<StoryRecord[]> {
  const dir = join(folder, 'data', 'stories');
  const files = (await readdir(dir)).filter((name) => name.endsWith('.ndjson')).sort();
  const texts = await Promise.all(files.map((name) => readFile(join(dir, name), 'utf8')));
  return texts.join('').split('\n').filter((line) => line !== '').map((line) => storyRecordSchema.parse(JSON.parse(line)));
}

const settled = async (count: number): Promise<void> => {
  while ((await records().catch(() => [])).length < count) await new Promise((resolve) => { setTimeout(resolve, 100); });
};

async function stop(started: Started): Promise<number> {
  const began = Date.now();
  started.child.kill('SIGINT');
  await once(started.child, 'exit');
  await started.says(/Stopped\./).catch(() => undefined);
  return Date.now() - began;
}

const gold = async (): Promise<number> => {
  const pages = JSON.parse(await readFile(join(packageRoot, 'tests', 'story', 'sample-wire-gold.json'), 'utf8')) as { stories: unknown[] }[] | Record<string, { stories: unknown[] }>;
  return Object.values(pages).reduce((sum, page) => sum + page.stories.length, 0);
};

test('the sample wire becomes records once, over two starts, and each stops cleanly in time', async () => {
  const wanted = await gold();
  const first = start();
  await first.says(/console +http:\/\/127\.0\.0\.1:\d+\//);
  await settled(wanted);
  const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(first.words())?.[0] ?? '';
  expect((await fetch(`${address}readyz`)).status).toBe(200);
  expect(await (await fetch(address)).text()).toContain('The books balance.');
  expect(await (await fetch(`${address}metrics`)).text()).toContain('dateline_items_seen{source="sample"} 12');
  expect(await stop(first)).toBeLessThan(STOP_WITHIN_MS);
  expect(first.words()).toMatch(/records +ndjson/);
  expect(first.words()).toMatch(/story sample/);

  const second = start();
  await second.says(/so far +12 items seen, 12 delivered/);
  await second.says(/to stop/);
  // Made due at once, so that the second start really polls the wire again.
  const { due } = redisKeys(PREFIX);
  const redis = connectRedis(server.endpoint, 'producer');
  await redis.zadd(due, 0, 'sample');
  while (((await redis.zscore(due, 'sample')) ?? '0') === '0') await new Promise((resolve) => { setTimeout(resolve, 100); });
  redis.disconnect();
  // A person who mends the sources while it runs, and puts a tab in, is told where.
  const sources = join(folder, 'sources.yaml');
  const before = await readFile(sources, 'utf8');
  await writeFile(sources, `${before}\t- { id: other, url: "https://example.org/feed" }\n`);
  await second.says(/sources\.yaml, line 3, column 1: a tab stands where spaces must\./);
  await writeFile(sources, before);
  expect(await stop(second)).toBeLessThan(STOP_WITHIN_MS);

  const all = await records();
  expect(new Set(all.map((record) => `${record.id}/${record.version}`)).size).toBe(all.length);
  expect(all).toHaveLength(wanted);
}, 120_000);

test('a console that strangers could reach stops the start with a way out', async () => {
  const open = spawn(process.execPath, [join(packageRoot, 'bin', 'dateline.mjs'), '--config', folder, '--set', 'console.host=0.0.0.0', 'start'], {
    env: { ...process.env, NO_COLOR: '1', DATELINE_REDIS_URL: server.url, DATELINE_REDIS_PREFIX: PREFIX, DATELINE_DATA_DIR: join(folder, 'data') },
  });
  let said = '';
  open.stderr.on('data', (part: Buffer) => { said += part.toString('utf8'); });
  const [code] = (await once(open, 'exit')) as [number | null];
  expect(code).toBe(2);
  expect(said).toMatch(/console\.host[\s\S]*dateline users add/);
  expect(said).not.toMatch(/\n\s+at /);
}, 60_000);
