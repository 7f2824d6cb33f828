import { createHash } from 'node:crypto';
import { isNode } from 'yaml';
import { failed, misconfigured, ok, type Outcome } from '../fault.js';
import { explain } from './explain.js';
import { sourcesFileSchema, type SourceConfig } from './source.js';
import { mistakes, parseYaml, readYamlFile, type YamlFile } from './yaml-file.js';

export interface LoadedSources {
  readonly sources: readonly SourceConfig[];
  readonly file: YamlFile;
  /** Hash of the file's text: tells whether it changed. */
  readonly digest: string;
}

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** All sources of the file, or one fault that names every mistake in it. */
export async function loadSources(path: string): Promise<Outcome<LoadedSources>> {
  const file = await readYamlFile(path);
  return file.ok ? readSources(file.value) : file;
}

/** The same from text, for an edit that is not written yet. */
export function parseSources(text: string, name: string): Outcome<LoadedSources> {
  const file = parseYaml(text, name);
  return file.ok ? readSources(file.value) : file;
}

function readSources(file: YamlFile): Outcome<LoadedSources> {
  if (file.value === null) {
    return failed(misconfigured({
      code: 'config-empty', message: `${file.name} is empty.`, hint: 'It begins with `sources:` and has one `- id: …` entry for each source.',
    }));
  }
  const parsed = sourcesFileSchema.safeParse(file.value);
  if (!parsed.success) return failed(mistakes(file.name, explain(parsed.error, {
    schema: sourcesFileSchema, value: file.value, file, tell: (path) => tellEntry(path, file),
  })));
  const { sources } = parsed.data;
  const doubles = duplicateIds(sources, file);
  if (doubles.length > 0) return failed(mistakes(file.name, doubles));
  return ok({ sources, file, digest: digestOf(file.text) });
}

/** By the entry's id, where it has one: nobody counts entries. */
function tellEntry(path: readonly PropertyKey[], file: YamlFile): string {
  const [list, index, ...rest] = path;
  const id: unknown = typeof index === 'number' ? file.document.getIn([list, index, 'id']) : undefined;
  if (typeof id !== 'string' || rest.length === 0) return `\`${path.map(String).join('.')}\``;
  return `\`${rest.map(String).join('.')}\` of source \`${id.slice(0, 64)}\``;
}

function duplicateIds(sources: readonly SourceConfig[], file: YamlFile): string[] {
  const first = new Map<string, number>();
  const found: string[] = [];
  for (const [index, { id }] of sources.entries()) {
    const earlier = first.get(id);
    if (earlier === undefined) first.set(id, index);
    else found.push(`${file.name}, line ${lineOf(file, index)}: the id \`${id}\` is taken by the source at line ${lineOf(file, earlier)}`);
  }
  return found;
}

function lineOf(file: YamlFile, index: number): number {
  const node: unknown = file.document.getIn(['sources', index, 'id'], true);
  return isNode(node) && node.range ? file.lines.linePos(node.range[0]).line : 0;
}
