import { isAbsolute, join, resolve } from 'node:path';
import type { Settings } from '../config/index.js';

/** Where deliveries wait on this machine's disk. */
export const spillDir = ({ dataDir, deliver: { spill: { dir } } }: Pick<Settings, 'dataDir' | 'deliver'>): string =>
  isAbsolute(dir) ? dir : join(resolve(dataDir), dir);
