import { fstatSync, ftruncateSync, writeSync } from 'node:fs';
import { mkdir, open, readdir, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { diskFault } from '../disk-fault.js';
import { failed, ok, retryLater, type Fault, type Outcome } from '../fault.js';

const LINE_END = 0x0a;
const READ_CHUNK = 1 << 16;
const BUSY_MS = 1_000;

/** Cuts a last line that a crash left without its end. Gives the size then. */
export async function cutTornLine(handle: FileHandle): Promise<number> {
  const { size } = await handle.stat();
  const whole = await endOfLines(handle, size);
  if (whole < size) await handle.truncate(whole);
  return whole;
}

async function endOfLines(handle: FileHandle, size: number): Promise<number> {
  const chunk = Buffer.alloc(READ_CHUNK);
  for (let end = size; end > 0;) {
    const start = Math.max(0, end - READ_CHUNK);
    const { bytesRead } = await handle.read(chunk, 0, end - start, start);
    const at = chunk.subarray(0, bytesRead).lastIndexOf(LINE_END);
    if (at >= 0) return start + at + 1;
    end = start;
  }
  return 0;
}

/** Length of the whole lines of a file; a line that is being written, or torn, is none. */
export async function wholeLength(path: string): Promise<number> {
  const handle = await open(path, 'r');
  try {
    return await endOfLines(handle, (await handle.stat()).size);
  } finally {
    await handle.close();
  }
}

/** Whole lines of a file between two byte offsets, one at a time; a torn last line is no line. */
export async function* linesFrom(path: string, offset: number, end: number): AsyncGenerator<string> {
  const handle = await open(path, 'r');
  try {
    const chunk = Buffer.alloc(READ_CHUNK);
    let rest = Buffer.alloc(0);
    for (let position = offset; ;) {
      const { bytesRead } = await handle.read(chunk, 0, Math.max(0, Math.min(READ_CHUNK, end - position)), position);
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

/** What a file asks of the process that writes it. */
export interface LineWriter {
  /** Whether this process is still the file's writer; asked right before each write, and right after. */
  readonly held: () => boolean;
  /** Sets down how much of the file counts, unless that is set down already; gives what holds. */
  readonly seal: (file: { readonly path: string; readonly inode: string }, length: number) => Promise<number>;
}

/**
 * A file of whole lines with one writer. Lines given at the same time go out in one append; one that does not go out whole is
 * taken back, so that the file ends with a whole line unless the process dies inside the kernel's write. That is mended at the
 * next open.
 */
export class LineFile {
  readonly path: string;
  readonly inode: string;
  readonly #handle: FileHandle;
  readonly #writer: LineWriter;
  #size: number;
  #sealed = false;
  #dirty = false;
  #queue: { readonly bytes: Buffer; readonly done: (outcome: Outcome<void>) => void }[] = [];
  #flushing: Promise<void> | null = null;

  private constructor(path: string, inode: string, handle: FileHandle, size: number, writer: LineWriter) {
    this.path = path;
    this.inode = inode;
    this.#handle = handle;
    this.#size = size;
    this.#writer = writer;
  }

  /** `made`: the file must not be there yet. Null when it is. */
  static async open(path: string, made: boolean, writer: LineWriter): Promise<Outcome<LineFile | null>> {
    try {
      await mkdir(dirname(path), { recursive: true });
      const handle = await open(path, made ? 'ax+' : 'a+').catch((error: unknown) => {
        if (made && error instanceof Error && 'code' in error && error.code === 'EEXIST') return null;
        throw error;
      });
      if (handle === null) return ok(null);
      const { ino } = await handle.stat({ bigint: true });
      return ok(new LineFile(path, String(ino), handle, await cutTornLine(handle), writer));
    } catch (error) {
      return failed(diskFault(path, error));
    }
  }

  /** Nothing may be added to it any more. */
  get sealed(): boolean {
    return this.#sealed;
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
    if (this.#sealed || !this.#writer.held()) return failed(this.#busy());
    // Not handed to a thread: it is microseconds that way, not a turn of the loop and a thread's wake-up. The disk is not waited for.
    let written = 0;
    let fault: Fault | null = null;
    try {
      written = writeSync(this.#handle.fd, bytes);
      if (written < bytes.length) fault = diskFault(this.path, Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
    } catch (error) {
      fault = diskFault(this.path, error);
      written = fstatSync(this.#handle.fd).size - this.#size;
    }
    if (fault === null && this.#writer.held()) {
      this.#size += written;
      this.#dirty = true;
      return ok(undefined);
    }
    if (fault !== null && bytes.subarray(0, written).indexOf(LINE_END) < 0) {
      // No whole line, so that nobody can have counted one.
      if (written > 0) ftruncateSync(this.#handle.fd, this.#size);
      return failed(fault);
    }
    return this.#askWhatCounts(written, fault);
  }

  /** The process may have been stopped within the write, and another have looked in the file before it or after it. */
  async #askWhatCounts(written: number, fault: Fault | null): Promise<Outcome<void>> {
    this.#sealed = true;
    const before = this.#size;
    const counts = await this.#writer.seal(this, fault === null ? before + written : before);
    this.#size = Math.min(before + written, Math.max(before, counts));
    ftruncateSync(this.#handle.fd, this.#size);
    this.#dirty = true;
    return fault === null && this.#size === before + written ? ok(undefined) : failed(fault ?? this.#busy());
  }

  #busy(): Fault {
    return retryLater({ code: 'sink-busy', message: `the lease on ${this.path} ran out`, retryAfterMs: BUSY_MS });
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
