import { randomUUID } from 'node:crypto';
import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { retryLater } from '../fault.js';
import { isAlive, processIdentity, processIdentitySchema } from './process-identity.js';

const holderSchema = z.strictObject({ holder: processIdentitySchema, token: z.string() });

export interface LockOptions {
  /** Longest wait for another holder, in milliseconds. */
  readonly waitMs: number;
  /** Called once when it must be waited for. */
  readonly onWait?: (pid: number) => void;
}

/**
 * Runs `work` while holding a file that only one process on this machine can hold. A holder that died (kill -9) is
 * recognised and its lock taken over. Throws a `Fault` (`lock-busy`) when the wait is over.
 */
export async function withLockFile<T>(path: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  const token = randomUUID();
  const holder = processIdentity(process.pid);
  const mine = JSON.stringify({ holder, token });
  const deadline = Date.now() + options.waitMs;
  let told = false;
  while (!(await take(path, mine, token))) {
    const other = await readHolder(path);
    if (other !== null && other.alive) {
      if (!told) options.onWait?.(other.pid);
      told = true;
      if (Date.now() > deadline) {
        throw retryLater({
          code: 'lock-busy', message: `Another Dateline (process ${other.pid}) holds ${path}.`,
          hint: 'Wait for it, or stop that process.',
        });
      }
      await sleep(50);
    } else if (other !== null) await breakLock(path, other.text);
  }
  try {
    return await work();
  } finally {
    const held = await readHolder(path);
    if (held?.text === mine) await unlink(path).catch(() => undefined);
  }
}

/** A hard link either appears whole or not at all, so that nobody ever reads half a holder. */
async function take(path: string, mine: string, token: string): Promise<boolean> {
  const draft = `${path}.${token}`;
  await writeFile(draft, mine, { mode: 0o600 });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(draft).catch(() => undefined);
  }
}

async function readHolder(path: string): Promise<{ pid: number; alive: boolean; text: string } | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  let json: unknown = null;
  try {
    json = JSON.parse(text);
  } catch {
    // A file of other making: nobody holds it.
  }
  const read = holderSchema.safeParse(json);
  return read.success ? { pid: read.data.holder.pid, alive: isAlive(read.data.holder), text } : { pid: 0, alive: false, text };
}

/** Takes a dead holder's file away. Two processes may try at once: who finds a living holder's file in hand puts it back. */
async function breakLock(path: string, stale: string): Promise<void> {
  const taken = `${path}.stale-${randomUUID()}`;
  try {
    await rename(path, taken);
  } catch {
    return;
  }
  const text = await readFile(taken, 'utf8').catch(() => stale);
  if (text !== stale) await link(taken, path).catch(() => undefined);
  await unlink(taken).catch(() => undefined);
}
