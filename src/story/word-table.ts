import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { packageRoot } from '../package-root.js';

/** Rows of words by language, under the names given; read once, when the module that asks is loaded. */
export function wordTable<Kind extends string>(file: string, kinds: readonly Kind[]): Readonly<Record<Kind, Readonly<Record<string, readonly string[]>>>> {
  const rows = z.record(z.string(), z.array(z.string().min(1)).min(1));
  return z.record(z.enum(kinds), rows).parse(parse(readFileSync(join(packageRoot, 'config', file), 'utf8')));
}
