import type { Outcome } from '../fault.js';
import { isAlive } from '../machine/index.js';
import type { RunningNote } from './server-note.js';

const WATCH_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/** A server that is started again when it dies. */
export interface KeptServer {
  readonly note: RunningNote;
  /** Settles when a restart under way has ended. */
  stop(): Promise<void>;
}

/** Looks after a running server. `restart` gives it again at the same address, or null when it is wanted no more. */
export function keepAlive(
  running: RunningNote,
  restart: (dead: RunningNote) => Promise<Outcome<RunningNote | null>>,
  say: (line: string) => void,
): KeptServer {
  let note = running;
  let failures = 0;
  let nextTry = 0;
  let busy = false;
  let underWay: Promise<void> = Promise.resolve();

  const revive = async (): Promise<void> => {
    say('Redis died; starting it again …');
    const result = await restart(note);
    if (!result.ok) {
      failures += 1;
      nextTry = Date.now() + Math.min(WATCH_MS * 2 ** failures, LONGEST_PAUSE_MS);
      say(`${result.fault.message} ${result.fault.hint ?? ''}`);
      return;
    }
    failures = 0;
    if (result.value === null) return;
    note = result.value;
    say(`Redis is back (process ${note.identity.pid})`);
  };
  const watch = setInterval(() => {
    if (busy || Date.now() < nextTry || isAlive(note.identity)) return;
    busy = true;
    underWay = revive().finally(() => {
      busy = false;
    });
  }, WATCH_MS);
  watch.unref();

  return {
    get note() {
      return note;
    },
    async stop() {
      clearInterval(watch);
      await underWay;
    },
  };
}
