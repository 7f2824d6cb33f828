import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { endpointUrl, openEmbedded } from '../src/redis/index.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the run's Redis, as DATELINE_REDIS_URL takes it. */
    readonly redisUrl: string;
  }
}

export const DATA = join(fileURLToPath(new URL('..', import.meta.url)), 'data');

/** One real Redis for the whole run, got the way `npm start` gets it, with nothing kept on disk. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const redis = await openEmbedded({
    dir: join(DATA, 'test-redis'), packageDir: join(DATA, 'redis', 'server'), persistence: false,
    say: (line) => { process.stdout.write(`tests: ${line}\n`); },
  });
  if (!redis.ok) throw new Error(`${redis.fault.message} ${redis.fault.hint ?? ''}`, { cause: redis.fault });
  project.provide('redisUrl', endpointUrl(redis.value.endpoint));
  return async () => {
    const released = await redis.value.release();
    if (!released.ok) throw released.fault;
  };
}
