import type { FolderPlace, SourceConfig } from '../src/config/index.js';
import { ok, retryLater, type Outcome } from '../src/fault.js';
import { lookIn, readWhole, setAside, takeAway, type FolderFile } from '../src/folder/index.js';
import type { SourceHistory } from '../src/poll/index.js';
import type { JobEnd } from '../src/queue/index.js';
import { bookItems, type BookedItems } from './book-items.js';
import type { WorkerContext } from './context.js';
import { readItems } from './item-batches.js';
import { rest, troubled } from './poll-end.js';

export interface FolderPoll {
  readonly history: SourceHistory;
  readonly startedAt: number;
  readonly previous: string | null;
}

/** What became of a file: its items are in the books and it is away; it stays, for an item that is still on its way; or it is not yet to be read, or was set aside. */
type TakenFile =
  | { readonly kind: 'taken'; readonly booked: BookedItems }
  | { readonly kind: 'held'; readonly byQuarantine: boolean }
  | { readonly kind: 'passed-over' };

/** How long a file that ends before its text does, or cannot be read today, is given. */
const GROWS_FOR_MS = 60_000;
/** Files taken in one look; the next one goes on at once. */
const MOST_TAKEN = 50;
/** Files that a look reads in vain, because they have to wait. */
const MOST_HELD = 200;

/**
 * One look into a hot folder. A file is moved out of the way only after its items are in the books together with the jobs they are
 * owed: a process that dies in between reads it again and finds everything known. Files go in order, so that a correction comes
 * after what it corrects; one whose item is still on its way stays until a later look, with the files behind it that share an item
 * with it, and no others.
 */
export async function pollFolder(context: WorkerContext, source: SourceConfig, place: FolderPlace, { history, startedAt, previous }: FolderPoll): Promise<JobEnd> {
  const look = await lookIn(place.path, place.pattern, startedAt);
  if (!look.ok) return troubled(context, source, history, look.fault);
  const { settled, waiting } = look.value;
  const freshPublished: number[] = [];
  const onTheirWay = new Set<string>();
  let [taken, fresh, files, held, byQuarantine, seen] = [0, 0, 0, 0, 0, 0];
  for (const file of settled) {
    if (files >= MOST_TAKEN || held >= MOST_HELD) break;
    seen += 1;
    const outcome = await takeFile(context, source, place, file, onTheirWay);
    if (!outcome.ok) return troubled(context, source, history, outcome.fault);
    const { value } = outcome;
    if (value.kind === 'held') {
      held += 1;
      byQuarantine += value.byQuarantine ? 1 : 0;
    } else if (value.kind === 'taken') {
      files += 1;
      taken += value.booked.taken;
      fresh += value.booked.fresh;
      freshPublished.push(...value.booked.freshPublished);
    }
  }
  if (files === 0 && byQuarantine > 0 && held >= MOST_HELD) {
    return troubled(context, source, history, retryLater({
      code: 'folder-held', message: `${held} files wait for earlier versions of their items that are in quarantine, and nothing behind them is read`,
      hint: `See dateline quarantine list --source ${source.id}, and retry or drop what is there.`,
    }));
  }
  // A folder lists what is new and nothing else: neither a short list nor one without an old item says anything of it.
  const answered = { asking: 'in-full', notModified: false, movedTo: null, sameValidators: false, listed: 1, fresh, freshPublished, askedMs: 0 } as const;
  return rest(context, source, history, answered, { startedAt, previous, validators: {}, taken, shown: files, soon: files > 0 && (waiting > 0 || seen < settled.length) });
}

/** One file: into the books, then out of the way. @param onTheirWay items of files before it that stay; those of this one are added when it stays too */
async function takeFile(context: WorkerContext, source: SourceConfig, { path }: FolderPlace, file: FolderFile, onTheirWay: Set<string>): Promise<Outcome<TakenFile>> {
  const { settings, pool, events } = context;
  const bytes = await readWhole(path, file, settings.fetch.maxFeedSize);
  const read = bytes.ok ? await pool.run('wire', { bytes: bytes.value, language: source.language, whole: true }) : bytes;
  if (read.ok) {
    const names = read.value.batches.flatMap((batch) => readItems(batch).map(({ item }) => item));
    const behind = names.some((item) => onTheirWay.has(item));
    const booked = behind ? null : await bookItems(context, source, read.value);
    if (booked === null || booked.held > 0) {
      // All of them: what of this file is booked already must not be taken from it again after a later file's.
      for (const item of names) onTheirWay.add(item);
      return ok({ kind: 'held', byQuarantine: booked !== null && booked.quarantined > 0 });
    }
    const gone = await takeAway(path, file);
    return gone.ok ? ok({ kind: 'taken', booked }) : gone;
  }
  const { fault } = read;
  // It may still grow, and a busy machine be quiet again; nothing keeps the files after it for longer.
  const mayMend = fault.code === 'half-written' || fault.consequence === 'retry-later';
  if (mayMend && Date.now() - file.changedAt < GROWS_FOR_MS) return ok({ kind: 'passed-over' });
  const aside = await setAside(path, file, fault);
  if (!aside.ok) return aside;
  events.emit('trouble', { what: `${source.id}: ${file.name} was set aside`, error: fault });
  return ok({ kind: 'passed-over' });
}
