import { chmod, cp, mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectRedis, openEmbedded } from '../../src/redis/index.js';
import { findServer, type FoundServer } from '../../src/redis/find.js';
import { hasDebianTools, programEnvironment } from '../../src/machine/index.js';
import { DATA } from '../redis-server.js';

const packageDir = join(DATA, 'redis', 'server');
const quiet = (): void => undefined;
/** Nothing listens at port 1: apt is refused at once. */
const OFFLINE = { http_proxy: 'http://127.0.0.1:1', https_proxy: 'http://127.0.0.1:1' };

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dl-find-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function found(options: Partial<Parameters<typeof findServer>[0]> = {}): Promise<FoundServer> {
  const result = await findServer({ packageDir, say: quiet, env: { PATH: dir }, ...options });
  if (!result.ok) throw result.fault;
  return result.value;
}

/** Puts a program on the PATH of the test. */
async function program(name: string, script: string): Promise<void> {
  await writeFile(join(dir, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(dir, name), 0o755);
}

/** The run's own server, started as an installed one would be. */
async function installed(name: string): Promise<void> {
  const real = await found({ env: process.env });
  const environment = Object.entries(programEnvironment(real)).map(([key, value]) => `${key}='${value ?? ''}'`).join(' ');
  await program(name, `exec env ${environment} '${real.program}' "$@"`);
}

test('a server on the PATH is taken before the distribution\'s package, and works', async () => {
  await installed('redis-server');
  expect(await found()).toMatchObject({ program: join(dir, 'redis-server'), product: 'Redis', origin: 'on the PATH' });
  const opened = await openEmbedded({ dir: join(dir, 'data'), env: { PATH: dir } });
  if (!opened.ok) throw opened.fault;
  expect(opened.value.report).toMatch(/^Redis \d+\.\d+\.\d+ \(on the PATH\)/);
  const redis = connectRedis(opened.value.endpoint, 'producer');
  expect(await redis.ping()).toBe('PONG');
  redis.disconnect();
  expect(await opened.value.release()).toEqual({ ok: true, value: 'stopped' });
});

test('Valkey comes before Redis', async () => {
  await program('redis-server', 'echo "Redis server v=7.0.15 sha=0"');
  await program('valkey-server', 'echo "Valkey server v=8.1.4 sha=0"');
  expect(await found()).toMatchObject({ product: 'Valkey', version: '8.1.4' });
});

test.each([
  ['too old', 'echo "Redis server v=6.0.16 sha=0"'],
  ['broken', 'echo "error while loading shared libraries" >&2; exit 127'],
])('one on the PATH that is %s is passed over', async (_, script) => {
  await program('redis-server', script);
  await expect(found()).resolves.toMatchObject({ program: expect.not.stringContaining(dir) as string });
});

test.runIf(await hasDebianTools())('without a server and without a network the fault names every reason and two ways out', async () => {
  await program('redis-server', 'echo "Redis server v=5.0.14 sha=0"');
  const result = await findServer({ packageDir: join(dir, 'server'), say: quiet, env: { PATH: `${dir}:/usr/bin:/bin`, ...OFFLINE } });
  if (result.ok) throw new Error('it found one');
  expect(result.fault).toMatchObject({ code: 'redis-not-found', consequence: 'misconfigured' });
  expect(result.fault.message).toMatch(/redis-server is Redis 5\.0\.14, too old.*package could not be had/);
  expect(result.fault.hint).toMatch(/apt install redis-server.*docker compose up -d redis/);
  // Nothing half-made stays behind.
  expect((await readdir(dir)).sort()).toEqual(['redis-server']);
});

test.runIf(await hasDebianTools())('what was left of a killed unpacking is cleared, and a damaged package is not taken', async () => {
  const copy = join(dir, 'server');
  await mkdir(join(dir, 'server.new-4194303', 'tree'), { recursive: true });
  await mkdir(join(copy, 'usr', 'bin'), { recursive: true });
  await writeFile(join(copy, 'usr', 'bin', 'redis-server'), 'half a program');
  const result = await findServer({ packageDir: copy, say: quiet, env: { PATH: '/usr/bin:/bin', ...OFFLINE } });
  expect(result).toMatchObject({ ok: false, fault: { code: 'redis-not-found' } });
  expect(await readdir(dir)).toEqual([]);
});

test('data that was damaged stops the start with the server\'s own words, and is left as it is', async () => {
  const redisDir = join(dir, 'data');
  const opened = await openEmbedded({ dir: redisDir, packageDir });
  if (!opened.ok) throw opened.fault;
  await opened.value.release();
  const folder = join(redisDir, 'data', 'appendonlydir');
  const [base] = (await readdir(folder)).filter((name) => name.endsWith('.rdb'));
  if (base === undefined) throw new Error('no base file');
  await cp(join(folder, base), join(dir, 'before'));
  await truncate(join(folder, base), 20);
  const again = await openEmbedded({ dir: redisDir, packageDir });
  expect(again).toMatchObject({ ok: false, fault: { code: 'redis-not-started', message: expect.stringContaining('Its log says') as string } });
  expect(await readdir(folder)).toContain(base);
});
