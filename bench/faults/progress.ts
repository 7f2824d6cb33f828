import { progressLine } from './report.js';
import type { RunOptions } from './types.js';

const SHOWN_EVERY_S = process.stdout.isTTY ? 0.5 : 10;

/** Shows a run as it goes: one line that is written over at a terminal, a line every ten seconds elsewhere. */
export function showProgress(): NonNullable<RunOptions['onProgress']> {
  let shown = -Infinity;
  return (now) => {
    if (now.seconds - shown < SHOWN_EVERY_S) return;
    shown = now.seconds;
    process.stdout.write(process.stdout.isTTY ? `\r\u001B[2K${progressLine(now)}` : `${progressLine(now)}\n`);
  };
}
