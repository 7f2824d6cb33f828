import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SettingsInput, SourceInput } from '../../src/config/index.js';
import { packageRoot } from '../../src/package-root.js';

const MAIN = join(packageRoot, 'dist', 'src', 'service', 'main.js');

/** Where processes of the service find their configuration, and leave their logs: `<dir>/config`, `<dir>/logs`. */
export async function layFolder(dir: string, settings: SettingsInput, sources: readonly SourceInput[]): Promise<void> {
  await mkdir(join(dir, 'config'), { recursive: true });
  await mkdir(join(dir, 'logs'), { recursive: true });
  // JSON is YAML.
  await writeFile(join(dir, 'config', 'dateline.yaml'), JSON.stringify(settings));
  await writeFile(join(dir, 'config', 'sources.yaml'), JSON.stringify({ sources }));
}

export interface ServiceStart {
  /** A folder that was laid. */
  readonly dir: string;
  /** Of its log. */
  readonly name: string;
  readonly roles: string;
  /** Modules loaded before the service. */
  readonly imports?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** One process of the service as it is built. */
export function startService({ dir, name, roles, imports = [], env = {} }: ServiceStart): ChildProcess {
  const child = spawn(process.execPath, [...imports.flatMap((file) => ['--import', file]), MAIN], {
    cwd: dir,
    env: { ...process.env, DATELINE_CONFIG_DIR: join(dir, 'config'), DATELINE_ROLES: roles, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child.stderr?.pipe(createWriteStream(join(dir, 'logs', `${name}.log`), { flags: 'a' }));
  return child;
}
