import { isMap, isNode, isPair, isScalar } from 'yaml';
import { z } from 'zod';
import { nearest } from './nearest.js';
import { place, type YamlFile } from './yaml-file.js';

type Path = readonly PropertyKey[];

/** Values that may hold a password: a message says where they are wrong and not what they are. */
const SECRET = /^(?:redis\.url|sinks\..*\.(?:url|secrets|apiKey|password)\b.*|console\.token|.*\bproxy|.*\bheaders\..*)$/;

/** zod's words, shortened to what the reader of a configuration needs. */
const plain = (message: string): string => message.replace(/^(?:Invalid input|Invalid option|Too big|Too small|Invalid string): /, '');

/** The members of an object schema at a path, through defaults, options and lists. */
function keysAt(schema: unknown, path: Path): string[] {
  let current = unwrap(schema);
  for (const step of path) {
    if (current instanceof z.ZodArray) current = unwrap(current.element);
    else if (current instanceof z.ZodRecord) current = unwrap(current.valueType);
    else if (current instanceof z.ZodObject) current = unwrap(current.shape[String(step)]);
    else return [];
  }
  return current instanceof z.ZodObject ? Object.keys(current.shape) : [];
}

function unwrap(schema: unknown): unknown {
  let current = schema;
  for (;;) {
    if (current instanceof z.ZodPrefault || current instanceof z.ZodDefault || current instanceof z.ZodOptional || current instanceof z.ZodNullable) current = current.unwrap();
    else if (current instanceof z.ZodPipe) current = current.in;
    else return current;
  }
}

export interface ExplainContext {
  readonly schema: z.ZodType;
  readonly value: unknown;
  /** Where values came from: the file's lines, or a variable or flag for some paths. */
  readonly file: YamlFile | null;
  readonly givenBy?: (key: string) => string | undefined;
  /** How a path is told to people; default: its steps with dots, in backquotes. */
  readonly tell?: (path: Path) => string;
  /** Other full keys to look among when no sibling is near (`port` → `console.port`). */
  readonly allKeys?: readonly string[];
}

/** One line a mistake: where, which key, what value, what was expected, what was probably meant. */
export function explain(error: z.ZodError, context: ExplainContext): string[] {
  return error.issues.flatMap((issue): string[] => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, issue.path, context));
    const key = issue.path.map(String).join('.');
    const value = valueAt(context.value, issue.path);
    const shown = value === undefined || SECRET.test(key) || (typeof value === 'object' && value !== null) ? '' : ` ${show(value)}:`;
    const meant = issue.code === 'invalid_value' && typeof value === 'string' ? nearest(value, issue.values.map(String)) : null;
    const missing = value === undefined && issue.code === 'invalid_type';
    const what = missing ? 'is missing' : `${shown} ${plain(issue.message)}`.trim();
    return [`${where(issue.path, context)}: ${key === '' ? 'the file' : tell(issue.path, context)} ${what}${meant === null ? '' : `; did you mean ${meant}?`}`];
  });
}

function unknownKey(key: string, path: Path, context: ExplainContext): string {
  const siblings = keysAt(context.schema, path);
  const sibling = nearest(key, siblings);
  // An option written without its group, or in the wrong one, is found by its last word.
  const elsewhere = sibling === null ? (context.allKeys ?? []).find((full) => full.split('.').at(-1)?.toLowerCase() === key.toLowerCase()) : undefined;
  const meant = sibling ?? elsewhere;
  return `${where([...path, key], context, true)}: ${tell([...path, key.slice(0, 100)], context)} is no known key${
    meant === undefined ? `; known here: ${siblings.join(', ')}` : `; did you mean \`${meant}\`?`}`;
}

const tell = (path: Path, context: ExplainContext): string => context.tell?.(path) ?? `\`${path.map(String).join('.')}\``;

const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
};

function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Readonly<Record<PropertyKey, unknown>>)[step];
  }
  return current;
}

function where(path: Path, { file, givenBy }: ExplainContext, key = false): string {
  const origin = givenBy?.(path.map(String).join('.'));
  if (origin !== undefined) return origin;
  if (file === null) return 'the settings';
  const offset = offsetOf(file, path, key);
  if (offset === null) return file.name;
  const { line, col } = file.lines.linePos(offset);
  return place(file.name, line, col);
}

/** Where the value stands (or its key), else what is nearest around it: a missing key has no place of its own. */
function offsetOf(file: YamlFile, path: Path, key: boolean): number | null {
  if (key) {
    const parent: unknown = path.length === 1 ? file.document.contents : file.document.getIn(path.slice(0, -1), true);
    const name = String(path.at(-1));
    const pair = isMap(parent) ? parent.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === name) : undefined;
    if (pair !== undefined && isScalar(pair.key) && pair.key.range) return pair.key.range[0];
  }
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = file.document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return null;
}
