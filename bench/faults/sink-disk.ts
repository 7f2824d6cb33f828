import { execFile } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const FREE_BYTES = 4 * 1_024 ** 3;

/** The file system that the NDJSON files lie on: one of its own where this user may mount, so that it can be full. */
export class SinkDisk {
  readonly dir: string;
  /** Whether it can be made full. */
  readonly own: boolean;

  private constructor(dir: string, own: boolean) {
    this.dir = dir;
    this.own = own;
  }

  static async open(dir: string): Promise<SinkDisk> {
    await mkdir(dir, { recursive: true });
    const own = await run('mount', ['-t', 'tmpfs', '-o', `size=${FREE_BYTES}`, 'dateline-faults', dir]).then(() => true, () => false);
    return new SinkDisk(dir, own);
  }

  /** From now on no block of it is free. */
  async fill(): Promise<void> {
    // The kernel refuses a size below what is in use; the use grows while we ask, so that the first answer may be too small.
    for (let tries = 0; tries < 20; tries += 1) {
      const done = await run('mount', ['-o', `remount,size=${this.#usedBytes() + tries * 4_096}`, this.dir]).then(() => true, () => false);
      if (done) return;
    }
    throw new Error(`${this.dir} could not be made full`);
  }

  async free(): Promise<void> {
    await run('mount', ['-o', `remount,size=${FREE_BYTES}`, this.dir]);
  }

  #usedBytes(): number {
    return this.#files().reduce((sum, { blocks }) => sum + blocks * 512, 0);
  }

  largestFile(): number {
    return this.#files().reduce((most, { size }) => Math.max(most, size), 0);
  }

  #files(): { readonly size: number; readonly blocks: number }[] {
    return readdirSync(this.dir).map((name) => statSync(join(this.dir, name)));
  }

  async close(): Promise<void> {
    if (this.own) await run('umount', ['-l', this.dir]);
  }
}
