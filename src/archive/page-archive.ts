import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, rename, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Fetched } from '../fetch/index.js';
import type { ItemFacts, ItemRef } from '../ledger/index.js';
import { archivedPage, archivedPageSchema, type ArchivedPage } from './archived-page.js';

const zip = promisify(gzip);
const unzip = promisify(gunzip);
/** Nearly the size of the default level, for half of its time. */
const LEVEL = 4;
const DAY_FILE = /^(\d{4}-\d\d-\d\d)\.ndjson$/;

export interface ArchiveFilter {
  readonly source?: string | undefined;
  /** Milliseconds of the epoch. */
  readonly since?: number | undefined;
}

const hasCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code;
/** A folder or file that another process removed meanwhile is an answer, not a failure. */
const orElse = <T>(instead: T) => (error: unknown): T => {
  if (hasCode(error, 'ENOENT')) return instead;
  throw error;
};

/**
 * Pages as they were fetched: the bytes once under their hash, gzipped, and a line a page in the index of its day. Several
 * processes may write at once: bytes are put in place whole, lines are appended in one write.
 */
export class PageArchive {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  async keep(ref: Pick<ItemRef, 'source' | 'item'>, facts: ItemFacts, fetched: Fetched): Promise<void> {
    const hash = createHash('sha256').update(fetched.bytes).digest('hex');
    const page = archivedPage(ref, facts, fetched, hash);
    await this.#keepBytes(hash, fetched.bytes);
    const index = join(this.#dir, 'index');
    await mkdir(index, { recursive: true });
    await appendFile(join(index, `${new Date(page.at).toISOString().slice(0, 10)}.ndjson`), `${JSON.stringify(page)}\n`);
  }

  /** The bytes under a hash; null when they were dropped. */
  async read(hash: string): Promise<Uint8Array | null> {
    const zipped = await readFile(this.#fileOf(hash)).catch(orElse(null));
    return zipped === null ? null : unzip(zipped);
  }

  /** Every page kept, oldest day first; a line that a crash cut short is left out. */
  async *pages({ source, since = 0 }: ArchiveFilter = {}): AsyncGenerator<ArchivedPage> {
    for (const day of await this.#days()) {
      if (Date.parse(day) + 86_400_000 <= since) continue;
      const lines = createInterface({ input: createReadStream(join(this.#dir, 'index', `${day}.ndjson`)), crlfDelay: Infinity });
      for await (const line of lines) {
        const page = parsed(line);
        if (page !== null && (source === undefined || page.source === source) && Date.parse(page.at) >= since) yield page;
      }
    }
  }

  /** The last page kept of each item, in no order. */
  async latest(filter: ArchiveFilter): Promise<ArchivedPage[]> {
    const last = new Map<string, ArchivedPage>();
    for await (const page of this.pages(filter)) last.set(`${page.source}/${page.item}`, page);
    return [...last.values()];
  }

  /** Bytes on disk, gzipped, and how many different pages they are. */
  async size(): Promise<{ readonly pages: number; readonly bytes: number }> {
    const files = await this.#files();
    return { pages: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
  }

  /** Drops what is older than `age` (ms), then the oldest until no more than `maxSize` bytes are kept. Gives how many files went. */
  async prune({ age, maxSize }: { readonly age: number; readonly maxSize: number }, now = Date.now()): Promise<number> {
    let gone = 0;
    const drop = async (path: string): Promise<void> => {
      await unlink(path).catch(orElse(undefined));
      gone += 1;
    };
    for (const day of await this.#days()) {
      if (Date.parse(day) + 86_400_000 < now - age) await drop(join(this.#dir, 'index', `${day}.ndjson`));
    }
    const files = (await this.#files()).sort((a, b) => a.keptAt - b.keptAt);
    let held = files.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { path, bytes, keptAt } of files) {
      if (held <= maxSize && keptAt >= now - age) break;
      await drop(path);
      held -= bytes;
    }
    return gone;
  }

  async #keepBytes(hash: string, bytes: Uint8Array): Promise<void> {
    const path = this.#fileOf(hash);
    const now = new Date();
    // The same bytes again: only their age begins anew.
    const there = await utimes(path, now, now).then(() => true, orElse(false));
    if (there) return;
    await mkdir(join(this.#dir, 'bytes', hash.slice(0, 2)), { recursive: true });
    const made = `${path}.${randomBytes(4).toString('hex')}.part`;
    await writeFile(made, await zip(bytes, { level: LEVEL }));
    await rename(made, path);
  }

  #fileOf(hash: string): string {
    return join(this.#dir, 'bytes', hash.slice(0, 2), `${hash}.gz`);
  }

  async #days(): Promise<string[]> {
    const names = await readdir(join(this.#dir, 'index')).catch(orElse([]));
    return names.flatMap((name) => DAY_FILE.exec(name)?.[1] ?? []).sort();
  }

  async #files(): Promise<{ readonly path: string; readonly bytes: number; readonly keptAt: number }[]> {
    const top = join(this.#dir, 'bytes');
    const files = [];
    for (const folder of await readdir(top).catch(orElse([]))) {
      for (const name of await readdir(join(top, folder)).catch(orElse([]))) {
        const path = join(top, folder, name);
        const found = await stat(path).catch(orElse(null));
        if (found !== null) files.push({ path, bytes: found.size, keptAt: found.mtimeMs });
      }
    }
    return files;
  }
}

function parsed(line: string): ArchivedPage | null {
  try {
    return archivedPageSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
