import { spawn } from 'node:child_process';

export interface CommandResult {
  /** Exit code; null when it could not be started, was killed or took too long. */
  readonly code: number | null;
  /** Standard output and error as they came, the last 64 kB. */
  readonly output: string;
}

const KEPT = 65_536;

/** Runs a command to its end; never throws. */
export function run(
  command: string,
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string; readonly timeoutMs: number },
): Promise<CommandResult> {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(command, args, {
      env: options.env ?? process.env,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.timeoutMs,
    });
    const collect = (chunk: string): void => {
      output = (output + chunk).slice(-KEPT);
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    child.on('error', (error) => resolve({ code: null, output: output === '' ? error.message : output }));
    child.on('close', (code) => resolve({ code, output }));
  });
}
