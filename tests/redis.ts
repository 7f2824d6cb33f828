import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { afterAll, inject } from 'vitest';
import { connectRedis, endpointFromUrl, endpointUrl, openEmbedded, type EmbeddedRedis, type RedisEndpoint } from '../src/redis/index.js';
import { DATA } from './redis-server.js';

export interface TestRedis {
  readonly endpoint: RedisEndpoint;
  readonly url: string;
  /** Prefix that is this file's alone; everything under it is deleted after the file. */
  readonly prefix: string;
  /** A connection to send commands on; closed after the file. */
  readonly redis: Redis;
}

/** The run's Redis, for one test file: call it once at the head of the file. */
export function useRedis(): TestRedis {
  const url = inject('redisUrl');
  const endpoint = endpointOf(url);
  const prefix = `test-${randomBytes(6).toString('hex')}`;
  const redis = connectRedis(endpoint, 'producer');
  afterAll(async () => {
    for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 1000 }) as AsyncIterable<string[]>) {
      if (keys.length > 0) await redis.unlink(...keys);
    }
    await redis.quit();
  });
  return { endpoint, url, prefix, redis };
}

/** A server of the test's own, for what would disturb the others: kill -9, restarts, full memory. */
export interface OwnServer {
  readonly endpoint: RedisEndpoint;
  readonly url: string;
  /** Folder of its data, socket and log. */
  readonly dir: string;
  /** Process number now. */
  pid(): number;
  /** kill -9; it comes back by itself, at the same address and with its data, within about two seconds. */
  kill(): void;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
}

export async function startOwnServer(options: { readonly persistence?: boolean } = {}): Promise<OwnServer> {
  // Short, because a socket's path has to be.
  const dir = await mkdtemp(join(tmpdir(), 'dl-redis-'));
  const opened = await openEmbedded({ dir, packageDir: join(DATA, 'redis', 'server'), persistence: options.persistence ?? true });
  if (!opened.ok) throw opened.fault;
  const server: EmbeddedRedis = opened.value;
  return {
    endpoint: server.endpoint,
    url: endpointUrl(server.endpoint),
    dir,
    pid: () => server.pid,
    kill: () => { process.kill(server.pid, 'SIGKILL'); },
    async stop() {
      const released = await server.release();
      await rm(dir, { recursive: true, force: true });
      if (!released.ok) throw released.fault;
    },
  };
}

function endpointOf(url: string): RedisEndpoint {
  const endpoint = endpointFromUrl(url);
  if (!endpoint.ok) throw endpoint.fault;
  return endpoint.value;
}
