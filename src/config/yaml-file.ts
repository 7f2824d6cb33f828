import { readFile, stat } from 'node:fs/promises';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { failed, misconfigured, ok, type Fault, type Outcome } from '../fault.js';

/** A YAML file read: its values, and where each stood. */
export interface YamlFile {
  /** As named to people. */
  readonly name: string;
  readonly text: string;
  readonly document: Document;
  readonly lines: LineCounter;
  /** The whole as plain values; null for a file of comments only. */
  readonly value: unknown;
}

/** A configuration is pages of text; more is another file taken by mistake. */
const MAX_BYTES = 4_000_000;

/** Reads and parses; every mistake is named by line and column, none is a stack trace. */
export async function readYamlFile(path: string): Promise<Outcome<YamlFile>> {
  const text = await readText(path);
  return text.ok ? parseYaml(text.value, path) : text;
}

/** The file's text, when it is one a configuration can be. */
export async function readText(path: string): Promise<Outcome<string>> {
  const wrong = (code: string, message: string, hint: string, cause?: unknown) => failed(misconfigured({ code, message, hint, cause }));
  let bytes: Buffer;
  try {
    const facts = await stat(path);
    if (!facts.isFile()) return wrong('config-no-file', `${path} is ${facts.isDirectory() ? 'a folder' : 'no plain file'}.`, 'Name a YAML file.');
    if (facts.size > MAX_BYTES) return wrong('config-too-large', `${path} is too large to be a configuration (${facts.size} bytes).`, 'Name a YAML file.');
    bytes = await readFile(path);
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    return missing
      ? wrong('config-missing', `${path} does not exist.`, 'Check the path, or copy the file from the config folder that Dateline ships.', cause)
      : wrong('config-unreadable', `${path} cannot be read (${cause instanceof Error ? cause.message : String(cause)}).`, 'Check who may read it.', cause);
  }
  if (bytes.includes(0)) return wrong('config-binary', `${path} is a binary file, not YAML.`, 'Name a YAML file in UTF-8.');
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    return wrong('config-not-utf8', `${path} is not UTF-8 text.`, 'Save it as UTF-8 in your editor.', cause);
  }
}

/** What to do about the parser's errors; its own words stand beside. */
const ADVICE = new Map([
  ['TAB_AS_INDENT', 'YAML is indented with spaces: replace the tab by two of them.'],
  ['DUPLICATE_KEY', 'Keep one of the two.'],
  ['BAD_INDENT', 'Line it up with its neighbours.'],
  ['MULTIPLE_DOCS', 'Remove the line ---.'],
  ['BAD_ALIAS', 'Quote a value that begins with *.'],
]);

/** Depth bounds, each far above any configuration: open brackets, dashes at the head of a line, columns of indent. */
const DEEPEST = { brackets: 100, dashes: 50, indent: 200 };

/**
 * Whether the text could nest deeper than the parser's recursion bears; near its end the stack kills the process
 * instead of throwing. Brackets in quotes and comments are counted too: nothing real comes near the bounds.
 */
function tooDeep(text: string): boolean {
  let open = 0;
  for (const [mark] of text.matchAll(/[[\]{}]/g)) {
    open += mark === '[' || mark === '{' ? 1 : open > 0 ? -1 : 0;
    if (open > DEEPEST.brackets) return true;
  }
  return text.split('\n').some((line) => {
    const head = /^[-? ]*/.exec(line)?.[0] ?? '';
    return head.length > DEEPEST.indent || head.replaceAll(' ', '').length > DEEPEST.dashes;
  });
}

export function parseYaml(text: string, name: string): Outcome<YamlFile> {
  const lines = new LineCounter();
  const unreadable = (cause?: unknown) => failed(misconfigured({
    code: 'config-too-deep', message: `${name} is nested too deeply or repeats itself too often.`, hint: 'Is it the right file? Write it plainly.', cause,
  }));
  if (tooDeep(text)) return unreadable();
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' });
    const [error] = document.errors;
    if (error !== undefined) {
      const { line, col } = lines.linePos(error.pos[0]);
      // A tab is named as such wherever it stands: the parser sometimes trips over what follows it.
      const tab = /^\s*\t/.test(text.split('\n')[line - 1] ?? '');
      return failed(misconfigured({
        code: tab ? 'config-tab' : 'config-yaml',
        message: `${place(name, line, col)}: ${tab ? 'a tab stands where spaces must' : error.message.replaceAll(/\s+/g, ' ')}.`,
        hint: ADVICE.get(tab ? 'TAB_AS_INDENT' : error.code) ?? 'Mend the line; the lines before it are well.',
        cause: error,
      }));
    }
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return ok({ name, text, document, lines, value });
  } catch (cause) {
    // Aliases of aliases may multiply without end; the parser stops them with a throw.
    return unreadable(cause);
  }
}

export const place = (name: string, line: number, column: number): string => `${name}, line ${line}, column ${column}`;

/** One fault for all mistakes of a file, one a line. */
export function mistakes(name: string, found: readonly string[]): Fault {
  const [only, ...more] = found;
  return misconfigured({
    code: 'config-invalid',
    message: more.length === 0 && only !== undefined ? only : `${name} has ${found.length} mistakes:\n${found.map((line) => `  ${line}`).join('\n')}`,
    hint: 'Every option is described in config/dateline.yaml, every key of a source at the head of config/sources.yaml.',
  });
}
