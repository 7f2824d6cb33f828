import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { connectRedis, openEmbedded, type EmbeddedRedis } from '../../src/redis/index.js';
import { isAlive, processIdentity } from '../../src/machine/index.js';
import { DATA } from '../redis-server.js';
import { startHolder, type Holder } from './holder.js';

const packageDir = join(DATA, 'redis', 'server');
let dir = '';
let opened: EmbeddedRedis[] = [];
let holders: Holder[] = [];

beforeAll(() => {
  const build = spawnSync(process.execPath, [join(packageRoot, 'bin', 'prepare.mjs')], { encoding: 'utf8' });
  if (build.status !== 0) throw new Error(build.stderr);
});
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dl-survival-'));
  opened = [];
  holders = [];
});
afterEach(async () => {
  for (const holder of holders) if (holder.process.exitCode === null && holder.process.signalCode === null) await holder.kill();
  for (const server of opened) await server.release();
  await rm(dir, { recursive: true, force: true });
});

async function open(): Promise<EmbeddedRedis> {
  const result = await openEmbedded({ dir, packageDir });
  if (!result.ok) throw result.fault;
  opened.push(result.value);
  return result.value;
}

async function hold(): Promise<Holder> {
  const holder = await startHolder(dir, packageDir);
  holders.push(holder);
  return holder;
}

async function on<T>(server: EmbeddedRedis, work: (redis: ReturnType<typeof connectRedis>) => Promise<T>): Promise<T> {
  const redis = connectRedis(server.endpoint, 'producer');
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}

const runs = (pid: number): boolean => processIdentity(pid) !== null;

test('Ctrl-C at the terminal ends Dateline, not its Redis: the workers may still need it', async () => {
  const holder = await hold();
  process.kill(-holder.pid, 'SIGINT');
  await once(holder.process, 'exit');
  expect(runs(holder.server)).toBe(true);
  expect((await open()).pid).toBe(holder.server);
});

test('after kill -9 of Dateline the next start takes over the running server with its data, and stops it', async () => {
  const holder = await hold();
  const watching = await open();
  await on(watching, (redis) => redis.set('kept', 'yes'));
  await holder.kill();
  const next = await open();
  expect(next).toMatchObject({ pid: holder.server, shared: true });
  expect(await on(next, (redis) => redis.get('kept'))).toBe('yes');
  expect(await watching.release()).toEqual({ ok: true, value: 'still-used' });
  // The dead holder's mark does not count as a user.
  expect(await next.release()).toEqual({ ok: true, value: 'stopped' });
  expect(runs(holder.server)).toBe(false);
});

test('who started it may leave first', async () => {
  const holder = await hold();
  const other = await open();
  expect(await holder.leave()).toBe('still-used');
  expect(await on(other, (redis) => redis.ping())).toBe('PONG');
  expect(await other.release()).toEqual({ ok: true, value: 'stopped' });
});

test('after kill -9 of both, what they left behind is no hindrance and the data is there', async () => {
  const holder = await hold();
  await on(await open(), (redis) => redis.set('kept', 'yes'));
  const dead = opened.splice(0);
  await holder.kill();
  // Only now the server, so that nobody is left to start it again; the released one must not either.
  for (const server of dead) await server.release();
  const again = await hold();
  process.kill(again.pid, 'SIGKILL');
  process.kill(again.server, 'SIGKILL');
  await once(again.process, 'exit');
  expect(await on(await open(), (redis) => redis.get('kept'))).toBe('yes');
});

test('a note that was deleted is made up for by the socket', async () => {
  const holder = await hold();
  await rm(join(dir, 'server.json'));
  expect(await open()).toMatchObject({ pid: holder.server, shared: true });
});

test('a start that was killed before it could note the process leaves no second server on the data', async () => {
  const holder = await hold();
  const note = JSON.parse(await readFile(join(dir, 'server.json'), 'utf8')) as object;
  await writeFile(join(dir, 'server.json'), JSON.stringify({ ...note, identity: null }));
  expect(await open()).toMatchObject({ pid: holder.server, shared: true });
});

test('a note of another making counts as none', async () => {
  const holder = await hold();
  await writeFile(join(dir, 'server.json'), '{"pid":');
  expect(await open()).toMatchObject({ pid: holder.server });
});

test('a server whose socket was deleted is replaced, because it holds the data', async () => {
  const holder = await hold();
  const identity = processIdentity(holder.server);
  await holder.kill();
  await rm(join(dir, 'redis.sock'));
  const next = await open();
  expect(next.shared).toBe(false);
  expect(identity !== null && isAlive(identity)).toBe(false);
  expect(await on(next, (redis) => redis.ping())).toBe('PONG');
});

/** Nobody's number, where the tests run as root and the build can be read by others. */
function ordinaryUser(): number | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const nobody = 65_534;
  const readable = spawnSync('test', ['-r', join(packageRoot, 'dist', 'src', 'redis', 'index.js')], { uid: nobody, gid: nobody });
  return readable.status === 0 ? nobody : undefined;
}

test('two starts at once on a machine without Redis unpack one package between them, without root', async (context) => {
  const own = await mkdtemp(join(tmpdir(), 'dl-unpack-'));
  try {
    const asUser = ordinaryUser();
    if (asUser !== undefined) await chmod(own, 0o777);
    const data = join(own, 'redis');
    const both = await Promise.allSettled([1, 2].map(() => startHolder(data, join(data, 'server'), { asUser })));
    const failures = both.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : []));
    if (failures.some((reason) => reason.includes('cannot be reached'))) context.skip('the distribution\'s archives cannot be reached');
    expect(failures).toEqual([]);
    const started = both.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    holders.push(...started);
    expect(new Set(started.map(({ server }) => server)).size).toBe(1);
    expect(started.flatMap(({ said }) => said).filter((line) => line.includes('unpacking it')).length).toBeLessThanOrEqual(1);
    expect((await Promise.all(started.map((holder) => holder.leave()))).sort()).toEqual(['still-used', 'stopped']);
  } finally {
    await rm(own, { recursive: true, force: true });
  }
});
