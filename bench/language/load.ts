import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { packageRoot } from '../../src/package-root.js';

const measured = z.object({ milliseconds: z.number(), cpu: z.number(), megabytes: z.number() });

/** Times the import of a module in a fresh process and what it adds to the memory, after a collection. */
function measure(specifier: string): z.infer<typeof measured> {
  const script = `
    globalThis.gc?.();
    const before = process.memoryUsage().rss, cpuBefore = process.cpuUsage(), started = performance.now();
    await import(${JSON.stringify(specifier)});
    const milliseconds = performance.now() - started, used = process.cpuUsage(cpuBefore);
    globalThis.gc?.();
    console.log(JSON.stringify({ milliseconds, cpu: (used.user + used.system) / 1000, megabytes: (process.memoryUsage().rss - before) / 2 ** 20 }));`;
  return measured.parse(JSON.parse(execFileSync(process.execPath, ['--expose-gc', '--input-type=module', '-e', script], {
    encoding: 'utf8', cwd: packageRoot,
  })));
}

/** One line: what loading costs, for Dateline's detector (franc and zod with it) and for franc alone. */
export function loadLine(): string {
  const parts = [['Dateline', pathToFileURL(join(packageRoot, 'dist', 'src', 'language', 'index.js')).href], ['franc', 'franc']] as const;
  return `load: ${parts.map(([name, specifier]) => {
    const { milliseconds, cpu, megabytes } = measure(specifier);
    return `${name} ${milliseconds.toFixed(0)} ms (CPU ${cpu.toFixed(0)} ms), ${megabytes.toFixed(0)} MB`;
  }).join('; ')}`;
}
