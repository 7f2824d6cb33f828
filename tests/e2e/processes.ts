import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { layFolder, startService } from '../../bench/faults/service-process.js';
import type { SettingsInput, SourceInput } from '../../src/config/index.js';

export interface ServiceProcess {
  readonly name: string;
  /** kill -9. */
  kill(): Promise<void>;
  /** Ctrl-C; the exit code, and how long it took. */
  interrupt(): Promise<{ readonly code: number | null; readonly ms: number }>;
}

/** Real processes of the service, all with one configuration folder; logs go to `<dir>/logs`. */
export class Fleet {
  readonly #dir: string;
  readonly #live = new Set<ChildProcess>();
  #started = 0;

  private constructor(dir: string) {
    this.#dir = dir;
  }

  static async prepare(dir: string, settings: SettingsInput, sources: readonly SourceInput[]): Promise<Fleet> {
    await layFolder(dir, settings, sources);
    return new Fleet(dir);
  }

  start(roles: string): ServiceProcess {
    this.#started += 1;
    const name = `${this.#started}-${roles.replaceAll(',', '-')}`;
    const child = startService({ dir: this.#dir, name, roles });
    this.#live.add(child);
    const ended = once(child, 'exit').finally(() => this.#live.delete(child));
    return {
      name,
      async kill() {
        child.kill('SIGKILL');
        await ended;
      },
      async interrupt() {
        const started = performance.now();
        child.kill('SIGINT');
        await ended;
        return { code: child.exitCode, ms: performance.now() - started };
      },
    };
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#live].map(async (child) => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }));
  }
}
