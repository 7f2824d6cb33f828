import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test, vi } from 'vitest';
import { connectRedis, openRedis } from '../../src/redis/index.js';
import { probe } from '../../src/redis/probe.js';
import { settingsOf } from '../../src/config/index.js';
import { startOwnServer } from '../redis.js';

test('an outage is told once and its end once; a command waits it out', async () => {
  const server = await startOwnServer();
  const lost = vi.fn<(fault: Error) => void>();
  const back = vi.fn<() => void>();
  const redis = connectRedis(server.endpoint, 'producer', { lost, back });
  try {
    await redis.set('a', '1');
    server.kill();
    expect(await redis.get('a')).toBe('1');
    await vi.waitFor(() => expect(back).toHaveBeenCalledTimes(1));
    expect(lost).toHaveBeenCalledTimes(1);
    expect(lost.mock.calls[0]?.[0]).toMatchObject({ code: 'redis-away', consequence: 'retry-later' });
  } finally {
    redis.disconnect();
    await server.stop();
  }
});

test('the console is told at once that the server is away, and goes on when it is back', async () => {
  const server = await startOwnServer();
  const redis = connectRedis(server.endpoint, 'console');
  try {
    await vi.waitFor(() => expect(redis.status).toBe('ready'));
    server.kill();
    await once(redis, 'close');
    await expect(redis.ping()).rejects.toThrow(/writeable|closed|retries/);
    await vi.waitFor(async () => expect(await redis.ping()).toBe('PONG'), { timeout: 10_000 });
  } finally {
    redis.disconnect();
    await server.stop();
  }
});

test('the console connects to a server that comes later', async () => {
  const redis = connectRedis({ kind: 'socket', path: '/nonexistent/redis.sock' }, 'console');
  await expect(redis.ping()).rejects.toThrow(/writeable|closed|retries/);
  redis.disconnect();
});

test('what listens and is no Redis is not waited for without end', async () => {
  const server = createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  expect(await probe({ kind: 'tcp', host: '127.0.0.1', port, tls: false }, 200)).toBe('silent');
  server.close();
});

test('a named server that is not there stops the start with its address and a hint', async () => {
  const opened = await openRedis(settingsOf({ redis: { url: 'redis://127.0.0.1:1' } }), () => undefined);
  expect(opened).toMatchObject({ ok: false, fault: {
    code: 'redis-away', message: expect.stringContaining('127.0.0.1:1') as string, hint: expect.stringContaining('DATELINE_REDIS_URL') as string,
  } });
});
