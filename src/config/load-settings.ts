import { resolve } from 'node:path';
import { failed, misconfigured, ok, type Fault, type Outcome } from '../fault.js';
import { readEnvironment, valueFromText } from './environment.js';
import { explain } from './explain.js';
import { nearest } from './nearest.js';
import { OPTIONS } from './options.js';
import { settingsSchema, type Settings } from './settings.js';
import { mistakes, readYamlFile, type YamlFile } from './yaml-file.js';

export type Origin = 'flag' | 'environment' | 'file' | 'default';

export interface SettingsRequest {
  /** `dateline.yaml`; null takes none. */
  readonly file: string | null;
  readonly env: NodeJS.ProcessEnv;
  /** Option key → text as given on the command line. */
  readonly flags?: Readonly<Record<string, string>>;
  /** Folder that a relative `dataDir` starts from. */
  readonly cwd: string;
}

export interface LoadedSettings {
  /** `dataDir` and `sinks.ndjson.dir` are absolute. */
  readonly settings: Settings;
  /** Who decided each option. */
  readonly origins: ReadonlyMap<string, Origin>;
  /** What is odd and does not matter. */
  readonly notes: readonly Fault[];
}

/** Settings from flags, environment, file and defaults: each goes before the next, option by option. */
export async function loadSettings({ file: path, env, flags = {}, cwd }: SettingsRequest): Promise<Outcome<LoadedSettings>> {
  const file = path === null ? null : await readYamlFile(path);
  if (file !== null && !file.ok) return file;
  const fileValue = file?.value.value ?? {};
  if (typeof fileValue !== 'object' || Array.isArray(fileValue)) return failed(notSettings(file?.value));

  const environment = readEnvironment(env);
  const fromFlags = readFlags(flags);
  if (!fromFlags.ok) return fromFlags;
  const value = structuredClone(fileValue) as Record<string, unknown>;
  fillGroups(value);
  const origins = new Map<string, Origin>();
  for (const { key } of OPTIONS) {
    const steps = key.split('.');
    origins.set(key, has(value, steps) ? 'file' : 'default');
    for (const [origin, values] of [['environment', environment.values], ['flag', fromFlags.value]] as const) {
      if (!values.has(key)) continue;
      if (put(value, steps, values.get(key))) origins.set(key, origin);
    }
  }
  const parsed = settingsSchema.safeParse(value);
  if (!parsed.success) {
    const givenBy = (key: string): string | undefined => {
      const origin = origins.get(key);
      if (origin === 'flag') return `the command line`;
      return origin === 'environment' ? `the environment (${OPTIONS.find((option) => option.key === key)?.env ?? ''})` : undefined;
    };
    return failed(mistakes(path ?? 'the settings', explain(parsed.error, {
      schema: settingsSchema, value, file: file?.value ?? null, givenBy, allKeys: OPTIONS.map(({ key }) => key),
    })));
  }
  return ok({ settings: absolute(parsed.data, cwd), origins, notes: environment.notes });
}

function readFlags(flags: Readonly<Record<string, string>>): Outcome<Map<string, unknown>> {
  const values = new Map<string, unknown>();
  for (const [key, text] of Object.entries(flags)) {
    const option = OPTIONS.find((candidate) => candidate.key === key);
    if (option === undefined) {
      const meant = nearest(key, OPTIONS.map((candidate) => candidate.key));
      return failed(misconfigured({
        code: 'unknown-option', message: `${key.slice(0, 100)} is no option of Dateline.`,
        hint: meant === null ? 'config/dateline.yaml lists them.' : `Did you mean ${meant}?`,
      }));
    }
    values.set(key, valueFromText(option, text));
  }
  return ok(values);
}

/** A group whose options are all commented out reads as null; that is no mistake. */
function fillGroups(value: Record<string, unknown>): void {
  const groups = new Set(OPTIONS.flatMap(({ key }) => key.split('.').slice(0, -1).map((_, index, path) => path.slice(0, index + 1).join('.'))));
  for (const group of groups) {
    const steps = group.split('.');
    if (has(value, steps, null)) put(value, steps, {});
  }
}

function absolute(settings: Settings, cwd: string): Settings {
  const dataDir = resolve(cwd, settings.dataDir);
  const { sinks } = settings;
  return { ...settings, dataDir, sinks: { ...sinks, ndjson: { ...sinks.ndjson, dir: resolve(dataDir, sinks.ndjson.dir) } } };
}

function notSettings(file: YamlFile | undefined): Fault {
  return misconfigured({
    code: 'config-invalid', message: `${file?.name ?? 'The settings file'} holds no options: expected lines of the form \`key: value\`.`,
    hint: 'Compare with the config/dateline.yaml that Dateline ships.',
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether something stands there, or just this when `only` is given. */
function has(value: Record<string, unknown>, [first, ...rest]: readonly string[], only?: unknown): boolean {
  if (first === undefined || !Object.hasOwn(value, first)) return false;
  const inner = value[first];
  return rest.length === 0 ? only === undefined || inner === only : isRecord(inner) && has(inner, rest, only);
}

/** False where the file has something else than a group in the way, which the schema will tell. */
function put(value: Record<string, unknown>, [first, ...rest]: readonly string[], wanted: unknown): boolean {
  if (first === undefined) return false;
  if (rest.length === 0) {
    value[first] = wanted;
    return true;
  }
  value[first] ??= {};
  const inner = value[first];
  return isRecord(inner) && put(inner, rest, wanted);
}
