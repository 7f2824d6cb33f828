import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Settings } from '../config/index.js';
import { failed, ok, retryLater, type Fault, type Outcome } from '../fault.js';
import { checkServer, type CheckedServer } from './check.js';
import { connectRedis } from './connect.js';
import { openEmbedded } from './embedded.js';
import { describeEndpoint, endpointFromUrl, type RedisEndpoint } from './endpoint.js';

/** The Redis that this process works with. */
export interface OpenedRedis {
  readonly endpoint: RedisEndpoint;
  /** Which was taken and where the data lies, in one line. */
  readonly report: string;
  /** What about the server endangers the data. */
  readonly warnings: readonly Fault[];
  /** Leaves it, after every connection was closed; stops an embedded server that nobody else uses. */
  release(): Promise<Outcome<'stopped' | 'still-used' | 'not-ours'>>;
}

/** A server that is just starting, as in a compose file, is waited for. */
const ANSWER_WAIT_MS = 5000;
const NAMED_HINT = 'Start it, or correct the address (redis.url, DATELINE_REDIS_URL); without one Dateline brings its own server.';
const EMBEDDED_HINT = 'Its log is redis.log in the redis folder of the data folder.';

/** The server that the settings name, else the embedded one of the data folder; checked either way. */
export async function openRedis(settings: Pick<Settings, 'redis' | 'dataDir'>, say: (line: string) => void): Promise<Outcome<OpenedRedis>> {
  if (settings.redis.url !== null) {
    const endpoint = endpointFromUrl(settings.redis.url);
    return endpoint.ok ? named(endpoint.value, say) : endpoint;
  }
  const embedded = await openEmbedded({ dir: join(resolve(settings.dataDir), 'redis'), say });
  if (!embedded.ok) return embedded;
  const checked = await check(embedded.value.endpoint, EMBEDDED_HINT, say);
  if (!checked.ok) {
    await embedded.value.release();
    return checked;
  }
  return ok({
    endpoint: embedded.value.endpoint,
    report: embedded.value.report,
    warnings: checked.value.warnings,
    release: () => embedded.value.release(),
  });
}

async function named(endpoint: RedisEndpoint, say: (line: string) => void): Promise<Outcome<OpenedRedis>> {
  const checked = await check(endpoint, NAMED_HINT, say);
  if (!checked.ok) return checked;
  const { product, version, appendOnly, warnings } = checked.value;
  return ok({
    endpoint, warnings,
    report: `${product} ${version} at ${describeEndpoint(endpoint)} (as configured), ${appendOnly ? 'append-only data' : 'data'} kept there`,
    release: () => Promise.resolve(ok('not-ours')),
  });
}

/** A server that is away at the start ends the start: unlike later, nothing goes on by itself. */
async function check(endpoint: RedisEndpoint, hint: string, say: (line: string) => void): Promise<Outcome<CheckedServer>> {
  let outage: Fault | null = null;
  const redis = connectRedis(endpoint, 'producer', {
    lost: (fault) => {
      outage = fault;
      say(`${fault.message}; trying again …`);
    },
  });
  const tooLate = new AbortController();
  try {
    return await Promise.race([
      checkServer(redis),
      sleep(ANSWER_WAIT_MS, undefined, { signal: tooLate.signal }).then(() => failed(retryLater({
        code: 'redis-away', message: outage?.message ?? `Redis at ${describeEndpoint(endpoint)} does not answer.`,
        hint: outage === null ? `Is it Redis that listens there? ${hint}` : hint,
      }))),
    ]);
  } finally {
    tooLate.abort();
    redis.disconnect();
  }
}
