import { watch, type FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Fault } from '../fault.js';
import { loadSources, type LoadedSources } from './load-sources.js';
import type { SourceConfig } from './source.js';

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
}

export interface SourcesWatch {
  /** Looks now; settles when what was found has been told. */
  check(): Promise<void>;
  close(): void;
}

/** Follows `sources.yaml` while the service runs. Watches its folder, because most editors put a new file in the old one's place. */
export function watchSources(loaded: LoadedSources, listener: SourcesListener, options: WatchOptions = {}): SourcesWatch {
  const { quietMs = 200, pollMs = 5000 } = options;
  const path = loaded.file.name;
  let { digest } = loaded;
  let lastTrouble = '';
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();

  const look = async (): Promise<void> => {
    const found = await loadSources(path);
    if (closed) return;
    if (!found.ok) {
      if (found.fault.message !== lastTrouble) listener.broken(found.fault);
      lastTrouble = found.fault.message;
    } else if (found.value.digest !== digest || lastTrouble !== '') {
      const same = found.value.digest === digest;
      lastTrouble = '';
      digest = found.value.digest;
      // A broken edit taken back leaves the very set that is in use.
      if (!same) listener.changed(found.value.sources);
    }
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
