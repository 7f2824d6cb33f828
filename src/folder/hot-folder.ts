import { constants } from 'node:fs';
import { lstat, mkdir, open, opendir, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failed, giveUp, misconfigured, ok, retryLater, type Fault, type Outcome } from '../fault.js';
import { matchesPattern } from './pattern.js';

/** One file that lies in the folder and has not been touched for a while. */
export interface FolderFile {
  readonly name: string;
  readonly size: number;
  /** Last change of content or name, by the file system's clock; milliseconds since the epoch. */
  readonly changedAt: number;
}

export interface FolderLook {
  /** Oldest first, so that a correction comes after what it corrects. */
  readonly settled: readonly FolderFile[];
  /** Files still being written. */
  readonly waiting: number;
}

/** Untouched for so long, a file counts as written; milliseconds. */
const SETTLED_MS = 2_000;
const MOST_SEEN = 20_000;
/** Files thrown away at a time; the next time goes on. */
const MOST_PRUNED = 5_000;
/** Where files go once their items are in the books, and those that cannot be read; not looked into. */
const TAKEN = '.taken';
const UNREADABLE = '.unreadable';
/** Names that programs give to what they have not finished. */
const PARTIAL = /(?:^[.~]|\.(?:tmp|temp|part|partial|filepart|crdownload|swp|lock)$|~$)/i;

const wrong = (path: string, cause: unknown, hint: string): Fault =>
  misconfigured({ code: 'folder-unreadable', message: `${path}: ${cause instanceof Error ? cause.message : String(cause)}`, hint, cause });

/** The files of a folder that are ready to be read. Links, folders, hidden and unfinished files are passed over. */
export async function lookIn(folder: string, pattern: string, now: number): Promise<Outcome<FolderLook>> {
  const files: (FolderFile & { readonly writtenAt: number })[] = [];
  let waiting = 0;
  let seen = 0;
  try {
    for await (const entry of await opendir(folder)) {
      if ((seen += 1) > MOST_SEEN) break;
      if (!entry.isFile() || PARTIAL.test(entry.name) || !matchesPattern(entry.name, pattern)) continue;
      const facts = await lstat(join(folder, entry.name)).catch(() => null);
      if (facts === null || !facts.isFile()) continue;
      // The time of the last change of any kind, which no program sets at will; a clock that is off by hours settles nothing sooner.
      if (Math.abs(now - facts.ctimeMs) < SETTLED_MS) waiting += 1;
      else files.push({ name: entry.name, size: facts.size, changedAt: facts.ctimeMs, writtenAt: facts.mtimeMs });
    }
  } catch (cause) {
    return failed(wrong(folder, cause, 'Does the folder exist, and may Dateline read it?'));
  }
  files.sort((one, other) => one.writtenAt - other.writtenAt || (one.name < other.name ? -1 : 1));
  return ok({ settled: files, waiting });
}

/** The bytes of a file. A file larger than the bound is for a person to look at: give-up. */
export async function readWhole(folder: string, file: FolderFile, maxBytes: number): Promise<Outcome<Uint8Array>> {
  try {
    // Not through a link that took the file's place since.
    const handle = await open(join(folder, file.name), constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const { size } = await handle.stat();
      if (size > maxBytes) return failed(giveUp({ code: 'too-large', message: `${file.name} has ${size} bytes, more than ${maxBytes}`, hint: 'Raise fetch.maxFeedSize, should it be worth having.' }));
      return ok(await handle.readFile());
    } finally {
      await handle.close();
    }
  } catch (cause) {
    return failed(retryLater({ code: 'file-unreadable', message: `${file.name}: ${cause instanceof Error ? cause.message : String(cause)}`, hint: 'May Dateline read it?', cause }));
  }
}

/** Moves a file whose items are in the books out of the way. False when it was touched since it was looked at: it stays, to be read again. */
export async function takeAway(folder: string, file: FolderFile): Promise<Outcome<boolean>> {
  try {
    const facts = await lstat(join(folder, file.name));
    if (facts.size !== file.size || facts.ctimeMs !== file.changedAt) return ok(false);
    await move(folder, file.name, TAKEN);
    return ok(true);
  } catch (cause) {
    return failed(wrong(folder, cause, 'Dateline moves files it has read into .taken there: it needs to write in that folder.'));
  }
}

/** Throws away what was taken longer than `keepMs` ago. Gives how many files; those that could not be read are a person's to throw away. */
export async function pruneTaken(folder: string, keepMs: number, now: number): Promise<Outcome<number>> {
  const dir = join(folder, TAKEN);
  let [gone, seen] = [0, 0];
  try {
    for await (const entry of await opendir(dir)) {
      if ((seen += 1) > MOST_SEEN || gone >= MOST_PRUNED) break;
      if (!entry.isFile()) continue;
      const path = join(dir, entry.name);
      const facts = await lstat(path).catch(() => null);
      // Moving a file changes its status, not its text: it is as old as its place there.
      if (facts === null || now - facts.ctimeMs <= keepMs) continue;
      await unlink(path);
      gone += 1;
    }
    return ok(gone);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return ok(gone);
    return failed(wrong(dir, cause, 'Dateline throws away files that it read long ago: it needs to write in that folder.'));
  }
}

/** Moves a file that cannot be read into `.unreadable`, its reason beside it. */
export async function setAside(folder: string, file: FolderFile, fault: Fault): Promise<Outcome<string>> {
  try {
    const path = await move(folder, file.name, UNREADABLE);
    await writeFile(`${path}.reason.txt`, `${fault.code}: ${fault.message}\n${fault.hint ?? ''}\n`);
    return ok(path);
  } catch (cause) {
    return failed(wrong(folder, cause, 'Dateline moves files it cannot read into .unreadable there: it needs to write in that folder.'));
  }
}

async function move(folder: string, name: string, into: string): Promise<string> {
  await mkdir(join(folder, into), { recursive: true });
  const wanted = join(folder, into, name);
  // Agencies use names again; the file of before is kept.
  const taken = await lstat(wanted).then(() => true, () => false);
  const path = taken ? `${wanted}.${Date.now()}` : wanted;
  await rename(join(folder, name), path);
  return path;
}
