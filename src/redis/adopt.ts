import { access } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { failed, ok, retryLater, type Outcome } from '../fault.js';
import { askProcess, probe } from './probe.js';
import { isAlive, processIdentity } from '../machine/index.js';
import { readNote, writeNote, type RunningNote, type ServerNote } from './server-note.js';
import { socketPath, stopServer, untilReady } from './start.js';

type Say = (line: string) => void;

const BIRTH_MS = 2000;

/**
 * The server that already runs on the folder, whoever started it and whatever became of that process; null when there
 * is none. Two servers on one append-only file would ruin it, so one that runs and cannot be reached is stopped first.
 */
export async function adopt(dir: string, say: Say, stopWaitMs: number): Promise<Outcome<RunningNote | null>> {
  const note = (await readNote(dir)) ?? (await unnoted(dir));
  if (note === null) return ok(null);
  const running = note.identity === null ? await identify(dir, note) : { ...note, identity: note.identity };
  if (running === null || !isAlive(running.identity)) return ok(null);
  const state = await probe(running.endpoint, 3000);
  if (state === 'ready' || (state !== 'locked' && state !== 'absent' && (await untilReady(running, say)) === null)) return ok(running);
  const { pid } = running.identity;
  say(`Redis (process ${pid}) runs on ${dir} but cannot be reached; stopping it`);
  if (await stopServer(running.identity, stopWaitMs)) return ok(null);
  return failed(retryLater({
    code: 'redis-stuck', message: `Redis (process ${pid}) holds ${dir}, does not answer and does not stop.`, hint: `Stop it by hand: kill ${pid}`,
  }));
}

/** Somebody deleted the note and left the socket. */
async function unnoted(dir: string): Promise<ServerNote | null> {
  const path = socketPath(dir);
  const there = await access(path).then(() => true, () => false);
  return there ? { endpoint: { kind: 'socket', path }, identity: null, what: 'Redis' } : null;
}

/** The start was killed before it could note the process: the server itself tells its number, if it came to life. */
async function identify(dir: string, note: ServerNote): Promise<RunningNote | null> {
  const deadline = Date.now() + BIRTH_MS;
  for (;;) {
    const pid = await askProcess(note.endpoint);
    const identity = pid === null ? null : processIdentity(pid);
    if (identity !== null) {
      const running = { ...note, identity };
      await writeNote(dir, running);
      return running;
    }
    if (Date.now() > deadline) return null;
    await sleep(50);
  }
}
