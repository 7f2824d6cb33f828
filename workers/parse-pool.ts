import { join } from 'node:path';
import { Piscina } from 'piscina';
import { Fault, giveUp, ok, failed, retryLater, type Outcome } from '../src/fault.js';
import { packageRoot } from '../src/package-root.js';
import { TaskClock } from './task-clock.js';
import type { ParseTasks, PlainOutcome } from './parse-tasks.js';

export interface ParsePoolOptions {
  readonly threads: number;
  /** Milliseconds a thread may work on one task before it is stopped. */
  readonly timeLimit: number;
  /** Bytes of heap of one thread, beside its room for what is short-lived. */
  readonly memory: number;
  /** False starts threads only when there is work for them: a process that reads nothing pays nothing. */
  readonly warm?: boolean;
  /** File of the threads' code; compiled, for worker threads read no TypeScript. */
  readonly file?: string;
}

const THREAD_FILE = join(packageRoot, 'dist', 'workers', 'parse-thread.js');
const MB = 1_048_576;
/**
 * Room for what lives as long as one page: with Node's 48 MB its tree is still alive when room runs out, and is copied. Twice that
 * takes a fifth of the processor time off a page for some 45 MB more a thread; four times takes no more off.
 */
const YOUNG_MB = 96;

/**
 * Threads for all that is heavy on the processor, so that the loop that renews locks stays free. A task that takes too long or
 * too much memory ends with its thread, which is replaced; the process and the other tasks live on.
 */
export class ParsePool {
  readonly #piscina: Piscina<unknown, unknown>;
  readonly #options: ParsePoolOptions;
  /** Those that wait for a thread, in order of arrival. */
  readonly #line: (() => void)[] = [];
  #free: number;

  constructor(options: ParsePoolOptions) {
    this.#options = options;
    this.#free = options.threads;
    this.#piscina = new Piscina({
      filename: options.file ?? THREAD_FILE,
      minThreads: options.warm === false ? 0 : options.threads,
      maxThreads: options.threads,
      idleTimeout: Infinity,
      resourceLimits: { maxOldGenerationSizeMb: Math.ceil(options.memory / MB), maxYoungGenerationSizeMb: YOUNG_MB },
      recordTiming: false,
    });
    this.#piscina.on('error', () => undefined);
  }

  /**
   * Runs one task. `bytes` of the input are handed over, not copied, and cannot be used afterwards. An input that should be as new
   * as can be is given as a function, called when a thread is free.
   */
  async run<Name extends keyof ParseTasks>(name: Name, given: ParseInput<Name> | (() => ParseInput<Name>)): Promise<Outcome<ParseValue<Name>>> {
    await this.#thread();
    // From here on a thread is ours; the clock runs from when it takes the page up: neither the wait behind somebody's slow page
    // nor the time a new thread needs to load its tables is the page's fault.
    const abort = new AbortController();
    const clock = new TaskClock(this.#options.timeLimit, () => abort.abort());
    try {
      const input = typeof given === 'function' ? given() : given;
      const bytes = owned(input.bytes);
      // The thread's entry runs the task of this name and gives just its result.
      const outcome = await this.#piscina.run({ name, input: { ...input, bytes }, begun: clock.begun }, { signal: abort.signal, transferList: [bytes.buffer] }) as PlainOutcome<ParseValue<Name>>;
      return outcome.ok ? ok(outcome.value) : failed(new Fault(outcome.fault.consequence, outcome.fault));
    } catch (error) {
      return failed(this.#faultOf(error, abort.signal.aborted));
    } finally {
      clock.stop();
      this.#free += 1;
      this.#line.shift()?.();
    }
  }

  #thread(): Promise<void> {
    const take = (): void => {
      this.#free -= 1;
    };
    if (this.#free > 0) return Promise.resolve(take());
    return new Promise((resolve) => {
      this.#line.push(() => resolve(take()));
    });
  }

  #faultOf(error: unknown, late: boolean): Fault {
    // Tried again, for a busy machine makes a good page late too; what is late every time ends in quarantine, where a person sees it.
    if (late) {
      return retryLater({
        code: 'read-timeout', message: `reading took longer than ${this.#options.timeLimit} ms`,
        hint: 'Raise article.readTimeout if the machine is slow or busy.', cause: error,
      });
    }
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_WORKER_OUT_OF_MEMORY') return giveUp({ code: 'read-memory', message: 'reading took more memory than a thread may have', cause: error });
    return giveUp({ code: 'unreadable', message: `reading failed: ${error instanceof Error ? error.message : String(error)}`, cause: error });
  }

  async close(): Promise<void> {
    await this.#piscina.destroy();
  }
}

export type ParseInput<Name extends keyof ParseTasks> = Parameters<ParseTasks[Name]>[0];
export type ParseValue<Name extends keyof ParseTasks> = Extract<Awaited<ReturnType<ParseTasks[Name]>>, { ok: true }>['value'];

/** Bytes with a buffer of their own, for one that is shared with others cannot be handed over. */
const owned = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength
    ? new Uint8Array(bytes.buffer)
    : new Uint8Array(bytes);
