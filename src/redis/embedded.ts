import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { failed, ok, retryLater, type Outcome } from '../fault.js';
import { withLockFile, type ProcessIdentity } from '../machine/index.js';
import { adopt } from './adopt.js';
import { describeEndpoint, type RedisEndpoint } from './endpoint.js';
import { findServer } from './find.js';
import { keepAlive } from './keep-alive.js';
import { writeNote, type EmbeddedEndpoint, type RunningNote } from './server-note.js';
import { chooseEndpoint, loopbackEndpoint, startServer, stopServer, troubleWith, type StartedServer } from './start.js';
import { serverUse } from './users.js';

export interface EmbeddedOptions {
  /** Folder of this server: socket, log, data, who uses it. */
  readonly dir: string;
  /** Folder the distribution's package is unpacked in; default: `server` in `dir`. */
  readonly packageDir?: string;
  /** False keeps nothing on disk: for tests. */
  readonly persistence?: boolean;
  /** One line of progress. */
  readonly say?: (line: string) => void;
  readonly env?: NodeJS.ProcessEnv;
}

/** A running server that this process uses. */
export interface EmbeddedRedis {
  readonly endpoint: RedisEndpoint;
  /** Process number of the server now; it changes when the server was restarted. */
  readonly pid: number;
  /** What was taken and where the data lies, in one line. */
  readonly report: string;
  /** Whether another start had it running already. */
  readonly shared: boolean;
  /** Leaves it; the last one to leave stops the server. Close every connection before. */
  release(): Promise<Outcome<'stopped' | 'still-used'>>;
}

type Say = (line: string) => void;

const STOP_WAIT_MS = 6000;
const LOCK_WAIT_MS = 240_000;

/**
 * The server of a folder: adopted when one runs there, whoever started it, else found and started. Any number of
 * processes share it. It is watched: when it dies while in use it is started again at the same address.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Outcome<EmbeddedRedis>> {
  const dir = resolve(options.dir);
  const say: Say = options.say ?? ((): void => undefined);
  const users = join(dir, 'users');
  const use = serverUse(users);
  try {
    await mkdir(dirname(dir), { recursive: true });
    await mkdir(users, { recursive: true, mode: 0o700 });
  } catch (cause) {
    return failed(troubleWith(dir, cause));
  }
  const locked = <T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> =>
    withLockFile(join(dir, 'start.lock'), { waitMs: LOCK_WAIT_MS, onWait: (pid) => say(`process ${pid} is starting Redis; waiting for it`) }, work)
      .catch((cause: unknown) => failed(troubleWith(dir, cause)));

  const opened = await locked(async () => {
    const result = await adoptOrStart(dir, options, say);
    if (result.ok) await use.begin();
    return result;
  });
  if (!opened.ok) return opened;
  const { note, shared } = opened.value;

  let released = false;
  const kept = keepAlive(note, (dead) => locked(async () => {
    if (released) return ok(null);
    const again = await adoptOrStart(dir, options, say, dead.endpoint);
    return again.ok ? ok(again.value.note) : again;
  }), say);
  const data = options.persistence === false ? 'nothing kept on disk' : `append-only data in ${join(dir, 'data')}`;
  return ok({
    endpoint: note.endpoint,
    get pid() {
      return kept.note.identity.pid;
    },
    report: `${note.what} at ${describeEndpoint(note.endpoint)}, ${data}${shared ? ', running already' : ''}`,
    shared,
    async release() {
      released = true;
      await kept.stop();
      return locked(async () => ((await use.end()) > 0 ? ok('still-used') : stop(kept.note.identity)));
    },
  });
}

/** Under the folder's lock. `again`: the address that clients of a server that died still know. */
async function adoptOrStart(
  dir: string,
  options: EmbeddedOptions,
  say: Say,
  again?: EmbeddedEndpoint,
): Promise<Outcome<{ readonly note: RunningNote; readonly shared: boolean }>> {
  const running = await adopt(dir, say, STOP_WAIT_MS);
  if (!running.ok) return running;
  if (running.value !== null) return ok({ note: running.value, shared: true });
  const found = await findServer({ packageDir: options.packageDir ?? join(dir, 'server'), say, env: options.env ?? process.env });
  if (!found.ok) return found;
  const { product, version, origin } = found.value;
  const what = `${product} ${version} (${origin})`;
  const startAt = async (endpoint: EmbeddedEndpoint): Promise<Outcome<StartedServer>> => {
    // Noted before there is a process: a start that is killed in between must not leave a server that the next one cannot find.
    await writeNote(dir, { endpoint, identity: null, what });
    const spawned = (identity: ProcessIdentity): Promise<void> => writeNote(dir, { endpoint, identity, what });
    return startServer(found.value, { dir, say, endpoint, spawned, persistence: options.persistence ?? true });
  };
  let started = await startAt(again ?? (await chooseEndpoint(dir)));
  // Clients that are connected know the old address, so only a first start may change it.
  if (!started.ok && started.fault.code === 'redis-no-socket' && again === undefined) started = await startAt(await loopbackEndpoint());
  return started.ok ? ok({ note: { ...started.value, what }, shared: false }) : started;
}

async function stop(identity: ProcessIdentity): Promise<Outcome<'stopped'>> {
  if (await stopServer(identity, STOP_WAIT_MS)) return ok('stopped');
  return failed(retryLater({
    code: 'redis-not-stopped', message: `Redis (process ${identity.pid}) is still writing its data.`,
    hint: 'It ends by itself; the next start uses it if it is still there.',
  }));
}
