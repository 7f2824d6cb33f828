import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

export interface TestFolder {
  path(name: string): string;
  write(name: string, content: string | Uint8Array): Promise<string>;
}

/** A folder of its own for each test of the file. */
export function useFolder(): TestFolder {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dl-config-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  return {
    path: (name) => join(folder, name),
    async write(name, content) {
      await writeFile(join(folder, name), content);
      return join(folder, name);
    },
  };
}
