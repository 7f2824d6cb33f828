import type { ChildProcess } from 'node:child_process';
import { ask, startChild } from './child-server.js';
import type { Mood, ReceiverAudit, ReceiverOrder } from './receiver-server.js';

/** The receiver of webhooks, as its driver sees it. */
export class ReceiverProcess {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.url = `http://127.0.0.1:${port}/stories`;
  }

  static async start(): Promise<ReceiverProcess> {
    const { child, port } = await startChild('receiver-server.js');
    return new ReceiverProcess(child, port);
  }

  behave(mood: Mood): void {
    this.#child.send({ kind: 'mood', mood } satisfies ReceiverOrder);
  }

  audit(world: Omit<Extract<ReceiverOrder, { kind: 'audit' }>, 'kind'>): Promise<ReceiverAudit> {
    return ask(this.#child, { kind: 'audit', ...world } satisfies ReceiverOrder);
  }

  stop(): void {
    if (this.#child.connected) this.#child.disconnect();
  }
}
