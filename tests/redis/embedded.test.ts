import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { checkServer, connectRedis, openEmbedded, type EmbeddedRedis, type EmbeddedOptions } from '../../src/redis/index.js';
import { DATA } from '../redis-server.js';

let dir = '';
let opened: EmbeddedRedis[] = [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dl-embedded-'));
  opened = [];
});
afterEach(async () => {
  for (const server of opened) await server.release();
  await rm(dir, { recursive: true, force: true });
});

async function start(options: Partial<EmbeddedOptions> = {}): Promise<EmbeddedRedis> {
  const result = await openEmbedded({ dir, packageDir: join(DATA, 'redis', 'server'), ...options });
  if (!result.ok) throw result.fault;
  opened.push(result.value);
  return result.value;
}

async function withClient<T>(server: EmbeddedRedis, work: (redis: ReturnType<typeof connectRedis>) => Promise<T>): Promise<T> {
  const redis = connectRedis(server.endpoint, 'producer');
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}

test('a started server is new enough, append-only, evicts nothing, and says where its data lies', async () => {
  const server = await start();
  const checked = await withClient(server, (redis) => checkServer(redis));
  expect(checked).toMatchObject({ ok: true, value: { appendOnly: true, evictionPolicy: 'noeviction', warnings: [], pid: server.pid } });
  expect(server.report).toContain(join(dir, 'data'));
});

test('a second start on the folder uses the same server; the last to leave stops it', async () => {
  const [first, second] = await Promise.all([start(), start()]);
  expect(first?.pid).toBe(second?.pid);
  expect([first?.shared, second?.shared].filter(Boolean)).toHaveLength(1);
  expect(await first?.release()).toEqual({ ok: true, value: 'still-used' });
  if (second === undefined) throw new Error('not started');
  expect(await withClient(second, (redis) => redis.ping())).toBe('PONG');
  expect(await second.release()).toEqual({ ok: true, value: 'stopped' });
  opened = [];
});

test('what was answered is still there after kill -9 of the server, which comes back at the same address', async () => {
  const server = await start();
  const { pid } = server;
  await withClient(server, async (redis) => {
    await redis.set('kept', 'yes');
    process.kill(pid, 'SIGKILL');
    expect(await redis.get('kept')).toBe('yes');
  });
  expect(server.pid).not.toBe(pid);
});

test('data outlives a stop and a start', async () => {
  const first = await start();
  await withClient(first, (redis) => redis.set('kept', 'yes'));
  await first.release();
  expect(await withClient(await start(), (redis) => redis.get('kept'))).toBe('yes');
});

test('a path too long for a socket falls back to a loopback port that asks for a password', async () => {
  const server = await start({ dir: join(dir, 'a'.repeat(120)) });
  expect(server.endpoint).toMatchObject({ kind: 'tcp', host: '127.0.0.1', tls: false });
  expect(await withClient(server, (redis) => redis.ping())).toBe('PONG');
  if (server.endpoint.kind !== 'tcp') throw new Error('not a port');
  const { password: _, ...open } = server.endpoint;
  const stranger = connectRedis(open, 'producer');
  await expect(stranger.get('x')).rejects.toThrow(/NOAUTH/);
  stranger.disconnect();
});

test('where no socket can be made, a loopback port is taken', async () => {
  await mkdir(join(dir, 'redis.sock', 'in-the-way'), { recursive: true });
  const server = await start();
  expect(server.endpoint.kind).toBe('tcp');
  expect(await withClient(server, (redis) => redis.ping())).toBe('PONG');
});

test('a folder that cannot be one is told as such', async () => {
  await writeFile(join(dir, 'file'), '');
  expect(await openEmbedded({ dir: join(dir, 'file', 'redis') })).toMatchObject({ ok: false, fault: { code: 'data-dir-not-writable' } });
});

test('a server that cannot come back is tried again, less and less often, and told', async () => {
  const said: string[] = [];
  const server = await start({ say: (line) => said.push(line) });
  // The data's folder is in the way of itself: nothing can be started on a file.
  await rm(join(dir, 'data'), { recursive: true });
  await writeFile(join(dir, 'data'), '');
  process.kill(server.pid, 'SIGKILL');
  await vi.waitFor(() => expect(said.filter((line) => line.includes('starting it again')).length).toBe(2), { timeout: 15_000 });
  expect(said.some((line) => line.includes('cannot be written') || line.includes('did not start') || line.includes('could not be started'))).toBe(true);
  await rm(join(dir, 'data'));
  await vi.waitFor(() => expect(said.some((line) => line.includes('Redis is back'))).toBe(true), { timeout: 15_000 });
});
