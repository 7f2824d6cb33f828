import type { ChildProcess } from 'node:child_process';
import { ask, startChild } from './child-server.js';
import type { WorldOrder, WorldReport } from './world-server.js';

/** The scripted hosts, as their driver sees them. */
export class WorldProcess {
  readonly port: number;
  readonly #child: ChildProcess;
  #asking: Promise<WorldReport> | null = null;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  static async start({ seed, sources, batch }: { readonly seed: number; readonly sources: number; readonly batch: number }): Promise<WorldProcess> {
    const { child, port } = await startChild('world-server.js', [seed, sources, batch].map(String));
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

  report(): Promise<WorldReport> {
    this.#asking ??= ask<WorldReport>(this.#child, { kind: 'report' } satisfies WorldOrder).finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  stop(): void {
    if (this.#child.connected) this.#child.disconnect();
  }
}
