import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { open, mkdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { failed, Fault, misconfigured, ok, retryLater, type Outcome } from '../fault.js';
import type { FoundServer } from './find.js';
import { probe } from './probe.js';
import { isAlive, processIdentity, programEnvironment, type ProcessIdentity } from '../machine/index.js';
import type { EmbeddedEndpoint } from './server-note.js';

/** sun_path holds 108 bytes on Linux and 104 elsewhere, the final NUL among them (unix(7)). */
const SOCKET_PATH_MAX = process.platform === 'linux' ? 107 : 103;
const LOG = 'redis.log';
const POLL_MS = 15;
/** A large append-only file takes minutes to read; a server that lives and loads is waited for. */
const LOADING_MAX_MS = 10 * 60_000;
const SILENT_MAX_MS = 20_000;

/** What Redis and Valkey log when the file system bears no sockets (some network and container mounts). */
const NO_SOCKET = /failed opening unix socket/i;

export interface StartOptions {
  /** Absolute folder of socket, log and data. */
  readonly dir: string;
  /** False keeps nothing on disk: for tests. */
  readonly persistence: boolean;
  readonly endpoint: EmbeddedEndpoint;
  readonly say: (line: string) => void;
  /** Told the process as soon as there is one, before it answers. */
  readonly spawned: (identity: ProcessIdentity) => Promise<void>;
}

export interface StartedServer {
  readonly identity: ProcessIdentity;
  readonly endpoint: EmbeddedEndpoint;
}

export const socketPath = (dir: string): string => join(dir, 'redis.sock');

/** Where a new server shall listen: a socket needs no free port and no password, but its path must be short. */
export function chooseEndpoint(dir: string): Promise<EmbeddedEndpoint> {
  const path = socketPath(dir);
  return Buffer.byteLength(path) <= SOCKET_PATH_MAX ? Promise.resolve({ kind: 'socket', path }) : loopbackEndpoint();
}

/** Other users of this machine can reach a loopback port, so it asks for a password. */
export async function loopbackEndpoint(): Promise<EmbeddedEndpoint> {
  return { kind: 'tcp', host: '127.0.0.1', port: await freePort(), tls: false, password: randomBytes(24).toString('base64url') };
}

/** Settings of the server, one `name value` a line. All paths are relative to the data's folder, where it runs, so none needs quoting. */
export function serverConfiguration(endpoint: EmbeddedEndpoint, persistence: boolean): string {
  return [
    ...(endpoint.kind === 'socket'
      ? ['port 0', 'unixsocket ../redis.sock', 'unixsocketperm 700']
      : ['bind 127.0.0.1', `port ${endpoint.port}`, `requirepass ${endpoint.password}`]),
    'daemonize no',
    'dir .',
    `appendonly ${persistence ? 'yes' : 'no'}`,
    // `everysec` puts a write off while the disk is slow, up to two seconds: a server killed then has forgotten what it answered.
    'appendfsync always',
    'save ""',
    'maxmemory-policy noeviction',
    'tcp-keepalive 60',
    '',
  ].join('\n');
}

/**
 * Starts a server in a session of its own, so that a Ctrl-C at the terminal, which goes to the whole process group, does
 * not take it away before the workers have finished; gives it back when it answers.
 */
export async function startServer(server: FoundServer, options: StartOptions): Promise<Outcome<StartedServer>> {
  const { dir, endpoint } = options;
  await mkdir(join(dir, 'data'), { recursive: true, mode: 0o700 });
  // A socket left by a dead server would be in the way; what cannot be removed, the server will complain of.
  if (endpoint.kind === 'socket') await rm(endpoint.path, { force: true }).catch(() => undefined);
  const log = await open(join(dir, LOG), 'a', 0o600);
  try {
    const { size } = await log.stat();
    // The settings go in over standard input: a password on the command line could be read by every user.
    const child = spawn(server.program, ['-'], {
      cwd: join(dir, 'data'), detached: true, env: programEnvironment(server), stdio: ['pipe', log.fd, log.fd],
    });
    const failure = new Promise<Error>((resolve) => child.once('error', resolve));
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(serverConfiguration(endpoint, options.persistence));
    child.unref();
    const identity = child.pid === undefined ? null : processIdentity(child.pid);
    if (identity === null) {
      const cause = await Promise.race([failure, sleep(1000, new Error('it ended at once'))]);
      return failed(notStarted(`${cause.message}. ${await logTail(dir, size)}`));
    }
    await options.spawned(identity);
    const trouble = await untilReady({ identity, endpoint }, options.say);
    if (trouble === null) return ok({ identity, endpoint });
    await stopServer(identity, SILENT_MAX_MS);
    const words = await logTail(dir, size);
    return failed(NO_SOCKET.test(words) ? notStarted(`${trouble} ${words}`, 'redis-no-socket') : notStarted(`${trouble} ${words}`));
  } finally {
    await log.close();
  }
}

/** Waits until the server answers; null when it does, else why not. */
export async function untilReady({ identity, endpoint }: StartedServer, say: (line: string) => void): Promise<string | null> {
  const started = Date.now();
  let loading = false;
  for (;;) {
    const state = await probe(endpoint);
    if (state === 'ready') return null;
    if (state === 'locked') return 'Another server holds its address.';
    if (!isAlive(identity)) return 'It ended at once.';
    if (state === 'loading' && !loading) {
      loading = true;
      say('Redis is reading its data from disk …');
    }
    if (Date.now() - started > (loading ? LOADING_MAX_MS : SILENT_MAX_MS)) return 'It does not answer.';
    await sleep(POLL_MS);
  }
}

/** SIGTERM, after which the server writes out its append-only file; true when it is gone in time. */
export async function stopServer(identity: ProcessIdentity, waitMs: number): Promise<boolean> {
  const deadline = Date.now() + waitMs;
  if (!isAlive(identity)) return true;
  try {
    process.kill(identity.pid, 'SIGTERM');
  } catch {
    // Gone in this very moment, or another user's: isAlive tells which.
  }
  while (isAlive(identity)) {
    if (Date.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}

async function logTail(dir: string, from: number): Promise<string> {
  const text = (await readFile(join(dir, LOG)).catch(() => Buffer.alloc(0))).subarray(from).toString('utf8');
  const lines = text.trim().split('\n').filter((line) => line !== '').slice(-3).map((line) => line.trim().slice(0, 300));
  return lines.length === 0 ? '' : `Its log says: ${lines.join(' | ')}`;
}

const notStarted = (why: string, code: 'redis-not-started' | 'redis-no-socket' = 'redis-not-started') =>
  retryLater({ code, message: `Redis did not start. ${why.trim()}`, hint: `The whole log is ${LOG} in the data folder's redis folder.` });

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

const REFUSED = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOTDIR', 'EISDIR', 'EEXIST']);

/** The folder cannot be written (most often it was made by another user, in a first start as root), or something not foreseen. */
export function troubleWith(dir: string, cause: unknown): Fault {
  if (cause instanceof Fault) return cause;
  const words = cause instanceof Error ? cause.message : String(cause);
  if (!(cause instanceof Error && 'code' in cause && typeof cause.code === 'string' && REFUSED.has(cause.code))) {
    return retryLater({ code: 'redis-not-started', cause, message: `Redis could not be started on ${dir}: ${words}` });
  }
  return misconfigured({
    code: 'data-dir-not-writable', cause,
    message: `The folder ${dir} cannot be written (${words}).`,
    hint: 'Make it yours (chown -R), make room, or name another data folder with DATELINE_DATA_DIR.',
  });
}
