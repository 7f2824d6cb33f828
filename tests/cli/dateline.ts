import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-root.js';

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command as a person would, with plain output. */
export function dateline(args: readonly string[], { env = {}, input = '' }: { env?: Record<string, string>; input?: string | Buffer } = {}): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(packageRoot, 'bin', 'dateline.mjs'), ...args], {
      cwd: packageRoot,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ...env },
    });
    const heard = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => { heard.stdout += text; });
    child.stderr.setEncoding('utf8').on('data', (text: string) => { heard.stderr += text; });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...heard }));
    // A command that ends without reading leaves the pipe broken; that is its right.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
