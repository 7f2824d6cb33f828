import { watch, type FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';
import { ok, type Fault, type Outcome } from '../fault.js';
import { digestOf, parseSources, type LoadedSources } from './load-sources.js';
import type { SourceConfig } from './source.js';
import { readText } from './yaml-file.js';

export interface SourcesListener {
  /** A new good set. */
  readonly changed: (sources: readonly SourceConfig[]) => void;
  /** The file as it stands cannot be used; the last good set stays. Told once a wrong text. */
  readonly broken: (fault: Fault) => void;
}

export interface WatchOptions {
  /** Editors write in several steps: wait until the file is quiet for so long. Milliseconds. */
  readonly quietMs?: number;
  /** Look by hand this often too: network and container file systems tell nothing. Milliseconds. */
  readonly pollMs?: number;
  /** Reads a changed text. Default: at once, which for a thousand sources holds the caller's loop a tenth of a second. */
  readonly read?: (text: string, name: string) => Promise<Outcome<readonly SourceConfig[]>>;
}

const readHere = (text: string, name: string): Promise<Outcome<readonly SourceConfig[]>> => {
  const parsed = parseSources(text, name);
  return Promise.resolve(parsed.ok ? ok(parsed.value.sources) : parsed);
};

export interface SourcesWatch {
  /** Looks now; settles when what was found has been told. */
  check(): Promise<void>;
  close(): void;
}

/** Follows `sources.yaml` while the service runs. Watches its folder, because most editors put a new file in the old one's place. */
export function watchSources(loaded: LoadedSources, listener: SourcesListener, options: WatchOptions = {}): SourcesWatch {
  const { quietMs = 200, pollMs = 5000, read = readHere } = options;
  const path = loaded.file.name;
  let { digest: used } = loaded;
  /** Of the text that was found wrong last; a text is parsed once, however often it is looked at. */
  let wrong = '';
  let lastTrouble = '';
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();

  const trouble = (fault: Fault): void => {
    if (fault.message !== lastTrouble) listener.broken(fault);
    lastTrouble = fault.message;
  };
  const look = async (): Promise<void> => {
    const text = await readText(path);
    if (closed) return;
    if (!text.ok) return trouble(text.fault);
    const digest = digestOf(text.value);
    if (digest === wrong) return;
    if (digest === used) {
      // A broken edit taken back leaves the very set that is in use.
      lastTrouble = wrong = '';
      return;
    }
    const found = await read(text.value, path);
    if (closed) return;
    if (!found.ok) {
      wrong = digest;
      return trouble(found.fault);
    }
    lastTrouble = wrong = '';
    used = digest;
    listener.changed(found.value);
  };
  const check = (): Promise<void> => {
    looking = looking.then(look, look);
    return looking;
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void check(), quietMs);
    timer.unref();
  };
  const poll = setInterval(() => void check(), pollMs);
  poll.unref();
  const watcher = watchFolder(path, soon);
  return {
    check,
    close() {
      closed = true;
      clearTimeout(timer);
      clearInterval(poll);
      watcher?.close();
    },
  };
}

/** Null where the system cannot watch (no inotify left, a network folder): the poll goes on alone. */
function watchFolder(path: string, touched: () => void): FSWatcher | null {
  try {
    const name = basename(path);
    const watcher = watch(dirname(path), { persistent: false }, (_, file) => {
      if (file === null || file === name) touched();
    });
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return null;
  }
}
