import { writeSync } from 'node:fs';
import { mkdir, open, readdir, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { diskFault } from '../disk-fault.js';
import { failed, ok, retryLater, type Outcome } from '../fault.js';

const LINE_END = 0x0a;
const READ_CHUNK = 1 << 16;
const BUSY_MS = 1_000;

/** Cuts a last line that a crash left without its end. Gives the size then. */
export async function cutTornLine(handle: FileHandle): Promise<number> {
  const { size } = await handle.stat();
  const chunk = Buffer.alloc(READ_CHUNK);
  for (let end = size; end > 0;) {
    const start = Math.max(0, end - READ_CHUNK);
    const { bytesRead } = await handle.read(chunk, 0, end - start, start);
    const at = chunk.subarray(0, bytesRead).lastIndexOf(LINE_END);
    if (at >= 0) {
      const whole = start + at + 1;
      if (whole < size) await handle.truncate(whole);
      return whole;
    }
    end = start;
  }
  if (size > 0) await handle.truncate(0);
  return 0;
}

/** Whole lines of a file from a byte offset on, one at a time; a torn last line is no line. */
export async function* linesFrom(path: string, offset: number): AsyncGenerator<string> {
  const handle = await open(path, 'r');
  try {
    const chunk = Buffer.alloc(READ_CHUNK);
    let rest = Buffer.alloc(0);
    for (let position = offset; ;) {
      const { bytesRead } = await handle.read(chunk, 0, READ_CHUNK, position);
      if (bytesRead === 0) return;
      position += bytesRead;
      let bytes = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      for (let at = bytes.indexOf(LINE_END); at >= 0; at = bytes.indexOf(LINE_END)) {
        yield bytes.toString('utf8', 0, at);
        bytes = bytes.subarray(at + 1);
      }
      rest = bytes;
    }
  } finally {
    await handle.close();
  }
}

/**
 * A file of whole lines with one writer. Lines given at the same time go out in one append; one that does not go out whole is
 * taken back, so that the file ends with a whole line unless the process dies inside the kernel's write. That is mended at the
 * next open.
 */
export class LineFile {
  readonly path: string;
  readonly #handle: FileHandle;
  readonly #mayWrite: () => boolean;
  #size: number;
  #dirty = false;
  #queue: { readonly bytes: Buffer; readonly done: (outcome: Outcome<void>) => void }[] = [];
  #flushing: Promise<void> | null = null;

  private constructor(path: string, handle: FileHandle, size: number, mayWrite: () => boolean) {
    this.path = path;
    this.#handle = handle;
    this.#size = size;
    this.#mayWrite = mayWrite;
  }

  /** `mayWrite` is asked right before each write: whether this process is still the file's writer. */
  static async open(path: string, mayWrite: () => boolean): Promise<Outcome<LineFile>> {
    try {
      await mkdir(dirname(path), { recursive: true });
      const handle = await open(path, 'a+');
      return ok(new LineFile(path, handle, await cutTornLine(handle), mayWrite));
    } catch (error) {
      return failed(diskFault(path, error));
    }
  }

  /** Bytes written so far, the ones that wait not counted. */
  get size(): number {
    return this.#size;
  }

  append(lines: readonly string[]): Promise<Outcome<void>> {
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
    return new Promise((done) => {
      this.#queue.push({ bytes, done });
      this.#flushing ??= this.#flush().finally(() => {
        this.#flushing = null;
      });
    });
  }

  async #flush(): Promise<void> {
    while (this.#queue.length > 0) {
      const entries = this.#queue;
      this.#queue = [];
      const outcome = await this.#write(Buffer.concat(entries.map(({ bytes }) => bytes)));
      for (const { done } of entries) done(outcome);
    }
  }

  async #write(bytes: Buffer): Promise<Outcome<void>> {
    try {
      if (!this.#mayWrite()) return failed(retryLater({ code: 'sink-busy', message: `the lease on ${this.path} ran out`, retryAfterMs: BUSY_MS }));
      // Not handed to a thread: a process that is stopped between the question and the kernel's write would write on waking what
      // another has written meanwhile. So it is microseconds, not a turn of the loop and a thread's wake-up; the disk is not waited for.
      const bytesWritten = writeSync(this.#handle.fd, bytes);
      if (bytesWritten < bytes.length) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      this.#size += bytesWritten;
      this.#dirty = true;
      return ok(undefined);
    } catch (error) {
      await this.#handle.truncate(this.#size).catch(() => undefined);
      return failed(diskFault(this.path, error));
    }
  }

  /** Brings what was written to the disk itself. */
  async sync(): Promise<void> {
    if (!this.#dirty) return;
    this.#dirty = false;
    await this.#handle.datasync();
  }

  async close(): Promise<void> {
    await this.#flushing;
    await this.sync().catch(() => undefined);
    await this.#handle.close();
  }
}

/** Size of a file in bytes, or null when there is none. */
export const sizeOf = (path: string): Promise<number | null> => stat(path).then(({ size }) => size, () => null);

/** Names of the files in a folder; none where there is no folder yet. */
export const fileNames = (dir: string): Promise<string[]> =>
  readdir(dir).then((names) => names.filter((name) => name.endsWith('.ndjson')), () => []);

export async function newestFirst(paths: readonly string[]): Promise<string[]> {
  const dated = await Promise.all(paths.map(async (path) => ({ path, at: await stat(path).then(({ mtimeMs }) => mtimeMs, () => 0) })));
  return dated.sort((a, b) => b.at - a.at).map(({ path }) => path);
}

/** A file that cannot be mended now is mended when it is next opened for writing. */
export async function cutTornLineOf(path: string): Promise<void> {
  const handle = await open(path, 'r+').catch(() => null);
  try {
    if (handle !== null) await cutTornLine(handle);
  } finally {
    await handle?.close();
  }
}
