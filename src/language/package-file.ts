import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package-root.js';

/** Bytes of a file under the package's root. Throws when the package is incomplete. */
export const readPackageFile = (...path: readonly string[]): Buffer => readFileSync(join(packageRoot, ...path));
