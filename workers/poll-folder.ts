import type { FolderPlace, SourceConfig } from '../src/config/index.js';
import { ok, type Outcome } from '../src/fault.js';
import { lookIn, readWhole, setAside, takeAway, type FolderFile } from '../src/folder/index.js';
import type { SourceHistory } from '../src/poll/index.js';
import type { JobEnd } from '../src/queue/index.js';
import { bookItems, type BookedItems } from './book-items.js';
import type { WorkerContext } from './context.js';
import { rest, troubled } from './poll-end.js';

export interface FolderPoll {
  readonly history: SourceHistory;
  readonly startedAt: number;
  readonly previous: string | null;
}

/** How long a file that ends before its text does, or cannot be read today, is given. */
const GROWS_FOR_MS = 60_000;

/**
 * One look into a hot folder. A file is moved out of the way only after its items are in the books together with the jobs they are
 * owed: a process that dies in between reads it again and finds everything known. Files go in order, so that a correction comes
 * after what it corrects; one whose item is still on its way stays until the next look, and the others of that item behind it.
 */
export async function pollFolder(context: WorkerContext, source: SourceConfig, place: FolderPlace, { history, startedAt, previous }: FolderPoll): Promise<JobEnd> {
  const look = await lookIn(place.path, place.pattern, startedAt);
  if (!look.ok) return troubled(context, source, history, look.fault);
  const freshPublished: number[] = [];
  let [taken, fresh, files, held] = [0, 0, 0, 0];
  for (const file of look.value.settled) {
    const booked = await takeFile(context, source, place, file);
    if (!booked.ok) return troubled(context, source, history, booked.fault);
    if (booked.value === null) continue;
    taken += booked.value.taken;
    fresh += booked.value.fresh;
    freshPublished.push(...booked.value.freshPublished);
    files += 1;
    held += booked.value.held;
    // What comes after it may be of the same item.
    if (booked.value.held > 0) break;
  }
  // A folder lists what is new and nothing else: neither a short list nor one without an old item says anything of it.
  const answered = { asking: 'in-full', notModified: false, movedTo: null, sameValidators: false, listed: 1, fresh, freshPublished, askedMs: 0 } as const;
  return rest(context, source, history, answered, { startedAt, previous, validators: {}, taken, shown: files, soon: held === 0 && files > 0 && look.value.waiting > 0 });
}

/** One file: into the books, then out of the way. Null when it is not yet to be read, or was set aside. */
async function takeFile(context: WorkerContext, source: SourceConfig, { path }: FolderPlace, file: FolderFile): Promise<Outcome<BookedItems | null>> {
  const { settings, pool, events } = context;
  const bytes = await readWhole(path, file, settings.fetch.maxFeedSize);
  const read = bytes.ok ? await pool.run('wire', { bytes: bytes.value, language: source.language, whole: true }) : bytes;
  if (read.ok) {
    const booked = await bookItems(context, source, read.value);
    if (booked.held > 0) return ok(booked);
    const gone = await takeAway(path, file);
    return gone.ok ? ok(booked) : gone;
  }
  const { fault } = read;
  // It may still grow, and a busy machine be quiet again; nothing keeps the files after it for longer.
  const mayMend = fault.code === 'half-written' || fault.consequence === 'retry-later';
  if (mayMend && Date.now() - file.changedAt < GROWS_FOR_MS) return ok(null);
  const aside = await setAside(path, file, fault);
  if (!aside.ok) return aside;
  events.emit('trouble', { what: `${source.id}: ${file.name} was set aside`, error: fault });
  return ok(null);
}
