import { join } from 'node:path';
import { Piscina } from 'piscina';
import { failed, ok, retryLater, type Outcome } from '../fault.js';
import { packageRoot } from '../package-root.js';
import type { StoreKind, StoreTasks, ThreadAnswer } from './store-tasks.js';

const THREAD_FILE = join(packageRoot, 'dist', 'src', 'store', 'store-thread.js');

/** A thread of its own with a connection of its own: SQLite works while it is asked, which the loop that renews locks must not wait for. */
export class StoreThread<Kind extends StoreKind> {
  readonly path: string;
  readonly #kind: Kind;
  #pool: Piscina<unknown, ThreadAnswer> | null = null;

  constructor(path: string, kind: Kind) {
    this.path = path;
    this.#kind = kind;
  }

  /** Begun when first asked: a process that never reads or writes stories pays for no thread. */
  async run<Name extends keyof StoreTasks<Kind> & string>(name: Name, ...values: TaskValues<Kind, Name>): Promise<Outcome<TaskResult<Kind, Name>>> {
    this.#pool ??= this.#begin();
    try {
      const answer = await this.#pool.run({ name, values });
      // The thread runs the task of this name and gives just its result.
      return answer.ok ? ok(answer.value as TaskResult<Kind, Name>) : failed(this.#fault(answer.code, answer.message));
    } catch (error) {
      return failed(this.#fault('', error instanceof Error ? error.message : String(error), error));
    }
  }

  #begin(): Piscina<unknown, ThreadAnswer> {
    const pool = new Piscina<unknown, ThreadAnswer>({
      filename: THREAD_FILE, minThreads: 1, maxThreads: 1, idleTimeout: Infinity, recordTiming: false, workerData: { path: this.path, kind: this.#kind },
    });
    // Each task hears of its own failure.
    pool.on('error', () => undefined);
    return pool;
  }

  #fault(code: string, message: string, cause?: unknown): ReturnType<typeof retryLater> {
    const full = code.startsWith('SQLITE_FULL') || code.startsWith('SQLITE_IOERR');
    return retryLater({
      code: full ? 'disk-full' : 'store-unavailable',
      message: `The story store ${this.path}: ${message}${code === '' ? '' : ` (${code})`}.`,
      hint: 'Make room or mend the permissions; or switch it off with console.stories.enabled.',
      cause,
    });
  }

  get started(): boolean {
    return this.#pool !== null;
  }

  async close(): Promise<void> {
    const pool = this.#pool;
    if (pool === null) return;
    this.#pool = null;
    await pool.run({ name: 'close', values: [] }).catch(() => undefined);
    await pool.destroy();
  }
}

type Task<Kind extends StoreKind, Name extends keyof StoreTasks<Kind>> = Extract<StoreTasks<Kind>[Name], (...values: never[]) => unknown>;
export type TaskValues<Kind extends StoreKind, Name extends keyof StoreTasks<Kind>> = Parameters<Task<Kind, Name>>;
export type TaskResult<Kind extends StoreKind, Name extends keyof StoreTasks<Kind>> = ReturnType<Task<Kind, Name>>;
