import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { SECOND_EDITION } from './items.js';
import type { ExpectedStory } from './world.js';

const record = z.looseObject({
  id: z.string(), version: z.int(), url: z.string(), status: z.string().optional(), body: z.looseObject({ text: z.string() }).optional(),
});

export interface Audit {
  /** Records that stand at the sink. */
  readonly records: number;
  /** Published pages without a record. */
  readonly lost: readonly string[];
  /** Pages whose last version is not their last state, or that have too few or too many versions. */
  readonly stale: readonly string[];
  /** Id and version of records that stand there more than once. */
  readonly doubled: readonly string[];
  /** Addresses of records that nobody published, and of pages told under two ids. */
  readonly foreign: readonly string[];
  /** Lines that are no record. */
  readonly torn: number;
}

interface Held {
  readonly id: string;
  readonly versions: number;
  readonly last: number;
  readonly state: ExpectedStory['state'];
}

/** What one sink holds, taken in record by record; only names are kept, so that a hundred thousand cost little. */
export class SinkAudit {
  readonly #urls = new Map<string, Held>();
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
    const { id, version, url, status, body } = read;
    this.#records += 1;
    const name = `${id}/${version}`;
    if (this.#versions.has(name)) {
      this.#doubled.push(name);
      return;
    }
    this.#versions.add(name);
    const before = this.#urls.get(url);
    if (before !== undefined && before.id !== id) this.#foreign.push(`${url} has two ids`);
    const state = status === 'withdrawn' ? 'withdrawn' : body?.text.includes(SECOND_EDITION) === true ? 'edited' : 'first';
    const versions = (before?.versions ?? 0) + 1;
    this.#urls.set(url, before !== undefined && before.last > version ? { ...before, versions } : { id, versions, last: version, state });
  }

  against(stories: ReadonlyMap<string, ExpectedStory>): Audit {
    return {
      records: this.#records,
      lost: [...stories.keys()].filter((url) => !this.#urls.has(url)),
      stale: [...stories].flatMap(([url, { versions, state }]) => {
        const held = this.#urls.get(url);
        return held === undefined || (held.versions === versions && held.state === state) ? [] : [`${url}: ${held.versions} versions, the last ${held.state}, instead of ${versions}, ${state}`];
      }),
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
