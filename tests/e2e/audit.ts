import { z } from 'zod';

const line = z.looseObject({ id: z.string(), version: z.int(), url: z.string() });

export interface Audit {
  /** Published pages without a record. */
  readonly lost: readonly string[];
  /** Id and version of records that stand there more than once. */
  readonly doubled: readonly string[];
  /** Addresses of records that nobody published. */
  readonly foreign: readonly string[];
}

/** Compares what was published with the lines of a sink. */
export function audit(published: ReadonlySet<string>, lines: readonly string[]): Audit {
  const records = lines.map((text) => line.parse(JSON.parse(text)));
  const told = new Set(records.map(({ url }) => url));
  const seen = new Set<string>();
  const doubled: string[] = [];
  for (const { id, version } of records) {
    const name = `${id}/${version}`;
    if (seen.has(name)) doubled.push(name);
    seen.add(name);
  }
  return { lost: [...published].filter((url) => !told.has(url)), doubled, foreign: [...told].filter((url) => !published.has(url)) };
}
