import { Redis, type RedisOptions } from 'ioredis';
import { retryLater, type Fault } from '../fault.js';
import { describeEndpoint, type RedisEndpoint } from './endpoint.js';

/**
 * What a connection is for.
 * - `worker`: BullMQ workers, which block on it; commands wait for as long as the server is away.
 * - `producer`: everything else in the pipeline; it too waits out a restart of the server rather than losing a step.
 * - `console`: answers to people and probes; it says soon that the server is away instead of hanging.
 */
export type RedisUse = 'worker' | 'producer' | 'console';

/** Told once an outage, not once an attempt. */
export interface RedisWatcher {
  readonly lost?: (fault: Fault) => void;
  readonly back?: () => void;
}

const LONGEST_WAIT_MS = 2000;

/** Options for ioredis, also for BullMQ's own connections. BullMQ reads replies in the shape of protocol 2. */
export function redisOptions(endpoint: RedisEndpoint, use: RedisUse): RedisOptions & { replyMapping: 'legacy' } {
  const where: RedisOptions = endpoint.kind === 'socket'
    ? { path: endpoint.path }
    : {
        host: endpoint.host,
        port: endpoint.port,
        ...(endpoint.tls ? { tls: {} } : {}),
        ...(endpoint.username === undefined ? {} : { username: endpoint.username }),
        ...(endpoint.password === undefined ? {} : { password: endpoint.password }),
      };
  const common = {
    ...where,
    replyMapping: 'legacy' as const,
    ...(endpoint.db === undefined ? {} : { db: endpoint.db }),
    connectTimeout: 10_000,
    retryStrategy: (attempt: number): number => Math.min(50 * 2 ** Math.min(attempt, 10), LONGEST_WAIT_MS),
    // A managed server that fails over answers READONLY from the old master: connect anew and send the command again.
    reconnectOnError: (error: Error): false | 2 => (error.message.startsWith('READONLY') ? 2 : false),
  };
  // BullMQ refuses a worker's connection that gives up on a command.
  if (use !== 'console') return { ...common, maxRetriesPerRequest: null };
  return { ...common, maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: 3000, lazyConnect: true };
}

/**
 * A connection for one use. It connects in the background and for ever again; `quit()` or `disconnect()` ends it.
 * Errors never surface as an uncaught `error` event: an outage is told to the watcher.
 */
export function connectRedis(endpoint: RedisEndpoint, use: RedisUse, watcher: RedisWatcher = {}): Redis {
  const redis = new Redis(redisOptions(endpoint, use));
  let down = false;
  redis.on('error', (cause: Error) => {
    if (down) return;
    down = true;
    watcher.lost?.(retryLater({
      code: 'redis-away', cause,
      message: `Redis at ${describeEndpoint(endpoint)} does not answer: ${cause.message}`,
      hint: 'Work goes on by itself when the server is back.',
    }));
  });
  redis.on('ready', () => {
    if (!down) return;
    down = false;
    watcher.back?.();
  });
  // `console` connects lazily so that this first attempt can fail without an unhandled rejection; retries go on all the same.
  if (use === 'console') redis.connect().catch(() => undefined);
  return redis;
}
