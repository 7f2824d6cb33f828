import { randomUUID } from 'node:crypto';
import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { isMap, isScalar, isSeq, type Document } from 'yaml';
import { failed, misconfigured, ok, retryLater, type Outcome } from '../fault.js';
import { loadSources, parseSources, type LoadedSources } from './load-sources.js';
import type { SourceInput } from './source.js';

/** Puts a source at the end of the file; comments and order of the others stay. Gives the file as it then stands. */
export const addSource = (path: string, source: SourceInput): Promise<Outcome<LoadedSources>> => addSources(path, [source]);

/** The same for many, all or none. */
export function addSources(path: string, sources: readonly SourceInput[]): Promise<Outcome<LoadedSources>> {
  return edit(path, (document) => {
    const list = document.get('sources');
    if (!isSeq(list)) {
      document.set('sources', document.createNode(sources));
      return null;
    }
    // A list written as `[]` would take the entries on one line.
    list.flow = false;
    for (const source of sources) {
      const entry = document.createNode(source);
      entry.spaceBefore = list.items.length > 0;
      list.add(entry);
    }
    return null;
  });
}

/** Switches a source on or off; everything else of the file stays as it was written. */
export const setSourceEnabled = (path: string, id: string, enabled: boolean): Promise<Outcome<LoadedSources>> => setSourcesEnabled(path, [id], enabled);

/** The same for many, all or none. */
export function setSourcesEnabled(path: string, ids: readonly string[], enabled: boolean): Promise<Outcome<LoadedSources>> {
  return edit(path, (document) => {
    const list = document.get('sources');
    for (const id of ids) {
      const entry = isSeq(list) ? list.items.find((item) => isMap(item) && item.get('id') === id) : undefined;
      if (!isMap(entry)) return `there is no source \`${id.slice(0, 64)}\``;
      entry.set('enabled', enabled);
    }
    return null;
  });
}

/**
 * Sets fields of a source as they are written in the file, and takes away those given as null; everything else of the file stays.
 * The file is checked as a whole before it is written.
 */
export function changeSource(path: string, id: string, fields: Readonly<Record<string, unknown>>): Promise<Outcome<LoadedSources>> {
  return edit(path, (document) => {
    const list = document.get('sources');
    const entry = isSeq(list) ? list.items.find((item) => isMap(item) && item.get('id') === id) : undefined;
    if (!isMap(entry)) return `there is no source \`${id.slice(0, 64)}\``;
    for (const [name, value] of Object.entries(fields)) {
      if (value === null) entry.delete(name);
      else if (isPlain(value) && isScalar(entry.get(name, true))) entry.set(name, value);
      else entry.set(name, document.createNode(value));
    }
    return null;
  });
}

const isPlain = (value: unknown): boolean => typeof value !== 'object';

async function edit(path: string, change: (document: Document) => string | null): Promise<Outcome<LoadedSources>> {
  const loaded = await loadSources(path);
  if (!loaded.ok) return loaded;
  const { document } = loaded.value.file;
  const trouble = change(document);
  if (trouble !== null) {
    return failed(misconfigured({ code: 'source-unknown', message: `${path}: ${trouble}.`, hint: '`dateline sources list` shows their ids.' }));
  }
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: false });
  const edited = parseSources(text, path);
  if (!edited.ok) return edited;
  const written = await replaceFile(path, text);
  return written.ok ? edited : written;
}

/** Whole or not at all; follows a link, and keeps the file's rights. */
async function replaceFile(path: string, text: string): Promise<Outcome<null>> {
  let draft: string | null = null;
  try {
    const target = await realpath(path);
    const { mode } = await stat(target);
    draft = `${target}.${randomUUID()}`;
    await writeFile(draft, text, { mode: mode & 0o777 });
    await rename(draft, target);
    return ok(null);
  } catch (cause) {
    if (draft !== null) await rm(draft, { force: true });
    return failed(retryLater({ code: 'config-not-writable', message: `${path} cannot be written (${cause instanceof Error ? cause.message : String(cause)}).`, hint: 'Check who may write it.', cause }));
  }
}
