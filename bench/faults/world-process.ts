import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-root.js';
import type { WorldOrder, WorldReport, WorldStarted } from './world-server.js';

const SERVER = join(packageRoot, 'dist', 'bench', 'faults', 'world-server.js');

/** The scripted hosts, as their driver sees them. */
export class WorldProcess {
  readonly port: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  static async start({ seed, sources, batch }: { readonly seed: number; readonly sources: number; readonly batch: number }): Promise<WorldProcess> {
    const child = fork(SERVER, [String(seed), String(sources), String(batch)]);
    const ended = once(child, 'exit').then(() => {
      throw new Error('the scripted hosts ended before they said anything');
    });
    ended.catch(() => undefined);
    const [{ port }] = (await Promise.race([once(child, 'message'), ended])) as [WorldStarted];
    return new WorldProcess(child, port);
  }

  #order(order: WorldOrder): void {
    this.#child.send(order);
  }

  publish(open: boolean): void {
    this.#order({ kind: 'publish', open });
  }

  storm(rest: number | null): void {
    this.#order({ kind: 'storm', rest });
  }

  async report(): Promise<WorldReport> {
    const told = once(this.#child, 'message') as Promise<[WorldReport]>;
    this.#order({ kind: 'report' });
    const [report] = await told;
    return report;
  }

  stop(): void {
    if (this.#child.connected) this.#child.disconnect();
  }
}
