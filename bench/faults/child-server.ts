import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-root.js';

/** Starts a server of this folder in a process of its own; gives its first message, which tells its port. */
export async function startChild(file: string, args: readonly string[] = []): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const child = fork(join(packageRoot, 'dist', 'bench', 'faults', file), [...args]);
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${file} ended before it said anything`);
  });
  ended.catch(() => undefined);
  const [{ port }] = (await Promise.race([once(child, 'message'), ended])) as [{ readonly port: number }];
  return { child, port };
}

/** Sends an order and gives the answer; one at a time. */
export async function ask<Answer>(child: ChildProcess, order: object): Promise<Answer> {
  const told = once(child, 'message') as Promise<[Answer]>;
  child.send(order);
  const [answer] = await told;
  return answer;
}
