import { renameSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoryReader } from './read.js';
import { openDatabase, SCHEMA_VERSION, schemaVersion } from './schema.js';
import type { IncomingVersion, StoreBounds } from './write.js';
import { StoryWriter } from './write.js';

/** Steps of taking out that one turn of upkeep makes at most. */
const MOST_STEPS = 20;

/**
 * Opens the file, in a folder that is made if need be. One of another schema or beyond reading is put aside under a name that says
 * so: what it held was a copy, and a store that cannot be written would hold up the books.
 */
function open(path: string): ReturnType<typeof openDatabase> {
  mkdirSync(dirname(path), { recursive: true });
  if (existsSync(path) && !isOurs(path)) {
    for (const part of ['', '-wal', '-shm']) if (existsSync(path + part)) renameSync(path + part, `${path}.aside-${Date.now()}${part}`);
  }
  return openDatabase(path);
}

function isOurs(path: string): boolean {
  try {
    return [0, SCHEMA_VERSION].includes(schemaVersion(path));
  } catch (error) {
    if (['SQLITE_NOTADB', 'SQLITE_CORRUPT'].includes(codeOf(error))) return false;
    throw error;
  }
}

export const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

const reading = (path: string) => {
  const reader = new StoryReader(open(path));
  return {
    search: reader.search.bind(reader), facets: reader.facets.bind(reader), story: reader.story.bind(reader), versions: reader.versions.bind(reader),
    related: reader.related.bind(reader), since: reader.since.bind(reader), newest: reader.newest.bind(reader), places: reader.places.bind(reader),
    placed: reader.placed.bind(reader), hours: reader.hours.bind(reader), size: reader.size.bind(reader), close: reader.close.bind(reader),
  };
};

const writing = (path: string) => {
  const writer = new StoryWriter(open(path));
  return {
    /** Adds versions, and takes out at most as many as came. */
    put(versions: readonly IncomingVersion[], bounds: StoreBounds): void {
      writer.put(versions, Date.now());
      writer.prune(bounds, Date.now());
    },
    /** What must be done though nothing comes: embargoes end, age grows. */
    upkeep(bounds: StoreBounds): void {
      writer.release(Date.now());
      for (let step = 0; step < MOST_STEPS && writer.prune(bounds, Date.now()) > 0; step += 1);
    },
    close: writer.close.bind(writer),
  };
};

export const storeTasks = { reading, writing };
export type StoreKind = keyof typeof storeTasks;
export type StoreTasks<Kind extends StoreKind> = ReturnType<(typeof storeTasks)[Kind]>;

/** What a thread gives back: errors lose their code on the way between threads, so it goes beside them. */
export type ThreadAnswer = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly code: string; readonly message: string };
