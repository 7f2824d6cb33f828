import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { failed, Fault, ok, retryLater, type Outcome } from '../fault.js';
import { describeEndpoint, type RedisEndpoint } from './endpoint.js';
import { findServer } from './find.js';
import { withLockFile } from './lock-file.js';
import { adopt } from './adopt.js';
import { writeNote, type EmbeddedEndpoint, type RunningNote } from './server-note.js';
import { isAlive, processIdentity, processIdentitySchema, type ProcessIdentity } from './process-identity.js';
import { chooseEndpoint, notWritable, startServer, stopServer } from './start.js';

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

const STOP_WAIT_MS = 6000;
const WATCH_MS = 1000;

/**
 * The server of a folder: adopted when one runs there, whoever started it, else found and started. Any number of
 * processes share it. It is watched: when it dies while in use it is started again at the same address.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Outcome<EmbeddedRedis>> {
  const dir = resolve(options.dir);
  const say = options.say ?? ((): void => undefined);
  const users = join(dir, 'users');
  const mark = join(users, randomUUID());
  try {
    await mkdir(dirname(dir), { recursive: true });
    await mkdir(users, { recursive: true, mode: 0o700 });
  } catch (cause) {
    return failed(notWritable(dir, cause));
  }
  const locked = <T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> =>
    withLockFile(join(dir, 'start.lock'), { waitMs: 240_000, onWait: (pid) => say(`process ${pid} is starting Redis; waiting for it`) }, work)
      .catch((cause: unknown) => failed(cause instanceof Fault ? cause : notWritable(dir, cause)));

  const ensure = async (again?: EmbeddedEndpoint): Promise<Outcome<{ note: RunningNote; shared: boolean }>> => {
    const running = await adopt(dir, say, STOP_WAIT_MS);
    if (!running.ok) return running;
    if (running.value !== null) return ok({ note: running.value, shared: true });
    const found = await findServer({ packageDir: options.packageDir ?? join(dir, 'server'), say, env: options.env ?? process.env });
    if (!found.ok) return found;
    const { product, version, origin } = found.value;
    const endpoint = again ?? (await chooseEndpoint(dir));
    const what = `${product} ${version} (${origin})`;
    // Noted before there is a process: a start that is killed in between must not leave a server that the next one cannot find.
    await writeNote(dir, { endpoint, identity: null, what });
    const spawned = (identity: ProcessIdentity): Promise<void> => writeNote(dir, { endpoint, identity, what });
    const started = await startServer(found.value, { dir, say, endpoint, spawned, persistence: options.persistence ?? true });
    return started.ok ? ok({ note: { ...started.value, what }, shared: false }) : started;
  };

  const opened = await locked(async () => {
    const result = await ensure();
    if (result.ok) await writeFile(mark, JSON.stringify(processIdentity(process.pid)), { mode: 0o600 });
    return result;
  });
  if (!opened.ok) return opened;
  let { note } = opened.value;

  let released = false;
  let restarting: Promise<void> = Promise.resolve();
  const restart = async (): Promise<void> => {
    say('Redis died; starting it again …');
    const result = await locked(async () => (released ? ok(null) : ensure(note.endpoint)));
    if (!result.ok) say(`${result.fault.message} ${result.fault.hint ?? ''}`);
    else if (result.value !== null) {
      note = result.value.note;
      say(`Redis is back (process ${note.identity.pid})`);
    }
  };
  let busy = false;
  const watch = setInterval(() => {
    if (busy || released || isAlive(note.identity)) return;
    busy = true;
    restarting = restart().finally(() => {
      busy = false;
    });
  }, WATCH_MS);
  watch.unref();

  return ok({
    endpoint: note.endpoint,
    get pid() {
      return note.identity.pid;
    },
    report: `${note.what} at ${describeEndpoint(note.endpoint)}, ${
      options.persistence === false ? 'nothing kept on disk' : `append-only data in ${join(dir, 'data')}`}${opened.value.shared ? ', running already' : ''}`,
    shared: opened.value.shared,
    async release() {
      released = true;
      clearInterval(watch);
      await restarting;
      return locked(async () => {
        await rm(mark, { force: true });
        if ((await livingUsers(users)) > 0) return ok<'stopped' | 'still-used'>('still-used');
        const gone = await stopServer(note.identity, STOP_WAIT_MS);
        return gone ? ok<'stopped' | 'still-used'>('stopped') : failed(retryLater({
          code: 'redis-not-stopped', message: `Redis (process ${note.identity.pid}) is still writing its data.`,
          hint: 'It ends by itself; the next start uses it if it is still there.',
        }));
      });
    },
  });
}

/** Counts the processes that use the server, and clears the marks of those that died. */
async function livingUsers(folder: string): Promise<number> {
  let living = 0;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (await isLivingMark(path)) living += 1;
    else await rm(path, { force: true });
  }
  return living;
}

async function isLivingMark(path: string): Promise<boolean> {
  try {
    const identity: ProcessIdentity = processIdentitySchema.parse(JSON.parse(await readFile(path, 'utf8')));
    return isAlive(identity);
  } catch {
    return false;
  }
}
