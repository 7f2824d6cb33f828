import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Bytes of a file under the package's root: found from the sources and from the compiled package alike. Throws when the package is incomplete. */
export function readPackageFile(...path: readonly string[]): Buffer {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return readFileSync(join(folder, ...path));
}
