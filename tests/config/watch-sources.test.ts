import { rename, rm, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Fault } from '../../src/fault.js';
import { loadSources, watchSources, type SourcesWatch } from '../../src/config/index.js';
import { useFolder } from './folder.js';

const folder = useFolder();
const withIds = (...ids: string[]): string => `sources:\n${ids.map((id) => `  - id: ${id}\n    url: https://${id}.example/\n`).join('')}`;

let sets: string[][] = [];
let faults: Fault[] = [];
let watch: SourcesWatch;

async function start(options: { quietMs: number; pollMs: number }): Promise<string> {
  const file = await folder.write('sources.yaml', withIds('a'));
  const loaded = await loadSources(file);
  if (!loaded.ok) throw loaded.fault;
  watch = watchSources(loaded.value, {
    changed: (sources) => sets.push(sources.map(({ id }) => id)),
    broken: (fault) => faults.push(fault),
  }, options);
  return file;
}

const WATCHING = { quietMs: 20, pollMs: 3_600_000 };
const POLLING = { quietMs: 3_600_000, pollMs: 20 };

beforeEach(() => {
  sets = [];
  faults = [];
});
afterEach(() => watch.close());

test('an edit in place is picked up', async () => {
  const file = await start(WATCHING);
  await writeFile(file, withIds('a', 'b'));
  await vi.waitFor(() => expect(sets).toEqual([['a', 'b']]));
});

test('a file put in the old one\'s place is picked up, again and again', async () => {
  const file = await start(WATCHING);
  for (const id of ['b', 'c']) {
    await rename(await folder.write(`.${id}.tmp`, withIds(id)), file);
    await vi.waitFor(() => expect(sets.at(-1)).toEqual([id]));
  }
});

test('where the system tells nothing, looking by hand finds it', async () => {
  const file = await start(POLLING);
  await writeFile(file, withIds('b'));
  await vi.waitFor(() => expect(sets).toEqual([['b']]));
});

test('a broken edit keeps the last good set and is told once; mended, it counts', async () => {
  const file = await start(WATCHING);
  await writeFile(file, 'sources:\n\t- id: b\n');
  await watch.check();
  await watch.check();
  expect(faults.map(({ code }) => code)).toEqual(['config-tab']);
  expect(sets).toEqual([]);
  await writeFile(file, withIds('b'));
  await watch.check();
  expect(sets).toEqual([['b']]);
});

test('a broken edit taken back changes nothing', async () => {
  const file = await start(WATCHING);
  await writeFile(file, 'sources: 5\n');
  await watch.check();
  await writeFile(file, withIds('a'));
  await watch.check();
  expect(faults).toHaveLength(1);
  expect(sets).toEqual([]);
});

test('a file that vanishes for a moment is survived', async () => {
  const file = await start(WATCHING);
  await rm(file);
  await watch.check();
  expect(faults.map(({ code }) => code)).toEqual(['config-missing']);
  await writeFile(file, withIds('c'));
  await vi.waitFor(() => expect(sets).toEqual([['c']]));
});

test('a touch without a change is no change', async () => {
  const file = await start(WATCHING);
  await writeFile(file, withIds('a'));
  await watch.check();
  expect(sets).toEqual([]);
});
