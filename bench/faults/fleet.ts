import { execFile, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Role, SettingsInput, SourceInput } from '../../src/config/index.js';
import { packageRoot } from '../../src/package-root.js';
import { layFolder, startService } from './service-process.js';

const CLOCK_SHIM = join(packageRoot, 'dist', 'bench', 'faults', 'clock-shim.js');
const run = promisify(execFile);
const LAST_WORDS = 500;

export type WorkerRole = Exclude<Role, 'console'>;

export interface FleetOptions {
  readonly dir: string;
  readonly settings: SettingsInput;
  readonly sources: readonly SourceInput[];
  /** Modules loaded into every process before the service. */
  readonly imports?: readonly string[];
}

/** One place in the fleet: whatever ends there is started again, as an init system would. */
export class Post {
  readonly name: string;
  readonly role: WorkerRole;
  readonly #fleet: FleetOptions;
  readonly #clockFile: string;
  #child: ChildProcess | null = null;
  #wanted = false;
  readonly #deaths: string[] = [];
  #peakKiB = 0;

  constructor(fleet: FleetOptions, role: WorkerRole, number: number) {
    this.name = `${role}-${number}`;
    this.role = role;
    this.#fleet = fleet;
    this.#clockFile = join(fleet.dir, `${this.name}.clock`);
  }

  /** Ends that nobody asked for, with the process's last words. */
  get deaths(): readonly string[] {
    return this.#deaths;
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Resident memory in KiB now, and the most that was seen; 0 while it is down. */
  memory(): { readonly now: number; readonly peak: number } {
    let now = 0;
    try {
      now = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${this.pid ?? 0}/status`, 'utf8'))?.[1] ?? 0);
    } catch {
      // It is just being started again.
    }
    this.#peakKiB = Math.max(this.#peakKiB, now);
    return { now, peak: this.#peakKiB };
  }

  async start(): Promise<void> {
    this.#wanted = true;
    await this.setClock(0);
    this.#spawn();
  }

  #spawn(): void {
    const { dir, imports = [] } = this.#fleet;
    const child = startService({ dir, name: this.name, roles: this.role, imports: [CLOCK_SHIM, ...imports], env: { DATELINE_BENCH_CLOCK: this.#clockFile } });
    this.#child = child;
    let words = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      words = (words + chunk.toString('utf8')).slice(-LAST_WORDS);
    });
    child.once('exit', (code, signal) => {
      if (this.#child !== child || !this.#wanted) return;
      this.#deaths.push(`${this.name} (${signal ?? `code ${code ?? '?'}`}): ${words.trimEnd().split('\n').at(-1) ?? ''}`);
      this.#child = null;
      setTimeout(() => {
        if (this.#wanted && this.#child === null) this.#spawn();
      }, 1_000);
    });
  }

  /** kill -9; comes back after the wait. */
  async kill(waitMs: number): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child !== null && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    if (!this.#wanted) return;
    await sleep(waitMs);
    if (this.#wanted && this.#child === null) this.#spawn();
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child?.kill(signal);
  }

  /** The process's own clock is wrong by so much from now on, and after a restart still. */
  async setClock(offsetMs: number): Promise<void> {
    await writeFile(this.#clockFile, String(offsetMs));
  }

  /** Bytes to which any file of this process may grow (RLIMIT_FSIZE); beyond it the kernel refuses to write. Null for no bound. */
  async limitFiles(bytes: number | null): Promise<void> {
    const { pid } = this;
    if (pid === null) return;
    // It may have died in this moment: then there is nothing to bound.
    await run('prlimit', ['--pid', String(pid), `--fsize=${bytes ?? 'unlimited'}:unlimited`]).catch(() => undefined);
  }

  async stop(): Promise<void> {
    this.#wanted = false;
    await this.kill(0);
  }
}

/** Real processes of the service, roles apart, all with one configuration folder; logs go to `<dir>/logs`. */
export class Fleet {
  readonly posts: readonly Post[];

  private constructor(posts: readonly Post[]) {
    this.posts = posts;
  }

  static async start(options: FleetOptions, roles: Readonly<Record<WorkerRole, number>>): Promise<Fleet> {
    const { dir, settings, sources } = options;
    await layFolder(dir, settings, sources);
    const posts = (['deliver', 'article', 'poll'] as const)
      .flatMap((role) => Array.from({ length: roles[role] }, (_, at) => new Post(options, role, at + 1)));
    await Promise.all(posts.map((post) => post.start()));
    return new Fleet(posts);
  }

  of(role: WorkerRole): readonly Post[] {
    return this.posts.filter((post) => post.role === role);
  }

  get deaths(): readonly string[] {
    return this.posts.flatMap(({ deaths }) => deaths);
  }

  async stop(): Promise<void> {
    await Promise.all(this.posts.map((post) => post.stop()));
  }
}
