import type { Redis } from 'ioredis';
import { failed, misconfigured, ok, retryLater, type Fault, type Outcome } from '../fault.js';

/** What a server says about itself. */
export interface ServerFacts {
  readonly product: 'Redis' | 'Valkey';
  readonly version: string;
  readonly pid: number;
  readonly appendOnly: boolean;
  readonly evictionPolicy: string;
  /** Still reading its data from disk. */
  readonly loading: boolean;
}

/** A server that can be used, and what about it endangers the data. */
export interface CheckedServer extends ServerFacts {
  readonly warnings: readonly Fault[];
}

export const OLDEST_SERVER = [6, 2] as const;

/** `7.0.15` against {@link OLDEST_SERVER}. */
export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST_SERVER[0] || (major === OLDEST_SERVER[0] && minor >= OLDEST_SERVER[1]);
}

/** Reads the reply of `INFO`: one `name:value` a line. */
export function readServerFacts(info: string): ServerFacts {
  const fields = new Map(info.split(/\r?\n/).map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1)];
  }));
  // Valkey still tells a redis_version, for clients that look for one.
  const valkey = fields.get('valkey_version');
  return {
    product: valkey === undefined ? 'Redis' : 'Valkey',
    version: valkey ?? fields.get('redis_version') ?? '0',
    pid: Number(fields.get('process_id') ?? 0),
    appendOnly: fields.get('aof_enabled') === '1',
    evictionPolicy: fields.get('maxmemory_policy') ?? 'unknown',
    loading: fields.get('loading') === '1',
  };
}

/** False where the server does not tell: managed ones refuse `CONFIG`, and keep their data in ways of their own. */
async function writesLate(redis: Redis): Promise<boolean> {
  const told = await redis.config('GET', 'appendfsync').catch(() => null);
  return Array.isArray(told) && told[1] !== undefined && told[1] !== 'always';
}

/**
 * Asks the server what it is. Too old is a fault; no append-only file or an evicting policy are warnings, because a
 * managed server may keep its data in other ways. `INFO` is asked, not `CONFIG`, which managed servers refuse, but for what it lacks.
 */
export async function checkServer(redis: Redis): Promise<Outcome<CheckedServer>> {
  let facts: ServerFacts;
  try {
    facts = readServerFacts(await redis.info());
  } catch (cause) {
    return failed(retryLater({ code: 'redis-away', message: 'Redis does not answer.', cause, hint: 'Is it running, and does it ask for a password?' }));
  }
  if (!isNewEnough(facts.version)) {
    return failed(misconfigured({
      code: 'redis-too-old',
      message: `${facts.product} ${facts.version} is too old: ${OLDEST_SERVER.join('.')} is needed.`,
      hint: 'Use a newer server, or unset DATELINE_REDIS_URL and let Dateline bring its own.',
    }));
  }
  const warnings: Fault[] = [];
  if (!facts.appendOnly) {
    warnings.push(misconfigured({
      code: 'redis-not-append-only',
      message: `${facts.product} keeps no append-only file: work done since its last snapshot is lost when it dies.`,
      hint: 'Set `appendonly yes` on the server.',
    }));
  }
  if (facts.appendOnly && (await writesLate(redis))) {
    warnings.push(misconfigured({
      code: 'redis-writes-late',
      message: `${facts.product} answers before its append-only file is written: when it dies, up to two seconds of what it answered are forgotten, and stories lost or told twice.`,
      hint: 'Set `appendfsync always` on the server.',
    }));
  }
  if (facts.evictionPolicy !== 'noeviction') {
    warnings.push(misconfigured({
      code: 'redis-evicts',
      message: `${facts.product} evicts keys when memory is short (${facts.evictionPolicy}): queues break when it does.`,
      hint: 'Set `maxmemory-policy noeviction` on the server.',
    }));
  }
  return ok({ ...facts, warnings });
}
