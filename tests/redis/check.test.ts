import { expect, test } from 'vitest';
import { checkServer, connectRedis, openRedis } from '../../src/redis/index.js';
import { isNewEnough, readServerFacts } from '../../src/redis/check.js';
import { readVersion } from '../../src/redis/find.js';
import { probe } from '../../src/redis/probe.js';
import { settingsOf } from '../../src/config/index.js';
import { startOwnServer, useRedis } from '../redis.js';

const { redis, url, endpoint } = useRedis();

test.each([['6.2.0', true], ['6.2', true], ['7.0.15', true], ['8.1.4', true], ['10.0.0', true], ['6.0.16', false], ['5.0.14', false], ['0', false], ['', false]])(
  'version %j: %s', (version, expected) => {
    expect(isNewEnough(version)).toBe(expected);
  });

test.each([
  ['Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=1', { product: 'Redis', version: '7.0.15' }],
  ['Valkey server v=8.1.4 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64', { product: 'Valkey', version: '8.1.4' }],
  ['error while loading shared libraries: liblzf.so.1', null],
])('%j tells the version', (output, expected) => {
  expect(readVersion(output)).toEqual(expected);
});

test('Valkey is told from Redis, though it claims a Redis version too', () => {
  const info = '# Server\r\nredis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:8.1.4\r\nprocess_id:7\r\naof_enabled:1\r\nmaxmemory_policy:noeviction\r\n';
  expect(readServerFacts(info)).toEqual({ product: 'Valkey', version: '8.1.4', pid: 7, appendOnly: true, evictionPolicy: 'noeviction', loading: false });
});

test('a server without an append-only file is usable, with a warning that says what it costs', async () => {
  const checked = await checkServer(redis);
  expect(checked).toMatchObject({ ok: true, value: { appendOnly: false, warnings: [{ code: 'redis-not-append-only' }] } });
});

test('a server that evicts is warned of', async () => {
  const own = await startOwnServer();
  const client = connectRedis(own.endpoint, 'producer');
  try {
    await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    expect(await checkServer(client)).toMatchObject({ ok: true, value: { warnings: [{ code: 'redis-evicts' }] } });
  } finally {
    client.disconnect();
    await own.stop();
  }
});

test('a server that answers before its append-only file is on the disk is warned of', async () => {
  const own = await startOwnServer();
  const client = connectRedis(own.endpoint, 'producer');
  try {
    await client.config('SET', 'appendonly', 'yes');
    await client.config('SET', 'appendfsync', 'everysec');
    expect(await checkServer(client)).toMatchObject({ ok: true, value: { warnings: [{ code: 'redis-writes-late' }] } });
    await client.config('SET', 'appendfsync', 'always');
    expect(await checkServer(client)).toMatchObject({ ok: true, value: { warnings: [] } });
  } finally {
    client.disconnect();
    await own.stop();
  }
});

test('a named server is used as it is, and left running', async () => {
  const opened = await openRedis(settingsOf({ redis: { url } }), () => undefined);
  if (!opened.ok) throw opened.fault;
  expect(opened.value.report).toMatch(/^Redis \d+\.\d+\.\d+ at .*\(as configured\)/);
  expect(await opened.value.release()).toEqual({ ok: true, value: 'not-ours' });
  expect(await redis.ping()).toBe('PONG');
});

test('a probe tells a server that answers from a place where none is', async () => {
  expect(await probe(endpoint)).toBe('ready');
  expect(await probe({ kind: 'socket', path: '/nonexistent/redis.sock' })).toBe('absent');
  expect(await probe({ kind: 'tcp', host: '127.0.0.1', port: 1, tls: false })).toBe('absent');
});
