import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { openSqliteStore, StoreSink, type StoryStore } from '../../src/store/index.js';
import { recordOf, type RecordParts } from './records.js';

export interface TestStore {
  readonly store: StoryStore;
  readonly path: string;
  readonly put: (...parts: readonly RecordParts[]) => Promise<void>;
}

const DAY = 86_400_000;

/** A store on a file of its own; closed and removed after the file. Call it at the head of a file. */
export function useStore(): TestStore {
  const dir = mkdtempSync(join(tmpdir(), 'dateline-stories-'));
  const path = join(dir, 'stories.db');
  const sink = new StoreSink(path, { age: 3650 * DAY, count: 1_000_000, bytes: 10 ** 12 });
  const store = openSqliteStore(path);
  afterAll(async () => {
    await sink.close();
    await store.close();
    rmSync(dir, { recursive: true });
  });
  return {
    store, path,
    async put(...parts) {
      const records = parts.map(recordOf);
      const outcome = await sink.deliver({
        key: 'test', mark: '', again: false, signal: new AbortController().signal, remark: () => Promise.resolve(true),
        stories: records.map((record) => ({ id: record.id, version: record.version, json: '', record: JSON.stringify(record) })),
      });
      expect(outcome).toEqual({ ok: true, value: undefined });
    },
  };
}
