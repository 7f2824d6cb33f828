#!/usr/bin/env node
// The command line's entry: hands on to the compiled program, and compiles it first where that was never done.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const program = new URL('../dist/src/cli/main.js', import.meta.url);
if (!existsSync(program)) {
  // Its words go to stderr: stdout belongs to what was asked for.
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL('prepare.mjs', import.meta.url))], { stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}
await import(program.href);
