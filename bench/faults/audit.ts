import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const record = z.looseObject({ id: z.string(), version: z.int(), url: z.string() });

export interface Audit {
  /** Records that stand at the sink. */
  readonly records: number;
  /** Published pages without a record. */
  readonly lost: readonly string[];
  /** Id and version of records that stand there more than once. */
  readonly doubled: readonly string[];
  /** Addresses of records that nobody published, and of pages told under two ids. */
  readonly foreign: readonly string[];
  /** Lines that are no record. */
  readonly torn: number;
}

/** What one sink holds, taken in record by record; only names are kept, so that a hundred thousand cost little. */
export class SinkAudit {
  readonly #urls = new Map<string, string>();
  readonly #versions = new Set<string>();
  readonly #doubled: string[] = [];
  readonly #foreign: string[] = [];
  #records = 0;
  #torn = 0;

  get records(): number {
    return this.#records;
  }

  take(json: string): void {
    let read: z.infer<typeof record>;
    try {
      read = record.parse(JSON.parse(json));
    } catch {
      this.#torn += 1;
      return;
    }
    const { id, version, url } = read;
    this.#records += 1;
    const name = `${id}/${version}`;
    if (this.#versions.has(name)) this.#doubled.push(name);
    this.#versions.add(name);
    const before = this.#urls.get(url);
    if (before !== undefined && before !== id) this.#foreign.push(`${url} has two ids`);
    this.#urls.set(url, id);
  }

  against(stories: ReadonlySet<string>): Audit {
    return {
      records: this.#records,
      lost: [...stories].filter((url) => !this.#urls.has(url)),
      doubled: this.#doubled,
      foreign: [...this.#foreign, ...[...this.#urls.keys()].filter((url) => !stories.has(url))],
      torn: this.#torn,
    };
  }
}

export function auditOf(lines: Iterable<string>): SinkAudit {
  const audit = new SinkAudit();
  for (const line of lines) audit.take(line);
  return audit;
}

/** Every line of the NDJSON files of a folder. */
export async function auditNdjson(dir: string): Promise<SinkAudit> {
  const audit = new SinkAudit();
  const names = (await readdir(dir)).filter((name) => name.endsWith('.ndjson'));
  for (const name of names) {
    for await (const line of createInterface({ input: createReadStream(join(dir, name)) })) audit.take(line);
  }
  return audit;
}
