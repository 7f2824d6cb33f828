import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { diskFault } from '../disk-fault.js';
import { failed, ok, type Outcome } from '../fault.js';

const ENDING = '.segment';
const UNFINISHED = '.unfinished';
const PLACE = 'place';
const hasCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code;
const unlessMissing = (error: unknown): null => {
  // A file in the place of the folder: nothing of ours is there, either.
  if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return null;
  throw error;
};

/** A file of the folder, as the register knows it. */
export interface SegmentFile {
  readonly id: string;
  readonly sink: string;
  readonly bytes: number;
}

/**
 * The segments of one place: a folder a sink, a file a segment. A file is there whole or not at all: it is written under another
 * name, brought to the disk, renamed, and so is the rename.
 */
export class SegmentFolder {
  readonly dir: string;
  /** Name of the place, made with the folder; segments bear it, whatever machine the folder moves to. */
  readonly place: string;

  private constructor(dir: string, place: string) {
    this.dir = dir;
    this.place = place;
  }

  static async open(dir: string): Promise<Outcome<SegmentFolder>> {
    const path = join(dir, PLACE);
    try {
      await mkdir(dir, { recursive: true });
      const place = ((await readFile(path, 'utf8').catch(unlessMissing)) ?? (await namePlace(path))).trim();
      return /^[0-9a-f]{10}$/.test(place) ? ok(new SegmentFolder(dir, place)) : failed(diskFault(path, new Error('it holds no name of a place')));
    } catch (cause) {
      return failed(diskFault(path, cause));
    }
  }

  /** The place of a folder that exists, for a look only; null where there is none. */
  static async at(dir: string): Promise<SegmentFolder | null> {
    const place = await readFile(join(dir, PLACE), 'utf8').catch(unlessMissing);
    return place === null ? null : new SegmentFolder(dir, place.trim());
  }

  /** A name for a new segment; later ones sort behind. `now` is Redis's time in ms. */
  newId(now: number): string {
    return `${this.place}.${now.toString(36).padStart(9, '0')}-${randomBytes(3).toString('hex')}`;
  }

  #path(sink: string, id: string): string {
    return join(this.dir, sink, `${id}${ENDING}`);
  }

  async write(sink: string, id: string, bytes: Buffer): Promise<Outcome<void>> {
    const path = this.#path(sink, id);
    try {
      if ((await mkdir(join(this.dir, sink), { recursive: true })) !== undefined) await syncFolder(this.dir);
      const handle = await open(`${path}${UNFINISHED}`, 'w');
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(`${path}${UNFINISHED}`, path);
      await syncFolder(join(this.dir, sink));
      return ok(undefined);
    } catch (cause) {
      // Half a file only takes room that is missing already.
      await unlink(`${path}${UNFINISHED}`).catch(() => undefined);
      return failed(diskFault(path, cause));
    }
  }

  /** Null for a file that is not there. What else keeps it from being read is thrown: it may pass, and the file is not lost. */
  read(sink: string, id: string): Promise<Buffer | null> {
    return readFile(this.#path(sink, id)).catch(unlessMissing);
  }

  async remove(sink: string, id: string): Promise<void> {
    const path = this.#path(sink, id);
    for (const name of [path, `${path}${UNFINISHED}`]) await unlink(name).catch(unlessMissing);
    await syncFolder(join(this.dir, sink)).catch(unlessMissing);
  }

  /** A damaged file is kept for people, under a name that is no segment's. */
  async setAside(sink: string, id: string): Promise<void> {
    const path = this.#path(sink, id);
    await rename(path, `${path}.damaged`).catch(unlessMissing);
  }

  /** Names of a sink's segments here, the oldest first. */
  async segmentsOf(sink: string): Promise<string[]> {
    const names = (await readdir(join(this.dir, sink)).catch(unlessMissing)) ?? [];
    return names.filter((name) => name.endsWith(ENDING)).map((name) => name.slice(0, -ENDING.length)).sort();
  }

  /** Every file there is. */
  async files(): Promise<SegmentFile[]> {
    const found: SegmentFile[] = [];
    for (const entry of (await readdir(this.dir, { withFileTypes: true }).catch(unlessMissing)) ?? []) {
      if (!entry.isDirectory()) continue;
      for (const id of await this.segmentsOf(entry.name)) {
        const size = await stat(this.#path(entry.name, id)).then((stats) => stats.size, unlessMissing);
        if (size !== null) found.push({ id, sink: entry.name, bytes: size });
      }
    }
    return found;
  }
}

async function syncFolder(dir: string): Promise<void> {
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Names a place once: of two processes that come at the same time, one's name stands for both. */
async function namePlace(path: string): Promise<string> {
  const own = `${path}.${randomBytes(5).toString('hex')}`;
  await writeFile(own, `${randomBytes(5).toString('hex')}\n`, { flush: true });
  await link(own, path).catch((error: unknown) => {
    if (!hasCode(error, 'EEXIST')) throw error;
  });
  await unlink(own);
  await syncFolder(dirname(path));
  return readFile(path, 'utf8');
}
