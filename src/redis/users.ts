import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive, processIdentity, processIdentitySchema } from '../machine/index.js';

/** Who uses the server of a folder: one file for each use, named at random, that holds the process. */
export interface ServerUse {
  begin(): Promise<void>;
  /** Ends this use; tells how many go on. Marks of processes that died are cleared and not counted. */
  end(): Promise<number>;
}

export function serverUse(folder: string): ServerUse {
  const mark = join(folder, randomUUID());
  return {
    begin: () => writeFile(mark, JSON.stringify(processIdentity(process.pid)), { mode: 0o600 }),
    async end() {
      await rm(mark, { force: true });
      let living = 0;
      for (const name of await readdir(folder)) {
        const path = join(folder, name);
        if (await isLiving(path)) living += 1;
        else await rm(path, { force: true });
      }
      return living;
    },
  };
}

async function isLiving(mark: string): Promise<boolean> {
  try {
    return isAlive(processIdentitySchema.parse(JSON.parse(await readFile(mark, 'utf8'))));
  } catch {
    // Half-written by a process that was killed meanwhile.
    return false;
  }
}
