import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SettingsInput, SourceInput } from '../../src/config/index.js';
import { packageRoot } from '../../src/package-root.js';

const MAIN = join(packageRoot, 'dist', 'src', 'service', 'main.js');

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
    await mkdir(join(dir, 'config'), { recursive: true });
    await mkdir(join(dir, 'logs'), { recursive: true });
    // JSON is YAML.
    await writeFile(join(dir, 'config', 'dateline.yaml'), JSON.stringify(settings));
    await writeFile(join(dir, 'config', 'sources.yaml'), JSON.stringify({ sources }));
    return new Fleet(dir);
  }

  start(roles: string): ServiceProcess {
    this.#started += 1;
    const name = `${this.#started}-${roles.replaceAll(',', '-')}`;
    const child = spawn(process.execPath, [MAIN], {
      cwd: this.#dir,
      env: { ...process.env, DATELINE_CONFIG_DIR: join(this.#dir, 'config'), DATELINE_ROLES: roles },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.pipe(createWriteStream(join(this.#dir, 'logs', `${name}.log`)));
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
