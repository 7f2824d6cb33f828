import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { packageRoot } from '../../src/package-root.js';

const lineSchema = z.looseObject({
  said: z.string().optional(),
  pid: z.int().optional(),
  shared: z.boolean().optional(),
  fault: z.string().optional(),
  message: z.string().optional(),
  released: z.string().optional(),
});

/** Another process that uses an embedded server, as a second `dateline start` would. */
export interface Holder {
  readonly process: ChildProcessByStdio<Writable, Readable, null>;
  readonly pid: number;
  readonly server: number;
  readonly shared: boolean;
  readonly said: readonly string[];
  /** Lets it go in peace; tells what became of the server. */
  leave(): Promise<string>;
  kill(): Promise<void>;
}

/** Starts one and waits until it has its server. Runs what was built, since Node 20 runs no TypeScript. `asUser`: when root. */
export async function startHolder(dir: string, packageDir: string, options: { readonly asUser?: number | undefined } = {}): Promise<Holder> {
  const script = fileURLToPath(new URL('holder.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, join(packageRoot, 'dist'), dir, packageDir], {
    // A group of its own, as a terminal gives each command: a Ctrl-C goes to the whole group.
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
    ...(options.asUser === undefined ? {} : { uid: options.asUser, gid: options.asUser }),
  });
  const exit = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const said: string[] = [];
  for (;;) {
    const next = await lines.next();
    if (next.done === true) throw new Error(`the holder ended: ${said.join(' | ')}`);
    const line = lineSchema.parse(JSON.parse(next.value));
    if (line.said !== undefined) said.push(line.said);
    else if (line.fault !== undefined) throw new Error(`${line.fault}: ${line.message ?? ''}`);
    else if (line.pid !== undefined) {
      return {
        process: child, pid: child.pid ?? 0, server: line.pid, shared: line.shared ?? false, said,
        async leave() {
          child.stdin.end();
          let released = '';
          for (let last = await lines.next(); last.done !== true; last = await lines.next()) {
            released = lineSchema.parse(JSON.parse(last.value)).released ?? released;
          }
          await exit;
          return released;
        },
        async kill() {
          child.kill('SIGKILL');
          await exit;
        },
      };
    }
  }
}
