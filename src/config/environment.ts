import { misconfigured, type Fault } from '../fault.js';
import { nearest } from './nearest.js';
import { OPTIONS, type Option } from './options.js';

/** Names that are read elsewhere than in the options. */
export const CONFIG_DIR_VARIABLE = 'DATELINE_CONFIG_DIR';

const SWITCHES = new Map<string, boolean>([
  ['true', true], ['yes', true], ['on', true], ['1', true], ['false', false], ['no', false], ['off', false], ['0', false],
]);

/**
 * A text from the environment or the command line as the option's type wants it: itself, a number, a switch, a list
 * with commas. What fits none stays text, so that the schema says what is wrong with it.
 */
export function valueFromText(option: Option, text: string): unknown {
  if (text === 'null' && option.schema.safeParse(null).success) return null;
  const number = Number(text);
  const candidates: unknown[] = [text];
  if (text.trim() !== '' && Number.isFinite(number)) candidates.push(number);
  const on = SWITCHES.get(text.toLowerCase());
  if (on !== undefined) candidates.push(on);
  const list = text.split(',').map((word) => word.trim()).filter((word) => word !== '');
  candidates.push(list);
  const fitting = candidates.find((candidate) => option.schema.safeParse(candidate).success);
  if (fitting !== undefined) return fitting;
  return Array.isArray(option.default) ? list : text;
}

export interface FromEnvironment {
  /** Option key → value. An empty variable counts as not set. */
  readonly values: ReadonlyMap<string, unknown>;
  /** Variables that look like ours and are not. */
  readonly notes: readonly Fault[];
}

export function readEnvironment(env: NodeJS.ProcessEnv): FromEnvironment {
  const values = new Map<string, unknown>();
  const notes: Fault[] = [];
  const byName = new Map(OPTIONS.map((option) => [option.env, option]));
  for (const [name, text] of Object.entries(env)) {
    if (!name.startsWith('DATELINE_') || name === CONFIG_DIR_VARIABLE || text === undefined || text === '') continue;
    const option = byName.get(name);
    if (option !== undefined) {
      values.set(option.key, valueFromText(option, text));
      continue;
    }
    const meant = nearest(name, [...byName.keys()]);
    notes.push(misconfigured({
      code: 'unknown-variable', message: `The environment variable ${name.slice(0, 100)} is no option of Dateline.`,
      hint: meant === null ? 'docs/configuration.md lists the names.' : `Did you mean ${meant}?`,
    }));
  }
  return { values, notes };
}
