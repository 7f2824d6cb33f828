import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

/** config/dateline/ beside src/ (run from source) or beside dist/ (run built). */
const folder = ['../../config/dateline/', '../../../config/dateline/']
  .map((path) => new URL(path, import.meta.url))
  .find((url) => existsSync(fileURLToPath(url)));

/** Bytes of one of the tables that ship with the package; absent only where an installation is broken, which is worth an exception. */
export function tableBytes(name: string): Buffer {
  if (folder === undefined) throw new Error('config/dateline is missing beside the program');
  return readFileSync(new URL(name, folder));
}

/** One YAML table, checked; a wrong row names its file and path in the message. */
export function readTable<Schema extends z.ZodType>(name: string, schema: Schema): z.output<Schema> {
  const checked = schema.safeParse(parse(tableBytes(name).toString('utf8')));
  if (!checked.success) throw new Error(`config/dateline/${name}: ${z.prettifyError(checked.error)}`);
  return checked.data;
}
